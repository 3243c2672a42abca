import DrydockExchange
import DrydockKernel

/// Every parcel is billed.
struct ShipmentInvoiced: Rule {
  let description = RuleDescription(
    id: "shipment-invoiced",
    family: .end,
    summary: "by the end every unit that was shipped is invoiced",
    reason: "goods were given away, or revenue is booked in the wrong month",
    example: "the ERP is down when the 3PL confirms, and the invoice is forgotten",
    remedy: "keep what the ERP could not take and post it when it is back"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    evidence.judgeShipments(
      haveLedTo: .invoicePosted,
      at: .erp,
      "was shipped and never invoiced",
      into: &report
    )
  }
}
