package import DrydockKernel
import Foundation

/// Files as the front doors read and write them; what goes wrong becomes a diagnostic.
package enum Files {
  /// The largest recording or payload that is read.
  package static let bytesMax = 1 << 30
  /// The largest scenario, contract or schema that is read.
  package static let authoredBytesMax = 1 << 24
  /// How many files of a folder are listed.
  package static let listedMax = 100_000

  /// Returns the bytes of a file, or of standard input for `-`.
  ///
  /// Pipes and devices are read up to the bound as well, so that one without end is refused.
  package static func read(
    _ path: String,
    atMost limit: Int = Files.bytesMax
  ) throws(Diagnostic) -> [UInt8] {
    var stream = try ByteStream(path)
    var bytes: [UInt8] = []
    try stream.readRest(into: &bytes, atMost: limit)
    return bytes
  }

  /// Returns the files below a folder whose names have an ending, sorted by path.
  ///
  /// Links to folders are followed, each folder once, so that a link to what it is in ends.
  package static func list(_ folder: String, ending: String) -> [String] {
    var paths: [String] = []
    var visited: Set<String> = []
    list(folder, ending, into: &paths, &visited)
    return paths.sorted()
  }

  private static func list(
    _ folder: String,
    _ ending: String,
    into paths: inout [String],
    _ visited: inout Set<String>
  ) {
    let resolved = resolve(folder)
    guard visited.insert(resolved).inserted,
      let walker = FileManager.default.enumerator(atPath: resolved)
    else { return }
    while let path = walker.nextObject() as? String, paths.count < listedMax {
      let shown = folder + "/" + path
      if path.hasPrefix(".") { continue }
      let type = walker.fileAttributes?[.type] as? FileAttributeType
      if type == .typeSymbolicLink, isFolder(shown) {
        list(shown, ending, into: &paths, &visited)
      } else if path.hasSuffix(ending) {
        paths.append(shown)
      }
    }
  }

  /// Tells whether something is at a path.
  package static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  /// Tells whether a folder, or a link to one, is at a path.
  package static func isFolder(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: resolve(path))
    return attributes?[.type] as? FileAttributeType == .typeDirectory
  }

  /// Writes a file whole or not at all: a reader sees the old bytes or the new ones.
  package static func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
    do {
      let url = URL(fileURLWithPath: path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(bytes).write(to: url, options: .atomic)
    } catch {
      throw unwritable(path, error)
    }
  }

  static func unwritable(_ path: String, _ error: any Error) -> Diagnostic {
    Diagnostic(
      file: path,
      message: "cannot be written\(reason(error))",
      id: "file-unwritable"
    )
  }

  private static func resolve(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }

  /// Returns what is said of a file beyond a bound.
  static func tooLarge(_ path: String, _ limit: Int) -> Diagnostic {
    Diagnostic(
      file: path,
      message: "expected at most \(limit) bytes, found more",
      id: "file-too-large"
    )
  }

  static func folder(_ path: String) -> Diagnostic {
    Diagnostic(file: path, message: "expected a file, found a folder", id: "file-is-folder")
  }

  /// Returns what is said of a path where nothing is, with the nearest name beside it.
  package static func missing(_ path: String) -> Diagnostic {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent().path
    let siblings = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    if siblings.contains(url.lastPathComponent) {
      return Diagnostic(file: path, message: "a link to nothing", id: "file-missing")
    }
    let near = Suggestion.nearest(to: url.lastPathComponent, among: siblings.sorted())
    let hint = near.map { "; did you mean '\($0)'?" } ?? ""
    return Diagnostic(file: path, message: "no such file\(hint)", id: "file-missing")
  }

  /// What the system says behind a colon, or nothing where Foundation does not hand it on.
  private static func reason(_ error: any Error) -> String {
    let inner = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    var words = (inner ?? error as NSError).localizedDescription[...]
    for start in ["The operation could not be completed.", " "] where words.hasPrefix(start) {
      words = words.dropFirst(start.count)
    }
    guard !words.isEmpty, !words.hasPrefix("(") else { return "" }
    if words.hasSuffix(".") { words = words.dropLast() }
    return ": \(words.prefix(1).lowercased())\(words.dropFirst())"
  }
}
