import DrydockExchange
import DrydockKernel

/// A customer who sent goods back gets something for them.
struct ReturnSettled: Rule {
  let description = RuleDescription(
    id: "return-settled",
    family: .end,
    summary:
      "every return that was received ends refunded, exchanged, closed or on somebody's desk",
    reason: "the customer has neither the goods nor the money",
    example: "the 3PL's 'completed' is lost and nobody asks for the return again",
    remedy: "compare open returns with the 3PL every day, and refund what came back"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.ending == .quiet else {
      return report.skip("the trace does not end with nothing left to happen")
    }
    guard evidence.has(.returnReceived) || evidence.has(.returnGraded) else {
      return report.skip("nothing came back")
    }
    let exchanged = Set(evidence.facts(.orderPlaced).compactMap(\.fact.parent))
    for order in evidence.orders {
      let received =
        evidence.facts(.returnReceived, of: order)
        + evidence.facts(.returnGraded, of: order)
      guard let receipt = received.first, !evidence.hasException(order) else { continue }
      let requested = evidence.facts(.returnRequested, of: order)
      let open = requested.first { returned in
        !evidence.receipts(ofReturn: returned.fact.subject, order).isEmpty
          && !isSettled(returned.fact.subject, exchanged, order, evidence)
      }
      let isUnasked = requested.isEmpty && !isAnswered(receipt, order, evidence)
      guard open != nil || isUnasked else { continue }
      report.breach(
        at: evidence.end,
        order: order,
        "goods of order '\(order.name)' came back and nothing followed",
        expected: "a refund, an exchange or an exception for "
          + "'\(open?.fact.subject ?? receipt.fact.subject)'",
        found: "none",
        exchanges: receipt.exchanges
      )
    }
  }

  private func isSettled(
    _ key: EntityKey,
    _ exchanged: Set<EntityKey>,
    _ order: OrderStory,
    _ evidence: Evidence
  ) -> Bool {
    exchanged.contains(key)
      || evidence.facts(.refundIssued, of: order).contains { $0.fact.parent == key }
      || evidence.facts(.returnClosed, of: order).contains { $0.fact.subject == key }
  }

  /// Goods that nobody asked back: a refund or another shipment answers them.
  private func isAnswered(
    _ receipt: ObservedFact,
    _ order: OrderStory,
    _ evidence: Evidence
  ) -> Bool {
    if evidence.isCancelled(order) || evidence.has(.refundIssued, order) { return true }
    if !evidence.hasPartner(.store) { return true }
    return evidence.facts(.shipmentCreated, of: order).contains {
      !evidence.isTooEarly($0, before: receipt)
    }
  }
}
