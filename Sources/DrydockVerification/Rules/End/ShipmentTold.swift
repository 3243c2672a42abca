import DrydockExchange
import DrydockKernel

/// The store knows of every parcel.
struct ShipmentTold: Rule {
  let description = RuleDescription(
    id: "shipment-told",
    family: .end,
    summary: "by the end the store was told of every unit that was shipped",
    reason: "the customer asks where the order is, and the store says that it is being prepared",
    example: "the shipment's webhook is lost and nobody asks the 3PL",
    remedy:
      "compare released orders with the 3PL every day, and tell the store what it does not know"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    evidence.judgeShipments(
      haveLedTo: .shipmentNotified,
      at: .store,
      "was shipped and the store was never told",
      into: &report
    )
  }
}

extension Evidence {
  /// Judges that by the end the units of all shipments have led to facts of a kind.
  func judgeShipments(
    haveLedTo kind: FactKind,
    at partner: PartnerKind,
    _ words: String,
    into report: inout RuleReport
  ) {
    guard ending == .quiet, hasPartner(partner) else {
      return report.skip("the trace does not end with nothing left to happen at that partner")
    }
    guard has(.shipmentCreated) else { return report.skip("nothing shipped") }
    for order in orders {
      let shipments = facts(.shipmentCreated, of: order)
      guard !shipments.isEmpty, !hasException(order), !isCancelled(order),
        !mayHaveHappened(at: partner, order)
      else { continue }
      let followed = facts(kind, of: order)
      var done = UnitAllowance(followed.flatMap(\.fact.lines))
      let isUncounted = followed.contains { $0.fact.lines.isEmpty }
      guard !isUncounted || followed.count < shipments.count,
        let open = shipments.first(where: { done.take($0.fact.lines) != nil })
      else { continue }
      report.breach(
        at: end,
        order: order,
        "order '\(order.name)' \(words)",
        expected: "'\(kind.rawValue)' for shipment '\(open.fact.subject)'",
        found: followed.isEmpty ? "none" : "\(followed.count) for other units",
        exchanges: open.exchanges
      )
    }
  }
}
