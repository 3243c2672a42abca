import DrydockExchange
import DrydockKernel

/// What is refunded never exceeds what was captured.
struct RefundWithinPayment: Rule {
  let description = RuleDescription(
    id: "refund-within-payment",
    family: .money,
    summary: "refunds of an order add up to no more than was captured",
    reason: "money that was never taken is paid out, and somebody has to ask for it back",
    example: "a return is received twice and refunded twice",
    remedy: "key every refund by the return it is for, and look it up before repeating"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard !evidence.facts(.refundIssued).isEmpty else { return report.skip("nothing refunded") }
    guard evidence.has(.paymentCaptured) else { return report.skip("no payment is shown") }
    for order in evidence.orders {
      let refunds = evidence.facts(.refundIssued, of: order)
      guard let currency = evidence.first(.paymentCaptured, of: order)?.fact.amount?.currency,
        !refunds.isEmpty
      else { continue }
      let captured = evidence.total(.paymentCaptured, of: order, in: currency)
      var refunded = Money.zero(currency)
      for refund in refunds {
        guard let amount = refund.fact.amount, amount.currency == currency else { continue }
        refunded = refunded.adding(amount)
        guard refunded > captured else { continue }
        report.breach(
          at: refund.fact.at,
          order: order,
          "order '\(order.name)' was refunded too much",
          expected: "at most \(captured.decimalString), which was captured",
          found: refunded.decimalString,
          exchanges: refunds.flatMap(\.exchanges)
        )
        break
      }
    }
  }
}
