import Foundation

/// The files of the package, read once for all suites.
struct Repository: Sendable {
  /// One file that is no build product.
  struct File: Sendable {
    /// The path from the package root.
    let path: String
    /// What is in it.
    let bytes: [UInt8]
  }

  /// The package root, found from this file.
  static let root: URL = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The package as it is on disk.
  static let shared = Repository(root: root)

  /// What the package's `.gitignore` names: build products and reports.
  private static let ignored: Set<String> = [
    ".git", ".build", ".swiftpm", "Package.resolved", "out", ".DS_Store",
  ]

  /// Every file, sorted by path.
  let files: [File]
  /// Every Swift file, sorted by path.
  let sources: [SwiftSource]

  private init(root: URL) {
    var paths: [String] = []
    Self.list("", root, into: &paths)
    files = paths.sorted().compactMap { path in
      FileManager.default.contents(atPath: root.appending(path: path).path)
        .map { File(path: path, bytes: Array($0)) }
    }
    // What `.ci/fuzz` builds is C's side of the fence: its main function is libFuzzer's.
    sources = files.filter { $0.path.hasSuffix(".swift") && !$0.path.hasPrefix(".ci/") }
      .map { SwiftSource(path: $0.path, bytes: $0.bytes) }
  }

  private static func list(_ folder: String, _ root: URL, into paths: inout [String]) {
    let place = folder.isEmpty ? root : root.appending(path: folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
    for name in names where !ignored.contains(name) && !name.hasPrefix(".build") {
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      let values = try? root.appending(path: path).resourceValues(forKeys: [.isDirectoryKey])
      if values?.isDirectory == true {
        list(path, root, into: &paths)
      } else {
        paths.append(path)
      }
    }
  }

  /// Returns the files of a folder, given with a slash at its end.
  func files(in folder: String) -> [File] {
    files.filter { $0.path.hasPrefix(folder) }
  }

  /// Returns the text of a file; empty if there is none.
  func text(_ path: String) -> String {
    files.first { $0.path == path }.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
  }
}
