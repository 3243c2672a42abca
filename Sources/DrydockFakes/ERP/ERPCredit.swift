package import DrydockKernel

/// A credit memo: money owed back to a customer.
package struct ERPCredit: Hashable, Sendable {
  /// What a credit memo is made from.
  package enum Source: Hashable, Sendable {
    case authorisation(Int)
    case invoice(Int)
    /// Made by hand, applied to an invoice or to none.
    case customer
  }

  package struct Line: Hashable, Sendable {
    /// The number of the source's line; nothing for a line added by hand.
    package var number: Int?
    /// The position of the product; nothing for the adjustment item.
    package var product: Int?
    /// Units; nothing for an amount without goods.
    package var quantity: Int?
    package var amount: Money
    package var tax: Money

    package var gross: Money { amount + tax }
  }

  package var head: ERPRecordHead
  package var source: Source
  package var customer: Int
  package var order: Int?
  /// The position of the invoice that it is applied to.
  package var appliedTo: Int?
  package var lines: [Line]
  package var total: Money

  package var subtotal: Money { lines.reduce(.zero(total.currency)) { $0 + $1.amount } }
  package var tax: Money { lines.reduce(.zero(total.currency)) { $0 + $1.tax } }
}
