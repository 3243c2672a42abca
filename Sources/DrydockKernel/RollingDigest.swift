/// A fast 64-bit digest of a sequence of words and bytes; the order matters.
///
///     var digest = RollingDigest()
///     digest.combine(event.bits)
///     digest.hex                              // "9ae16a3b2f90404f"
///
/// Shows that two runs were equal, step by step. Bytes and texts are taken in with their lengths,
/// so `"ab", "c"` and `"a", "bc"` differ. Not cryptographic; values are fixed by known-answer
/// tests.
public struct RollingDigest: Hashable, Sendable {
  @usableFromInline var state: UInt64

  /// Creates the digest of nothing.
  @inlinable
  public init() {
    state = Mixing.first
  }

  /// Takes in a word.
  @inlinable
  public mutating func combine(_ word: UInt64) {
    state = Mixing.combine(state, word)
  }

  /// Takes in bytes and their number.
  public mutating func combine(bytes: [UInt8]) {
    state = Mixing.combine(state, bytes: bytes.span)
  }

  /// Takes in the UTF-8 bytes of a text and their number.
  public mutating func combine(_ string: String) {
    state = Mixing.combine(state, bytes: string.utf8.span)
  }

  /// The digest of all that was taken in so far.
  @inlinable
  public var value: UInt64 { Mixing.finish(state) }

  /// The digest as sixteen hexadecimal digits in lower case.
  public var hex: String { Hex.encode(value) }
}

extension RollingDigest: CustomStringConvertible {
  /// The digest as sixteen hexadecimal digits.
  public var description: String { hex }
}
