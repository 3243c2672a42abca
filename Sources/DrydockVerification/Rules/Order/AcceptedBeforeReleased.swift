import DrydockExchange
import DrydockKernel

/// The ERP takes an order before a warehouse does.
struct AcceptedBeforeReleased: Rule {
  let description = RuleDescription(
    id: "accepted-before-released",
    family: .order,
    summary: "an order is released to a 3PL after the ERP accepted it",
    reason: "credit, price and address are checked by the ERP: what it refuses must not ship",
    example: "the release goes out while the sales order is still on its way, and is refused",
    remedy: "release when the ERP has answered, or was found to have the order"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.orderAccepted), evidence.has(.orderReleased) else {
      return report.skip("the trace does not show both ERP and 3PL")
    }
    for order in evidence.orders {
      guard let release = evidence.facts(.orderReleased, of: order).first else { continue }
      if let accepted = evidence.first(.orderAccepted, of: order) {
        guard evidence.isTooEarly(release, before: accepted) else { continue }
        report.breach(
          at: release.fact.at,
          order: order,
          "order '\(order.name)' was released before the ERP accepted it",
          expected: "a release after '\(accepted.fact.subject)'",
          found: "'\(release.fact.subject)' before it",
          exchanges: release.exchanges + accepted.exchanges
        )
      } else if evidence.has(.orderRefused, order) {
        report.breach(
          at: release.fact.at,
          order: order,
          "order '\(order.name)' was released although the ERP refused it",
          expected: "no release without an order in the ERP",
          found: "'\(release.fact.subject)'",
          exchanges: release.exchanges
        )
      }
    }
  }
}
