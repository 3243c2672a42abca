extension Duration {
  /// The whole nanoseconds, cut towards zero and held within 64 bits.
  public var wholeNanoseconds: Int64 {
    let attoseconds = self.attoseconds
    let magnitude = attoseconds.magnitude
    let limit: Int64 = attoseconds < 0 ? .min : .max
    let words = (
      high: UInt64(truncatingIfNeeded: magnitude >> 64), low: UInt64(truncatingIfNeeded: magnitude)
    )
    // The quotient has 64 bits if and only if the high word is below the divisor.
    let divisor: UInt64 = 1_000_000_000
    guard words.high < divisor else { return limit }
    let quotient = words.high == 0 ? words.low / divisor : divisor.dividingFullWidth(words).quotient
    guard let nanoseconds = Int64(exactly: quotient) else { return limit }
    return attoseconds < 0 ? -nanoseconds : nanoseconds
  }

  /// Creates a duration from text such as `250 ms`, `30 s`, `5 min`, `2 h`, `5 days`, `1 day 2 h`.
  ///
  /// Units are `ns`, `us`, `ms`, `s`, `min`, `h` and `day` or `days`, largest first, each once. A
  /// number may have a fraction if that is a whole number of nanoseconds. A minus sign in front
  /// holds for the whole text. Fails beyond 292 years.
  public init?(parsing text: String) {
    var rest = text.utf8[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative { rest.removeFirst() }
    var total: Int64 = 0
    var lastUnit = Int64.max
    repeat {
      let digits = rest.prefix { $0.digitValue != nil || $0 == UInt8(ascii: ".") }
      rest = rest.dropFirst(digits.count).drop { $0 == UInt8(ascii: " ") }
      let name = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(name.count)
      guard let number = DecimalText(parsing: digits),
        let unit = DurationUnit.nanoseconds(of: String(Substring(name))), unit < lastUnit,
        let amount = DurationUnit.amount(number, of: unit)
      else { return nil }
      lastUnit = unit
      let (sum, overflow) = total.addingReportingOverflow(amount)
      guard !overflow else { return nil }
      total = sum
      guard !rest.isEmpty else { break }
      rest = rest.drop { $0 == UInt8(ascii: " ") }
    } while true
    self = .nanoseconds(isNegative ? -total : total)
  }

  /// The duration in the fewest words that `init(parsing:)` reads back, such as `1 day 2 h`.
  ///
  /// Fractions of a nanosecond are dropped; zero is `0 s`.
  public var shortDescription: String {
    let nanoseconds = wholeNanoseconds
    guard nanoseconds != 0 else { return "0 s" }
    var rest = nanoseconds.magnitude
    var parts: [String] = []
    for (name, unit) in DurationUnit.all {
      let (amount, remainder) = rest.quotientAndRemainder(dividingBy: UInt64(unit))
      rest = remainder
      guard amount > 0 else { continue }
      parts.append("\(amount) \(name == "day" && amount > 1 ? "days" : name)")
    }
    return (nanoseconds < 0 ? "-" : "") + parts.joined(separator: " ")
  }
}

extension Duration {
  /// The duration for people: its largest unit and the next smaller one, such as `9 min 59 s`.
  ///
  /// What is smaller is cut off.
  public var roundedDescription: String {
    let total = wholeNanoseconds
    let units = DurationUnit.all
    guard let first = units.firstIndex(where: { total.magnitude >= UInt64($0.nanoseconds) }) else {
      return shortDescription
    }
    let smallest = units[min(first + 1, units.count - 1)].nanoseconds
    return Duration.nanoseconds(total / smallest * smallest).shortDescription
  }
}

/// The units a duration is written in, largest first.
enum DurationUnit {
  static let all: [(name: String, nanoseconds: Int64)] = [
    ("day", 86_400_000_000_000), ("h", 3_600_000_000_000), ("min", 60_000_000_000),
    ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000), ("ns", 1),
  ]

  static func nanoseconds(of name: String) -> Int64? {
    let singular = name == "days" ? "day" : name
    return all.first { $0.name == singular }?.nanoseconds
  }

  /// Returns a decimal number of units in nanoseconds, if that is whole and fits.
  static func amount(_ number: DecimalText, of unit: Int64) -> Int64? {
    guard number.exponent < 0 else {
      guard let whole = number.scaled(toDigits: 0) else { return nil }
      let (product, overflow) = whole.multipliedReportingOverflow(by: UInt64(unit))
      return overflow ? nil : Int64(exactly: product)
    }
    guard number.exponent > -15 else { return nil }
    var divisor: UInt128 = 1
    for _ in number.exponent..<0 { divisor *= 10 }
    let product = UInt128(number.significand) * UInt128(unit)
    guard product % divisor == 0 else { return nil }
    return Int64(exactly: product / divisor)
  }
}
