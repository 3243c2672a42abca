import DrydockExchange
import DrydockKernel

/// Every parcel arrives, or somebody looks for it.
struct ParcelsSettled: Rule {
  let description = RuleDescription(
    id: "parcels-settled",
    family: .end,
    summary: "at the end every parcel is delivered, back, or looked after by somebody",
    reason: "a parcel without scans is lost; claims must be filed within days",
    example: "the tracker was never created and a lost parcel is noticed by the customer",
    remedy: "queue an exception for a parcel without news, by the service's promised days"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.ending == .quiet else {
      return report.skip("the trace does not end with nothing left to happen")
    }
    let carriers = evidence.books(of: .carrier)
    let parcels = (carriers.isEmpty ? evidence.books(of: .threePL) : carriers)
      .flatMap(\.parcels)
    guard !parcels.isEmpty else { return report.skip("no books with parcels are at hand") }
    for parcel in parcels where parcel.status == "in-transit" || parcel.status == "pre-transit" {
      guard let position = parcel.keys.lazy.compactMap({ evidence.orderPositions[$0] }).first else {
        continue
      }
      let order = evidence.orders[position]
      let tracking = parcel.keys.first { $0.namespace == "tracking" }
      // A label that a customer never used is no parcel.
      let shipments = tracking.map { evidence.shipments(of: order, tracking: $0) } ?? []
      guard !shipments.isEmpty, !evidence.hasException(order) else { continue }
      report.breach(
        at: evidence.end,
        order: order,
        "parcel '\(tracking?.value ?? "?")' never arrived and nobody looks for it",
        expected: "a parcel that is delivered or back, or an exception",
        found: "'\(parcel.status)' at the end",
        exchanges: shipments.flatMap(\.exchanges)
      )
    }
  }
}
