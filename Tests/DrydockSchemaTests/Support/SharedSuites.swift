import DrydockJSON
import Foundation

/// Third-party suites that lie beside the package, not in it.
enum SharedSuites {
  /// The folder of all suites.
  static let folder: URL = {
    var folder = URL(filePath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    return folder.deletingLastPathComponent().appending(path: "shared/suites")
  }()

  /// Returns a suite's folder, or prints that it is absent.
  static func suite(_ name: String) -> URL? {
    let place = folder.appending(path: name)
    if FileManager.default.fileExists(atPath: place.path) { return place }
    print("skipped: suite '\(name)' is not beside the package")
    return nil
  }

  /// Returns all files below a folder that end in `.json`, by path, in order.
  static func jsonFiles(below folder: URL) -> [(path: String, url: URL)] {
    guard let walk = FileManager.default.enumerator(atPath: folder.path) else { return [] }
    return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".json") }.sorted()
      .map { ($0, folder.appending(path: $0)) }
  }

  /// Parses a file.
  static func document(at url: URL) throws -> JSONDocument {
    try JSONDocument.parse(Array(try Data(contentsOf: url)))
  }
}
