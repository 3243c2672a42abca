import Foundation

/// A tool run to its end: exit code, seconds on the clock, and what it printed.
struct ToolRun {
  var status: Int32
  var seconds: Double
  /// Standard output, without white space at its ends.
  var output: String

  /// Runs a tool; nil where it cannot be started.
  init?(_ tool: String, _ words: [String]) {
    let process = Process()
    process.executableURL = URL(filePath: tool)
    process.arguments = words
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    let clock = ContinuousClock()
    let began = clock.now
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    status = process.terminationStatus
    seconds = (clock.now - began) / .seconds(1)
    output = String(decoding: data, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
