package import DrydockKernel

/// What a caller wants an order to be; what is left out stays, or takes its default.
package struct ERPOrderDraft: Hashable, Sendable {
  package var externalID: String?
  package var customer: ERPCustomerReference?
  package var email: String?
  package var date: CivilDate?
  package var memo: String?
  package var otherReference: String?
  package var shippingMethod: String?
  package var address: ERPAddress?
  package var shippingCost: Money?
  package var node: Int?
  package var isApproved: Bool?
  package var lines: [Line] = []

  /// A line; with a number it changes the line that has it, without one it adds a line.
  package struct Line: Hashable, Sendable {
    package var number: Int?
    package var product: Int?
    package var quantity: Int?
    package var rate: Money?
    package var amount: Money?
    package var node: Int?
    package var isClosed: Bool?

    package init() {}
  }

  package init() {}
}

/// What happened when an order was changed.
package struct ERPOrderChange: Hashable, Sendable {
  /// The position of the order.
  package var order: Int
  package var isNew = false
  /// Whether products or quantities are other than before.
  package var changesLines = false
  /// Whether this change closed the last open line.
  package var cancels = false
}
