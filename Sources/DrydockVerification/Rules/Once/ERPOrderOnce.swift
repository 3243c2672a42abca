import DrydockExchange
import DrydockKernel

/// A store order stands in the ERP once, or in parts that add up to it.
struct ERPOrderOnce: Rule {
  let description = RuleDescription(
    id: "erp-order-once",
    family: .once,
    summary: "a store order is entered in the ERP once",
    reason: "a second sales order reserves stock, is picked and is billed like the first",
    example: "the ERP books an order, its answer is lost, and the order is posted again",
    remedy: "give the ERP an external id made of the store's order number, and upsert by it"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.orderAccepted) else { return report.skip("no ERP took an order") }
    for order in evidence.orders {
      let accepted = evidence.facts(.orderAccepted, of: order)
      guard accepted.count > 1, let second = firstTooMany(of: order, evidence) else { continue }
      report.breach(
        at: second.fact.at,
        order: order,
        "order '\(order.name)' was entered in the ERP more than once",
        expected: "one sales order, or parts that add up to the store's order",
        found: accepted.map { "'\($0.fact.subject)'" }.joined(separator: " and "),
        exchanges: accepted.flatMap(\.exchanges)
      )
    }
  }

  /// The first entry for more than is left of the order, counting out what was cancelled before.
  private func firstTooMany(of order: OrderStory, _ evidence: Evidence) -> ObservedFact? {
    let placed = evidence.first(.orderPlaced, of: order)
    var left = UnitAllowance(placed?.fact.lines ?? [])
    var entered: [ObservedFact] = []
    for position in order.facts {
      let observed = evidence.facts[position]
      switch observed.fact.kind {
      case .orderAccepted:
        let isCounted = !(placed?.fact.lines ?? []).isEmpty && !observed.fact.lines.isEmpty
        if isCounted {
          if left.take(observed.fact.lines) != nil { return observed }
        } else if entered.contains(where: { $0.fact.reference == observed.fact.reference }) {
          return observed
        }
        entered.append(observed)
      case .orderCancelled:
        guard let index = entered.firstIndex(where: { $0.fact.subject == observed.fact.subject })
        else { continue }
        left.add(entered.remove(at: index).fact.lines)
      default: continue
      }
    }
    return nil
  }
}
