import DrydockExchange
import DrydockKernel

/// What was cancelled stays on the shelf, or comes back.
struct NoShipmentAfterCancel: Rule {
  let description = RuleDescription(
    id: "no-shipment-after-cancel",
    family: .order,
    summary: "nothing ships of an order that was cancelled, or somebody gets it back",
    reason: "goods leave that nobody pays for: the money went back with the cancellation",
    example: "the store's order is cancelled and the release at the 3PL is forgotten",
    remedy: "take the release back first, and cancel at the store when the 3PL has let go"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.orderCancelled),
      evidence.has(.orderReleased) || evidence.has(.shipmentCreated)
    else { return report.skip("nothing was cancelled that a 3PL had") }
    for order in evidence.orders {
      let cancellations = evidence.facts(.orderCancelled, of: order)
      guard !cancellations.isEmpty else { continue }
      let whole = evidence.storeCancellation(of: order)
      for shipment in evidence.facts(.shipmentCreated, of: order) {
        let own = cancellations.first { $0.fact.subject == shipment.fact.order }
        guard let cancelled = own ?? whole, let limit = cancelled.happened,
          let shipped = shipment.happened, shipped > limit + Evidence.clockTolerance,
          !comesBack(shipment, order, evidence)
        else { continue }
        report.breach(
          at: shipment.fact.at,
          order: order,
          "order '\(order.name)' was shipped after it was cancelled",
          expected: "no shipment after \(limit.description())",
          found: "'\(shipment.fact.subject)' at \(shipped.description())",
          exchanges: cancelled.exchanges + shipment.exchanges
        )
        break
      }
    }
  }

  /// A parcel on its way back, or a person who was asked to get it back, settles the matter.
  private func comesBack(
    _ shipment: ObservedFact,
    _ order: OrderStory,
    _ evidence: Evidence
  ) -> Bool {
    let isReturned = order.facts.contains { position in
      let fact = evidence.facts[position].fact
      guard fact.at >= shipment.fact.at else { return false }
      switch fact.kind {
      case .returnRequested, .returnExpected, .returnReceived: return true
      case .shipmentFailed: return fact.detail == "returned-to-sender"
      default: return false
      }
    }
    return isReturned || evidence.hasException(order)
  }
}
