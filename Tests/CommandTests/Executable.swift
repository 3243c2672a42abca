import DrydockJSON
import Foundation

/// The built `drydock`, run as users run it: from the package's folder.
struct Executable {
  /// What a process left behind.
  struct Outcome {
    /// The exit code; negative for the signal that ended it.
    var status: Int32
    var output: String
    var errors: String

    /// The lines of standard output, each read as JSON.
    var documents: [JSONValue] {
      get throws {
        try output.split(separator: "\n").map { try JSONDocument.parse(Array($0.utf8)).root }
      }
    }
  }

  /// The package's folder.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Where the build put the executable: beside the test bundle.
  static let path: URL = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    let folder =
      bundle?.bundleURL.deletingLastPathComponent()
      ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    return folder.appendingPathComponent("drydock")
  }()

  /// Runs it with arguments and what standard input holds, and waits for its end.
  ///
  /// - Parameters:
  ///   - arguments: The words behind the tool's name.
  ///   - input: What standard input holds.
  ///   - seconds: The processor time it may take; the system ends what takes longer.
  ///   - kibibytes: The size beyond which no file can grow, as on a full disk.
  /// - Returns: How it ended and what it printed.
  /// - Throws: What Foundation throws when the process cannot be started.
  static func run(
    _ arguments: [String],
    input: String = "",
    seconds: Int = 60,
    kibibytes: Int? = nil
  ) throws -> Outcome {
    // Files rather than pipes: neither side waits for the other.
    let folder = try TemporaryFolder()
    let given = try folder.write("input", input)
    let output = try folder.write("output", "")
    let errors = try folder.write("errors", "")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let disk = kibibytes.map { "trap '' XFSZ; ulimit -f \($0 * 2); " } ?? ""
    process.arguments =
      ["-c", "\(disk)ulimit -t \(seconds); exec \"$@\"", "sh", path.path] + arguments
    process.currentDirectoryURL = root
    process.standardInput = FileHandle(forReadingAtPath: given)
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    process.waitUntilExit()
    let status = process.terminationStatus
    return Outcome(
      status: process.terminationReason == .exit ? status : -status,
      output: String(decoding: try folder.read("output"), as: UTF8.self),
      errors: String(decoding: try folder.read("errors"), as: UTF8.self)
    )
  }
}
