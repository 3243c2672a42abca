/// A decimal number of up to 18 digits: a whole number divided by a power of ten.
///
///     12.50   →   mantissa 1250, scale 2
///
/// Nearly every number of a payload is one, and comparing two needs no memory.
struct SmallDecimal: BitwiseCopyable, Sendable {
  var mantissa: Int64
  var scale: Int

  /// Reads a number without exponent; nil when it has one or is too long.
  @inline(__always)
  init?(_ bytes: [UInt8], _ range: Range<Int>) {
    guard range.count <= 19 else { return nil }
    var value: Int64 = 0
    var places = -1
    var index = range.lowerBound
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative { index &+= 1 }
    if range.upperBound &- index > 18 { return nil }
    while index < range.upperBound {
      let byte = bytes[index]
      if byte >= 0x30, byte <= 0x39 {
        value = value &* 10 &+ Int64(byte &- 0x30)
        if places >= 0 { places &+= 1 }
      } else if byte == UInt8(ascii: "."), places < 0 {
        places = 0
      } else {
        return nil
      }
      index &+= 1
    }
    mantissa = isNegative ? 0 &- value : value
    scale = max(places, 0)
  }

  /// Whether the number is whole.
  var isInteger: Bool {
    scale == 0 || mantissa % SmallDecimal.powers[scale] == 0
  }

  /// Returns whether this is less than another.
  @inline(__always)
  func isLess(than other: SmallDecimal) -> Bool {
    if scale == other.scale { return mantissa < other.mantissa }
    let (left, right) = aligned(with: other)
    return left < right
  }

  /// Returns whether this is another, multiplied by a whole number.
  func isMultiple(of other: SmallDecimal) -> Bool {
    if other.mantissa == 0 { return mantissa == 0 }
    if scale == other.scale {
      return other.mantissa == -1 || mantissa % other.mantissa == 0
    }
    let (left, right) = aligned(with: other)
    return left % right == 0
  }

  private func aligned(with other: SmallDecimal) -> (Int128, Int128) {
    (
      Int128(mantissa) * Int128(SmallDecimal.powers[other.scale]),
      Int128(other.mantissa) * Int128(SmallDecimal.powers[scale])
    )
  }

  private static let powers: [Int64] = {
    var powers: [Int64] = [1]
    for _ in 1...18 { powers.append((powers.last ?? 1) * 10) }
    return powers
  }()
}
