import DrydockJSON
import DrydockSchema

/// Turns a schema of a document into one of JSON Schema 2020-12, references going to definitions.
///
///     example: 7                       →  examples: [7]
///     $ref: "#/components/schemas/A"   →  $ref: "#/$defs/A"
///     discriminator, xml, …            →  left out and said
extension SchemaExtractor {
  private static let single: Set<String> = [
    "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames",
    "unevaluatedItems", "unevaluatedProperties", "contentSchema", "items", "additionalItems",
  ]
  private static let lists: Set<String> = ["allOf", "anyOf", "oneOf", "prefixItems"]
  private static let maps: Set<String> = [
    "properties", "patternProperties", "$defs", "definitions", "dependentSchemas",
  ]
  /// Keywords that are no part of JSON Schema, and what is said where they are left out.
  private static let foreign: [String: String] = [
    "xml": "'xml' says nothing about JSON",
    "externalDocs": "'externalDocs' is not carried over",
  ]

  mutating func cleaned(
    _ node: JSONNode,
    at place: JSONPointer,
    _ source: inout ImportSource
  ) -> JSONNode {
    guard case .object(let members) = node else { return node }
    if !keepsAll, case .string(let id) = node["$id"], !id.hasPrefix("#") {
      // A resource of its own: its references do not count from the document.
      return node
    }
    if rules == .draft07, let reference = node["$ref"] {
      return cleanedMembers([.init("$ref", reference)], at: place, &source)
    }
    return cleanedMembers(members, at: place, &source)
  }

  private mutating func cleanedMembers(
    _ members: [JSONNode.Member],
    at place: JSONPointer,
    _ source: inout ImportSource
  ) -> JSONNode {
    var result = JSONNode.object([])
    for member in members {
      let here = place.appending(member.name)
      switch member.name {
      case "$ref": setReference(member.value, &result, at: here, &source)
      case _ where SchemaExtractor.single.contains(member.name):
        result[member.name] = cleanedPart(member.value, at: here, &source)
      case _ where SchemaExtractor.lists.contains(member.name):
        result[member.name] = cleanedList(member.value, at: here, &source)
      case _ where SchemaExtractor.maps.contains(member.name):
        result[member.name] = cleanedMap(member.value, at: here, &source)
      case _ where keepsAll: result[member.name] = member.value
      default: setOther(member, &result, at: here, &source)
      }
    }
    if rules == .draft07 { modernise(&result) }
    return result
  }

  private mutating func cleanedPart(
    _ node: JSONNode,
    at place: JSONPointer,
    _ source: inout ImportSource
  ) -> JSONNode {
    if case .array = node { return cleanedList(node, at: place, &source) }
    return cleaned(node, at: place, &source)
  }

  private mutating func cleanedList(
    _ node: JSONNode,
    at place: JSONPointer,
    _ source: inout ImportSource
  ) -> JSONNode {
    guard case .array(let elements) = node else { return node }
    var result: [JSONNode] = []
    for (index, element) in elements.enumerated() {
      result.append(cleaned(element, at: place.appending(index), &source))
    }
    return .array(result)
  }

  private mutating func cleanedMap(
    _ node: JSONNode,
    at place: JSONPointer,
    _ source: inout ImportSource
  ) -> JSONNode {
    guard case .object(let members) = node else { return node }
    var result: [JSONNode.Member] = []
    for member in members {
      let here = place.appending(member.name)
      // The names of keywords with data inside are names like all others here.
      let isHidden = ["example", "examples", "default", "enum", "const"].contains(member.name)
      let value =
        isHidden && rules == .openAPI30
        ? OpenAPISchemaRewriter(isOld: true, mark: "").rewritten(member.value) : member.value
      result.append(.init(member.name, cleaned(value, at: here, &source)))
    }
    return .object(result)
  }

  private mutating func setReference(
    _ value: JSONNode,
    _ result: inout JSONNode,
    at place: JSONPointer,
    _ source: inout ImportSource
  ) {
    guard case .string(let text) = value else {
      result["$ref"] = value
      return
    }
    guard let target = target(text) else {
      source.leaveOut(
        "reference '\(text)' leads out of the file: any value is taken",
        "import-external-reference",
        at: place
      )
      return
    }
    guard plain.root.at(target) != nil else {
      source.refuse("reference '\(text)' leads nowhere", "import-unknown-reference", at: place)
      return
    }
    references.append(target)
    let name = name(of: target)
    result["$ref"] = .string(JSONPointer(tokens: ["$defs", name]).uriFragment)
  }

  /// Carries over a keyword that holds no subschemas.
  private mutating func setOther(
    _ member: JSONNode.Member,
    _ result: inout JSONNode,
    at place: JSONPointer,
    _ source: inout ImportSource
  ) {
    switch member.name {
    case "example":
      var examples = [member.value]
      if case .array(let others) = result["examples"] { examples = others + examples }
      result["examples"] = .array(examples)
    case "examples":
      guard case .array(let values) = member.value else { return }
      if case .array(let others) = result["examples"] {
        result["examples"] = .array(others + values)
      } else {
        result["examples"] = member.value
      }
    case "nullable":
      if member.value == .boolean(true), rules == .modern {
        source.leaveOut("'nullable' is no keyword here", "import-keyword", at: place)
      }
    case "discriminator": leaveOutDiscriminator(at: place, &source)
    case "$anchor", "$id", "id": break
    case "$dynamicAnchor", "$recursiveAnchor":
      source.leaveOut("'\(member.name)' is taken as a fixed place", "import-keyword", at: place)
    case "$dynamicRef", "$recursiveRef": setReference(member.value, &result, at: place, &source)
    case "dependencies" where rules == .draft07:
      setDependencies(member.value, &result, place, &source)
    case "pattern":
      if isUsable(member.value, at: place, &source) { result[member.name] = member.value }
    default:
      if let reason = SchemaExtractor.foreign[member.name] {
        source.leaveOut(reason, "import-keyword", at: place)
      } else {
        result[member.name] = member.value
      }
    }
  }

  private mutating func leaveOutDiscriminator(at place: JSONPointer, _ source: inout ImportSource) {
    let mapping = place.appending("mapping")
    let hasMapping = source.root.at(mapping) != nil
    source.leaveOut(
      hasMapping
        ? "the mapping of a discriminator is not carried over: schemas tell branches apart"
        : "'discriminator' is not carried over: schemas tell branches apart",
      "import-discriminator",
      at: hasMapping ? mapping : place
    )
  }

  private mutating func isUsable(
    _ pattern: JSONNode,
    at place: JSONPointer,
    _ source: inout ImportSource
  ) -> Bool {
    guard case .string = pattern else { return true }
    let schema = JSONNode.object([.init("pattern", pattern)])
    guard let document = try? JSONDocument.parse(schema.bytes()) else { return true }
    do {
      _ = try Schema.compile(document)
      return true
    } catch {
      let reason = error.problems.first?.message ?? "the pattern cannot be used"
      source.leaveOut(reason, "import-pattern", at: place)
      return false
    }
  }

  /// Takes dependencies of draft-07 apart into those on names and those on schemas.
  private mutating func setDependencies(
    _ value: JSONNode,
    _ result: inout JSONNode,
    _ place: JSONPointer,
    _ source: inout ImportSource
  ) {
    guard case .object(let members) = value else { return }
    var names: [JSONNode.Member] = []
    var schemas: [JSONNode.Member] = []
    for member in members {
      if case .array = member.value {
        names.append(member)
      } else {
        let schema = cleaned(member.value, at: place.appending(member.name), &source)
        schemas.append(.init(member.name, schema))
      }
    }
    if !names.isEmpty { result["dependentRequired"] = .object(names) }
    if !schemas.isEmpty { result["dependentSchemas"] = .object(schemas) }
  }

  /// Renames what draft-07 calls otherwise.
  private func modernise(_ schema: inout JSONNode) {
    if case .array(let items) = schema["items"] {
      schema["items"] = schema["additionalItems"]
      schema["prefixItems"] = .array(items)
    }
    schema["additionalItems"] = nil
    if let definitions = schema["definitions"], schema["$defs"] == nil {
      schema["definitions"] = nil
      schema["$defs"] = definitions
    }
  }
}
