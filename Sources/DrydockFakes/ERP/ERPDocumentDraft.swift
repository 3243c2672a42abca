package import DrydockKernel

/// What a caller wants a document made from another one to be.
///
/// Lines that are not named are taken in full, as the platform does.
package struct ERPDocumentDraft: Hashable, Sendable {
  package var externalID: String?
  package var date: CivilDate?
  package var memo: String?
  package var stage: ERPFulfilment.Stage?
  package var packages: [ERPFulfilment.Package] = []
  package var lines: [Line] = []

  /// A line of the source by its number.
  package struct Line: Hashable, Sendable {
    /// The number of the source's line; a credit memo may add lines that have none.
    package var number: Int?
    /// The product the caller says the line is for, which must be the source's.
    package var product: Int?
    /// Whether the line is for the adjustment item, which stands for money without goods.
    package var isAdjustment = false
    package var isTaken = true
    package var quantity: Int?
    package var node: Int?
    package var isRestocked: Bool?
    package var amount: Money?
    package var tax: Money?
    package var gross: Money?

    package init() {}
  }

  package init() {}
}

/// What a caller wants a credit memo without a source to be.
package struct ERPCreditDraft: Hashable, Sendable {
  package var document = ERPDocumentDraft()
  package var customer: ERPCustomerReference?
  /// The internal identifier of the invoice it is applied to.
  package var appliedTo: Int64?

  package init() {}
}
