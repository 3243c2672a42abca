/// JSON pointers and UUIDs.
enum PointerFormats {
  /// - Source: RFC 6901 section 3.
  static func isPointer(_ text: FormatReader) -> Bool {
    if text.isAtEnd { return true }
    guard text.peek == UInt8(ascii: "/") else { return false }
    var text = text
    while let next = text.peek {
      text.position += 1
      if next == UInt8(ascii: "~"), !text.take("0", "1") { return false }
    }
    return true
  }

  /// - Source: draft-bhutton-relative-json-pointer-00 section 3.
  static func isRelativePointer(_ text: FormatReader) -> Bool {
    var text = text
    let startsWithZero = text.peek == UInt8(ascii: "0")
    let length = text.skipDigits()
    guard length >= 1, !startsWithZero || length == 1 else { return false }
    if text.take("+") || text.take("-") {
      let startsWithZero = text.peek == UInt8(ascii: "0")
      let length = text.skipDigits()
      guard length >= 1, !startsWithZero || length == 1 else { return false }
    }
    if text.take("#") { return text.isAtEnd }
    return isPointer(text)
  }

  /// - Source: RFC 4122 section 3.
  static func isUUID(_ text: FormatReader) -> Bool {
    guard text.count == 36 else { return false }
    for (index, byte) in text.bytes[text.position..<text.end].enumerated() {
      if [8, 13, 18, 23].contains(index) {
        if byte != UInt8(ascii: "-") { return false }
      } else if !FormatReader.isHexDigit(byte) {
        return false
      }
    }
    return true
  }
}
