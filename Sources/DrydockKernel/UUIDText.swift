/// Identifiers in the form of a UUID, made from drawn bits.
///
/// - Source: RFC 9562 section 5.4.
public enum UUIDText {
  /// Returns the lower-case text of 128 bits, six of which are replaced by version 4 and variant.
  public static func make(_ high: UInt64, _ low: UInt64) -> String {
    let first = high & 0xffff_ffff_ffff_0fff | 0x4000
    let second = low & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for (word, groups) in [(first, [4, 2, 2]), (second, [2, 6])] {
      var shift: UInt64 = 64
      for group in groups {
        if !text.isEmpty { text.append(UInt8(ascii: "-")) }
        for _ in 0..<group {
          shift -= 8
          Hex.append(UInt8(truncatingIfNeeded: word >> shift), to: &text)
        }
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
