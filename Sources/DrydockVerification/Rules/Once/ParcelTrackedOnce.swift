import DrydockExchange
import DrydockKernel

/// Each parcel is registered for tracking once.
struct ParcelTrackedOnce: Rule {
  let description = RuleDescription(
    id: "parcel-tracked-once",
    family: .once,
    summary: "a parcel is registered with the carrier's tracking once",
    reason: "every tracker costs money, and every scan arrives once for each of them",
    example: "the shipment's webhook is delivered twice and two trackers are created",
    remedy: "remember the tracker of each parcel, and list trackers by number before creating one"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.shipmentTracked) else { return report.skip("no parcel is tracked") }
    for order in evidence.orders {
      var trackers: [EntityKey: ObservedFact] = [:]
      for tracker in evidence.facts(.shipmentTracked, of: order) {
        guard let tracking = tracker.fact.tracking else { continue }
        guard let first = trackers[tracking] else {
          trackers[tracking] = tracker
          continue
        }
        guard first.fact.partner == tracker.fact.partner else { continue }
        report.breach(
          at: tracker.fact.at,
          order: order,
          "parcel '\(tracking.value)' was registered for tracking more than once",
          expected: "the tracker '\(first.fact.subject)'",
          found: "'\(tracker.fact.subject)' as well",
          exchanges: first.exchanges + tracker.exchanges
        )
      }
    }
  }
}
