import DrydockExchange
import DrydockKernel

/// Every order comes to an end, or to somebody's desk.
struct NoOrderLost: Rule {
  let description = RuleDescription(
    id: "no-order-lost",
    family: .end,
    summary: "every order ends shipped, cancelled or in front of somebody who has to act",
    reason: "the customer paid, waits, and is the first to find out",
    example: "the ERP is down when the order comes, the call fails, and nothing tries again",
    remedy: "keep what a partner could not take, and compare with the store every day"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.ending == .quiet else {
      return report.skip("the trace does not end with nothing left to happen")
    }
    guard evidence.has(.orderPlaced) else { return report.skip("no order was placed") }
    guard evidence.hasPartner(.threePL) || evidence.hasPartner(.erp) else {
      return report.skip("nobody takes part who could take an order on")
    }
    for order in evidence.orders {
      guard let placed = evidence.first(.orderPlaced, of: order),
        !evidence.isCancelled(order), !evidence.hasException(order),
        !isInSight(order, evidence), let lacking = lacking(placed, order, evidence)
      else { continue }
      report.breach(
        at: evidence.end,
        order: order,
        "order '\(order.name)' was lost",
        expected: "an order that is shipped, cancelled or in an exception queue",
        found: "\(evidence.ending(of: order)); \(lacking)",
        exchanges: placed.exchanges
      )
    }
  }

  /// An integration that says nothing of exceptions leaves them to the partners' own screens.
  private func isInSight(_ order: OrderStory, _ evidence: Evidence) -> Bool {
    guard !evidence.hearsIntegration else { return false }
    return evidence.has(.orderHeld, order) || evidence.has(.orderRefused, order)
  }

  /// What keeps the order from its end, in words; nothing when it is there.
  private func lacking(
    _ placed: ObservedFact,
    _ order: OrderStory,
    _ evidence: Evidence
  ) -> String? {
    guard evidence.hasPartner(.threePL) else {
      let isThere = evidence.has(.orderAccepted, order)
      return isThere || evidence.mayHaveHappened(at: .erp, order) ? nil : "the ERP never had it"
    }
    if evidence.mayHaveHappened(at: .threePL, order) { return nil }
    let shipped = UnitAllowance(evidence.facts(.shipmentCreated, of: order).flatMap(\.fact.lines))
    for (sku, units) in placed.fact.lines.unitsBySKU where shipped[sku] < units {
      return "\(units - shipped[sku]) of '\(sku)' never left"
    }
    return nil
  }
}
