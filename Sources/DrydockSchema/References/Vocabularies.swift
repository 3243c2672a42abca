/// A set of keyword vocabularies of JSON Schema 2019-09 and 2020-12.
struct Vocabularies: OptionSet, Hashable, Sendable {
  var rawValue: UInt8

  static let applicator = Vocabularies(rawValue: 1)
  static let unevaluated = Vocabularies(rawValue: 2)
  static let validation = Vocabularies(rawValue: 4)
  static let formatAssertion = Vocabularies(rawValue: 8)
  static let all: Vocabularies = [.applicator, .unevaluated, .validation]

  /// Returns the vocabulary of a URI: empty where it holds annotations only, nil where unknown.
  static func named(_ uri: String) -> Vocabularies? {
    let older = "https://json-schema.org/draft/2019-09/vocab/"
    if uri.hasPrefix(older) {
      switch uri.dropFirst(older.count) {
      case "core", "meta-data", "format", "content": return []
      case "applicator": return [.applicator, .unevaluated]
      case "validation": return .validation
      default: return nil
      }
    }
    let prefix = "https://json-schema.org/draft/2020-12/vocab/"
    guard uri.hasPrefix(prefix) else { return nil }
    switch uri.dropFirst(prefix.count) {
    case "core", "meta-data", "format-annotation", "content": return []
    case "applicator": return .applicator
    case "unevaluated": return .unevaluated
    case "validation": return .validation
    case "format-assertion": return .formatAssertion
    default: return nil
    }
  }
}

/// The language that a schema resource is written in.
struct SchemaLanguage: Hashable, Sendable {
  var dialect: SchemaDialect
  var vocabularies: Vocabularies

  /// Creates the language of a dialect with all its vocabularies.
  init(_ dialect: SchemaDialect, vocabularies: Vocabularies = .all) {
    self.dialect = dialect
    self.vocabularies = vocabularies
  }

  /// Returns the dialect that a `$schema` names, draft-06 counting as draft-07.
  static func dialect(named uri: String) -> SchemaDialect? {
    let bare = uri.hasSuffix("#") ? String(uri.dropLast()) : uri
    switch bare {
    case SchemaDialect.draft202012.rawValue: return .draft202012
    case SchemaDialect.draft201909.rawValue: return .draft201909
    case SchemaDialect.draft07.rawValue, "https://json-schema.org/draft-07/schema",
      "http://json-schema.org/draft-06/schema", "https://json-schema.org/draft-06/schema":
      return .draft07
    default: return nil
    }
  }
}
