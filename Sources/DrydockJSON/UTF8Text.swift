/// The parts of reading and unescaping string text that all readers share.
enum UTF8Text {
  /// Returns the offset behind a scalar that is not ASCII.
  ///
  /// - Source: RFC 3629 section 4; Unicode 16 table 3-7.
  static func endOfScalar(_ bytes: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
    let length = scalarLength(bytes, at: start)
    guard length > 0 else { throw JSONError(.invalidUTF8, offset: start) }
    return start + length
  }

  /// Returns the bytes a scalar beyond ASCII takes, or 0 where there is no valid one.
  static func scalarLength(_ bytes: Span<UInt8>, at start: Int) -> Int {
    let lead = bytes[start]
    let length: Int
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, low) = (3, 0xA0)
    case 0xED: (length, high) = (3, 0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, low) = (4, 0x90)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, high) = (4, 0x8F)
    default: return 0
    }
    guard start + length <= bytes.count, (low...high).contains(bytes[start + 1]) else { return 0 }
    for offset in 2..<length where bytes[start + offset] & 0xC0 != 0x80 { return 0 }
    return length
  }

  /// Returns the offset behind an RFC 8259 escape, refusing half a surrogate pair.
  static func endOfEscape(_ bytes: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
    guard start + 1 < bytes.count else {
      throw JSONError(.unexpectedEnd(.escape), offset: bytes.count)
    }
    switch bytes[start + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return start + 2
    case UInt8(ascii: "u"):
      let unit = try hexValue(bytes, at: start + 2, digits: 4)
      guard (0xD800...0xDFFF).contains(unit) else { return start + 6 }
      guard unit < 0xDC00, start + 7 < bytes.count, bytes[start + 6] == UInt8(ascii: "\\"),
        bytes[start + 7] == UInt8(ascii: "u")
      else {
        throw JSONError(.loneSurrogate(UInt16(unit)), offset: start)
      }
      let second = try hexValue(bytes, at: start + 8, digits: 4)
      guard (0xDC00...0xDFFF).contains(second) else {
        throw JSONError(.loneSurrogate(UInt16(unit)), offset: start)
      }
      return start + 12
    case let byte:
      throw JSONError(.invalidEscape(byte), offset: start)
    }
  }

  /// Returns the value of a run of hex digits.
  static func hexValue(
    _ bytes: Span<UInt8>,
    at start: Int,
    digits: Int
  ) throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for offset in start..<start + digits {
      guard offset < bytes.count else {
        throw JSONError(.unexpectedEnd(.hexDigit), offset: bytes.count)
      }
      guard let digit = hexDigit(bytes[offset]) else {
        throw JSONError(.unexpectedByte(bytes[offset], .hexDigit), offset: offset)
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  /// Returns the value of a run of hex digits that a scanner has let through.
  private static func scannedHex(_ bytes: Span<UInt8>, at start: Int, digits: Int) -> UInt32 {
    var value: UInt32 = 0
    for offset in start..<min(bytes.count, start + digits) {
      value = value << 4 | UInt32(hexDigit(bytes[offset]) ?? 0)
    }
    return value
  }

  /// Returns the value of one hex digit.
  @inline(__always)
  static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// Returns the UTF-8 text of scanned string content, its escapes resolved.
  ///
  /// Takes strict and relaxed escapes alike, since the scanner has let through only its own.
  static func unescaped(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(range.count)
    var position = range.lowerBound
    while position < range.upperBound {
      let byte = bytes[position]
      guard byte == UInt8(ascii: "\\"), position + 1 < range.upperBound else {
        text.append(byte)
        position += 1
        continue
      }
      position = appendEscape(bytes, at: position, to: &text)
    }
    return text
  }

  /// Appends the character of a scanned escape and returns the offset behind it.
  private static func appendEscape(
    _ bytes: Span<UInt8>,
    at start: Int,
    to text: inout [UInt8]
  ) -> Int {
    switch bytes[start + 1] {
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "v"): text.append(0x0B)
    case UInt8(ascii: "0"): text.append(0x00)
    case 0x0A: break
    case 0x0D: return start + 2 < bytes.count && bytes[start + 2] == 0x0A ? start + 3 : start + 2
    case UInt8(ascii: "x"):
      let value = scannedHex(bytes, at: start + 2, digits: 2)
      append(value, to: &text)
      return start + 4
    case UInt8(ascii: "u"):
      let unit = scannedHex(bytes, at: start + 2, digits: 4)
      guard (0xD800...0xDBFF).contains(unit) else {
        append(unit, to: &text)
        return start + 6
      }
      let second = scannedHex(bytes, at: start + 8, digits: 4)
      append(0x1_0000 + (unit & 0x3FF) << 10 + (second & 0x3FF), to: &text)
      return start + 12
    case let byte: text.append(byte)
    }
    return start + 2
  }

  /// Appends a scalar value as UTF-8.
  static func append(_ value: UInt32, to text: inout [UInt8]) {
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}

extension UTF8Text {
  /// Returns whether two runs of bytes are the same.
  static func areEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    for position in 0..<left.count where left[position] != right[position] { return false }
    return true
  }
}
