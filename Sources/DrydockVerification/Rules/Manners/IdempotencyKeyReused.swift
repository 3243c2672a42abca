import DrydockExchange
import DrydockKernel

/// A repetition says that it is one.
struct IdempotencyKeyReused: Rule {
  let description = RuleDescription(
    id: "idempotency-key-reused",
    family: .manners,
    summary: "a call that is repeated carries the idempotency key of its first attempt",
    reason: "a new key makes the partner do the work again: that is what the key is for",
    example: "a refund times out and is repeated with a key drawn anew",
    remedy: "derive the key from what is done, or store it before the first attempt"
  )

  /// The headers that platforms take a key in.
  static let headers = [
    "Idempotency-Key", "X-Idempotency-Key", "X-NetSuite-Idempotency-Key", "PayPal-Request-Id",
  ]

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    var judged = 0
    for series in evidence.repeatedCalls {
      for (first, next) in zip(series.calls, series.calls.dropFirst()) {
        let before = evidence.exchanges[first]
        let again = evidence.exchanges[next]
        guard before.isWrite, before.exchange.outcome != .accepted,
          let header = Self.headers.first(where: { before.exchange.request.headers[$0] != nil }),
          let key = before.exchange.request.headers[header]
        else { continue }
        judged += 1
        let repeated = again.exchange.request.headers[header]
        guard repeated != key else { continue }
        report.breach(
          at: again.exchange.sentAt,
          order: again.order.map { evidence.orders[$0] },
          "a call to '\(again.exchange.attempt.partner)' was repeated under another key",
          expected: "'\(header): \(key)', as in the first attempt",
          found: repeated.map { "'\($0)'" } ?? "none",
          exchanges: [before.exchange.attempt.exchange, again.exchange.attempt.exchange]
        )
      }
    }
    if judged == 0 { report.skip("no call with an idempotency key was repeated") }
  }
}
