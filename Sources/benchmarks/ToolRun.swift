import Foundation

/// A tool run to its end: exit code, seconds on the clock, and what it printed.
struct ToolRun {
  var status: Int32
  var seconds: Double
  /// Standard output, without white space at its ends.
  var output: String

  /// Runs a tool; nil where it cannot be started.
  init?(_ tool: String, _ words: [String]) {
    let pipe = Pipe()
    let clock = ContinuousClock()
    let began = clock.now
    guard let process = ToolRun.started(tool, words, output: pipe) else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    status = process.terminationStatus
    seconds = (clock.now - began) / .seconds(1)
    output = String(decoding: data, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Starts a tool and returns its process; nil where it cannot be started.
  static func started(
    _ tool: String,
    _ words: [String],
    output: Any = FileHandle.nullDevice
  ) -> Process? {
    let process = Process()
    process.executableURL = URL(filePath: tool)
    process.arguments = words
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    return (try? process.run()) == nil ? nil : process
  }
}
