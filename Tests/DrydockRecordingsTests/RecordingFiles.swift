import DrydockContracts
import DrydockExchange
import DrydockJSON
import DrydockKernel
import DrydockRecordings
import DrydockReports
import DrydockVerification
import Foundation
import Testing

/// Files beside the tests, in the package and beside it.
enum RecordingFiles {
  /// The folder of this file.
  static let tests = URL(filePath: #filePath).deletingLastPathComponent()
  /// The root of the package.
  static let package = tests.appending(path: "../..").standardized
  /// Suites and samples beside the package, which only some machines have.
  static let shared = package.appending(path: "../shared").resolvingSymlinksInPath()

  /// The shipped contracts.
  static let catalog = ContractCatalog(
    files: list("Contracts", ending: ".json").filter { !$0.contains("/examples/") }.map { path in
      let file = package.appending(path: "Contracts/\(path)")
      let data = FileManager.default.contents(atPath: file.path) ?? Data()
      return ContractCatalog.File(path: path, bytes: [UInt8](data))
    }
  )

  /// Returns the paths below a folder of the package, in order.
  static func list(_ folder: String, ending: String) -> [String] {
    let root = package.appending(path: folder).resolvingSymlinksInPath()
    guard let walker = FileManager.default.enumerator(atPath: root.path) else { return [] }
    var paths: [String] = []
    while let path = walker.nextObject() as? String {
      if path.hasSuffix(ending) { paths.append(path) }
    }
    return paths.sorted()
  }

  /// Returns the bytes of a file of the package.
  static func bytes(_ path: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: package.appending(path: path)))
  }

  /// Returns the root of a case file.
  static func cases(_ name: String) throws -> JSONValue {
    let data = try Data(contentsOf: tests.appending(path: "Cases/\(name).json"))
    return try JSONDocument.parse([UInt8](data)).root
  }

  /// Notes on standard error what a test left out.
  static func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Compares text with a golden file, or writes it when `UPDATE_GOLDEN` is set.
  static func expectGolden(
    _ text: String,
    _ name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = tests.appending(path: "Golden/\(name)")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: file)
      return
    }
    let data = try #require(
      FileManager.default.contents(atPath: file.path),
      "no golden file '\(name)'; UPDATE_GOLDEN=1 writes it",
      sourceLocation: sourceLocation
    )
    let expected = String(decoding: data, as: UTF8.self).split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    let found = text.split(separator: "\n", omittingEmptySubsequences: false)
    for change in found.difference(from: expected) {
      switch change {
      case .insert(let offset, let line, _):
        Issue.record("\(name):\(offset + 1): + \(line)", sourceLocation: sourceLocation)
      case .remove(let offset, let line, _):
        Issue.record("\(name):\(offset + 1): - \(line)", sourceLocation: sourceLocation)
      }
    }
  }

  /// Judges a file as `drydock verify` does.
  static func judge(_ bytes: [UInt8], file: String) -> Judged {
    let (recording, diagnostics) = RecordingReader.read(bytes, file: file)
    guard let recording else { return Judged(diagnostics: diagnostics) }
    let assembly = TraceAssembler(catalog: catalog).assemble([recording])
    let verdict = Verifier(catalog: catalog).judge(assembly.trace)
    return Judged(
      diagnostics: diagnostics,
      recording: recording,
      assembly: assembly,
      verdict: verdict
    )
  }

  /// What became of one file.
  struct Judged {
    var diagnostics: [Diagnostic]
    var recording: Recording?
    var assembly: TraceAssembler.Assembly?
    var verdict: Verdict?

    /// The account that people read.
    func account(file: String) -> String {
      guard let recording, let assembly, let verdict else { return "" }
      let run = JudgedRun(
        file: file,
        title: recording.title,
        seed: nil,
        trace: assembly.trace,
        verdict: verdict,
        reproduce: "drydock verify \(file)"
      )
      let report = RecordingReport(showsAll: true)
      return report.account(of: run, strangers: assembly.strangers) + report.closing(of: run) + "\n"
    }
  }
}

/// A recording's bytes as a reader sees them.
func read(_ text: String) -> (recording: Recording?, diagnostics: [String]) {
  let (recording, diagnostics) = RecordingReader.read(Array(text.utf8), file: "r.jsonl")
  return (recording, diagnostics.map(\.description))
}
