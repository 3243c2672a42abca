/// The length of a name with its first and last eight bytes: all of it, up to 16 bytes.
package struct JSONNameKey: Hashable, BitwiseCopyable, Sendable {
  /// The first eight bytes, the first one lowest; zero where the name is shorter.
  package let first: UInt64
  /// The last eight bytes of a name longer than that; else 0.
  package let last: UInt64
  /// How many bytes the name has.
  package let length: Int

  /// Reads the key of a range of bytes.
  @inline(__always)
  package init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    let start = range.lowerBound
    let end = range.upperBound
    length = end &- start
    guard start &+ 8 <= bytes.count, end >= 8, end > start else {
      // At the edges of a text the words would reach beyond it.
      (first, last) = JSONNameKey.wordsAtEdge(bytes, range)
      return
    }
    // As few branches as can be depend on the length, which varies from name to name.
    let unwanted = JSONNameKey.unwantedBits(of: length)
    first = (JSONNameKey.word(bytes, start) &<< unwanted) &>> unwanted
    last = length > 8 ? JSONNameKey.word(bytes, end &- 8) : 0
  }

  @inline(never)
  static func wordsAtEdge(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (UInt64, UInt64) {
    var first: UInt64 = 0
    var last: UInt64 = 0
    for index in range.prefix(8).reversed() { first = first &<< 8 | UInt64(bytes[index]) }
    if range.count > 8 {
      for index in range.suffix(8).reversed() { last = last &<< 8 | UInt64(bytes[index]) }
    }
    return (first, last)
  }

  /// Loads eight bytes, the first one lowest.
  @inline(__always)
  package static func word(_ bytes: Span<UInt8>, _ start: Int) -> UInt64 {
    // Any eight bytes are a valid integer, and the load checks its bounds.
    unsafe UInt64(
      littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
    )
  }

  /// Returns how many bits of the first word do not belong to a name of a length above 0.
  @inline(__always)
  package static func unwantedBits(of length: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: 64 &- 8 &* min(length, 8))
  }

  /// 24 bits that tell most names apart: what the entry of a name on a tape holds.
  @inline(__always)
  package var hash: UInt32 {
    var mixed = first &* 0x9E37_79B9_7F4A_7C15
    mixed ^= (last &+ UInt64(truncatingIfNeeded: length)) &* 0xC2B2_AE3D_27D4_EB4F
    return UInt32(truncatingIfNeeded: (mixed ^ mixed &>> 23) &>> 40)
  }
}
