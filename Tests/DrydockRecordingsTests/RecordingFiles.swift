import DrydockContracts
import DrydockExchange
import DrydockKernel
import DrydockRecordings
import DrydockVerification
import Foundation

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

  /// Notes on standard error what a test left out.
  static func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
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
  }
}

/// A recording's bytes as a reader sees them.
func read(_ text: String) -> (recording: Recording?, diagnostics: [String]) {
  let (recording, diagnostics) = RecordingReader.read(Array(text.utf8), file: "r.jsonl")
  return (recording, diagnostics.map(\.description))
}
