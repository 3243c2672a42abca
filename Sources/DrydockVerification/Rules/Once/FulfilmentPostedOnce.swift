import DrydockExchange
import DrydockKernel

/// The ERP books each unit out of stock once.
struct FulfilmentPostedOnce: Rule {
  let description = RuleDescription(
    id: "fulfilment-posted-once",
    family: .once,
    summary: "the ERP posts no more units of an order as fulfilled than were ordered",
    reason: "stock value leaves the ERP twice for goods that left the shelf once",
    example: "the answer to a fulfilment is lost and the fulfilment is posted again",
    remedy: "give every fulfilment an external id made of the 3PL's shipment id"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.fulfilmentPosted) else { return report.skip("no ERP posted a fulfilment") }
    for order in evidence.orders {
      let posted = evidence.facts(.fulfilmentPosted, of: order)
      guard !posted.isEmpty,
        let second = evidence.firstBeyondOrder(.fulfilmentPosted, of: order)
      else { continue }
      let words = second.wordsForSurplus(of: posted, "fulfilment")
      report.breach(
        at: second.fact.at,
        order: order,
        "order '\(order.name)' was posted as fulfilled more than once",
        expected: words.expected,
        found: words.found,
        exchanges: posted.flatMap(\.exchanges)
      )
    }
  }
}
