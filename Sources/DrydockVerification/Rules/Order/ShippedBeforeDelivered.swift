import DrydockExchange
import DrydockKernel

/// A parcel is delivered after it was shipped.
struct ShippedBeforeDelivered: Rule {
  let description = RuleDescription(
    id: "shipped-before-delivered",
    family: .order,
    summary: "a parcel is delivered after its shipment was created",
    reason: "a delivery before the shipment is another parcel's, or a clock that is wrong",
    example: "a carrier reuses a tracking number and its old delivery closes a new order",
    remedy: "take scans only from after the label; read a partner's local time as local"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.shipmentCreated), evidence.has(.shipmentDelivered) else {
      return report.skip("the trace does not show shipments and deliveries")
    }
    for order in evidence.orders {
      for delivery in evidence.facts(.shipmentDelivered, of: order) {
        guard let tracking = delivery.fact.tracking,
          let shipment = evidence.shipments(of: order, tracking: tracking).first,
          evidence.isTooEarly(delivery, before: shipment)
        else { continue }
        report.breach(
          at: delivery.fact.at,
          order: order,
          "parcel '\(tracking.value)' was delivered before it was shipped",
          expected: "a delivery after \(shipment.fact.at.description())",
          found: delivery.fact.at.description(),
          exchanges: delivery.exchanges + shipment.exchanges
        )
      }
    }
  }
}
