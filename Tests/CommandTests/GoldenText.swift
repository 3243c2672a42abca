import Foundation
import Testing

/// An expected text in a file in `Golden/`, beside the test that compares it.
struct GoldenText {
  let name: String

  /// Compares a text with the file; `UPDATE_GOLDEN=1` writes it instead.
  func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let place = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/\(name)")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: place)
      return
    }
    let expected = try String(contentsOf: place, encoding: .utf8)
    #expect(text == expected, "differs from Golden/\(name)", sourceLocation: sourceLocation)
  }
}
