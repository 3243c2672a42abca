/// An inventory adjustment: stock corrected without an order.
package struct ERPAdjustment: Hashable, Sendable {
  package struct Line: Hashable, Sendable {
    package var product: Int
    package var node: Int
    /// Units, negative for a reduction.
    package var quantity: Int
  }

  package var head: ERPRecordHead
  package var lines: [Line]
}
