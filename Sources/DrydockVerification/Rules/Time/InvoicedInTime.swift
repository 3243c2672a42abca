import DrydockExchange
import DrydockKernel

/// A parcel is billed soon.
struct InvoicedInTime: Rule {
  let description = RuleDescription(
    id: "invoiced-in-time",
    family: .time,
    summary:
      "an order is invoiced within 4 hours of hearing of a shipment, or of the last fault",
    reason: "cash comes later, and at the month's end revenue is in the wrong month",
    example: "invoices are posted by hand on Fridays",
    remedy: "post the invoice when the 3PL confirms the shipment"
  )

  /// Four hours: within the working day of the shipment.
  static let objective = Objective(
    undisturbed: .seconds(4 * 3600),
    afterTrouble: .seconds(4 * 3600)
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    evidence.judge(
      Self.objective,
      from: .shipmentCreated,
      to: .invoicePosted,
      "invoiced",
      into: &report
    )
  }
}
