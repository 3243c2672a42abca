import DrydockExchange
import DrydockKernel

/// A partner's no is heard.
struct RefusalHandled: Rule {
  let description = RuleDescription(
    id: "refusal-handled",
    family: .end,
    summary: "a change that a partner refused for good succeeds later, is looked up, or is queued",
    reason: "what was to be done is not done, and the integration goes on as if it were",
    example: "the ERP refuses an invoice and the order is closed without one",
    remedy: "queue an exception with the partner's own words for every definite refusal"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.ending == .quiet, evidence.hearsIntegration else {
      return report.skip("the trace does not end with nothing left to happen, or says too little")
    }
    var judged = 0
    for order in evidence.orders {
      for position in order.exchanges {
        let refused = evidence.exchanges[position]
        guard refused.isWrite, refused.isRefusedForGood, !refused.isInjectedCopy,
          !refused.isTokenRequest
        else { continue }
        judged += 1
        guard !evidence.hasException(order), !evidence.isCancelled(order),
          !isAnswered(refused, position, order, evidence)
        else { continue }
        report.breach(
          at: refused.endedAt,
          order: order,
          "'\(refused.exchange.attempt.partner)' refused something of order '\(order.name)' and "
            + "nobody was told",
          expected:
            "an exception, a look-up, or '\(refused.exchange.attempt.named)' accepted later",
          found: "none after status \(refused.answer?.status ?? 0)",
          exchanges: [refused.exchange.attempt.exchange]
        )
        break
      }
    }
    if judged == 0 { report.skip("no partner refused a change about an order") }
  }

  /// Whether the same was accepted later, or the partner was asked what it has.
  private func isAnswered(
    _ refused: ObservedExchange,
    _ position: Int,
    _ order: OrderStory,
    _ evidence: Evidence
  ) -> Bool {
    let attempt = refused.exchange.attempt
    return order.exchanges.contains { index in
      guard index > position else { return false }
      let later = evidence.exchanges[index]
      guard later.isCall, later.exchange.attempt.partner == attempt.partner,
        later.answer?.isSuccess == true
      else { return false }
      if later.isLookup { return later.exchange.sentAt - refused.endedAt <= .seconds(3600) }
      let isSameName =
        !attempt.operation.isEmpty && later.exchange.attempt.operation == attempt.operation
        && later.exchange.attempt.entity == attempt.entity
      return isSameName || later.exchange.request.target == refused.exchange.request.target
    }
  }
}
