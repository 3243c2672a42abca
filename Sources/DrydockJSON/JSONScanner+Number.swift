extension JSONScanner {
  /// Scans a number from its sign or first digit and returns the offset behind its last digit.
  @inline(__always)
  func scanNumber(
    _ bytes: Span<UInt8>,
    _ start: Int,
    _ tape: inout Tape
  ) throws(JSONError) -> Int {
    var flags = JSONTape.plainInteger
    let first = bytes[start] == UInt8(ascii: "-") ? start &+ 1 : start
    var position = JSONScanner.skipDigits(bytes, first)
    guard position > first else { throw JSONScanner.missingDigit(bytes, position) }
    if position &- first > 1, bytes[first] == UInt8(ascii: "0") {
      throw JSONError(.foreignSyntax(.leadingZero), offset: first)
    }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      flags = 0
      let fraction = position &+ 1
      position = JSONScanner.skipDigits(bytes, fraction)
      guard position > fraction else { throw JSONScanner.missingDigit(bytes, position) }
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      flags = 0
      position = try JSONScanner.scanExponent(bytes, position)
    }
    guard position &- start <= numberBytesMax else {
      throw JSONError(.numberLengthExceeded(limit: numberBytesMax), offset: start)
    }
    tape.append(JSONTape.Entry(.number, flags, from: start, to: position, next: tape.count &+ 1))
    return position
  }

  /// Returns the offset behind an exponent that starts here.
  static func scanExponent(_ bytes: Span<UInt8>, _ start: Int) throws(JSONError) -> Int {
    var first = start + 1
    if first < bytes.count,
      bytes[first] == UInt8(ascii: "+") || bytes[first] == UInt8(ascii: "-")
    {
      first += 1
    }
    let end = skipDigits(bytes, first)
    guard end > first else { throw missingDigit(bytes, end) }
    return end
  }

  /// Returns the offset behind a run of digits.
  @inline(__always)
  static func skipDigits(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    var position = start
    while position < bytes.count, isDigit(bytes[position]) { position &+= 1 }
    return position
  }

  /// Says what stands where a digit should.
  @inline(never)
  static func missingDigit(_ bytes: Span<UInt8>, _ position: Int) -> JSONError {
    guard position < bytes.count else {
      return JSONError(.unexpectedEnd(.digit), offset: position)
    }
    let byte = bytes[position]
    if byte == UInt8(ascii: "I") || byte == UInt8(ascii: "N") {
      return JSONError(.foreignSyntax(.notFinite), offset: position)
    }
    return JSONError(.unexpectedByte(byte, .digit), offset: position)
  }

  /// Returns whether a byte is an ASCII digit.
  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10
  }
}
