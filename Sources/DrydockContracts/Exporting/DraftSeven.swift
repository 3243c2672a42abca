import DrydockJSON

/// What draft-07 makes of a schema of 2020-12.
///
/// A document whose schemas are draft-07 by default is read by more tools than one that names the
/// format of each, so a schema that means the same in both goes there as it is.
///
/// - Source: JSON Schema 2020-12 core, appendix "changelog"; draft-07 section 8.3 for `$ref`.
enum DraftSeven {
  /// Keywords that draft-07 does not know, or reads in its own way.
  private static let others: Set<String> = [
    "$anchor", "$dynamicAnchor", "$dynamicRef", "$id", "$recursiveAnchor", "$recursiveRef",
    "$vocabulary", "additionalItems", "dependencies", "dependentSchemas", "maxContains",
    "minContains", "prefixItems", "unevaluatedItems", "unevaluatedProperties",
  ]

  /// Keywords that say nothing about validity, so that it does no harm to ignore them beside `$ref`.
  private static let notes: Set<String> = [
    "$comment", "$defs", "$ref", "$schema", "default", "definitions", "deprecated", "description",
    "examples", "readOnly", "title", "writeOnly",
  ]

  /// Returns a schema in the words of draft-07.
  static func written(_ schema: JSONNode) -> JSONNode {
    SchemaReferences.renamed(schema, "dependentRequired", "dependencies")
  }

  /// Returns a schema that was written in the words of draft-07 as it was before.
  static func restored(_ schema: JSONNode) -> JSONNode {
    SchemaReferences.renamed(schema, "dependencies", "dependentRequired")
  }

  /// Tells whether a schema means the same in draft-07, written in its words.
  ///
  /// - Complexity: Linear in the schema.
  static func means(theSameAs schema: JSONNode) -> Bool {
    switch schema {
    case .array(let elements): return elements.allSatisfy { means(theSameAs: $0) }
    case .object(let members):
      let isReference = members.contains { $0.name == "$ref" }
      return members.allSatisfy { member in
        if others.contains(member.name) || isReference && !notes.contains(member.name) {
          return false
        }
        if member.name == "items", case .array = member.value { return false }
        if SchemaReferences.data.contains(member.name) { return true }
        if SchemaReferences.maps.contains(member.name), case .object(let inner) = member.value {
          return inner.allSatisfy { means(theSameAs: $0.value) }
        }
        return means(theSameAs: member.value)
      }
    case .null, .boolean, .number, .string: return true
    }
  }
}
