import DrydockContracts
import DrydockJSON
import DrydockKernel
import Foundation
import Testing

/// The shipped contracts and their examples, read once.
enum ContractFolder {
  /// The folder of this file.
  static let tests = URL(filePath: #filePath).deletingLastPathComponent()
  /// The root of the package.
  static let package = tests.appending(path: "../..").standardized
  /// The folder of all contracts.
  static let folder = package.appending(path: "Contracts").resolvingSymlinksInPath()
  /// Real samples beside the package, which only some machines have.
  static let samples = package.appending(path: "../shared/samples").resolvingSymlinksInPath()

  /// Every file below the folder of contracts, by its path there, in order.
  static let files: [ContractCatalog.File] = {
    var files: [ContractCatalog.File] = []
    guard let walker = FileManager.default.enumerator(atPath: folder.path) else { return [] }
    while let path = walker.nextObject() as? String {
      guard path.hasSuffix(".json"),
        let data = FileManager.default.contents(atPath: folder.appending(path: path).path)
      else { continue }
      files.append(ContractCatalog.File(path: path, bytes: [UInt8](data)))
    }
    return files.sorted { $0.path < $1.path }
  }()

  /// The shipped catalogue.
  static let catalog = ContractCatalog(
    files: files.filter { !$0.path.contains("/examples/") }
  )

  /// The identifiers of all contracts.
  static let ids = catalog.contracts.map(\.id)

  /// The identifiers of the contracts that carry facts.
  static let meaningful = catalog.contracts.filter { !$0.meanings.isEmpty }.map(\.id)

  /// Returns a contract.
  static func contract(_ id: String) throws -> Contract {
    try #require(catalog.contracts.first { $0.id == id }, "no contract '\(id)'")
  }

  /// Returns the examples of a contract that are `valid` or `invalid`, in order of their names.
  static func examples(_ kind: String, of id: String) -> [ContractCatalog.File] {
    files.filter { $0.path.hasPrefix("\(id)/examples/\(kind)/") }
  }

  /// Returns the root of a case file.
  static func cases(_ name: String) throws -> JSONValue {
    let bytes = try [UInt8](Data(contentsOf: tests.appending(path: "Cases/\(name).json")))
    return try JSONDocument.parse(bytes).root
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
}
