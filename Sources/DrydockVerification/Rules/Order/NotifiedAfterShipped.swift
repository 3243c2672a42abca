import DrydockExchange
import DrydockKernel

/// The customer hears of a parcel that exists.
struct NotifiedAfterShipped: Rule {
  let description = RuleDescription(
    id: "notified-after-shipped",
    family: .order,
    summary: "the store is told of a shipment after the 3PL made it",
    reason: "the customer waits for a parcel that is not packed, and cancelling becomes impossible",
    example: "the store gets its fulfilment when the order is released",
    remedy: "tell the store when the 3PL reports a shipment, with that shipment's tracking number"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    evidence.judgeAfterShipment(
      .shipmentNotified,
      of: "told to the store as shipped",
      skipping: "no store was told of a shipment of a 3PL",
      into: &report
    )
  }
}
