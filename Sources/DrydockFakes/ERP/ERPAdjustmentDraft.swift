package import DrydockKernel

/// What a caller wants an inventory adjustment to be.
package struct ERPAdjustmentDraft: Hashable, Sendable {
  package var externalID: String?
  package var date: CivilDate?
  package var memo: String?
  /// The node of lines that name none.
  package var node: Int?
  package var lines: [Line] = []

  package struct Line: Hashable, Sendable {
    package var product: Int
    package var node: Int?
    package var quantity: Int

    package init(product: Int, node: Int? = nil, quantity: Int) {
      self.product = product
      self.node = node
      self.quantity = quantity
    }
  }

  package init() {}
}
