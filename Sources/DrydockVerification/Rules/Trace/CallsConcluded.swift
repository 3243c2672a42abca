import DrydockExchange
import DrydockKernel

/// Every call ends.
struct CallsConcluded: Rule {
  let description = RuleDescription(
    id: "calls-concluded",
    family: .trace,
    summary: "no call is under way when nothing is left to happen",
    reason: "a call without end holds a connection, and an order, for ever",
    example: "a call is made without a time-out and the partner never answers",
    remedy: "give every call a time-out, and treat its end as an unknown outcome"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.ending == .quiet else {
      return report.skip("the trace does not end with nothing left to happen")
    }
    let calls = evidence.exchanges.filter { $0.isCall && !$0.isInjectedCopy }
    guard !calls.isEmpty else { return report.skip("the integration made no call") }
    for call in calls where call.exchange.result == nil {
      report.breach(
        at: call.exchange.sentAt,
        order: call.order.map { evidence.orders[$0] },
        "a call to '\(call.exchange.attempt.partner)' never ended",
        expected: "an answer or a time-out",
        found: "'\(call.exchange.attempt.named)' still under way at the end",
        exchanges: [call.exchange.attempt.exchange]
      )
    }
  }
}
