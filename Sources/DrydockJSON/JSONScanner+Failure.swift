extension JSONScanner {
  /// Says what stands at a position instead of what was expected.
  @inline(never)
  func unexpected(
    _ bytes: Span<UInt8>,
    _ position: Int,
    _ nesting: JSONNesting,
    _ expected: JSONError.Expected
  ) -> JSONError {
    var failing = self
    failing.position = position
    failing.nesting = nesting
    return failing.unexpected(bytes, expected)
  }

  /// Says what stands at the current position instead of what was expected.
  ///
  /// Slips that people and other languages' writers make are recognised, so that the message can
  /// name them.
  func unexpected(_ bytes: Span<UInt8>, _ expected: JSONError.Expected) -> JSONError {
    guard position < bytes.count else {
      let isEmpty = !nesting.isOpen && expected == .value
      return JSONError(isEmpty ? .empty : .unexpectedEnd(expected), offset: bytes.count)
    }
    let byte = bytes[position]
    if let foreign = foreignSyntax(bytes, byte, expected) {
      switch foreign {
      case .trailingComma: return JSONError(.foreignSyntax(foreign), offset: lastComma(bytes))
      case .hexadecimal: return JSONError(.foreignSyntax(foreign), offset: position - 1)
      default: return JSONError(.foreignSyntax(foreign), offset: position)
      }
    }
    if byte >= 0x80, UTF8Text.scalarLength(bytes, at: position) == 0 {
      return JSONError(.invalidUTF8, offset: position)
    }
    return JSONError(.unexpectedByte(byte, expected), offset: position)
  }

  /// Names the slip at the current position, where it is a known one.
  private func foreignSyntax(
    _ bytes: Span<UInt8>,
    _ byte: UInt8,
    _ expected: JSONError.Expected
  ) -> JSONError.Foreign? {
    let following = position + 1 < bytes.count ? bytes[position + 1] : 0
    switch byte {
    case UInt8(ascii: "/") where following == UInt8(ascii: "/") || following == UInt8(ascii: "*"):
      return .comment
    case UInt8(ascii: "#"):
      return .hashComment
    case 0xC2 where following == 0xA0, 0xEF where following == 0xBB, 0x0B, 0x0C:
      return .whiteSpace
    case 0xE2 where following == 0x80 && isSpaceOrSeparator(bytes):
      return .whiteSpace
    default: break
    }
    switch expected {
    case .value, .valueOrEnd: return foreignValue(bytes, byte, following)
    case .name, .nameOrEnd:
      if byte == UInt8(ascii: "}"), expected == .name { return .trailingComma }
      if byte == UInt8(ascii: "'") { return .singleQuotes }
      return word(bytes).isEmpty ? nil : .unquotedName
    case .commaOrObjectEnd, .commaOrArrayEnd, .endOfText:
      let follows = position > 0 && bytes[position - 1] == UInt8(ascii: "0")
      return byte | 0x20 == UInt8(ascii: "x") && follows ? .hexadecimal : nil
    default: return nil
    }
  }

  /// Names a slip where a value should start.
  private func foreignValue(
    _ bytes: Span<UInt8>,
    _ byte: UInt8,
    _ following: UInt8
  ) -> JSONError.Foreign? {
    switch byte {
    case UInt8(ascii: "]") where !nesting.inObject && nesting.children > 0: return .trailingComma
    case UInt8(ascii: "'"): return .singleQuotes
    case UInt8(ascii: "+"): return .leadingPlus
    case UInt8(ascii: ".") where JSONScanner.isDigit(following): return .leadingPoint
    default: break
    }
    switch word(bytes) {
    case "NaN", "nan", "Infinity", "Inf", "inf": return .notFinite
    case "None", "nil", "NULL", "Null", "undefined": return .literalSpelling("null")
    case "True", "TRUE": return .literalSpelling("true")
    case "False", "FALSE": return .literalSpelling("false")
    default: return nil
    }
  }

  /// Returns the run of letters, digits, `_` and `$` at the current position, shortened to 32.
  func word(_ bytes: Span<UInt8>) -> String {
    var letters = ""
    var cursor = position
    while cursor < bytes.count, letters.utf8.count < 32 {
      let byte = bytes[cursor]
      let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      let isMark = byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
      guard isLetter || isMark || (cursor > position && JSONScanner.isDigit(byte)) else { break }
      letters.unicodeScalars.append(Unicode.Scalar(byte))
      cursor += 1
    }
    return letters
  }

  /// Returns whether U+2000 to U+200B, U+2028, U+2029 or U+202F stands at the current position.
  private func isSpaceOrSeparator(_ bytes: Span<UInt8>) -> Bool {
    guard position + 2 < bytes.count else { return false }
    let last = bytes[position + 2]
    return last <= 0x8B || last == 0xA8 || last == 0xA9 || last == 0xAF
  }

  /// Returns the offset of the comma before the current position.
  private func lastComma(_ bytes: Span<UInt8>) -> Int {
    var cursor = position
    while cursor > 0, bytes[cursor] != UInt8(ascii: ",") { cursor -= 1 }
    return cursor
  }
}
