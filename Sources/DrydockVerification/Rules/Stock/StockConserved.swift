import DrydockExchange
import DrydockKernel

/// Units do not appear or vanish but by what the books say.
struct StockConserved: Rule {
  let description = RuleDescription(
    id: "stock-conserved",
    family: .stock,
    summary: "a 3PL's stock at the end is its stock at the beginning and what happened to it",
    reason:
      "a difference that no shipment, return or count explains is lost goods or lost messages",
    example: "a return is put back on the shelf twice",
    remedy: "record every movement of stock with its reason, and count when the sum is off"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard let replay = evidence.stockReplay else {
      return report.skip("the 3PLs' books at the beginning are not at hand")
    }
    for books in evidence.books(of: .threePL) {
      var units: [(sku: String, units: Int)] = []
      for entry in books.stock {
        if units.last?.sku == entry.sku {
          units[units.count - 1].units += entry.onHand
        } else {
          units.append((entry.sku, entry.onHand))
        }
      }
      for (sku, onHand) in units {
        let place = StockReplay.Place(partner: books.partner, sku: sku)
        let expected = replay.levels[place]?.onHand ?? 0
        guard onHand != expected else { continue }
        report.breach(
          at: evidence.end,
          "stock of '\(sku)' at '\(books.partner)' does not follow from what happened",
          expected: "\(expected) on hand: the beginning, adjusted, less shipped, plus put back",
          found: "\(onHand) on hand"
        )
      }
    }
  }
}
