/// What the hot loops read of tape entries and their text.
///
/// It is what `JSONTape` and `JSONNameKey` say, which a test makes sure of; repeated here because
/// the compiler does not look into functions of another module.
enum TapeCode {
  @inline(__always) static var formMask: UInt32 { 0xF }
  @inline(__always) static var number: UInt32 { 3 }
  @inline(__always) static var string: UInt32 { 4 }
  @inline(__always) static var array: UInt32 { 5 }
  @inline(__always) static var object: UInt32 { 6 }
  @inline(__always) static var escaped: UInt32 { 0x10 }
  @inline(__always) static var plainInteger: UInt32 { 0x20 }
  @inline(__always) static var relaxed: UInt32 { 0x40 }
  @inline(__always) static var unquoted: UInt32 { 0x80 }

  /// The hash in the tag of a name.
  @inline(__always)
  static func nameHash(_ tag: UInt32) -> UInt32 { tag &>> 8 }

  /// The number of children in the tag of a container; there may be more where it is the largest.
  @inline(__always)
  static func children(_ tag: UInt32) -> Int { Int(tag &>> 8) }

  /// Loads eight bytes, the first one lowest.
  @inline(__always)
  static func word(_ bytes: Span<UInt8>, _ start: Int) -> UInt64 {
    // Any eight bytes are a valid integer, and the load checks its bounds.
    unsafe UInt64(
      littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
    )
  }

  /// Returns the type that a tag tells: one byte of the constant for each form.
  ///
  /// A number that is not plainly whole counts as a fraction, though it may be whole.
  @inline(__always)
  static func type(of tag: UInt32) -> TypeSet {
    let byte = UInt64(0x40_20_10_08_02_02_01) &>> UInt64(truncatingIfNeeded: (tag & formMask) &* 8)
    // The flag of a plain integer is set for numbers only; it moves the fraction's bit to the
    // integer's.
    return TypeSet(
      rawValue: UInt8(truncatingIfNeeded: byte) &>> UInt8(truncatingIfNeeded: tag &>> 5 & 1)
    )
  }
}
