import DrydockExchange
import DrydockKernel

/// Amounts say how much; the kind of the fact says in which direction.
struct NoNegativeMoney: Rule {
  let description = RuleDescription(
    id: "no-negative-money",
    family: .money,
    summary: "no order, payment, invoice, refund or credit is of a negative amount",
    reason: "a negative refund is a charge that nobody agreed to",
    example: "a credit memo is posted with its amount as minus 10.00",
    remedy: "post the opposite document instead of a negative one"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    var judged = 0
    for observed in evidence.facts {
      guard let amount = observed.fact.amount else { continue }
      judged += 1
      guard amount.isNegative else { continue }
      report.breach(
        at: observed.fact.at,
        order: observed.order.map { evidence.orders[$0] },
        "'\(observed.fact.kind.rawValue)' of '\(observed.fact.subject)' is negative",
        expected: "an amount of 0 or more",
        found: amount.decimalString,
        exchanges: observed.exchanges
      )
    }
    if judged == 0 { report.skip("no amount is shown") }
  }
}
