/// Finds bytes in bytes and puts others in their place.
enum ByteReplacement {
  /// Returns the bytes with every occurrence replaced; nothing where there is none.
  ///
  /// - Complexity: Linear in the bytes, for texts whose beginning is rare in them.
  static func replaced(_ needle: [UInt8], by other: [UInt8], in bytes: [UInt8]) -> [UInt8]? {
    guard let first = needle.first, bytes.count >= needle.count else { return nil }
    var result: [UInt8] = []
    var copied = 0
    var place = 0
    let last = bytes.count - needle.count
    while place <= last {
      guard bytes[place] == first, stands(needle, in: bytes, at: place) else {
        place += 1
        continue
      }
      result.append(contentsOf: bytes[copied..<place])
      result.append(contentsOf: other)
      place += needle.count
      copied = place
    }
    guard copied > 0 else { return nil }
    result.append(contentsOf: bytes[copied...])
    return result
  }

  private static func stands(_ needle: [UInt8], in bytes: [UInt8], at place: Int) -> Bool {
    for index in needle.indices where bytes[place + index] != needle[index] { return false }
    return true
  }
}
