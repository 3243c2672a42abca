import DrydockExchange
import DrydockKernel

/// The ERP's order costs what the customer paid.
struct ERPTotalAgrees: Rule {
  let description = RuleDescription(
    id: "erp-total-agrees",
    family: .money,
    summary: "the ERP's sales order costs what the store's order cost",
    reason: "every invoice and credit that follows carries the difference on",
    example: "tax is computed anew by the ERP, with binary fractions, and is a cent off",
    remedy: "send the store's prices and taxes; compute money in whole cents or exact decimals"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    var judged = 0
    for order in evidence.orders {
      guard let placed = evidence.first(.orderPlaced, of: order), let total = placed.fact.amount
      else { continue }
      let accepted = evidence.facts(.orderAccepted, of: order)
      guard let first = accepted.first, let amount = first.fact.amount,
        amount.currency == total.currency
      else { continue }
      // Parts of an order are judged together, by the invoices.
      guard accepted.count == 1, isWhole(first, of: placed) else { continue }
      judged += 1
      guard amount != total else { continue }
      report.breach(
        at: first.fact.at,
        order: order,
        "order '\(order.name)' costs something else in the ERP",
        expected: total.decimalString,
        found: amount.decimalString,
        exchanges: placed.exchanges + first.exchanges
      )
    }
    if judged == 0 { report.skip("the trace does not show an order's total at store and ERP") }
  }

  private func isWhole(_ accepted: ObservedFact, of placed: ObservedFact) -> Bool {
    guard !accepted.fact.lines.isEmpty else { return true }
    let taken = UnitAllowance(accepted.fact.lines)
    return placed.fact.lines.unitsBySKU.allSatisfy { taken[$0.sku] == $0.units }
  }
}
