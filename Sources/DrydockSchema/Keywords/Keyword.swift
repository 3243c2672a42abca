/// A keyword that assertions, applicators or references are made of.
///
/// Whatever is not listed is an annotation, as JSON Schema asks for: `title`, `default`,
/// `examples`, `$comment`, the `content…` keywords, and names that no standard knows.
enum Keyword: String, Hashable, Sendable, CaseIterable {
  case id = "$id"
  case schema = "$schema"
  case anchor = "$anchor"
  case dynamicAnchor = "$dynamicAnchor"
  case ref = "$ref"
  case dynamicRef = "$dynamicRef"
  case vocabulary = "$vocabulary"
  case defs = "$defs"
  case definitions

  case type
  case enumeration = "enum"
  case constant = "const"
  case format

  case minLength
  case maxLength
  case pattern
  case minimum
  case maximum
  case exclusiveMinimum
  case exclusiveMaximum
  case multipleOf

  case items
  case additionalItems
  case prefixItems
  case contains
  case minContains
  case maxContains
  case minItems
  case maxItems
  case uniqueItems
  case unevaluatedItems

  case properties
  case patternProperties
  case additionalProperties
  case propertyNames
  case required
  case minProperties
  case maxProperties
  case dependencies
  case dependentRequired
  case dependentSchemas
  case unevaluatedProperties

  case allOf
  case anyOf
  case oneOf
  case not
  case condition = "if"
  case then
  case otherwise = "else"

  /// Where subschemas stand in a keyword's value.
  enum Shape: Hashable, Sendable {
    /// Nowhere.
    case none
    /// The value is one.
    case schema
    /// Each element is one.
    case array
    /// The value is one, or each element is.
    case schemaOrArray
    /// Each member's value is one.
    case map
    /// Each member's value is one, unless it is an array.
    case mapOfSchemasOrArrays
  }

  /// Where subschemas stand in the value.
  var shape: Shape {
    switch self {
    case .items: .schemaOrArray
    case .additionalItems, .contains, .unevaluatedItems, .additionalProperties, .propertyNames,
      .unevaluatedProperties, .not, .condition, .then, .otherwise:
      .schema
    case .prefixItems, .allOf, .anyOf, .oneOf: .array
    case .defs, .definitions, .properties, .patternProperties, .dependentSchemas: .map
    case .dependencies: .mapOfSchemasOrArrays
    default: .none
    }
  }

  /// Returns whether the keyword means something in a language.
  func isKnown(in language: SchemaLanguage) -> Bool {
    let vocabularies = language.vocabularies
    switch language.dialect {
    case .draft07:
      switch self {
      case .anchor, .dynamicAnchor, .dynamicRef, .vocabulary, .defs, .prefixItems, .minContains,
        .maxContains, .dependentRequired, .dependentSchemas, .unevaluatedItems,
        .unevaluatedProperties:
        return false
      default: return true
      }
    case .draft202012:
      switch self {
      case .id, .schema, .anchor, .dynamicAnchor, .ref, .dynamicRef, .vocabulary, .defs,
        .definitions, .format:
        return true
      case .additionalItems: return false
      case .unevaluatedItems, .unevaluatedProperties:
        return vocabularies.contains(.unevaluated)
      case .items, .prefixItems, .contains, .properties, .patternProperties,
        .additionalProperties, .propertyNames, .dependentSchemas, .dependencies, .allOf, .anyOf,
        .oneOf, .not, .condition, .then, .otherwise:
        return vocabularies.contains(.applicator)
      default: return vocabularies.contains(.validation)
      }
    }
  }

  /// The keywords by name.
  static let byName: [String: Keyword] = {
    var table: [String: Keyword] = [:]
    for keyword in Keyword.allCases { table[keyword.rawValue] = keyword }
    return table
  }()
}
