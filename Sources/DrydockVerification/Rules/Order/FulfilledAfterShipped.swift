import DrydockExchange
import DrydockKernel

/// A fulfilment follows the goods.
struct FulfilledAfterShipped: Rule {
  let description = RuleDescription(
    id: "fulfilled-after-shipped",
    family: .order,
    summary: "the ERP posts an order as fulfilled after its goods were shipped",
    reason: "the ERP's stock falls for goods that are still on the shelf",
    example: "the fulfilment is posted with the release, and the 3PL ships two days later",
    remedy: "post a fulfilment for each shipment that the 3PL reports"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    evidence.judgeAfterShipment(
      .fulfilmentPosted,
      of: "posted as fulfilled",
      skipping: "nothing was fulfilled and shipped",
      into: &report
    )
  }
}
