/// Numbers as relaxed syntax has them, made strict.
enum RelaxedNumber {
  /// Returns the RFC 8259 text of a scanned relaxed number.
  ///
  ///     +1 → 1    .5 → 0.5    5. → 5    -.5e3 → -0.5e3    0x1F → 31
  static func strictText(_ source: ArraySlice<UInt8>) -> String {
    var rest = source
    var text: [UInt8] = []
    if rest.first == UInt8(ascii: "-") { text.append(UInt8(ascii: "-")) }
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    if rest.count > 2, rest.first == UInt8(ascii: "0"), rest[rest.startIndex + 1] | 0x20 == 0x78 {
      let value = rest.dropFirst(2).reduce(into: UInt64(0)) { value, byte in
        value = value << 4 | UInt64(UTF8Text.hexDigit(byte) ?? 0)
      }
      return String(decoding: text, as: UTF8.self) + String(value)
    }
    if rest.first == UInt8(ascii: ".") { text.append(UInt8(ascii: "0")) }
    for (index, byte) in zip(rest.indices, rest) {
      let following = index + 1 < rest.endIndex ? rest[index + 1] : 0
      if byte == UInt8(ascii: "."), !JSONScanner.isDigit(following) { continue }
      text.append(byte)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
