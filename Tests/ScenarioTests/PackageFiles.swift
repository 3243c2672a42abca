import DrydockContracts
import DrydockScenarios
import Foundation
import Testing

/// The package's scenarios and contracts, read once.
enum PackageFiles {
  /// The package's folder.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The paths of all scenario files, below the package's folder, sorted.
  static let scenarios: [String] = files(in: "Scenarios").filter { $0.hasSuffix(".json") }

  /// The files of all contracts, without their examples.
  static let contractFiles: [ContractCatalog.File] = files(in: "Contracts")
    .filter { !$0.contains("/examples/") }.compactMap { path in
      FileManager.default.contents(atPath: root.appendingPathComponent(path).path).map {
        ContractCatalog.File(path: String(path.dropFirst("Contracts/".count)), bytes: Array($0))
      }
    }

  /// All contracts.
  static let catalog = ContractCatalog(files: contractFiles)

  /// Reads a scenario of the package.
  static func scenario(_ path: String) throws -> Scenario {
    let data = try #require(
      FileManager.default.contents(atPath: root.appendingPathComponent(path).path)
    )
    return try Scenario.read(Array(data), file: path).get()
  }

  private static func files(in folder: String) -> [String] {
    let walker = FileManager.default.enumerator(
      atPath: root.appendingPathComponent(folder).resolvingSymlinksInPath().path
    )
    var paths: [String] = []
    while let path = walker?.nextObject() as? String { paths.append("\(folder)/\(path)") }
    return paths.sorted()
  }
}
