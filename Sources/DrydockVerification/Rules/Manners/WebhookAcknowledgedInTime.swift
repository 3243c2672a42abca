import DrydockExchange
import DrydockKernel

/// A webhook is answered at once and worked on later.
struct WebhookAcknowledgedInTime: Rule {
  let description = RuleDescription(
    id: "webhook-acknowledged-in-time",
    family: .manners,
    summary: "a webhook that arrives is answered within 5 seconds",
    reason: "a late answer counts as a failure: it is sent again, then the subscription is removed",
    example: "the integration calls the ERP before it answers the store's webhook",
    remedy: "store the webhook, answer 200, and work on what was stored"
  )

  /// The shortest time that a platform waits.
  ///
  /// - Source: Shopify, five seconds for the whole request.
  static let limit = Duration.seconds(5)
  /// Recordings do not tell travelling from working: what took longer was travelling.
  static let travelling = Duration.seconds(60)

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    var judged = 0
    for observed in evidence.exchanges where !observed.isCall && observed.exchange.arrived {
      guard let arrived = observed.arrivedAt, arrived > .epoch else { continue }
      let answered = observed.exchange.answeredAt
      if answered == nil, observed.exchange.result != .timedOut { continue }
      judged += 1
      let end = answered ?? observed.endedAt
      let isRecorded =
        arrived == observed.exchange.sentAt && observed.exchange.result != .timedOut
      guard answered == nil || end - arrived > Self.limit,
        !isRecorded || end - arrived <= Self.travelling,
        !crashed(from: arrived, to: end, evidence)
      else { continue }
      report.breach(
        at: end,
        order: observed.order.map { evidence.orders[$0] },
        "a webhook of '\(observed.exchange.attempt.partner)' was not answered in time",
        expected: "an answer within \(Self.limit.roundedDescription)",
        found: answered == nil ? "none" : "one after \((end - arrived).roundedDescription)",
        exchanges: [observed.exchange.attempt.exchange]
      )
    }
    if judged == 0 { report.skip("the trace does not show when webhooks were answered") }
  }

  private func crashed(
    from start: VirtualInstant,
    to end: VirtualInstant,
    _ evidence: Evidence
  ) -> Bool {
    evidence.notes.contains { $0.note.kind == .crashed && $0.at >= start && $0.at <= end }
  }
}
