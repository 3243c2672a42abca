import DrydockExchange
import DrydockKernel

/// What ships was released.
struct ReleasedBeforeShipped: Rule {
  let description = RuleDescription(
    id: "released-before-shipped",
    family: .order,
    summary: "a 3PL ships only what was released to it before",
    reason: "goods that leave without a release belong to nobody's order",
    example: "a 3PL ships an order that was never sent to it",
    remedy: "ask the 3PL which order it shipped; mend the reference that joined the two"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.orderReleased), evidence.has(.shipmentCreated) else {
      return report.skip("the trace does not show releases and shipments")
    }
    for order in evidence.orders {
      let releases = evidence.facts(.orderReleased, of: order)
      for shipment in evidence.facts(.shipmentCreated, of: order) {
        let own = releases.filter { $0.fact.partner == shipment.fact.partner }
        let happened = shipment.happened.map { $0 + Evidence.clockTolerance }
        let isReleased = own.contains { release in
          guard let released = release.happened, let happened else { return true }
          return released <= happened
        }
        guard !isReleased, !releases.isEmpty else { continue }
        report.breach(
          at: shipment.fact.at,
          order: order,
          "order '\(order.name)' was shipped before it was released",
          expected: "a release to '\(shipment.fact.partner)' before the shipment",
          found: own.isEmpty ? "none" : "'\(own[0].fact.subject)' after it",
          exchanges: shipment.exchanges + own.flatMap(\.exchanges)
        )
      }
    }
  }
}
