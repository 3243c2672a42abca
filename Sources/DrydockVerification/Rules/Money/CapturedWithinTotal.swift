import DrydockExchange
import DrydockKernel

/// The customer pays what the order costs.
struct CapturedWithinTotal: Rule {
  let description = RuleDescription(
    id: "captured-within-total",
    family: .money,
    summary: "no more is captured for an order than it costs",
    reason: "the customer is charged twice, and finds it on the card statement first",
    example: "a capture times out and is repeated",
    remedy: "capture with an idempotency key, and read the order's transactions before repeating"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.paymentCaptured), evidence.has(.orderPlaced) else {
      return report.skip("the trace does not show payments and what orders cost")
    }
    for order in evidence.orders {
      let captures = evidence.facts(.paymentCaptured, of: order)
      guard let last = captures.last,
        let total = evidence.first(.orderPlaced, of: order)?.fact.amount
      else { continue }
      let captured = evidence.total(.paymentCaptured, of: order, in: total.currency)
      guard captured > total else { continue }
      report.breach(
        at: last.fact.at,
        order: order,
        "more was captured for order '\(order.name)' than it costs",
        expected: "at most \(total.decimalString)",
        found: captured.decimalString,
        exchanges: captures.flatMap(\.exchanges)
      )
    }
  }
}
