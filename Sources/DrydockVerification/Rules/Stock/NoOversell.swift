import DrydockExchange
import DrydockKernel

/// A warehouse ships what it has.
struct NoOversell: Rule {
  let description = RuleDescription(
    id: "no-oversell",
    family: .stock,
    summary: "no 3PL ships more units of a SKU than it had",
    reason: "one of two orders for the last unit was promised something that does not exist",
    example: "stock is 1, two orders are shipped, and the books say that -1 is on hand",
    remedy: "reserve before releasing; hold the second order and ask somebody what to do"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    let closing = evidence.books(of: .threePL)
    let replay = evidence.stockReplay
    guard replay != nil || !closing.isEmpty else {
      return report.skip("no books of a 3PL are at hand")
    }
    for (place, position, onHand) in replay?.overdrawn ?? [] {
      let observed = evidence.facts[position]
      report.breach(
        at: observed.fact.at,
        order: observed.order.map { evidence.orders[$0] },
        "more units of '\(place.sku)' left '\(place.partner)' than it had",
        expected: "0 or more on hand",
        found: "\(onHand) on hand after '\(observed.fact.subject)'",
        exchanges: observed.exchanges
      )
    }
    guard report.findings.isEmpty else { return }
    for books in closing {
      for entry in books.stock where entry.onHand < 0 {
        report.breach(
          at: evidence.end,
          "more units of '\(entry.sku)' left '\(books.partner)' than it had",
          expected: "0 or more on hand at '\(entry.node)'",
          found: "\(entry.onHand) on hand at the end"
        )
      }
    }
  }
}
