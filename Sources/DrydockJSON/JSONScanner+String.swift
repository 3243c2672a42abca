extension JSONScanner {
  /// Scans a string from its opening quote and returns the offset behind its closing quote.
  @inline(__always)
  static func scanString(
    _ bytes: Span<UInt8>,
    _ start: Int,
    _ tape: inout Tape
  ) throws(JSONError) -> Int {
    var flags: UInt32 = 0
    var position = skipPlainText(bytes, start &+ 1)
    while position >= bytes.count || bytes[position] != UInt8(ascii: "\"") {
      position = try skipSpecialText(bytes, position, &flags)
      position = skipPlainText(bytes, position)
    }
    position &+= 1
    tape.append(JSONTape.Entry(.string, flags, from: start, to: position, next: tape.count &+ 1))
    return position
  }

  /// Returns the offset behind an escape or a character beyond ASCII.
  @inline(never)
  private static func skipSpecialText(
    _ bytes: Span<UInt8>,
    _ position: Int,
    _ flags: inout UInt32
  ) throws(JSONError) -> Int {
    guard position < bytes.count else {
      throw JSONError(.unexpectedEnd(.closingQuote), offset: position)
    }
    let byte = bytes[position]
    if byte >= 0x80 {
      return try UTF8Text.endOfScalar(bytes, at: position)
    }
    guard byte == UInt8(ascii: "\\") else {
      throw JSONError(.controlCharacter(byte), offset: position)
    }
    flags = JSONTape.escaped
    return try UTF8Text.endOfEscape(bytes, at: position)
  }

  /// Returns the offset of the next quote, backslash, control character or byte beyond ASCII.
  @inline(__always)
  private static func skipPlainText(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    var position = start
    while position &+ 8 <= bytes.count {
      // Any eight bytes are a valid integer, and the load checks its bounds.
      let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
      let found = specialBytes(UInt64(littleEndian: word))
      if found != 0 { return position &+ found.trailingZeroBitCount &>> 3 }
      position &+= 8
    }
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        break
      }
      position &+= 1
    }
    return position
  }

  /// Returns a word whose lowest set bit is the top bit of the first byte that ends plain text.
  ///
  /// Bits above the lowest may be false alarms, as a subtraction borrows from the bytes above.
  @inline(__always)
  private static func specialBytes(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    let control = (word &- ones &* 0x20) & ~word
    let quotes = (quote &- ones) & ~quote
    let backslashes = (backslash &- ones) & ~backslash
    return (control | quotes | backslashes | word) & (ones &* 0x80)
  }
}
