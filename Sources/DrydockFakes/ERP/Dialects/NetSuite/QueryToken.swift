/// One word, text, number or sign of a query.
enum QueryToken: Hashable, Sendable {
  /// A name or keyword, with the dots inside it.
  case word(String)
  /// Text in single or double quotes.
  case string(String)
  case number(Int64)
  /// One of `( ) , = < > <= >= <> !=`, or a character that no query has.
  case sign(String)

  /// The text, without quotes.
  var text: String {
    switch self {
    case .word(let text), .string(let text), .sign(let text): text
    case .number(let number): String(number)
    }
  }

  /// Returns the tokens of a query; an open quote ends with the text.
  ///
  /// - Complexity: O(bytes).
  static func tokens(of query: String) -> [QueryToken] {
    let bytes = Array(query.utf8)
    var tokens: [QueryToken] = []
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        index += 1
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        tokens.append(.string(quoted(bytes, &index)))
      } else if isWordByte(byte) {
        let start = index
        while index < bytes.count, isWordByte(bytes[index]) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        tokens.append(Int64(text).map(QueryToken.number) ?? .word(text))
      } else {
        tokens.append(.sign(sign(bytes, &index)))
      }
    }
    return tokens
  }

  private static func quoted(_ bytes: [UInt8], _ index: inout Int) -> String {
    let quote = bytes[index]
    var text: [UInt8] = []
    index += 1
    while index < bytes.count {
      if bytes[index] == quote {
        index += 1
        // A doubled quote stands for one.
        guard index < bytes.count, bytes[index] == quote else { break }
      }
      text.append(bytes[index])
      index += 1
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func sign(_ bytes: [UInt8], _ index: inout Int) -> String {
    let first = bytes[index]
    index += 1
    guard first == UInt8(ascii: "<") || first == UInt8(ascii: ">") || first == UInt8(ascii: "!"),
      index < bytes.count, bytes[index] == UInt8(ascii: "=") || bytes[index] == UInt8(ascii: ">")
    else { return String(decoding: [first], as: UTF8.self) }
    defer { index += 1 }
    return String(decoding: [first, bytes[index]], as: UTF8.self)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "/"), 0x80...0xFF:
      true
    default: false
    }
  }
}
