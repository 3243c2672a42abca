import DrydockExchange
import DrydockKernel

/// An order has one currency from checkout to credit memo.
struct CurrencyConstant: Rule {
  let description = RuleDescription(
    id: "currency-constant",
    family: .money,
    summary: "all amounts of an order are in one currency",
    reason: "10.00 CAD paid back for 10.00 USD is wrong, and every sum over both is",
    example: "the ERP books the order in the subsidiary's currency with the store's numbers",
    remedy: "send the currency with every amount; convert at one place, by a stated rate"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    var judged = 0
    for order in evidence.orders {
      var first: ObservedFact?
      for position in order.facts {
        let observed = evidence.facts[position]
        guard let amount = observed.fact.amount else { continue }
        guard let known = first, let currency = known.fact.amount?.currency else {
          first = observed
          continue
        }
        judged += 1
        guard amount.currency != currency else { continue }
        report.breach(
          at: observed.fact.at,
          order: order,
          "'\(observed.fact.kind.rawValue)' of order '\(order.name)' is in another currency",
          expected: "\(currency.code), as '\(known.fact.kind.rawValue)'",
          found: amount.currency.code,
          exchanges: observed.exchanges
        )
        break
      }
    }
    if judged == 0 { report.skip("no order shows two amounts") }
  }
}
