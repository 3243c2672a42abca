import DrydockExchange
import DrydockKernel

/// The ERP credits the amount that was refunded.
struct CreditEqualsRefund: Rule {
  let description = RuleDescription(
    id: "credit-equals-refund",
    family: .money,
    summary: "the credit memos of an order add up to its refunds",
    reason: "the difference stays open on the customer's account until somebody writes it off",
    example: "the refund includes tax and the credit memo does not",
    remedy: "post the credit memo with the refund's own amount, to the cent"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.creditPosted), evidence.has(.refundIssued) else {
      return report.skip("the trace does not show refunds and credit memos")
    }
    for order in evidence.orders {
      let credits = evidence.facts(.creditPosted, of: order)
      let refunds = evidence.facts(.refundIssued, of: order)
      // A memo too many or too few is another rule's finding.
      guard let last = credits.last, credits.count == refunds.count,
        let currency = refunds.first?.fact.amount?.currency
      else { continue }
      guard (credits + refunds).allSatisfy({ $0.fact.amount != nil }) else {
        report.skip("the trace does not show what every credit memo is about")
        continue
      }
      let credited = evidence.total(.creditPosted, of: order, in: currency)
      let refunded = evidence.total(.refundIssued, of: order, in: currency)
      guard credited != refunded else { continue }
      report.breach(
        at: last.fact.at,
        order: order,
        "credit memos of order '\(order.name)' differ from its refunds",
        expected: refunded.decimalString,
        found: credited.decimalString,
        exchanges: refunds.flatMap(\.exchanges) + credits.flatMap(\.exchanges)
      )
    }
  }
}
