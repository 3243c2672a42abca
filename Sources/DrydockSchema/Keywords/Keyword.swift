/// A keyword that assertions, applicators or references are made of.
///
/// Whatever is not listed is an annotation, as JSON Schema asks for: `title`, `default`,
/// `examples`, `$comment`, `contentSchema`, and names that no standard knows.
enum Keyword: String, Hashable, Sendable, CaseIterable {
  case id = "$id"
  case schema = "$schema"
  case anchor = "$anchor"
  case dynamicAnchor = "$dynamicAnchor"
  case ref = "$ref"
  case dynamicRef = "$dynamicRef"
  case recursiveAnchor = "$recursiveAnchor"
  case recursiveRef = "$recursiveRef"
  case vocabulary = "$vocabulary"
  case defs = "$defs"
  case definitions

  case type
  case enumeration = "enum"
  case constant = "const"
  case format
  case contentEncoding
  case contentMediaType

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
    switch (language.dialect, self) {
    case (.draft07, .anchor), (.draft07, .vocabulary), (.draft07, .defs),
      (.draft07, .minContains), (.draft07, .maxContains), (.draft07, .dependentRequired),
      (.draft07, .dependentSchemas), (.draft07, .unevaluatedItems),
      (.draft07, .unevaluatedProperties):
      return false
    case (.draft07, .dynamicAnchor), (.draft07, .dynamicRef), (.draft07, .prefixItems),
      (.draft201909, .dynamicAnchor), (.draft201909, .dynamicRef), (.draft201909, .prefixItems):
      return false
    case (.draft07, .recursiveAnchor), (.draft07, .recursiveRef),
      (.draft202012, .recursiveAnchor), (.draft202012, .recursiveRef),
      (.draft202012, .additionalItems):
      return false
    case (.draft201909, .contentEncoding), (.draft201909, .contentMediaType),
      (.draft202012, .contentEncoding), (.draft202012, .contentMediaType):
      return false
    case (.draft07, _): return true
    default: return vocabulary.map { language.vocabularies.contains($0) } ?? true
    }
  }

  /// The vocabulary that the keyword belongs to; nil for the core and for `format`, which is read
  /// under any.
  private var vocabulary: Vocabularies? {
    switch self {
    case .unevaluatedItems, .unevaluatedProperties: .unevaluated
    case .items, .additionalItems, .prefixItems, .contains, .properties, .patternProperties,
      .additionalProperties, .propertyNames, .dependentSchemas, .dependencies, .allOf, .anyOf,
      .oneOf, .not, .condition, .then, .otherwise:
      .applicator
    case .type, .enumeration, .constant, .minLength, .maxLength, .pattern, .minimum, .maximum,
      .exclusiveMinimum, .exclusiveMaximum, .multipleOf, .minContains, .maxContains, .minItems,
      .maxItems, .uniqueItems, .required, .minProperties, .maxProperties, .dependentRequired:
      .validation
    default: nil
    }
  }

  /// The keywords by name.
  static let byName: [String: Keyword] = {
    var table: [String: Keyword] = [:]
    for keyword in Keyword.allCases { table[keyword.rawValue] = keyword }
    return table
  }()
}
