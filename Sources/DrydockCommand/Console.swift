import DrydockKernel
import Foundation

/// Standard output and standard error, and whether a person is looking.
///
/// Reports go to standard output, diagnostics and progress to standard error. Colour and progress
/// appear only on a terminal.
struct Console: Sendable {
  /// Whether standard output is a terminal.
  let isOutputTerminal: Bool
  /// Whether standard error is a terminal.
  let isErrorTerminal: Bool

  init() {
    isOutputTerminal = isatty(STDOUT_FILENO) == 1
    isErrorTerminal = isatty(STDERR_FILENO) == 1
  }

  /// Writes text to standard output.
  func write(_ text: String) {
    write(Array(text.utf8), to: FileHandle.standardOutput)
  }

  /// Writes a line to standard output.
  func line(_ text: String = "") {
    write(text + "\n")
  }

  /// Writes a line to standard error.
  func complain(_ text: String) {
    write(Array((text + "\n").utf8), to: FileHandle.standardError)
  }

  /// Writes a diagnostic to standard error.
  func complain(_ diagnostic: Diagnostic) {
    complain(diagnostic.description)
  }

  /// Writes what is wrong with a command line, and which help may serve, to standard error.
  func complain(_ error: UsageError) {
    complain("drydock: error: \(error.message) [usage]")
    complain("  help:     " + (error.command.map { "drydock \($0) --help" } ?? "drydock --help"))
  }

  /// Writes what keeps a command from its work to standard error, and returns the exit code for it.
  func refuse(_ error: any Error) -> ExitCode {
    switch error {
    case let error as UsageError: complain(error)
    case let error as Diagnostic: complain(error)
    case let error as SchemaFiles.Failure:
      for diagnostic in error.diagnostics { complain(diagnostic) }
    default: return .internalError
    }
    return .badInput
  }

  /// Shows how far long work has come, in place; nothing where no person is looking.
  func progress(_ text: String) {
    guard isErrorTerminal else { return }
    write(Array("\r\u{1B}[K\(text)".utf8), to: FileHandle.standardError)
  }

  /// Takes the progress line away.
  func endProgress() {
    progress("")
  }

  /// A reader that went away, as `head` does, is no error of ours.
  private func write(_ bytes: [UInt8], to handle: FileHandle) {
    try? handle.write(contentsOf: Data(bytes))
  }
}
