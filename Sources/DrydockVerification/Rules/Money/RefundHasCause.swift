import DrydockExchange
import DrydockKernel

/// Every refund of the integration has something to be for.
struct RefundHasCause: Rule {
  let description = RuleDescription(
    id: "refund-has-cause",
    family: .money,
    summary: "what the integration refunds was returned, cancelled, lost, refused or not shipped",
    reason: "a payment without a cause is a mistake or a theft, and looks the same in the books",
    example: "a webhook about another order starts a refund",
    remedy: "tie every refund to the return, the cancellation or the parcel that it is for"
  )

  /// What a refund may be for.
  private static let causes: Set<FactKind> = [
    .orderCancelled, .orderRefused, .orderHeld, .shipmentFailed, .returnRequested,
    .returnAuthorised, .returnExpected, .returnReceived, .returnGraded, .returnClosed,
  ]

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    let asked = evidence.facts(.refundIssued).filter { evidence.asked($0) != nil }
    guard !asked.isEmpty else { return report.skip("the integration refunded nothing") }
    let showsReturns = evidence.partners.contains { $0.kind == .returns }
    guard !evidence.books(of: .store).isEmpty || showsReturns && evidence.has(.orderPlaced) else {
      return report.skip("the trace does not show what refunds could be for")
    }
    for refund in asked {
      guard refund.fact.parent == nil, let position = refund.order else { continue }
      let order = evidence.orders[position]
      guard evidence.has(.orderPlaced, order) else { continue }
      let hasCause = order.facts.contains { Self.causes.contains(evidence.facts[$0].fact.kind) }
      guard !hasCause, !isShort(order, evidence), !evidence.hasException(order) else { continue }
      report.breach(
        at: refund.fact.at,
        order: order,
        "a refund of order '\(order.name)' has no cause",
        expected: "a return, a cancellation, a lost parcel or units that did not ship",
        found: "refund '\(refund.fact.subject)' of \(refund.fact.amount?.decimalString ?? "?")",
        exchanges: refund.exchanges
      )
    }
  }

  /// Whether a 3PL shipped less than was ordered.
  private func isShort(_ order: OrderStory, _ evidence: Evidence) -> Bool {
    let shipped = UnitAllowance(evidence.facts(.shipmentCreated, of: order).flatMap(\.fact.lines))
    let ordered = evidence.first(.orderPlaced, of: order)?.fact.lines.unitsBySKU ?? []
    return evidence.has(.shipmentCreated, order) && ordered.contains { shipped[$0.sku] < $0.units }
  }
}
