import DrydockExchange
import DrydockKernel

/// Sums over what traces say, which never trap: recordings may hold anything.
extension Money {
  /// Returns the sum with an amount of the same currency, held within 64 bits.
  func adding(_ other: Money) -> Money {
    let (sum, overflow) = addingReportingOverflow(other)
    guard overflow else { return sum }
    return Money(minorUnits: isNegative ? .min : .max, currency: currency)
  }

  /// Returns the difference to an amount of the same currency, held within 64 bits.
  func subtracting(_ other: Money) -> Money {
    let (difference, overflow) = subtractingReportingOverflow(other)
    guard overflow else { return difference }
    return Money(minorUnits: isNegative ? .min : .max, currency: currency)
  }
}

extension Sequence<ObservedFact> {
  /// Returns the sum of those amounts that are in a currency.
  func total(in currency: CurrencyCode) -> Money {
    reduce(Money.zero(currency)) { sum, observed in
      guard let amount = observed.fact.amount, amount.currency == currency else { return sum }
      return sum.adding(amount)
    }
  }
}

extension FactLine {
  /// The units, held within what sums of a million lines can carry.
  var units: Int { Swift.max(-1_000_000_000_000, Swift.min(quantity, 1_000_000_000_000)) }
}
