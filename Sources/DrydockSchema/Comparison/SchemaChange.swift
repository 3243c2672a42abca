import DrydockJSON

/// One difference between two schemas, as it stands in them, whatever it means.
package struct SchemaChange: Sendable {
  /// How a keyword or part changed.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case added
    case removed
    /// A bound went up, or a count.
    case raised
    case lowered
    /// More values are allowed than before.
    case extended
    /// Fewer values are allowed than before.
    case narrowed
    case changed
  }

  /// What changed: a keyword in kebab case, or a part such as `member` or `branch`.
  var subject: String
  var kind: Kind
  /// Where the keyword or part is, by tape index in the old and the new document; -1 where absent.
  var oldNode: Int
  var newNode: Int
  /// The documents of these places.
  var oldDocument = 0
  var newDocument = 0
  /// Where in the documents that the schemas are about.
  var path: [DocumentStep]
  /// The name that the change is about, for names in lists.
  var name: String?
  /// What stood there, and what stands there now, in short.
  var old: String
  var new: String

  /// The stable id.
  var rule: String { "\(subject)-\(kind.rawValue)" }

  /// Whether this can matter to whether documents are valid.
  var isAssertion: Bool { !SchemaChange.annotations.contains(subject) }

  static let annotations: Set<String> = [
    "title", "description", "default", "examples", "example", "comment", "deprecated", "read-only",
    "write-only", "id", "content-encoding", "content-media-type", "content-schema", "discriminator",
  ]
}
