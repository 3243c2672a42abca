import Foundation
import Testing

/// Files with expected output beside the tests; `UPDATE_GOLDEN=1` rewrites them.
enum Golden {
  /// Expects a text to be what a file says.
  static func expect(
    _ text: String,
    _ name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/\(name)")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: file)
      return
    }
    let expected = try String(decoding: Data(contentsOf: file), as: UTF8.self)
    guard expected != text else { return }
    let found = text.split(separator: "\n", omittingEmptySubsequences: false)
    let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(found, wanted).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let place = line ?? min(found.count, wanted.count)
    let before = place < wanted.count ? wanted[place] : "(end)"
    let after = place < found.count ? found[place] : "(end)"
    Issue.record(
      "\(name) differs in line \(place + 1)\n- \(before)\n+ \(after)",
      sourceLocation: sourceLocation
    )
  }
}
