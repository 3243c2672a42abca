import DrydockExchange
import DrydockKernel

/// The ERP knows of every refund of something it had billed.
struct RefundCredited: Rule {
  let description = RuleDescription(
    id: "refund-credited",
    family: .end,
    summary: "every refund of a return has a credit memo by the end, or an exception",
    reason: "revenue and tax stay in the books for goods that came back",
    example: "the credit memo is refused after the refund went out, and nobody is told",
    remedy: "post the credit memo until it is taken; queue an exception when it is refused"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.ending == .quiet, evidence.hasPartner(.erp) else {
      return report.skip("the trace does not end with nothing left to happen at an ERP")
    }
    guard evidence.has(.refundIssued) else { return report.skip("nothing refunded") }
    for order in evidence.orders {
      let refunds = evidence.facts(.refundIssued, of: order).filter { $0.fact.parent != nil }
      let credits = evidence.facts(.creditPosted, of: order)
      guard refunds.count > credits.count, evidence.has(.invoicePosted, order),
        !evidence.mayHaveHappened(at: .erp, order), !evidence.hasException(order)
      else { continue }
      report.breach(
        at: evidence.end,
        order: order,
        "a refund of order '\(order.name)' was never credited",
        expected: "\(refunds.count) credit memos",
        found: "\(credits.count)",
        exchanges: refunds.flatMap(\.exchanges)
      )
    }
  }
}
