/// An exact amount of one currency, counted in its minor units.
///
///     let price = Money(parsing: "12.50", currency: .usd)          // 1250 minor units
///     price?.scaled(by: Ratio(2, 25), .halfEven)                   // 8 % tax: 1.00
///
/// The operators trap when currencies differ or 64 bits overflow, both of which are bugs of the
/// caller; the methods that report overflow are for amounts from input.
public struct Money: Hashable, Sendable {
  /// The amount in cents, or whatever the currency's smallest unit is.
  public var minorUnits: Int64
  /// The currency of the amount.
  public var currency: CurrencyCode

  /// Creates an amount of a currency.
  public init(minorUnits: Int64, currency: CurrencyCode) {
    self.minorUnits = minorUnits
    self.currency = currency
  }

  /// Returns nothing, in a currency.
  public static func zero(_ currency: CurrencyCode) -> Money {
    Money(minorUnits: 0, currency: currency)
  }

  /// Whether the amount is zero.
  public var isZero: Bool { minorUnits == 0 }
  /// Whether the amount is below zero.
  public var isNegative: Bool { minorUnits < 0 }

  /// Returns the sum and whether it exceeded 64 bits.
  ///
  /// - Precondition: The currencies are equal.
  public func addingReportingOverflow(_ other: Money) -> (partialValue: Money, overflow: Bool) {
    requireCurrency(of: other)
    let (sum, overflow) = minorUnits.addingReportingOverflow(other.minorUnits)
    return (Money(minorUnits: sum, currency: currency), overflow)
  }

  /// Returns the difference and whether it exceeded 64 bits.
  ///
  /// - Precondition: The currencies are equal.
  public func subtractingReportingOverflow(
    _ other: Money
  ) -> (partialValue: Money, overflow: Bool) {
    requireCurrency(of: other)
    let (difference, overflow) = minorUnits.subtractingReportingOverflow(other.minorUnits)
    return (Money(minorUnits: difference, currency: currency), overflow)
  }

  /// Returns the product and whether it exceeded 64 bits.
  public func multipliedReportingOverflow(
    by count: Int
  ) -> (partialValue: Money, overflow: Bool) {
    let (product, overflow) = minorUnits.multipliedReportingOverflow(by: Int64(count))
    return (Money(minorUnits: product, currency: currency), overflow)
  }

  /// Returns the sum of two amounts of one currency.
  public static func + (left: Money, right: Money) -> Money {
    left.requireCurrency(of: right)
    return Money(minorUnits: left.minorUnits + right.minorUnits, currency: left.currency)
  }

  /// Returns the difference of two amounts of one currency.
  public static func - (left: Money, right: Money) -> Money {
    left.requireCurrency(of: right)
    return Money(minorUnits: left.minorUnits - right.minorUnits, currency: left.currency)
  }

  /// Returns the amount with the other sign.
  public static prefix func - (money: Money) -> Money {
    Money(minorUnits: -money.minorUnits, currency: money.currency)
  }

  /// Returns a multiple of an amount, such as a price times a quantity.
  public static func * (money: Money, count: Int) -> Money {
    Money(minorUnits: money.minorUnits * Int64(count), currency: money.currency)
  }

  /// Adds an amount of the same currency.
  public static func += (left: inout Money, right: Money) { left = left + right }

  /// Subtracts an amount of the same currency.
  public static func -= (left: inout Money, right: Money) { left = left - right }

  private func requireCurrency(of other: Money) {
    precondition(currency == other.currency, "amounts of two currencies do not mix")
  }
}

extension Money: Comparable {
  /// Returns whether one amount is less than another of the same currency.
  ///
  /// - Precondition: The currencies are equal.
  public static func < (left: Money, right: Money) -> Bool {
    left.requireCurrency(of: right)
    return left.minorUnits < right.minorUnits
  }
}
