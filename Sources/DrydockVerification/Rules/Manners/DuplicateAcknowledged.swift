import DrydockExchange
import DrydockKernel

/// What is known already is thanked for all the same.
struct DuplicateAcknowledged: Rule {
  let description = RuleDescription(
    id: "duplicate-acknowledged",
    family: .manners,
    summary: "a webhook that was taken before is acknowledged when it comes again",
    reason: "an error makes the platform deliver it for hours, and then stop delivering at all",
    example: "the second delivery of a webhook is answered 409 because the order exists",
    remedy: "answer 200 to what is known, by the delivery's id, and do nothing else"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    var taken: [String: ExchangeID] = [:]
    var judged = 0
    for observed in evidence.exchanges where !observed.isCall {
      guard let delivery = observed.delivery, let response = observed.exchange.response,
        !observed.faults.contains(where: {
          $0.effect.contains("sign") || $0.effect.contains("body")
        })
      else { continue }
      let key = "\(observed.exchange.attempt.partner) \(delivery)"
      guard let first = taken[key] else {
        if response.isSuccess { taken[key] = observed.exchange.attempt.exchange }
        continue
      }
      judged += 1
      // A busy integration may ask for another delivery; it may not call this one wrong.
      guard response.status >= 300, response.status < 500 else { continue }
      report.breach(
        at: observed.exchange.answeredAt ?? observed.exchange.sentAt,
        order: observed.order.map { evidence.orders[$0] },
        "a webhook of '\(observed.exchange.attempt.partner)' that came again was refused",
        expected: "status 200, as delivery '\(delivery)' was taken before",
        found: "status \(response.status)",
        exchanges: [first, observed.exchange.attempt.exchange]
      )
    }
    if judged == 0 { report.skip("no webhook came again after it was taken") }
  }
}
