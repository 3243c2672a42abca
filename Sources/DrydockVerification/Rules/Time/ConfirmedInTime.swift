import DrydockExchange
import DrydockKernel

/// The customer hears of a parcel soon.
struct ConfirmedInTime: Rule {
  let description = RuleDescription(
    id: "confirmed-in-time",
    family: .time,
    summary: "the store hears of a parcel an hour after the integration, or 4 after the last fault",
    reason: "the customer asks where the order is while it is on its way, or cancels it",
    example: "shipments are fetched from the 3PL once a night",
    remedy: "take the 3PL's webhook, and ask for released orders every few hours as well"
  )

  /// An hour: the parcel is picked up on the same day.
  static let objective = Objective(undisturbed: .seconds(3600), afterTrouble: .seconds(4 * 3600))

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    var judged = 0
    for order in evidence.orders {
      for notice in evidence.facts(.shipmentNotified, of: order) {
        guard let tracking = notice.fact.tracking, !evidence.hasException(order),
          let shipment = evidence.shipments(of: order, tracking: tracking).first,
          let from = evidence.begins(shipment), let to = notice.happened,
          to + Evidence.clockTolerance >= from
        else { continue }
        judged += 1
        guard let late = Self.objective.lateness(from: from, to: to, evidence) else { continue }
        report.breach(
          at: to,
          order: order,
          "the store heard of parcel '\(tracking.value)' too late",
          expected: "'\(FactKind.shipmentNotified.rawValue)' within "
            + late.allowed.roundedDescription,
          found: "after \(late.took.roundedDescription)",
          exchanges: shipment.exchanges + notice.exchanges
        )
      }
    }
    if judged == 0 { report.skip("no parcel shows both its shipment and its notice") }
  }
}
