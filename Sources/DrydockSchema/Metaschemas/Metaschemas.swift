import DrydockJSON

/// The published metaschemas, so that schemas can refer to them without a network.
enum Metaschemas {
  /// Returns the metaschema of a URI without fragment.
  static func document(uri: String) -> JSONDocument? {
    guard let text = text(uri: uri) else { return nil }
    do {
      return try JSONDocument.parse(text)
    } catch {
      preconditionFailure("metaschema '\(uri)' does not parse")
    }
  }

  /// The URIs of all metaschemas.
  static let uris: [String] =
    [SchemaDialect.draft202012.rawValue, SchemaDialect.draft07.rawValue]
    + vocabularies.map { prefix + $0 }

  private static let prefix = "https://json-schema.org/draft/2020-12/meta/"

  private static let vocabularies = [
    "core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation",
    "format-assertion", "content",
  ]

  private static func text(uri: String) -> String? {
    if uri == SchemaDialect.draft202012.rawValue { return Draft202012Metaschemas.schema }
    if uri == SchemaDialect.draft07.rawValue { return Draft07Metaschemas.schema }
    guard uri.hasPrefix(prefix) else { return nil }
    switch uri.dropFirst(prefix.count) {
    case "core": return Draft202012Metaschemas.core
    case "applicator": return Draft202012Metaschemas.applicator
    case "unevaluated": return Draft202012Metaschemas.unevaluated
    case "validation": return Draft202012Metaschemas.validation
    case "meta-data": return Draft202012Metaschemas.metaData
    case "format-annotation": return Draft202012Metaschemas.formatAnnotation
    case "format-assertion": return Draft202012Metaschemas.formatAssertion
    case "content": return Draft202012Metaschemas.content
    default: return nil
    }
  }
}
