import DrydockExchange
import DrydockKernel

/// At the end the store offers what the 3PLs can ship.
struct StoreStockAgrees: Rule {
  let description = RuleDescription(
    id: "store-stock-agrees",
    family: .stock,
    summary: "at the end the store shows what the 3PLs have available, less what is kept back",
    reason: "too much is oversold, too little is not sold at all and nobody notices",
    example: "a count finds 5 units less and the store is never told",
    remedy: "publish on a schedule whatever differs, not only when a message says so"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.ending == .quiet else {
      return report.skip("the trace does not end with nothing left to happen")
    }
    let store = evidence.books(of: .store).flatMap(\.stock)
    let warehouses = evidence.books(of: .threePL)
    guard !store.isEmpty, !warehouses.isEmpty else {
      return report.skip("the books of store and 3PL are not both at hand")
    }
    var available: [String: Int] = [:]
    for entry in warehouses.flatMap(\.stock) { available[entry.sku, default: 0] += entry.available }
    let waiting = unreleasedUnits(evidence)
    let safety = evidence.policy?.safetyStock
    for entry in store {
      guard let units = available[entry.sku] else { continue }
      // Without the policy nobody can say how much is kept back.
      let most = max(0, units - (safety ?? 0))
      let least = safety == nil ? Int.min : max(0, most - waiting[entry.sku, default: 0])
      guard entry.available > most || entry.available < least else { continue }
      report.breach(
        at: evidence.end,
        "the store shows another stock of '\(entry.sku)' than the 3PLs have",
        expected: entry.available > most ? "at most \(most)" : "at least \(least)",
        found: "\(entry.available)"
      )
    }
  }

  /// Units of orders that no 3PL has yet, or will never have, by SKU.
  private func unreleasedUnits(_ evidence: Evidence) -> [String: Int] {
    var waiting: [String: Int] = [:]
    for order in evidence.orders where !evidence.isCancelled(order) {
      guard let placed = evidence.first(.orderPlaced, of: order) else { continue }
      let released = evidence.facts(.orderReleased, of: order).flatMap(\.fact.lines)
      let gone = UnitAllowance(released)
      for (sku, units) in placed.fact.lines.unitsBySKU {
        waiting[sku, default: 0] += max(0, units - gone[sku])
      }
    }
    return waiting
  }
}
