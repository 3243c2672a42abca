import DrydockExchange
import DrydockKernel

/// Every parcel leaves the ERP's stock.
struct ShipmentFulfilled: Rule {
  let description = RuleDescription(
    id: "shipment-fulfilled",
    family: .end,
    summary: "by the end the ERP posted every unit that was shipped as fulfilled",
    reason: "the ERP has units on hand that the customer has",
    example:
      "a shipment is confirmed twice as a split, and the second half is taken for a duplicate",
    remedy: "post a fulfilment for each shipment id, and compare units every day"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    evidence.judgeShipments(
      haveLedTo: .fulfilmentPosted,
      at: .erp,
      "was shipped and never posted as fulfilled",
      into: &report
    )
  }
}
