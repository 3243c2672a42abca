import DrydockExchange
import DrydockKernel

/// The ERP takes the goods of an authorisation in once.
struct ReceiptPostedOnce: Rule {
  let description = RuleDescription(
    id: "receipt-posted-once",
    family: .once,
    summary: "the ERP receives no more units of a return than it authorised",
    reason: "stock that nobody has is valued and sold, and a credit follows it",
    example: "the 3PL reports a receipt twice and the ERP gets two item receipts",
    remedy: "give every receipt an external id made of the return's id"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.receiptPosted) else { return report.skip("no ERP posted a receipt") }
    for order in evidence.orders {
      let authorised = evidence.facts(.returnAuthorised, of: order)
      let receipts = evidence.facts(.receiptPosted, of: order)
      for authorisation in authorised {
        var left = UnitAllowance(authorisation.fact.lines)
        let own = receipts.filter { $0.fact.parent == authorisation.fact.subject }
        for receipt in own {
          guard let excess = left.take(receipt.fact.lines) else { continue }
          report.breach(
            at: receipt.fact.at,
            order: order,
            "return '\(authorisation.fact.subject)' was received more than once in the ERP",
            expected: "at most the authorised units of '\(excess.sku)'",
            found: "\(excess.excess) more, in \(own.count) receipts",
            exchanges: own.flatMap(\.exchanges)
          )
          break
        }
      }
    }
  }
}
