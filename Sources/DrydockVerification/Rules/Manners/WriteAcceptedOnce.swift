import DrydockExchange
import DrydockKernel

/// What was accepted is not sent again.
struct WriteAcceptedOnce: Rule {
  let description = RuleDescription(
    id: "write-accepted-once",
    family: .manners,
    summary: "a create about an order that a partner accepted is not sent again as it is",
    reason: "the second one is done as well, or is refused and hides a real refusal",
    example: "an old scan arrives late and the store is told 'delivered' a second time",
    remedy: "note what was accepted, and let neither duplicates nor old news start it again"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    var judged = 0
    for series in evidence.repeatedCalls {
      for (first, next) in zip(series.calls, series.calls.dropFirst()) {
        let before = evidence.exchanges[first]
        let again = evidence.exchanges[next]
        guard before.isWrite, before.exchange.request.method == "POST", !before.isTokenRequest,
          let position = before.order, before.answer?.isSuccess == true
        else { continue }
        judged += 1
        guard again.answer?.isSuccess == true, again.exchange.sentAt > before.endedAt,
          !evidence.restarted(between: before.exchange.sentAt, and: again.exchange.sentAt)
        else { continue }
        report.breach(
          at: again.exchange.sentAt,
          order: evidence.orders[position],
          "'\(again.exchange.attempt.named)' was sent to "
            + "'\(again.exchange.attempt.partner)' again after it was accepted",
          expected: "one call",
          found:
            "the same call \((again.exchange.sentAt - before.endedAt).roundedDescription) later",
          exchanges: [before.exchange.attempt.exchange, again.exchange.attempt.exchange]
        )
        break
      }
    }
    if judged == 0 { report.skip("no accepted create about an order was repeated") }
  }
}
