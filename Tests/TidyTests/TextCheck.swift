/// What no text file of the repository says: places on one machine, work left for later.
struct TextCheck {
  /// Folders of machines; a path into one works nowhere else.
  static let machineFolders = ["work", "tmp", "root", "home", "Users"]

  /// Words that mark work left for later.
  static let marks = ["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]

  private static let firstBytes = marks.compactMap(\.utf8.first)

  /// Files that are read as text.
  static let textEndings: Set<String> = [
    "swift", "md", "json", "json5", "jsonl", "har", "txt", "sh", "yml", "yaml", "html", "xml",
    "csv",
    "tutorial", "",
  ]

  /// Files in which the word for later is a mark; data may hold it as a value.
  static let markedEndings: Set<String> = ["swift", "md", "sh", "yml", "yaml", ""]

  /// Returns what a file says that it should not.
  static func breaches(path: String, bytes: [UInt8]) -> [Breach] {
    let name = path.split(separator: "/").last ?? ""
    let ending = name.dropFirst().contains(".") ? name.split(separator: ".").last ?? "" : ""
    guard textEndings.contains(String(ending)), !bytes.contains(0) else { return [] }
    let hasMarks = markedEndings.contains(String(ending))
    var breaches: [Breach] = []
    var line = 1
    var offset = -1
    while offset + 1 < bytes.count {
      offset += 1
      let byte = bytes[offset]
      // Most bytes are small letters and spaces, and mean nothing here.
      if byte > 0x60 || byte == ASCII.space { continue }
      switch byte {
      case ASCII.newline: line += 1
      case ASCII.slash:
        guard let folder = machineFolder(bytes, at: offset) else { continue }
        breaches.append(
          Breach(
            file: path,
            line: line,
            rule: "machine path",
            message: "the machine path '/\(folder)/' is banned here; use a path in the package"
          )
        )
      case _ where hasMarks && firstBytes.contains(byte):
        guard let mark = mark(bytes, at: offset) else { continue }
        breaches.append(
          Breach(
            file: path,
            line: line,
            rule: "mark",
            message: "'\(mark)' is banned here; do it, or file an issue"
          )
        )
      default: break
      }
    }
    return breaches
  }

  /// Returns the machine folder that a path begins with here.
  ///
  /// A slash within a path or behind a word begins none: `a/tmp/b`, `https://host/home/x`.
  private static func machineFolder(_ bytes: [UInt8], at offset: Int) -> String? {
    if offset > 0 {
      let before = bytes[offset - 1]
      let isInside = ASCII.isWord(before) || before == ASCII.slash || before == UInt8(ascii: ".")
      if isInside || before == UInt8(ascii: "}") || before == UInt8(ascii: "*") { return nil }
    }
    return machineFolders.first { folder in
      let end = offset + 1 + folder.utf8.count
      guard end + 1 < bytes.count, bytes[end] == ASCII.slash, ASCII.isWord(bytes[end + 1]) else {
        return false
      }
      return bytes[(offset + 1)..<end].elementsEqual(folder.utf8)
    }
  }

  private static func mark(_ bytes: [UInt8], at offset: Int) -> String? {
    if offset > 0, ASCII.isWord(bytes[offset - 1]) { return nil }
    return marks.first { mark in
      let end = offset + mark.utf8.count
      guard end <= bytes.count, bytes[offset..<end].elementsEqual(mark.utf8) else { return false }
      return end == bytes.count || !ASCII.isWord(bytes[end])
    }
  }
}
