/// Base64 text of bytes.
///
/// - Source: RFC 4648 sections 4 and 5.
public enum Base64 {
  /// Which characters stand for 62 and 63.
  public enum Alphabet: Hashable, Sendable {
    /// The characters `+` and `/`.
    case standard
    /// The characters `-` and `_`, for paths, tokens and file names.
    case urlSafe
  }

  /// Returns the text of bytes, its last four characters filled with `=` unless told otherwise.
  public static func encode(
    _ bytes: [UInt8],
    padding: Bool = true,
    alphabet: Alphabet = .standard
  ) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let left = bytes.count - index
      let second = left > 1 ? UInt32(bytes[index + 1]) : 0
      let third = left > 2 ? UInt32(bytes[index + 2]) : 0
      let group = UInt32(bytes[index]) << 16 | second << 8 | third
      let digitCount = Swift.min(left, 3) + 1
      for position in 0..<4 {
        guard position < digitCount else {
          if padding { text.append(UInt8(ascii: "=")) }
          continue
        }
        let shift = UInt32(18 - 6 * position)
        text.append(digit(UInt8(truncatingIfNeeded: group >> shift) & 63, alphabet))
      }
      index += 3
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Returns the bytes of Base64 text, with or without padding; `nil` if it is not that.
  ///
  /// Strict otherwise: no spaces or line ends, padding whole or absent, unused bits zero.
  public static func decode(_ text: String, alphabet: Alphabet = .standard) -> [UInt8]? {
    var digits = Array(text.utf8)
    if digits.last == UInt8(ascii: "=") {
      guard digits.count % 4 == 0 else { return nil }
      digits.removeLast()
      if digits.last == UInt8(ascii: "=") { digits.removeLast() }
    }
    guard digits.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count * 3 / 4)
    var group: UInt32 = 0
    var bits: UInt32 = 0
    for digit in digits {
      guard let value = value(digit, alphabet) else { return nil }
      group = group << 6 | UInt32(value)
      bits += 6
      guard bits >= 8 else { continue }
      bits -= 8
      bytes.append(UInt8(truncatingIfNeeded: group >> bits))
      group &= (1 << bits) - 1
    }
    return group == 0 ? bytes : nil
  }

  private static func digit(_ value: UInt8, _ alphabet: Alphabet) -> UInt8 {
    switch value {
    case 0..<26: UInt8(ascii: "A") + value
    case 26..<52: UInt8(ascii: "a") + value - 26
    case 52..<62: UInt8(ascii: "0") + value - 52
    case 62: alphabet == .standard ? UInt8(ascii: "+") : UInt8(ascii: "-")
    default: alphabet == .standard ? UInt8(ascii: "/") : UInt8(ascii: "_")
    }
  }

  private static func value(_ digit: UInt8, _ alphabet: Alphabet) -> UInt8? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+") where alphabet == .standard: 62
    case UInt8(ascii: "-") where alphabet == .urlSafe: 62
    case UInt8(ascii: "/") where alphabet == .standard: 63
    case UInt8(ascii: "_") where alphabet == .urlSafe: 63
    default: nil
    }
  }
}
