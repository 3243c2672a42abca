public import DrydockKernel

/// Why nothing could be played: what is wrong with the files or options, all of it.
public struct DrydockError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Every mistake found, with file, line and column where there are any.
  public let diagnostics: [Diagnostic]

  /// Creates an error.
  public init(diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }

  /// The mistakes, each as a command line tool prints it.
  public var description: String {
    diagnostics.map(\.description).joined(separator: "\n")
  }
}
