/// A schema with an identifier of its own, inside a document or the whole of it.
struct SchemaResource: Sendable {
  /// The absolute URI without fragment, as far as it can be known.
  var uri: URIReference
  /// The document, and the tape index of the schema in it.
  var document: Int
  var node: Int
  /// The tape index after the schema.
  var end: Int
  /// The resource around this one, or -1.
  var outer: Int
  var language: SchemaLanguage
  /// The schemas that anchors name, by tape index.
  var anchors: [String: Int] = [:]
  var dynamicAnchors: [String: Int] = [:]
}

/// A subschema by document and tape index.
struct SchemaAddress: Hashable, Sendable {
  var document: Int
  var node: Int
}
