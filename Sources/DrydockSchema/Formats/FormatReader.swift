/// A range of UTF-8 bytes that is read from the front.
struct FormatReader {
  let bytes: [UInt8]
  var position: Int
  let end: Int

  /// Starts at the beginning of a range.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// Whether all has been read.
  var isAtEnd: Bool { position >= end }

  /// How many bytes are left.
  var count: Int { end - position }

  /// The next byte.
  var peek: UInt8? { position < end ? bytes[position] : nil }

  /// What is left, as text.
  var string: String { String(decoding: bytes[position..<end], as: UTF8.self) }

  /// Reads a byte if it is one of two, such as a letter in both cases.
  mutating func take(_ scalar: Unicode.Scalar, _ other: Unicode.Scalar? = nil) -> Bool {
    guard let next = peek else { return false }
    guard UInt32(next) == scalar.value || UInt32(next) == other?.value else { return false }
    position += 1
    return true
  }

  /// Reads exactly so many digits.
  mutating func digits(_ count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let next = peek, FormatReader.isDigit(next) else { return nil }
      value = value * 10 + Int(next - 0x30)
      position += 1
    }
    return value
  }

  /// Reads as many digits as there are and returns how many.
  mutating func skipDigits() -> Int {
    let start = position
    while let next = peek, FormatReader.isDigit(next) { position += 1 }
    return position - start
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

  static func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)
  }
}
