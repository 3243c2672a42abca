package import DrydockKernel

/// An invoice for fulfilled units.
package struct ERPInvoice: Hashable, Sendable {
  package struct Line: Hashable, Sendable {
    package var orderLine: Int
    package var quantity: Int
    package var amount: Money
    package var tax: Money
    /// Units credited straight from the invoice.
    package var credited = 0
  }

  package var head: ERPRecordHead
  package var order: Int
  package var lines: [Line]
  package var shippingCost: Money
  package var credited: Money

  package var subtotal: Money { lines.reduce(.zero(shippingCost.currency)) { $0 + $1.amount } }
  package var tax: Money { lines.reduce(.zero(shippingCost.currency)) { $0 + $1.tax } }
  package var total: Money { subtotal + tax + shippingCost }
}
