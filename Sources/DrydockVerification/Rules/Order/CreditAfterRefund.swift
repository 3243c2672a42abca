import DrydockExchange
import DrydockKernel

/// The ERP credits what the store has refunded.
struct CreditAfterRefund: Rule {
  let description = RuleDescription(
    id: "credit-after-refund",
    family: .order,
    summary: "a credit memo is posted after the refund it stands for",
    reason: "when the refund then fails, the books say that the customer was paid",
    example: "the credit memo is posted on receipt and the store refuses the refund",
    remedy: "refund first; post the credit memo with the refund's id and amount"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.creditPosted), evidence.has(.refundIssued) else {
      return report.skip("the trace does not show refunds and credit memos")
    }
    for order in evidence.orders {
      let refunds = evidence.facts(.refundIssued, of: order)
      guard !refunds.isEmpty else { continue }
      for (index, credit) in evidence.facts(.creditPosted, of: order).enumerated() {
        let before = refunds.count { !evidence.isTooEarly(credit, before: $0) }
        guard before <= index, before < refunds.count else { continue }
        report.breach(
          at: credit.fact.at,
          order: order,
          level: .warning,
          "credit memo '\(credit.fact.subject)' was posted before its refund",
          expected: "a refund before it",
          found: "'\(refunds[before].fact.subject)' at \(refunds[before].fact.at.description())",
          exchanges: credit.exchanges + refunds[before].exchanges
        )
        break
      }
    }
  }
}
