import DrydockExchange
import DrydockKernel

/// Who gets other goods gets no money.
struct ExchangeNotRefunded: Rule {
  let description = RuleDescription(
    id: "exchange-not-refunded",
    family: .money,
    summary: "a return that is exchanged is refunded at most by the difference in price",
    reason: "the customer gets the goods and the money",
    example: "the receipt of an exchange starts the same refund as that of any return",
    remedy: "ask the returns platform what a return ends in before paying anything back"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    let exchanges = evidence.facts(.returnRequested).filter { $0.fact.detail == "exchange" }
    guard !exchanges.isEmpty else { return report.skip("nothing was to be exchanged") }
    for requested in exchanges {
      guard let position = requested.order else { continue }
      let order = evidence.orders[position]
      let refunds = evidence.facts(.refundIssued, of: order).filter {
        $0.fact.parent == requested.fact.subject
      }
      guard let refund = refunds.first, let currency = refund.fact.amount?.currency else {
        continue
      }
      let refunded = refunds.total(in: currency)
      var payout = Money.zero(currency)
      if let amount = requested.fact.amount, amount.currency == currency { payout = amount }
      guard refunded > payout else { continue }
      report.breach(
        at: refund.fact.at,
        order: order,
        "return '\(requested.fact.subject)' was refunded although it is exchanged",
        expected: "at most \(payout.decimalString)",
        found: refunded.decimalString,
        exchanges: requested.exchanges + refunds.flatMap(\.exchanges)
      )
    }
  }
}
