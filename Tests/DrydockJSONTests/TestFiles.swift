import DrydockJSON
import Foundation
import Testing

/// Files beside the tests, and third-party suites beside the package.
enum TestFiles {
  /// The folder of this file.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  /// The folder of third-party suites, which only some machines have.
  static let suites = folder.appending(path: "../../../shared/suites").standardized

  /// Returns the root of a case file.
  static func cases(_ name: String) throws -> JSONValue {
    let bytes = try [UInt8](Data(contentsOf: folder.appending(path: "Cases/\(name).json")))
    return try JSONDocument.parse(bytes).root
  }

  /// Returns the bytes of a suite's file.
  static func suiteBytes(_ path: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: suites.appending(path: path)))
  }

  /// Returns the names of the files in a suite's folder, in order; none where it is absent.
  static func suiteFiles(_ path: String) -> [String] {
    let folder = suites.appending(path: path)
    guard FileManager.default.fileExists(atPath: folder.path) else {
      FileHandle.standardError.write(Data("skipped: no suite at '\(path)'\n".utf8))
      return []
    }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    } catch {
      Issue.record("the suite at '\(path)' cannot be listed: \(error)")
      return []
    }
  }

  /// Returns whether a suite's file is there, noting where it is not.
  static func hasSuite(_ path: String) -> Bool {
    let isThere = FileManager.default.fileExists(atPath: suites.appending(path: path).path)
    if !isThere {
      FileHandle.standardError.write(Data("skipped: no suite at '\(path)'\n".utf8))
    }
    return isThere
  }
}

/// What a reader makes of a text: its compact form, or the id of the error.
func outcome(_ bytes: [UInt8], _ options: JSONReadOptions = .strict) -> String {
  do {
    var writer = JSONWriter()
    writer.value(try JSONDocument.parse(bytes, options: options).root)
    return writer.text
  } catch {
    return error.id
  }
}
