import DrydockExchange

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
    guard !evidence.facts(.shipmentCreated).isEmpty else { return report.skip("nothing shipped") }
    for order in evidence.orders {
      guard let placed = evidence.first(.orderPlaced, of: order) else { continue }
      var left: [String: Int] = [:]
      for line in placed.fact.lines { left[line.sku, default: 0] += line.quantity }
      var shipments: [ObservedFact] = []
      for shipment in evidence.facts(.shipmentCreated, of: order) {
        shipments.append(shipment)
        for line in shipment.fact.lines {
          left[line.sku, default: 0] -= line.quantity
          guard left[line.sku, default: 0] < 0 else { continue }
          report.breach(
            at: shipment.fact.at,
            order: order,
            "order '\(order.name)' was shipped more than once",
            expected: "at most the ordered units of '\(line.sku)'",
            found: "\(-left[line.sku, default: 0]) more, in \(shipments.count) shipments",
            exchanges: shipments.flatMap(\.exchanges)
          )
          break
        }
      }
    }
  }
}
