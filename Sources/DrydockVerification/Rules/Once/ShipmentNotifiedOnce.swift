import DrydockExchange
import DrydockKernel

/// The store hears of each parcel's units once.
struct ShipmentNotifiedOnce: Rule {
  let description = RuleDescription(
    id: "shipment-notified-once",
    family: .once,
    summary: "the store is told of the units of a parcel once",
    reason: "the customer gets a second 'your order is on its way' for goods that never come",
    example: "the 3PL confirms a shipment twice and the store gets two fulfilments",
    remedy: "remember which shipments were told to the store, by the 3PL's shipment id"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.shipmentNotified) else { return report.skip("no store was told") }
    for order in evidence.orders {
      var told: [ObservedFact] = []
      for notice in evidence.facts(.shipmentNotified, of: order) {
        defer { told.append(notice) }
        guard let tracking = notice.fact.tracking else { continue }
        let earlier = told.filter { $0.fact.tracking == tracking }
        guard !earlier.isEmpty, isTooMany(notice, earlier, tracking, order, evidence) else {
          continue
        }
        report.breach(
          at: notice.fact.at,
          order: order,
          "the store was told more than once of parcel '\(tracking.value)'",
          expected: "one notice for each unit of the parcel",
          found: "\(earlier.count + 1) notices",
          exchanges: earlier.flatMap(\.exchanges) + notice.exchanges
        )
        break
      }
    }
  }

  /// A parcel may be told in parts, one for each group of lines; together they are the parcel.
  private func isTooMany(
    _ notice: ObservedFact,
    _ earlier: [ObservedFact],
    _ tracking: EntityKey,
    _ order: OrderStory,
    _ evidence: Evidence
  ) -> Bool {
    let shipped = evidence.shipments(of: order, tracking: tracking).flatMap(\.fact.lines)
    guard !shipped.isEmpty else {
      return earlier.contains { $0.fact.lines == notice.fact.lines }
    }
    var left = UnitAllowance(shipped)
    for known in earlier { left.take(known.fact.lines) }
    return notice.fact.lines.isEmpty || left.take(notice.fact.lines) != nil
  }
}
