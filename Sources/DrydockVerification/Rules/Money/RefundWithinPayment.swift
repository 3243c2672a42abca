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
    for order in evidence.orders {
      guard let captured = evidence.first(.paymentCaptured, of: order)?.fact.amount else {
        continue
      }
      var refunded = captured - captured
      for refund in evidence.facts(.refundIssued, of: order) {
        guard let amount = refund.fact.amount, amount.currency == captured.currency else {
          continue
        }
        refunded = refunded + amount
        guard refunded > captured else { continue }
        report.breach(
          at: refund.fact.at,
          order: order,
          "order '\(order.name)' was refunded too much",
          expected: "at most \(captured.decimalString), which was captured",
          found: refunded.decimalString,
          exchanges: evidence.facts(.refundIssued, of: order).flatMap(\.exchanges)
        )
        break
      }
    }
  }
}
