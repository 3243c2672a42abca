/// The numbers in the tags of tape entries, as the hot loops compare them.
///
/// They are those of `JSONTape`, which a test makes sure of; repeated here as constants that the
/// compiler sees.
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
