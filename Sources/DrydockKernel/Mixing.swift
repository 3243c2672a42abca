/// The fixed 64-bit mixing that draws and digests are made of.
///
/// The multiply-fold of wyhash: the two halves of a 128-bit product, joined by exclusive or. It is
/// part of the format of seeds and trace digests: changing it changes every recorded run, so known
/// answers hold it in place. Not cryptographic.
@usableFromInline
package enum Mixing {
  // Odd constants with 32 bits set, from wyhash's default secret.
  @usableFromInline package static let first: UInt64 = 0xa076_1d64_78bd_642f
  @usableFromInline package static let second: UInt64 = 0xe703_7ed1_a0b4_28db
  @usableFromInline package static let third: UInt64 = 0x8ebc_6af0_9c88_c6e3
  @usableFromInline package static let fourth: UInt64 = 0x5899_65cc_7537_4cc3

  /// Multiplies two words to 128 bits and joins the halves.
  @inlinable @inline(__always)
  package static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let (high, low) = left.multipliedFullWidth(by: right)
    return high ^ low
  }

  /// Takes one more word into a state; the order of the words matters.
  @inlinable @inline(__always)
  package static func combine(_ state: UInt64, _ word: UInt64) -> UInt64 {
    fold(state ^ word, first) &+ second
  }

  /// Spreads every bit of a state over the whole word.
  @inlinable @inline(__always)
  package static func finish(_ state: UInt64) -> UInt64 {
    let spread = fold(state ^ third, fourth)
    return (spread ^ (spread &>> 32)) &* second ^ spread
  }

  /// Takes bytes into a state: their number, then words of eight, lowest byte first.
  package static func combine(_ state: UInt64, bytes: Span<UInt8>) -> UInt64 {
    var state = combine(state, UInt64(truncatingIfNeeded: bytes.count))
    var index = 0
    while index &+ 8 <= bytes.count {
      // Any eight bytes are a valid integer, and the load checks its bounds.
      let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      state = combine(state, UInt64(littleEndian: word))
      index &+= 8
    }
    guard index < bytes.count else { return state }
    var word: UInt64 = 0
    var shift: UInt64 = 0
    while index < bytes.count {
      word |= UInt64(bytes[index]) &<< shift
      shift &+= 8
      index &+= 1
    }
    return combine(state, word)
  }

  /// Returns the hash of a text's UTF-8 bytes; the same in every process and on every machine.
  package static func hash(_ text: String) -> UInt64 {
    finish(combine(first, bytes: text.utf8.span))
  }
}
