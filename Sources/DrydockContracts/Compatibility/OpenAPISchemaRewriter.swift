import DrydockJSON

/// Puts the schemas of OpenAPI into plain JSON Schema, every subschema staying where it is.
///
///     nullable: true, type: string       →  type: ["string", "null"]
///     minimum: 0, exclusiveMinimum: true →  exclusiveMinimum: 0
///     format: int32                      →  bounds, where none are given
///
/// Members that one direction leaves out (`readOnly` in requests, `writeOnly` in responses) are taken
/// out of `required`.
///
/// - Source: OpenAPI 3.0.4 section 4.7.24, OpenAPI 3.1.1 section 4.8.24.
struct OpenAPISchemaRewriter {
  let isOld: Bool
  /// The keyword that marks members this direction leaves out.
  let mark: String

  /// Members of a document that hold data and no schemas.
  private static let opaque: Set<String> = ["example", "examples", "default", "enum", "const"]
  private static let depthMax = 400

  mutating func rewritten(_ node: JSONNode) -> JSONNode {
    rewritten(node, depth: 0)
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
      mendBound("minimum", "exclusiveMinimum", &schema)
      mendBound("maximum", "exclusiveMaximum", &schema)
      mendNull(&schema)
    }
    mendIntegers(&schema)
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
    if schema["minimum"] == nil, schema["exclusiveMinimum"] == nil,
      let number = JSONNumber(parsing: bounds.0)
    {
      schema["minimum"] = .number(number)
    }
    if schema["maximum"] == nil, schema["exclusiveMaximum"] == nil,
      let number = JSONNumber(parsing: bounds.1)
    {
      schema["maximum"] = .number(number)
    }
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
