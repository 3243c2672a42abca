import DrydockExchange
import DrydockKernel

/// The integration starts nothing for an order that it knows to be cancelled.
struct NoWriteAfterCancel: Rule {
  let description = RuleDescription(
    id: "no-write-after-cancel",
    family: .order,
    summary: "the integration starts nothing for an order that it knows to be cancelled",
    reason: "a sales order or a release that follows a cancellation ships what nobody wants",
    example: "an order waits for the ERP, is cancelled meanwhile, and is posted all the same",
    remedy: "look at the order's state again when queued work comes up, not only when it is queued"
  )

  /// What starts something; papers about goods that left are due all the same.
  private static let starts: [FactKind] = [.orderAccepted, .orderReleased]

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.orderCancelled) else { return report.skip("nothing was cancelled") }
    var judged = 0
    for order in evidence.orders {
      guard let cancelled = evidence.storeCancellation(of: order),
        let known = evidence.learned(cancelled)
      else { continue }
      judged += 1
      for kind in Self.starts {
        guard
          let late = evidence.facts(kind, of: order).first(where: {
            evidence.asked($0).map { $0 > known } ?? false
          })
        else { continue }
        report.breach(
          at: late.fact.at,
          order: order,
          "order '\(order.name)' was carried on after it was cancelled",
          expected: "no '\(kind.rawValue)' after \(known.description())",
          found: "'\(late.fact.subject)' at \(late.fact.at.description())",
          exchanges: cancelled.exchanges + late.exchanges
        )
      }
    }
    if judged == 0 { report.skip("the trace does not show that the integration knew") }
  }
}
