import DrydockExchange
import DrydockKernel

/// Bad news is on somebody's desk, or turned out well.
struct TroubleHandled: Rule {
  let description = RuleDescription(
    id: "trouble-handled",
    family: .end,
    summary: "whatever is refused, held or fails turns out well or is put in front of somebody",
    reason: "a partner said no, nobody heard it, and the customer waits",
    example: "the 3PL holds an order as out of stock and the integration ignores the word",
    remedy: "queue an exception with an owner for every word that does not lead to delivery"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.ending == .quiet else {
      return report.skip("the trace does not end with nothing left to happen")
    }
    guard evidence.hearsIntegration else {
      return report.skip("the integration does not say what it does inside")
    }
    let troubles: [FactKind] = [.orderRefused, .orderHeld, .shipmentFailed]
    guard troubles.contains(where: { evidence.has($0) }) else {
      return report.skip("nothing was refused, held or failed")
    }
    for order in evidence.orders where !evidence.hasException(order) {
      guard
        let trouble = order.facts.lazy.map({ evidence.facts[$0] }).first(where: {
          troubles.contains($0.fact.kind) && !isOver($0, order, evidence)
        })
      else { continue }
      report.breach(
        at: evidence.end,
        order: order,
        "trouble with order '\(order.name)' was put in front of nobody",
        expected: "an exception after '\(trouble.fact.kind.rawValue)'",
        found: "none after '\(trouble.fact.subject)'"
          + (trouble.fact.detail.map { " (\($0))" } ?? ""),
        exchanges: trouble.exchanges
      )
    }
  }

  private func isOver(
    _ trouble: ObservedFact,
    _ order: OrderStory,
    _ evidence: Evidence
  ) -> Bool {
    if evidence.isCancelled(order) { return true }
    switch trouble.fact.kind {
    case .orderRefused: return evidence.has(.orderAccepted, order)
    case .orderHeld:
      // The shipment that was held has left, or its release was taken back.
      return order.facts.contains { position in
        let fact = evidence.facts[position].fact
        switch fact.kind {
        case .shipmentCreated: return fact.subject == trouble.fact.subject
        case .orderReleased: return evidence.kind(of: trouble.fact.partner) == .erp
        case .orderCancelled: return fact.subject == trouble.fact.order
        default: return false
        }
      }
    default:
      return order.facts.contains { position in
        let fact = evidence.facts[position].fact
        switch fact.kind {
        case .shipmentDelivered: return fact.tracking == trouble.fact.tracking
        case .refundIssued: return true
        case .shipmentCreated: return fact.at > trouble.fact.at
        default: return false
        }
      }
    }
  }
}
