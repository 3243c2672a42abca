package import DrydockKernel

/// A sales order with how far each of its lines has come.
package struct ERPOrder: Hashable, Sendable {
  package var head: ERPRecordHead
  /// The position of the customer.
  package var customer: Int
  package var email: String?
  package var otherReference: String?
  package var shippingMethod: String?
  package var address: ERPAddress?
  package var shippingCost: Money
  /// The node of lines that name none.
  package var node: Int?
  package var isApproved: Bool
  package var lines: [ERPOrderLine]
  /// The number of the next line to be added.
  package var nextLine: Int
  package var isShippingBilled = false
  /// The positions of its fulfilments.
  package var fulfilments: [Int] = []
  package var invoiced: Money
  package var credited: Money

  /// How far the order is, computed from its lines.
  ///
  ///     pending approval ─▶ pending fulfilment ─▶ partially fulfilled ─▶ pending billing ─▶ billed
  ///            │                   │                      └─ pending billing, partially fulfilled
  ///            ▼                   ▼
  ///        cancelled             closed        all lines closed, nothing fulfilled
  package enum Status: Int, CaseIterable, Hashable, Sendable {
    case pendingApproval
    case pendingFulfilment
    case cancelled
    case partiallyFulfilled
    case pendingBillingPartiallyFulfilled
    case pendingBilling
    case billed
    case closed
  }

  /// How far the order is.
  package var status: Status {
    var due = 0
    var fulfilled = 0
    var billed = 0
    for line in lines {
      due += line.due
      fulfilled += line.fulfilled
      billed += line.billed
    }
    if due == 0 { return isApproved ? .closed : .cancelled }
    if !isApproved { return .pendingApproval }
    if billed >= due { return .billed }
    if fulfilled == 0 { return .pendingFulfilment }
    if fulfilled >= due { return .pendingBilling }
    return billed < fulfilled ? .pendingBillingPartiallyFulfilled : .partiallyFulfilled
  }

  /// Whether every line is closed and something was left to fulfil.
  package var isCancelled: Bool {
    lines.allSatisfy(\.isClosed) && lines.contains { $0.fulfilled < $0.quantity }
  }

  /// The position of the line with a number.
  package func position(ofLine number: Int) -> Int? {
    lines.firstIndex { $0.number == number }
  }
}

/// A line of a sales order.
package struct ERPOrderLine: Hashable, Sendable {
  /// The number by which transforms name it; numbers need not follow each other.
  package var number: Int
  /// The key that stays when lines are renumbered.
  package var key: Int64
  /// The position of the product in the master data.
  package var product: Int
  package var quantity: Int
  package var rate: Money
  /// The position of the node it is to ship from, if that is known.
  package var node: Int?
  package var isClosed = false
  /// Units in fulfilments that are not shipped yet.
  package var picked = 0
  package var fulfilled = 0
  package var billed = 0
  /// Units that return authorisations allow back.
  package var authorised = 0
  package var received = 0
  package var credited = 0

  /// Units that can still be put into a fulfilment.
  package var open: Int { isClosed ? 0 : quantity - fulfilled - picked }
  /// Units that count: all of an open line, what was fulfilled of a closed one.
  package var due: Int { isClosed ? max(fulfilled, billed) : quantity }
  /// Whether a document refers to the line, so that it cannot go away.
  package var isInUse: Bool { picked + fulfilled + billed + authorised > 0 }
  /// Units promised from stock.
  package var committed: Int { isClosed ? 0 : max(0, quantity - fulfilled) }
}
