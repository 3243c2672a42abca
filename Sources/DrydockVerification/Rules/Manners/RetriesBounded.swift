import DrydockExchange
import DrydockKernel

/// Who fails for long enough, asks a person.
struct RetriesBounded: Rule {
  let description = RuleDescription(
    id: "retries-bounded",
    family: .manners,
    summary: "a failing change is tried at most 50 times, and then put in front of somebody",
    reason: "endless retries hide that an order is stuck, and cost the partner as much as load",
    example: "a refund is tried every five minutes for a week",
    remedy: "give up after a day or a dozen clear failures, and queue an exception"
  )

  /// The attempts that no reason justifies.
  static let attemptsMax = 50

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    var judged = 0
    for series in evidence.repeatedCalls {
      let failing = series.calls.filter {
        evidence.exchanges[$0].isWrite && evidence.exchanges[$0].exchange.outcome != .accepted
      }
      guard failing.count > 1 else { continue }
      judged += 1
      guard failing.count > Self.attemptsMax else { continue }
      let last = evidence.exchanges[failing[Self.attemptsMax]]
      report.breach(
        at: last.exchange.sentAt,
        order: last.order.map { evidence.orders[$0] },
        "a failing call to '\(last.exchange.attempt.partner)' was tried without end",
        expected: "at most \(Self.attemptsMax) attempts of '\(last.exchange.attempt.named)'",
        found: "\(failing.count)",
        exchanges: [last.exchange.attempt.exchange]
      )
    }
    if judged == 0 { report.skip("no change was tried again") }
  }
}
