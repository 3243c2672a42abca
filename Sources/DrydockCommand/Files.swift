import DrydockKernel
import Foundation

/// Files as commands read and write them; what goes wrong becomes a diagnostic.
struct Files: Sendable {
  /// The largest file that is read whole.
  static let bytesMax = 1 << 30

  /// Returns the bytes of a file, or of standard input for `-`.
  static func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    if path == "-" {
      do {
        return Array(try FileHandle.standardInput.readToEnd() ?? Data())
      } catch {
        throw unreadable("standard input", error)
      }
    }
    guard exists(path) else { throw missing(path) }
    if isFolder(path) {
      throw Diagnostic(
        file: path,
        message: "expected a file, found a folder",
        id: "file-is-folder"
      )
    }
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    if size > bytesMax {
      throw Diagnostic(
        file: path,
        message: "expected at most \(bytesMax) bytes, found \(size)",
        id: "file-too-large"
      )
    }
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw unreadable(path, error)
    }
  }

  /// Returns the files below a folder whose names have an ending, sorted by path.
  static func list(_ folder: String, ending: String) -> [String] {
    guard let walker = FileManager.default.enumerator(atPath: folder) else { return [] }
    var paths: [String] = []
    while let path = walker.nextObject() as? String {
      if path.hasSuffix(ending), !path.hasPrefix(".") { paths.append(folder + "/" + path) }
    }
    return paths.sorted()
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  static func isFolder(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.type] as? FileAttributeType == .typeDirectory
  }

  /// Writes a file whole or not at all: a reader sees the old bytes or the new ones.
  static func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
    do {
      let url = URL(fileURLWithPath: path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(bytes).write(to: url, options: .atomic)
    } catch {
      throw Diagnostic(
        file: path,
        message: "cannot be written: \(error.localizedDescription)",
        id: "file-unwritable"
      )
    }
  }

  private static func missing(_ path: String) -> Diagnostic {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent().path
    let siblings = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let near = Suggestion.nearest(to: url.lastPathComponent, among: siblings.sorted())
    let hint = near.map { "; did you mean '\($0)'?" } ?? ""
    return Diagnostic(file: path, message: "no such file\(hint)", id: "file-missing")
  }

  private static func unreadable(_ path: String, _ error: any Error) -> Diagnostic {
    Diagnostic(
      file: path,
      message: "cannot be read: \(error.localizedDescription)",
      id: "file-unreadable"
    )
  }
}
