/// Diagnostics in the order they were found, up to a bound.
///
/// Input errors are collected rather than thrown one at a time; those beyond the bound are counted.
public struct DiagnosticList: Hashable, Sendable {
  /// The diagnostics that were kept.
  public private(set) var all: [Diagnostic] = []
  /// How many were left out because the list was full.
  public private(set) var omittedCount = 0
  /// How many of all, kept or left out, are errors.
  public private(set) var errorCount = 0
  /// The most diagnostics that are kept.
  public let limit: Int

  /// Creates an empty list that keeps at most a number of diagnostics.
  public init(limit: Int = Limits.diagnosticsMax) {
    self.limit = limit
  }

  /// Whether nothing was found.
  public var isEmpty: Bool { all.isEmpty && omittedCount == 0 }
  /// Whether at least one error was found.
  public var hasErrors: Bool { errorCount > 0 }

  /// Adds a diagnostic, or counts it if the list is full.
  public mutating func append(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error { errorCount += 1 }
    guard all.count < limit else {
      omittedCount += 1
      return
    }
    all.append(diagnostic)
  }

  /// Adds all diagnostics of another list.
  public mutating func append(contentsOf other: DiagnosticList) {
    let omittedErrors = other.errorCount - other.all.count { $0.severity == .error }
    for diagnostic in other.all { append(diagnostic) }
    omittedCount += other.omittedCount
    errorCount += omittedErrors
  }
}

extension DiagnosticList: CustomStringConvertible {
  /// The diagnostics one after another, and how many were left out.
  public var description: String {
    var lines = all.map(\.description)
    if omittedCount > 0 { lines.append("… \(omittedCount) more") }
    return lines.joined(separator: "\n")
  }
}
