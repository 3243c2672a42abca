extension JSONScanner {
  /// Scans a string from its opening quote to behind its closing quote.
  @inline(__always)
  mutating func scanString(_ bytes: Span<UInt8>, _ tape: inout Tape) throws(JSONError) {
    let start = position
    var flags: UInt32 = 0
    position &+= 1
    while true {
      skipPlainText(bytes)
      guard position < bytes.count else {
        throw failure(.unexpectedEnd(.closingQuote), at: position)
      }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") { break }
      if byte == UInt8(ascii: "\\") {
        flags = JSONTape.escaped
        position = try UTF8Text.endOfEscape(bytes, at: position)
      } else if byte >= 0x80 {
        position = try UTF8Text.endOfScalar(bytes, at: position)
      } else {
        throw failure(.controlCharacter(byte), at: position)
      }
    }
    position &+= 1
    append(.string, flags: flags, from: start, &tape)
  }

  /// Moves to the next byte that is a quote, a backslash, a control character or not ASCII.
  @inline(__always)
  mutating func skipPlainText(_ bytes: Span<UInt8>) {
    var cursor = position
    while cursor &+ 8 <= bytes.count {
      // Any eight bytes are a valid integer, and the load checks its bounds.
      let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: cursor, as: UInt64.self)
      let found = JSONScanner.specialBytes(UInt64(littleEndian: word))
      if found != 0 {
        position = cursor &+ found.trailingZeroBitCount &>> 3
        return
      }
      cursor &+= 8
    }
    while cursor < bytes.count {
      let byte = bytes[cursor]
      if byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        break
      }
      cursor &+= 1
    }
    position = cursor
  }

  /// Returns a word whose lowest set bit is the top bit of the first byte that ends plain text.
  ///
  /// Bits above the lowest may be false alarms, as a subtraction borrows from the bytes above.
  @inline(__always)
  static func specialBytes(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    let control = (word &- ones &* 0x20) & ~word
    let quotes = (quote &- ones) & ~quote
    let backslashes = (backslash &- ones) & ~backslash
    return (control | quotes | backslashes | word) & (ones &* 0x80)
  }
}
