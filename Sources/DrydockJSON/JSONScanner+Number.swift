extension JSONScanner {
  /// Scans a number from its sign or first digit to behind its last digit.
  @inline(__always)
  mutating func scanNumber(_ bytes: Span<UInt8>, _ tape: inout Tape) throws(JSONError) {
    let start = position
    var flags = JSONTape.plainInteger
    if bytes[position] == UInt8(ascii: "-") { position &+= 1 }
    guard position < bytes.count else { throw failure(.unexpectedEnd(.digit), at: position) }
    if bytes[position] == UInt8(ascii: "0") {
      position &+= 1
      if position < bytes.count, JSONScanner.isDigit(bytes[position]) {
        throw failure(.foreignSyntax(.leadingZero), at: position &- 1)
      }
    } else {
      try scanDigits(bytes)
    }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      flags = 0
      position &+= 1
      try scanDigits(bytes)
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      flags = 0
      position &+= 1
      if position < bytes.count,
        bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
      {
        position &+= 1
      }
      try scanDigits(bytes)
    }
    guard position &- start <= numberBytesMax else {
      throw failure(.numberLengthExceeded(limit: numberBytesMax), at: start)
    }
    append(.number, flags: flags, from: start, &tape)
  }

  /// Scans one or more digits.
  @inline(__always)
  private mutating func scanDigits(_ bytes: Span<UInt8>) throws(JSONError) {
    let start = position
    while position < bytes.count, JSONScanner.isDigit(bytes[position]) { position &+= 1 }
    guard position > start else { throw missingDigit(bytes) }
  }

  /// Says what stands where a digit should.
  @inline(never)
  func missingDigit(_ bytes: Span<UInt8>) -> JSONError {
    guard position < bytes.count else { return failure(.unexpectedEnd(.digit), at: position) }
    let byte = bytes[position]
    if byte == UInt8(ascii: "I") || byte == UInt8(ascii: "N") {
      return failure(.foreignSyntax(.notFinite), at: position)
    }
    return failure(.unexpectedByte(byte, .digit), at: position)
  }

  /// Returns whether a byte is an ASCII digit.
  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10
  }
}
