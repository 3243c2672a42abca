import DrydockJSON

/// References of a schema, found by its keywords and not by the look of its data.
enum SchemaReferences {
  private static let data: Set<String> = ["const", "enum", "default", "examples", "example"]
  private static let maps: Set<String> = [
    "properties", "patternProperties", "$defs", "definitions", "dependentSchemas",
  ]

  /// Returns a schema with every reference mapped.
  static func mapped(_ schema: JSONNode, _ map: (String) -> String) -> JSONNode {
    switch schema {
    case .array(let elements): return .array(elements.map { mapped($0, map) })
    case .object(let members):
      return .object(
        members.map { member in
          if member.name == "$ref", case .string(let reference) = member.value {
            return .init("$ref", .string(map(reference)))
          }
          if data.contains(member.name) { return member }
          if maps.contains(member.name), case .object(let inner) = member.value {
            return .init(
              member.name,
              .object(inner.map { .init($0.name, mapped($0.value, map)) })
            )
          }
          return .init(member.name, mapped(member.value, map))
        }
      )
    case .null, .boolean, .number, .string: return schema
    }
  }

  /// Returns the references of a schema, each once, in order.
  static func all(_ schema: JSONNode) -> [String] {
    var found: [String] = []
    _ = mapped(schema) { reference in
      if !found.contains(reference) { found.append(reference) }
      return reference
    }
    return found
  }

  /// Whether references of a schema count from another place than the document.
  static func hasIdentifiers(_ schema: JSONNode) -> Bool {
    switch schema {
    case .array(let elements): return elements.contains { hasIdentifiers($0) }
    case .object(let members):
      return members.contains { member in
        if data.contains(member.name) { return false }
        if maps.contains(member.name), case .object(let inner) = member.value {
          return inner.contains { hasIdentifiers($0.value) }
        }
        let isOwn = ["$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "id"].contains(member.name)
        if isOwn, case .string = member.value { return true }
        return hasIdentifiers(member.value)
      }
    case .null, .boolean, .number, .string: return false
    }
  }
}
