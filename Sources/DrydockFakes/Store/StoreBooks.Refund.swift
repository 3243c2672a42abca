package import DrydockKernel

extension StoreBooks {
  /// Money, goods or both that went back.
  package struct Refund: Hashable, Sendable {
    /// Its position in the order, from 1.
    package let ordinal: Int
    package let createdAt: VirtualInstant
    package let note: String?
    package let lines: [RefundLine]
    package let payments: [Payment]
    /// What of the price of shipping it pays back.
    package let shipping: Money
    /// The lines' worth and the shipping, less what was paid.
    package let discrepancy: Money
    /// Positions of its adjustments among the order's refund parts, from 1.
    package let shippingPart: Int?
    package let discrepancyPart: Int?

    /// What was paid back.
    package var amount: Money {
      payments.reduce(.zero(shipping.currency)) { $0 + $1.amount }
    }

    /// Whether any unit was put on sale again.
    package var restocks: Bool { lines.contains { $0.restock != .none } }
  }

  /// Units of a line whose price goes back.
  package struct RefundLine: Hashable, Sendable {
    /// Its position among the order's refund parts, from 1.
    package let part: Int
    /// The line's position in the order, from 0.
    package let line: Int
    package let quantity: Int
    package let restock: Restock
    package let subtotal: Money
    package let tax: Money
  }

  /// A movement of money back to the customer.
  package struct Payment: Hashable, Sendable {
    /// Its position among the order's movements of money, from 1; the payment is 1.
    package let transaction: Int
    package let amount: Money
  }

  /// What becomes of goods whose price goes back.
  package enum Restock: String, CaseIterable, Hashable, Sendable {
    /// Nothing: what is fulfilled or to be fulfilled stays as it is.
    case none = "no_restock"
    /// Units that did not ship will not ship, and are on sale again.
    case cancel
    /// Units that shipped came back, and are on sale again.
    case giveBack = "return"
  }
}
