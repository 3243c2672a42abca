/// Binary floats as ECMAScript prints them.
enum ECMAScriptNumber {
  /// Returns the shortest text that reads back as a finite number, laid out as in ECMAScript.
  ///
  ///     1e20 → 100000000000000000000    1e21 → 1e+21    0.000001 → 0.000001    1e-7 → 1e-7
  ///
  /// The digits are those of Swift's own description, which are the shortest and, of those, the
  /// nearest, as ECMAScript asks.
  ///
  /// - Source: ECMA-262 section 6.1.6.1.20, as RFC 8785 section 3.2.2.3 takes it.
  static func text(of number: Double) -> String {
    let decimal = JSONDecimal(scanned: number.description.utf8)
    if decimal.isZero { return "0" }
    let digits = String(
      decoding: decimal.digits.map { $0 + UInt8(ascii: "0") },
      as: UTF8.self
    )
    let count = decimal.digits.count
    let point = decimal.magnitude
    let text: String
    switch point {
    case count...21 where count <= 21:
      text = digits + String(repeating: "0", count: point - count)
    case 1...21:
      text = "\(digits.prefix(point)).\(digits.dropFirst(point))"
    case -5...0:
      text = "0." + String(repeating: "0", count: -point) + digits
    default:
      let sign = point > 0 ? "+" : "-"
      let mantissa = count == 1 ? digits : "\(digits.prefix(1)).\(digits.dropFirst())"
      text = "\(mantissa)e\(sign)\(abs(point - 1))"
    }
    return decimal.isNegative ? "-\(text)" : text
  }
}
