import DrydockJSON
import DrydockSchema

/// Makes a schema of an expected body and its matching rules.
///
///     {"sku": "A-1", "quantity": 2}    $.sku  match: type    $.quantity  match: integer
///       →  {"type": "object", "required": ["sku", "quantity"],
///           "properties": {"sku": {"type": "string"}, "quantity": {"type": "integer"}}}
///
/// What has no rule is equal to what is expected, or of its type where that is asked for.
struct PactSchema {
  var source: ImportSource
  let rules: PactRules
  /// Whether members that are not expected are refused, as in requests.
  let isStrict: Bool
  let literalsAreEqual: Bool

  init(
    _ rules: PactRules,
    isStrict: Bool,
    literalsAreEqual: Bool,
    source: ImportSource
  ) {
    self.rules = rules
    self.isStrict = isStrict
    self.literalsAreEqual = literalsAreEqual
    self.source = source
  }

  typealias Step = PactRules.Step

  /// Returns the schema of what is expected at a place.
  mutating func schema(_ expected: JSONNode, _ place: [Step] = []) -> JSONNode {
    guard let (rule, isDirect) = rules.best(at: place) else { return structure(expected, place) }
    var schemas: [JSONNode] = []
    for matcher in rule.matchers {
      let schema = schema(matcher, expected, place, isDirect: isDirect)
      if !schemas.contains(schema) { schemas.append(schema) }
    }
    if schemas.count == 1 { return schemas[0] }
    return rule.isAny ? ["anyOf": .array(schemas)] : ["allOf": .array(schemas)]
  }

  // MARK: Without a rule

  /// Returns the schema of a value, its parts judged by their own rules.
  private mutating func structure(_ expected: JSONNode, _ place: [Step]) -> JSONNode {
    switch expected {
    case .object(let members): return object(members, place)
    case .array(let elements):
      return literalsAreEqual ? fixed(elements, place) : list(elements, place)
    case .null, .boolean, .number, .string:
      return literalsAreEqual ? ["const": expected] : PactSchema.type(expected)
    }
  }

  private mutating func object(_ members: [JSONNode.Member], _ place: [Step]) -> JSONNode {
    var properties: [JSONNode.Member] = []
    for member in members {
      properties.append(.init(member.name, schema(member.value, place + [.name(member.name)])))
    }
    var result: JSONNode = ["type": "object"]
    let hasFreeNames = rules.hasWildcard(below: place)
    if !hasFreeNames, !members.isEmpty {
      result["required"] = .array(members.map { .string($0.name) })
    }
    if !properties.isEmpty { result["properties"] = .object(properties) }
    if !hasFreeNames, isStrict, literalsAreEqual {
      result["additionalProperties"] = false
    }
    return result
  }

  /// Returns the schema of an array with just these elements.
  private mutating func fixed(_ elements: [JSONNode], _ place: [Step]) -> JSONNode {
    var schemas: [JSONNode] = []
    for (index, element) in elements.enumerated() {
      schemas.append(schema(element, place + [.index(index)]))
    }
    let count = JSONNode(Int64(elements.count))
    if elements.isEmpty { return ["type": "array", "maxItems": 0] }
    return [
      "type": "array", "prefixItems": .array(schemas), "minItems": count, "maxItems": count,
    ]
  }

  /// Returns the schema of an array of elements like these.
  private mutating func list(_ elements: [JSONNode], _ place: [Step]) -> JSONNode {
    var schemas: [JSONNode] = []
    for (index, element) in elements.enumerated() {
      let schema = schema(element, place + [.index(index)])
      if !schemas.contains(schema) { schemas.append(schema) }
    }
    if schemas.isEmpty { return ["type": "array"] }
    return ["type": "array", "items": schemas.count == 1 ? schemas[0] : ["anyOf": .array(schemas)]]
  }

  /// Returns the schema of an array in which each element is like that of its place, or the first.
  private mutating func repeated(_ elements: [JSONNode], _ place: [Step]) -> JSONNode {
    guard let first = elements.first else { return ["type": "array"] }
    if !literalsAreEqual { return list(elements, place) }
    var schemas: [JSONNode] = []
    for (index, element) in elements.enumerated() {
      schemas.append(schema(element, place + [.index(index)]))
    }
    var result: JSONNode = ["type": "array"]
    if schemas.dropFirst().contains(where: { $0 != schemas[0] }) {
      result["prefixItems"] = .array(schemas)
    }
    result["items"] = schema(first, place + [.index(0)])
    return result
  }

  /// Returns the schema of all values of a type.
  static func type(_ value: JSONNode) -> JSONNode {
    switch value {
    case .null: ["type": "null"]
    case .boolean: ["type": "boolean"]
    case .number: ["type": "number"]
    case .string: ["type": "string"]
    case .array: ["type": "array"]
    case .object: ["type": "object"]
    }
  }

  // MARK: With a matcher

  private mutating func schema(
    _ matcher: PactRules.Matcher,
    _ expected: JSONNode,
    _ place: [Step],
    isDirect: Bool
  ) -> JSONNode {
    switch matcher.word {
    case "type": return typed(matcher, expected, place, isDirect: isDirect)
    case "equality":
      var inner = PactSchema(
        PactRules(),
        isStrict: isStrict,
        literalsAreEqual: true,
        source: source
      )
      let schema = inner.schema(expected)
      source = inner.source
      return schema
    case "arrayContains", "array-contains": return contains(matcher, expected)
    case "values", "eachKey", "each-key", "eachValue", "each-value":
      return free(matcher, expected, place)
    case "notEmpty", "not-empty": return notEmpty(expected, place)
    default: break
    }
    switch expected {
    case .object, .array: return structure(expected, place)
    case .null, .boolean, .number, .string:
      return PactScalars.schema(matcher, expected, &source) ?? PactSchema.type(expected)
    }
  }

  private mutating func typed(
    _ matcher: PactRules.Matcher,
    _ expected: JSONNode,
    _ place: [Step],
    isDirect: Bool
  ) -> JSONNode {
    switch expected {
    case .object(let members): return object(members, place)
    case .array(let elements):
      var schema = repeated(elements, place)
      if isDirect {
        if let least = matcher.node["min"] { schema["minItems"] = least }
        if let most = matcher.node["max"] { schema["maxItems"] = most }
      }
      return schema
    case .null, .boolean, .number, .string: return PactSchema.type(expected)
    }
  }

  private mutating func notEmpty(_ expected: JSONNode, _ place: [Step]) -> JSONNode {
    var schema: JSONNode
    switch expected {
    case .string: schema = ["type": "string", "minLength": 1]
    case .array(let elements):
      schema = repeated(elements, place)
      schema["minItems"] = 1
    case .object(let members):
      schema = object(members, place)
      schema["minProperties"] = 1
    case .null, .boolean, .number: schema = PactSchema.type(expected)
    }
    return schema
  }

  /// Returns the schema of an array that has an element like each variant, anywhere.
  private mutating func contains(_ matcher: PactRules.Matcher, _ expected: JSONNode) -> JSONNode {
    guard case .array(let elements) = expected, case .array(let variants) = matcher.node["variants"]
    else { return PactSchema.type(expected) }
    var parts: [JSONNode] = []
    for (position, variant) in variants.enumerated() {
      guard case .number(let number) = variant["index"], let index = number.int64,
        elements.indices.contains(Int(index))
      else { continue }
      let place = matcher.place.appending("variants").appending(position).appending("rules")
      let rules = source.document.root.at(place).map {
        PactRules(ImportSource.Place(value: $0, pointer: place), &source)
      }
      var inner = PactSchema(
        rules ?? PactRules(),
        isStrict: isStrict,
        literalsAreEqual: literalsAreEqual,
        source: source
      )
      parts.append(["contains": inner.schema(elements[Int(index)])])
      source = inner.source
    }
    return ["type": "array", "allOf": .array(parts)]
  }

  /// Returns the schema of an object whose names do not matter.
  private mutating func free(
    _ matcher: PactRules.Matcher,
    _ expected: JSONNode,
    _ place: [Step]
  ) -> JSONNode {
    if case .array(let elements) = expected { return repeated(elements, place) }
    guard case .object(let members) = expected else { return PactSchema.type(expected) }
    var inner: [JSONNode] = []
    if case .array(let list) = matcher.node["rules"] {
      let isKey = matcher.word.lowercasedASCII.hasSuffix("key")
      let sample: JSONNode = isKey ? "" : members.first?.value ?? .null
      for (index, rule) in list.enumerated() {
        let one = PactRules.Matcher(
          node: rule,
          place: matcher.place.appending("rules").appending(index)
        )
        inner.append(PactScalars.schema(one, sample, &source) ?? PactSchema.type(sample))
      }
      let joined: JSONNode = inner.count == 1 ? inner[0] : ["allOf": .array(inner)]
      if isKey { return ["type": "object", "propertyNames": joined] }
      return ["type": "object", "additionalProperties": joined]
    }
    guard let first = members.first else { return ["type": "object"] }
    let value = schema(first.value, place + [.name(first.name)])
    return ["type": "object", "additionalProperties": value]
  }
}
