import DrydockExchange
import DrydockKernel

/// What is on hand is sellable, promised or held.
struct StockAddsUp: Rule {
  let description = RuleDescription(
    id: "stock-adds-up",
    family: .stock,
    summary: "units on hand at a 3PL are available, committed or held, and nothing twice",
    reason: "a unit that counts as available and as committed is sold twice",
    example: "a held unit is released to the shelf and stays in quality hold as well",
    remedy: "derive what is available; never keep it beside the numbers that it follows from"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    let entries = evidence.books(of: .threePL).flatMap { books in
      books.stock.map { (books.partner, $0) }
    }
    guard !entries.isEmpty else { return report.skip("no books of a 3PL are at hand") }
    for (partner, entry) in entries {
      // What is short is promised beyond the shelf; nothing is available of it, and not less.
      let rest = entry.onHand - entry.committed - entry.held
      guard entry.available != rest, entry.available != max(0, rest) else { continue }
      report.breach(
        at: evidence.end,
        "stock of '\(entry.sku)' at '\(partner)/\(entry.node)' does not add up",
        expected: "\(rest) available: \(entry.onHand) on hand less \(entry.committed) committed "
          + "and \(entry.held) held",
        found: "\(entry.available) available"
      )
    }
  }
}
