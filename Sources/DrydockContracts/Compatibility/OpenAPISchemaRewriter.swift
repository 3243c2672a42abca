import DrydockJSON

/// Puts the schemas of OpenAPI into plain JSON Schema, every subschema staying where it is.
///
///     nullable: true, type: string       →  type: ["string", "null"]
///     minimum: 0, exclusiveMinimum: true →  exclusiveMinimum: 0
///     format: int32                      →  bounds, where none are given
///
/// Members that one direction leaves out (`readOnly` in requests, `writeOnly` in responses) are
/// taken out of `required`.
///
/// - Source: OpenAPI 3.0.4 section 4.7.24, OpenAPI 3.1.1 section 4.8.24.
struct OpenAPISchemaRewriter {
  let isOld: Bool
  /// The keyword that marks members this direction leaves out.
  let mark: String

  /// Members of a document that hold data and no schemas.
  private static let opaque: Set<String> = ["example", "examples", "default", "enum", "const"]
  private static let depthMax = 400

  func rewritten(_ node: JSONNode) -> JSONNode {
    var result = rewritten(node, depth: 0)
    openLoops(&result)
    return result
  }

  /// Lets children of a choice refer to what the choice says besides being one.
  ///
  /// A parent that lists its children in `oneOf`, each of which has the parent in `allOf`, means
  /// its own members there and not the choice once more, which would never end.
  private func openLoops(_ document: inout JSONNode) {
    for path in [["components", "schemas"], ["definitions"]] {
      let place = JSONPointer(tokens: path)
      guard case .object(var schemas) = document.at(place) else { continue }
      var parents: [String: Set<String>] = [:]
      for index in schemas.indices {
        let schema = schemas[index].value
        var children: Set<String> = []
        for keyword in ["oneOf", "anyOf"] {
          guard case .array(let branches) = schema[keyword] else { continue }
          for branch in branches {
            if case .string(let reference) = branch["$ref"] { children.insert(reference) }
          }
        }
        guard !children.isEmpty else { continue }
        parents[place.appending(schemas[index].name).uriFragment] = children
      }
      var bases: Set<String> = []
      for index in schemas.indices {
        let own = place.appending(schemas[index].name).uriFragment
        guard case .array(var parts) = schemas[index].value["allOf"] else { continue }
        for part in parts.indices {
          guard case .string(let reference) = parts[part]["$ref"],
            parents[reference]?.contains(own) ?? false
          else { continue }
          bases.insert(reference)
          parts[part] = .object([.init("$ref", .string(reference + "/$defs/base"))])
        }
        schemas[index].value["allOf"] = .array(parts)
      }
      for index in schemas.indices
      where bases.contains(place.appending(schemas[index].name).uriFragment) {
        var base = schemas[index].value
        base["oneOf"] = nil
        base["anyOf"] = nil
        schemas[index].value["$defs"] = .object([.init("base", base)])
      }
      if !bases.isEmpty { document.set(.object(schemas), at: place) }
    }
  }

  private func rewritten(_ node: JSONNode, depth: Int) -> JSONNode {
    guard depth < OpenAPISchemaRewriter.depthMax else { return node }
    switch node {
    case .array(let elements): return .array(elements.map { rewritten($0, depth: depth + 1) })
    case .object(let members):
      var result: [JSONNode.Member] = []
      result.reserveCapacity(members.count)
      for member in members {
        let isData = OpenAPISchemaRewriter.opaque.contains(member.name)
        result.append(
          .init(member.name, isData ? member.value : rewritten(member.value, depth: depth + 1))
        )
      }
      var object = JSONNode.object(result)
      if isSchema(object) { mend(&object) }
      return object
    default: return node
    }
  }

  /// Whether an object looks like a schema rather than like a map of them.
  private func isSchema(_ node: JSONNode) -> Bool {
    if case .string = node["$ref"] { return true }
    if case .string = node["type"] { return true }
    if case .array = node["type"] { return true }
    if case .boolean = node["nullable"] { return true }
    if case .object = node["properties"] { return true }
    if case .array = node["enum"] { return true }
    if case .boolean = node["exclusiveMinimum"] { return true }
    if case .boolean = node["exclusiveMaximum"] { return true }
    return false
  }

  private func mend(_ schema: inout JSONNode) {
    if isOld {
      if case .string = schema["$ref"], case .object(let members) = schema {
        // Beside a reference nothing counts.
        schema = .object(members.filter { $0.name == "$ref" })
        return
      }
      mendIntegers(&schema)
      mendBound("minimum", "exclusiveMinimum", &schema)
      mendBound("maximum", "exclusiveMaximum", &schema)
      mendNull(&schema)
    } else {
      mendIntegers(&schema)
    }
    leaveOut(&schema)
  }

  private func mendBound(_ bound: String, _ exclusive: String, _ schema: inout JSONNode) {
    guard case .boolean(let isExclusive) = schema[exclusive] else { return }
    schema[exclusive] = nil
    guard isExclusive, let value = schema[bound] else { return }
    schema[bound] = nil
    schema[exclusive] = value
  }

  private func mendNull(_ schema: inout JSONNode) {
    guard schema["nullable"] == .boolean(true) else { return }
    if case .string(let type) = schema["type"] { schema["type"] = [.string(type), "null"] }
    if case .array(var values) = schema["enum"], !values.contains(.null) {
      values.append(.null)
      schema["enum"] = .array(values)
    }
    guard schema["type"] == nil else { return }
    // Without a type of its own it is a choice in disguise.
    for keyword in ["allOf", "anyOf", "oneOf"] {
      guard case .array(let branches) = schema[keyword] else { continue }
      let null: JSONNode = ["type": "null"]
      if keyword == "allOf" {
        guard branches.count == 1 else { continue }
        schema["allOf"] = nil
        schema["anyOf"] = .array([branches[0], null])
      } else if !branches.contains(null) {
        schema[keyword] = .array(branches + [null])
      }
      return
    }
  }

  private func mendIntegers(_ schema: inout JSONNode) {
    guard case .string(let format) = schema["format"], isInteger(schema) else { return }
    let bounds: (String, String)
    switch format {
    case "int32": bounds = ("-2147483648", "2147483647")
    case "int64": bounds = ("-9223372036854775808", "9223372036854775807")
    default: return
    }
    if schema["minimum"] == nil, !isNumber(schema["exclusiveMinimum"]),
      let number = JSONNumber(parsing: bounds.0)
    {
      schema["minimum"] = .number(number)
    }
    if schema["maximum"] == nil, !isNumber(schema["exclusiveMaximum"]),
      let number = JSONNumber(parsing: bounds.1)
    {
      schema["maximum"] = .number(number)
    }
  }

  private func isNumber(_ value: JSONNode?) -> Bool {
    if case .number = value { true } else { false }
  }

  private func isInteger(_ schema: JSONNode) -> Bool {
    if schema["type"] == "integer" { return true }
    if case .array(let types) = schema["type"] { return types.contains("integer") }
    return false
  }

  /// Takes members that this direction leaves out from the required ones.
  private func leaveOut(_ schema: inout JSONNode) {
    guard case .array(let names) = schema["required"], let properties = schema["properties"] else {
      return
    }
    let kept = names.filter { name in
      guard case .string(let text) = name else { return true }
      return properties[text]?[mark] != .boolean(true)
    }
    if kept.count < names.count { schema["required"] = .array(kept) }
  }
}
