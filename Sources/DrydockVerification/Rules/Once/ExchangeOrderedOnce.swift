import DrydockExchange
import DrydockKernel

/// A return is exchanged for one new order.
struct ExchangeOrderedOnce: Rule {
  let description = RuleDescription(
    id: "exchange-ordered-once",
    family: .once,
    summary: "a return leads to one exchange order",
    reason: "the second order is goods for nothing, paid with a credit that is used up",
    example: "the settlement of an exchange times out, is repeated, and two orders are placed",
    remedy: "read the return before settling it again: a settled one has its order already"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    var first: [EntityKey: ObservedFact] = [:]
    for placed in evidence.facts(.orderPlaced) {
      guard let key = placed.fact.parent else { continue }
      guard let known = first[key] else {
        first[key] = placed
        continue
      }
      report.breach(
        at: placed.fact.at,
        order: placed.order.map { evidence.orders[$0] },
        "return '\(key)' was exchanged for more than one order",
        expected: "the order '\(known.fact.subject)'",
        found: "'\(placed.fact.subject)' as well",
        exchanges: known.exchanges + placed.exchanges
      )
    }
    if first.isEmpty { report.skip("nothing was exchanged") }
  }
}
