import DrydockExchange
import DrydockKernel

/// The ERP takes goods in when they are there.
struct ReceiptAfterReturn: Rule {
  let description = RuleDescription(
    id: "receipt-after-return",
    family: .order,
    summary: "the ERP posts the receipt of a return after the 3PL received it",
    reason: "stock that is still with the customer is valued and offered for sale",
    example: "the item receipt is posted together with the authorisation",
    remedy: "post the receipt with the units and grades that the 3PL reports"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.receiptPosted), evidence.showsReceipts else {
      return report.skip("the trace does not show receipts of ERP and 3PL")
    }
    for order in evidence.orders {
      let arrivals = order.facts.map { evidence.facts[$0] }.filter {
        $0.fact.kind == .returnReceived || $0.fact.kind == .returnGraded
      }
      for receipt in evidence.facts(.receiptPosted, of: order)
      where !arrivals.contains(where: { !evidence.isTooEarly(receipt, before: $0) }) {
        report.breach(
          at: receipt.fact.at,
          order: order,
          "goods of order '\(order.name)' were received in the ERP before they came back",
          expected: "a receipt at the 3PL before '\(receipt.fact.subject)'",
          found: arrivals.first.map { "one at \($0.fact.at.description())" } ?? "none",
          exchanges: receipt.exchanges + arrivals.flatMap(\.exchanges)
        )
        break
      }
    }
  }
}
