import DrydockExchange
import DrydockKernel

/// The ERP credits each refund once.
struct RefundCreditedOnce: Rule {
  let description = RuleDescription(
    id: "refund-credited-once",
    family: .once,
    summary: "no more credit memos are posted for an order than it has refunds",
    reason: "the ERP owes the customer money that was paid back already",
    example: "the answer to a credit memo is lost and the memo is posted again",
    remedy: "give every credit memo an external id made of the store's refund id"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.creditPosted) else { return report.skip("nothing was credited") }
    let knowsRefunds = evidence.has(.refundIssued)
    for order in evidence.orders {
      let credits = evidence.facts(.creditPosted, of: order)
      guard credits.count > 1, let last = credits.last else { continue }
      let refunds = evidence.facts(.refundIssued, of: order)
      let isTooMany: Bool
      if knowsRefunds {
        isTooMany = credits.count > refunds.count && sum(credits, exceeds: refunds)
      } else {
        let references = credits.compactMap(\.fact.reference)
        isTooMany = Set(references).count < references.count
      }
      guard isTooMany else { continue }
      report.breach(
        at: last.fact.at,
        order: order,
        "a refund of order '\(order.name)' was credited more than once",
        expected: knowsRefunds ? "\(refunds.count) credit memos" : "one credit memo a reference",
        found: credits.map { "'\($0.fact.subject)'" }.joined(separator: " and "),
        exchanges: credits.flatMap(\.exchanges)
      )
    }
  }

  private func sum(_ credits: [ObservedFact], exceeds refunds: [ObservedFact]) -> Bool {
    guard let currency = credits.compactMap(\.fact.amount).first?.currency else { return true }
    guard refunds.allSatisfy({ $0.fact.amount != nil }) else { return false }
    return credits.total(in: currency) > refunds.total(in: currency)
  }
}
