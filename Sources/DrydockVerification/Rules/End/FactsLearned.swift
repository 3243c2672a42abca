import DrydockExchange
import DrydockKernel

/// What happens at a partner reaches the integration.
struct FactsLearned: Rule {
  let description = RuleDescription(
    id: "facts-learned",
    family: .end,
    summary: "by the end the integration heard of every order, shipment, return and refund",
    reason: "webhooks get lost: what nobody asks for again did not happen for the integration",
    example: "the subscription is removed after failures and an afternoon's orders are never seen",
    remedy: "list what changed at every partner once a day, and take up what is missing"
  )

  /// What somebody must act on.
  private static let kinds: Set<FactKind> = [
    .orderPlaced, .shipmentCreated, .shipmentFailed, .returnRequested, .returnGraded,
  ]

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.ending == .quiet else {
      return report.skip("the trace does not end with nothing left to happen")
    }
    var judged = 0
    // A kind that no message of the partner ever carried is nothing one could hear of.
    var heard: Set<Fact.Source> = []
    for observed in evidence.facts where Self.kinds.contains(observed.fact.kind) {
      if !observed.exchanges.isEmpty { heard.insert(observed.fact.source) }
    }
    for observed in evidence.facts where Self.kinds.contains(observed.fact.kind) {
      guard heard.contains(observed.fact.source) else { continue }
      judged += 1
      guard evidence.learned(observed) == nil else { continue }
      report.breach(
        at: observed.fact.at,
        order: observed.order.map { evidence.orders[$0] },
        "the integration never heard of '\(observed.fact.kind.rawValue)'",
        expected: "a webhook that arrived, or an answer that tells of '\(observed.fact.subject)'",
        found: observed.exchanges.isEmpty ? "no message" : "messages that did not arrive",
        exchanges: observed.exchanges
      )
    }
    if judged == 0 { report.skip("no message tells of what partners do") }
  }
}
