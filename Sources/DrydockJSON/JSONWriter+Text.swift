// The text of strings and numbers; what is written most goes out in one step each.
extension JSONWriter {
  /// Writes text in quotes, escaping what has to be.
  mutating func writeString(_ text: String) {
    let utf8 = text.utf8
    writeString(utf8.span)
  }

  /// Writes UTF-8 in quotes, escaping what has to be, with the marks around it in the same step.
  mutating func writeString(
    _ utf8: Span<UInt8>,
    afterComma: Bool = false,
    beforeColon: Bool = false
  ) {
    var plain = 0
    let isMoreEscaped = escapesSlashes || escapesNonASCII
    bytes.append(addingCapacity: utf8.count + 4) { output in
      if afterComma { output.append(UInt8(ascii: ",")) }
      output.append(UInt8(ascii: "\""))
      if !isMoreEscaped { plain = JSONWriter.appendPlain(utf8, to: &output) }
      guard plain == utf8.count else { return }
      output.append(UInt8(ascii: "\""))
      if beforeColon { output.append(UInt8(ascii: ":")) }
    }
    guard plain < utf8.count else { return }
    writeEscaped(utf8, from: plain)
    bytes.append(UInt8(ascii: "\""))
    if beforeColon { bytes.append(UInt8(ascii: ":")) }
  }

  /// Appends bytes up to the first that needs an escape and returns how many those were.
  @inline(__always)
  private static func appendPlain(_ utf8: Span<UInt8>, to output: inout OutputSpan<UInt8>) -> Int {
    var position = 0
    while position < utf8.count {
      let byte = utf8[position]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      output.append(byte)
      position &+= 1
    }
    return position
  }

  /// Writes bytes that are already valid here, such as digits.
  mutating func writePlain(_ text: Span<UInt8>) {
    bytes.append(addingCapacity: text.count) { output in
      for position in 0..<text.count { output.append(text[position]) }
    }
  }

  /// Writes text that is already valid here, such as a number's.
  mutating func writePlain(_ text: String) {
    let utf8 = text.utf8
    writePlain(utf8.span)
  }

  /// Writes a word given as its letters, the first in the lowest byte.
  @inline(__always)
  private mutating func writeWord(_ letters: UInt64) {
    bytes.append(addingCapacity: 8) { output in
      var rest = letters
      while rest != 0 {
        output.append(UInt8(truncatingIfNeeded: rest))
        rest &>>= 8
      }
    }
  }

  /// Writes `null`.
  mutating func writeNull() {
    writeWord(0x6C6C_756E)
  }

  /// Writes `true` or `false`.
  mutating func writeBoolean(_ value: Bool) {
    writeWord(value ? 0x6575_7274 : 0x65_736C_6166)
  }

  /// Writes a whole number.
  mutating func writeInteger(_ value: Int64) {
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var start = 20
    var magnitude = value.magnitude
    repeat {
      start &-= 1
      let (quotient, digit) = magnitude.quotientAndRemainder(dividingBy: 10)
      digits[start] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digit)
      magnitude = quotient
    } while magnitude > 0
    if value < 0 {
      start &-= 1
      digits[start] = UInt8(ascii: "-")
    }
    bytes.append(addingCapacity: 20) { output in
      while start < 20 {
        output.append(digits[start])
        start &+= 1
      }
    }
  }

  private mutating func writeEscaped(_ utf8: Span<UInt8>, from start: Int) {
    for position in start..<utf8.count {
      let byte = utf8[position]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20: writeControl(byte)
      case UInt8(ascii: "/") where escapesSlashes:
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x80... where escapesNonASCII: writeUnicodeEscape(utf8, at: position)
      default: bytes.append(byte)
      }
    }
  }

  private mutating func writeControl(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default: writeHex(UInt32(byte))
    }
  }

  /// Writes the scalar whose first byte is here as one or two escapes; nothing for its other bytes.
  private mutating func writeUnicodeEscape(_ utf8: Span<UInt8>, at position: Int) {
    let lead = utf8[position]
    guard lead >= 0xC0 else { return }
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var scalar = UInt32(lead & (0x7F >> UInt8(length)))
    for offset in 1..<length {
      scalar = scalar << 6 | UInt32(utf8[position + offset] & 0x3F)
    }
    if scalar >= 0x1_0000 {
      let rest = scalar - 0x1_0000
      bytes.append(UInt8(ascii: "\\"))
      writeHex(0xD800 + rest >> 10)
      scalar = 0xDC00 + rest & 0x3FF
    }
    bytes.append(UInt8(ascii: "\\"))
    writeHex(scalar)
  }

  /// Writes `u` and four hex digits.
  private mutating func writeHex(_ unit: UInt32) {
    bytes.append(UInt8(ascii: "u"))
    for shift in [12, 8, 4, 0] as [UInt32] {
      let digit = UInt8(truncatingIfNeeded: unit >> shift & 0xF)
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }

  /// Returns the upper-case hex digit of a number below 16.
  static func upperHexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }
}
