/// One Swift file, read once: its bytes, its code without comments and literals, its words.
struct SwiftSource: Sendable {
  /// The path from the package root.
  let path: String
  /// The file as it is.
  let bytes: [UInt8]
  /// The file with comments and the contents of literals blanked.
  let code: [UInt8]
  /// Where each line starts, in both.
  let lineStarts: [Int]
  /// The words and signs of the code, in order.
  let tokens: [Token]

  /// A word of the code, or a single sign.
  struct Token: Sendable {
    /// The word, or the sign.
    let text: String
    /// The line, from 1.
    let line: Int
    /// Whether nothing stands between it and the word or sign before.
    let isGlued: Bool
  }

  /// Reads a file.
  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    code = CodeMask.mask(bytes)
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == ASCII.newline {
      starts.append(offset + 1)
    }
    if starts.last == bytes.count { starts.removeLast() }
    lineStarts = starts
    tokens = Self.tokens(of: code)
  }

  /// Reads a text, as a file of this path.
  init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  private static func tokens(of code: [UInt8]) -> [Token] {
    var tokens: [Token] = []
    var line = 1
    var index = 0
    while index < code.count {
      let byte = code[index]
      if ASCII.isWord(byte) {
        var end = index + 1
        while end < code.count, ASCII.isWord(code[end]) { end += 1 }
        tokens.append(
          Token(
            text: String(decoding: code[index..<end], as: UTF8.self),
            line: line,
            isGlued: isGlued(code, index)
          )
        )
        index = end
        continue
      }
      if byte == ASCII.newline {
        line += 1
      } else if byte > ASCII.space {
        tokens.append(
          Token(text: String(UnicodeScalar(byte)), line: line, isGlued: isGlued(code, index))
        )
      }
      index += 1
    }
    return tokens
  }

  private static func isGlued(_ code: [UInt8], _ index: Int) -> Bool {
    index > 0 && code[index - 1] > ASCII.space
  }

  /// How many lines the file has.
  var lineCount: Int { lineStarts.count }

  /// Returns the bytes of a line, from 1, without its newline.
  func line(_ number: Int, of bytes: [UInt8]) -> ArraySlice<UInt8> {
    let start = lineStarts[number - 1]
    let end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
    let slice = bytes[start..<max(start, end)]
    return slice.last == ASCII.newline ? slice.dropLast() : slice
  }

  /// Returns a line of the source as text.
  func text(ofLine number: Int) -> String {
    String(decoding: line(number, of: bytes), as: UTF8.self)
  }

  /// Returns a line of the code as text: comments and literals are blank.
  func code(ofLine number: Int) -> String {
    String(decoding: line(number, of: code), as: UTF8.self)
  }

  /// The target that the file belongs to by its folder: `DrydockJSON`, `TidyTests`.
  var target: String {
    let parts = path.split(separator: "/")
    return parts.count > 2 ? String(parts[1]) : ""
  }

  /// Whether the file is part of a test target.
  var isTest: Bool { path.hasPrefix("Tests/") }

  /// The name of the file without folders and ending.
  var name: String {
    let last = path.split(separator: "/").last ?? ""
    return last.hasSuffix(".swift") ? String(last.dropLast(".swift".count)) : String(last)
  }
}
