import DrydockJSON

/// References of a schema, found by its keywords and not by the look of its data.
enum SchemaReferences {
  /// Keywords whose values are no schemas, however they look.
  static let data: Set<String> = ["const", "enum", "default", "examples", "example"]
  /// Keywords whose values are schemas by name.
  static let maps: Set<String> = [
    "properties", "patternProperties", "$defs", "definitions", "dependentSchemas",
  ]

  /// Returns a schema with every reference mapped.
  static func mapped(_ schema: JSONNode, _ map: (String) -> String) -> JSONNode {
    mappedMembers(schema) { member in
      guard member.name == "$ref", case .string(let reference) = member.value else { return nil }
      return .init("$ref", .string(map(reference)))
    }
  }

  /// Returns a schema with one keyword called by another name.
  static func renamed(_ schema: JSONNode, _ old: String, _ new: String) -> JSONNode {
    mappedMembers(schema) { $0.name == old ? .init(new, $0.value) : nil }
  }

  /// Returns a schema in which keywords are replaced, where there is something to replace them by.
  private static func mappedMembers(
    _ schema: JSONNode,
    _ replacement: (JSONNode.Member) -> JSONNode.Member?
  ) -> JSONNode {
    switch schema {
    case .array(let elements): return .array(elements.map { mappedMembers($0, replacement) })
    case .object(let members):
      return .object(
        members.map { member in
          if let other = replacement(member) { return other }
          if data.contains(member.name) { return member }
          if maps.contains(member.name), case .object(let inner) = member.value {
            return .init(
              member.name,
              .object(inner.map { .init($0.name, mappedMembers($0.value, replacement)) })
            )
          }
          return .init(member.name, mappedMembers(member.value, replacement))
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
