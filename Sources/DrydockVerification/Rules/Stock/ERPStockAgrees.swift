import DrydockExchange
import DrydockKernel

/// At the end the ERP values what lies on the shelves.
struct ERPStockAgrees: Rule {
  let description = RuleDescription(
    id: "erp-stock-agrees",
    family: .stock,
    summary: "at the end the ERP has as many units on hand at a node as the 3PL has there",
    reason: "the balance sheet values goods that do not exist, or misses some that do",
    example: "a count corrects the 3PL's stock and no adjustment reaches the ERP",
    remedy: "compare both every day and post the difference as an adjustment"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.ending == .quiet else {
      return report.skip("the trace does not end with nothing left to happen")
    }
    let warehouses = evidence.books(of: .threePL)
    let erp = evidence.books(of: .erp).flatMap(\.stock)
    guard !erp.isEmpty, !warehouses.isEmpty else {
      return report.skip("the books of ERP and 3PL are not both at hand")
    }
    var booked: [String: [String: Int]] = [:]
    for entry in erp { booked[entry.sku, default: [:]][entry.node, default: 0] += entry.onHand }
    let disputed = skusInExceptions(evidence)
    for books in warehouses {
      for entry in books.stock where !disputed.contains(entry.sku) {
        guard let units = booked[entry.sku]?[entry.node], units != entry.onHand else { continue }
        report.breach(
          at: evidence.end,
          "the ERP has another stock of '\(entry.sku)' at '\(entry.node)' than '\(books.partner)'",
          expected: "\(entry.onHand) on hand",
          found: "\(units) on hand in the ERP"
        )
      }
    }
  }

  /// SKUs of orders that somebody was asked to look at: people will settle the difference.
  private func skusInExceptions(_ evidence: Evidence) -> Set<String> {
    var skus: Set<String> = []
    for order in evidence.orders where evidence.hasException(order) {
      for position in order.facts { skus.formUnion(evidence.facts[position].fact.lines.map(\.sku)) }
    }
    return skus
  }
}
