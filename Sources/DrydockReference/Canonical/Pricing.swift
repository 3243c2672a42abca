import DrydockExchange
import DrydockKernel

/// Amounts of parts of an order, exact to the smallest unit.
///
/// Taxes are rounded once a line, so the tax of a part is what the line's tax grows by when the
/// part is added to the units before it: the parts of a line always add up to the line.
struct Pricing: Hashable, Sendable {
  let masterData: MasterData
  /// The defect `floating-point-money`: computes with binary fractions and cuts off what is left.
  let usesFloatingPoint: Bool

  /// Returns the price of units without tax.
  func net(_ quantity: Int, at unitPrice: Money) -> Money {
    guard usesFloatingPoint else { return unitPrice * quantity }
    return floating(Double(unitPrice.minorUnits) / 100 * Double(quantity), unitPrice.currency)
  }

  /// Returns the tax on units of a line, behind those that were counted already.
  func tax(_ quantity: Int, after counted: Int, at unitPrice: Money) -> Money {
    guard usesFloatingPoint else {
      return masterData.tax(onUnits: quantity, after: counted, at: unitPrice)
    }
    let rate = Double(masterData.taxBasisPoints) / 10_000
    let net = Double(unitPrice.minorUnits) / 100 * Double(quantity)
    return floating(net * rate, unitPrice.currency)
  }

  /// Returns what was paid for units of a line, tax included, behind those counted already.
  func paid(_ quantity: Int, after counted: Int, at unitPrice: Money) -> Money {
    net(quantity, at: unitPrice) + tax(quantity, after: counted, at: unitPrice)
  }

  private func floating(_ amount: Double, _ currency: CurrencyCode) -> Money {
    let limit = Double(Limits.amount)
    return Money(minorUnits: Int64(max(-limit, min(amount * 100, limit))), currency: currency)
  }
}
