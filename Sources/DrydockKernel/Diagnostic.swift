/// What is wrong with an input file, and where.
///
///     late.json:14:9: error: unknown fault 'latancy'; did you mean 'latency'? [unknown-fault]
///       faults of partner 'carrier': 'latency', 'duplicate'
///
/// One line in lower case without a full stop, names in single quotes, expected before found, a
/// suggestion where one is near, the stable id last; notes follow, indented.
public struct Diagnostic: Hashable, Sendable, Error {
  /// How much a diagnostic matters.
  public enum Severity: String, Hashable, Sendable, CaseIterable {
    /// The input cannot be used.
    case error
    /// The input can be used, but probably means something else.
    case warning
    /// Something worth knowing.
    case note
  }

  /// The path of the file, as it was given.
  public var file: String
  /// The line, from 1; absent if the whole file is meant.
  public var line: Int?
  /// The column in Unicode scalars, from 1; absent if the whole line is meant.
  public var column: Int?
  /// How much it matters.
  public var severity: Severity
  /// What is wrong, without place, severity and id.
  public var message: String
  /// The stable name of the check, in kebab-case.
  public var id: String
  /// More lines that help, each without indentation.
  public var notes: [String]

  /// Creates a diagnostic.
  public init(
    file: String,
    line: Int? = nil,
    column: Int? = nil,
    severity: Severity = .error,
    message: String,
    id: String,
    notes: [String] = []
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.severity = severity
    self.message = message
    self.id = id
    self.notes = notes
  }
}

extension Diagnostic: CustomStringConvertible {
  /// The diagnostic as it is shown: one line, and one more for each line of each note.
  public var description: String {
    var place = file
    if let line {
      place += ":\(line)"
      if let column { place += ":\(column)" }
    }
    let head = place.isEmpty ? "" : "\(place): "
    var text = "\(head)\(severity.rawValue): \(message) [\(id)]"
    for note in notes {
      for line in note.split(separator: "\n", omittingEmptySubsequences: false) {
        text += line.isEmpty ? "\n" : "\n  \(line)"
      }
    }
    return text
  }
}
