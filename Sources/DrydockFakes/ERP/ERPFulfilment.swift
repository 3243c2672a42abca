/// An item fulfilment: goods that leave, or are about to.
package struct ERPFulfilment: Hashable, Sendable {
  /// How far the goods are; only shipped ones count.
  package enum Stage: Int, CaseIterable, Hashable, Sendable {
    case picked
    case packed
    case shipped
  }

  package struct Line: Hashable, Sendable {
    /// The position of the order's line.
    package var orderLine: Int
    package var quantity: Int
    package var node: Int
  }

  package struct Package: Hashable, Sendable {
    package var tracking: String?
    package var description: String?
    /// The weight as the caller wrote it.
    package var weight: String?

    package init() {}
  }

  package var head: ERPRecordHead
  package var order: Int
  package var stage: Stage
  package var lines: [Line]
  package var packages: [Package]
}
