import DrydockExchange
import DrydockKernel

/// Who is asked to wait, waits.
struct RetryAfterObeyed: Rule {
  let description = RuleDescription(
    id: "retry-after-obeyed",
    family: .manners,
    summary: "a call is not repeated sooner than the partner asked for",
    reason: "platforms lengthen the wait, or block the account, of callers who ignore it",
    example: "a 429 says 'Retry-After: 10' and the call is made again after 1 s",
    remedy: "wait at least as long as Retry-After says, and hold back other calls as well"
  )

  /// Clocks of a recording may differ by this much.
  static let tolerance = Duration.milliseconds(100)

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    let isAsked = evidence.exchanges.contains { $0.isCall && $0.retryAfter != nil }
    guard isAsked else { return report.skip("no partner asked for a wait") }
    for series in evidence.repeatedCalls {
      for (first, next) in zip(series.calls, series.calls.dropFirst()) {
        let refused = evidence.exchanges[first]
        let again = evidence.exchanges[next]
        guard let wait = refused.retryAfter, refused.endedAt > .epoch,
          again.exchange.sentAt >= refused.endedAt,
          again.exchange.sentAt + Self.tolerance < refused.endedAt + wait,
          !evidence.restarted(between: refused.endedAt, and: again.exchange.sentAt)
        else { continue }
        report.breach(
          at: again.exchange.sentAt,
          order: again.order.map { evidence.orders[$0] },
          "a call to '\(again.exchange.attempt.partner)' did not wait as long as asked",
          expected: "\(wait.roundedDescription), as 'Retry-After' says",
          found: (again.exchange.sentAt - refused.endedAt).roundedDescription,
          exchanges: [refused.exchange.attempt.exchange, again.exchange.attempt.exchange]
        )
      }
    }
  }
}
