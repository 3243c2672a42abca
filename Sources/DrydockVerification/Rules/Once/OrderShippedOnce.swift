import DrydockExchange
import DrydockKernel

/// Units of an order leave a warehouse at most as often as they were ordered.
struct OrderShippedOnce: Rule {
  let description = RuleDescription(
    id: "order-shipped-once",
    family: .once,
    summary: "no more units of an order are shipped than were ordered",
    reason: "a second parcel is given away: goods, postage and the customer's trust",
    example: "a release is repeated after a time-out and both copies ship",
    remedy: "give every release a reference that stays the same, and look it up before repeating"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.shipmentCreated) else { return report.skip("nothing shipped") }
    guard evidence.has(.orderPlaced) else { return report.skip("no store says what was ordered") }
    for order in evidence.orders {
      guard let placed = evidence.first(.orderPlaced, of: order) else { continue }
      var left = UnitAllowance(placed.fact.lines)
      var shipments: [ObservedFact] = []
      for position in order.facts {
        let observed = evidence.facts[position]
        // A parcel that was lost or came back may be sent anew.
        left.add(evidence.unitsThatFailed(observed, of: order))
        guard observed.fact.kind == .shipmentCreated else { continue }
        shipments.append(observed)
        guard let excess = left.take(observed.fact.lines) else { continue }
        report.breach(
          at: observed.fact.at,
          order: order,
          "order '\(order.name)' was shipped more than once",
          expected: "at most the ordered units of '\(excess.sku)'",
          found: "\(excess.excess) more, in \(shipments.count) shipments",
          exchanges: shipments.flatMap(\.exchanges)
        )
        break
      }
    }
  }
}
