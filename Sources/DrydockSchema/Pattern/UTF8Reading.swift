/// Reads scalars out of UTF-8 that was validated when it entered.
enum UTF8Reading {
  /// Returns the scalar that starts at an index, and how many bytes it takes (at least one).
  static func scalar(
    in bytes: [UInt8],
    at index: Int,
    before end: Int
  ) -> (scalar: UInt32, length: Int) {
    let lead = UInt32(bytes[index])
    func continuation(_ distance: Int) -> UInt32 {
      index + distance < end ? UInt32(bytes[index + distance] & 0x3F) : 0
    }
    if lead < 0x80 { return (lead, 1) }
    if lead < 0xE0 { return ((lead & 0x1F) << 6 | continuation(1), min(2, end - index)) }
    if lead < 0xF0 {
      let value = (lead & 0x0F) << 12 | continuation(1) << 6 | continuation(2)
      return (value, min(3, end - index))
    }
    let value =
      (lead & 0x07) << 18 | continuation(1) << 12 | continuation(2) << 6 | continuation(3)
    return (value, min(4, end - index))
  }

  /// Returns how many scalars a range of bytes holds.
  static func scalarCount(in bytes: [UInt8], _ range: Range<Int>) -> Int {
    var count = 0
    for index in range where bytes[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }
}
