/// A fraction of two integers, in lowest terms; what probabilities and shares are written in.
///
///     Ratio(parsing: "5%") == Ratio(1, 20)
public struct Ratio: Hashable, Sendable {
  /// The number above the line.
  public let numerator: UInt64
  /// The number below the line; never zero.
  public let denominator: UInt64

  /// Nothing, never.
  public static let zero = Ratio(0, 1)
  /// All, always.
  public static let one = Ratio(1, 1)

  /// Creates a fraction in lowest terms.
  ///
  /// - Precondition: The denominator is not zero.
  public init(_ numerator: UInt64, _ denominator: UInt64) {
    precondition(denominator != 0, "a ratio's denominator is not zero")
    let divisor = Ratio.greatestCommonDivisor(numerator, denominator)
    self.numerator = numerator / divisor
    self.denominator = denominator / divisor
  }

  /// Creates a fraction from `5%`, `0.25`, `1/3` or `2`, exactly.
  public init?(parsing text: String) {
    let bytes = Array(text.utf8)
    if let slash = bytes.firstIndex(of: UInt8(ascii: "/")) {
      guard let numerator = DecimalText(parsing: bytes[..<slash]), !numerator.isNegative,
        let above = numerator.scaled(toDigits: 0),
        let denominator = DecimalText(parsing: bytes[(slash + 1)...]), !denominator.isNegative,
        let below = denominator.scaled(toDigits: 0), below != 0
      else { return nil }
      self.init(above, below)
      return
    }
    let isPercent = bytes.last == UInt8(ascii: "%")
    guard let number = DecimalText(parsing: bytes.dropLast(isPercent ? 1 : 0)), !number.isNegative
    else { return nil }
    let exponent = number.exponent - (isPercent && number.significand != 0 ? 2 : 0)
    if exponent >= 0 {
      guard let whole = number.scaled(toDigits: isPercent ? -2 : 0) else { return nil }
      self.init(whole, 1)
      return
    }
    guard exponent > -20 else { return nil }
    var below: UInt64 = 1
    for _ in exponent..<0 { below *= 10 }
    self.init(number.significand, below)
  }

  /// What is left to one; zero for a ratio above one.
  public var complement: Ratio {
    numerator >= denominator ? .zero : Ratio(denominator - numerator, denominator)
  }

  /// Returns this share of a count, rounded down and held within 64 bits.
  public func share(of count: UInt64) -> UInt64 {
    let product = count.multipliedFullWidth(by: numerator)
    guard product.high < denominator else { return .max }
    return denominator.dividingFullWidth(product).quotient
  }

  private static func greatestCommonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
    var (larger, smaller) = (left, right)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return larger
  }
}

extension Ratio: Comparable {
  /// Returns whether one ratio is less than another.
  public static func < (left: Ratio, right: Ratio) -> Bool {
    let leftProduct = left.numerator.multipliedFullWidth(by: right.denominator)
    let rightProduct = right.numerator.multipliedFullWidth(by: left.denominator)
    return (leftProduct.high, leftProduct.low) < (rightProduct.high, rightProduct.low)
  }
}

extension Ratio: CustomStringConvertible {
  /// The ratio as `5%` where a whole percentage says it, else as `1/3`.
  public var description: String {
    let (percent, overflow) = numerator.multipliedReportingOverflow(by: 100)
    guard !overflow, percent % denominator == 0 else { return "\(numerator)/\(denominator)" }
    return "\(percent / denominator)%"
  }
}
