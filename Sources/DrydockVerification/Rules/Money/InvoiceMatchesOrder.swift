import DrydockExchange
import DrydockKernel

/// Invoices add up to the order.
struct InvoiceMatchesOrder: Rule {
  let description = RuleDescription(
    id: "invoice-matches-order",
    family: .money,
    summary: "the invoices of an order add up to its total once everything is invoiced",
    reason: "a cent too much is a complaint, a cent too little is written off, on every order",
    example: "shipping is billed with each of two parcels",
    remedy: "bill shipping and rounding with one invoice; take amounts from the ERP's order"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.invoicePosted) else { return report.skip("nothing was invoiced") }
    var judged = 0
    for order in evidence.orders {
      let invoices = evidence.facts(.invoicePosted, of: order)
      guard let last = invoices.last, invoices.allSatisfy({ $0.fact.amount != nil }),
        let source = source(of: order, evidence),
        let total = source.fact.amount
      else { continue }
      judged += 1
      let invoiced = evidence.total(.invoicePosted, of: order, in: total.currency)
      let isWhole = isWhole(invoices, of: source)
      guard invoiced > total || (isWhole && invoiced < total) else { continue }
      // A document too many is another rule's finding.
      if invoiced > total, evidence.firstBeyondOrder(.invoicePosted, of: order) != nil { continue }
      report.breach(
        at: last.fact.at,
        order: order,
        "invoices of order '\(order.name)' do not add up",
        expected: (isWhole ? "" : "at most ") + total.decimalString,
        found: invoiced.decimalString,
        exchanges: invoices.flatMap(\.exchanges)
      )
    }
    if judged == 0 { report.skip("the trace does not show what orders and their invoices cost") }
  }

  /// The store's order, else the ERP's.
  private func source(of order: OrderStory, _ evidence: Evidence) -> ObservedFact? {
    evidence.first(.orderPlaced, of: order) ?? evidence.first(.orderAccepted, of: order)
  }

  private func isWhole(_ invoices: [ObservedFact], of source: ObservedFact) -> Bool {
    guard !source.fact.lines.isEmpty, invoices.allSatisfy({ !$0.fact.lines.isEmpty }) else {
      return false
    }
    let billed = UnitAllowance(invoices.flatMap(\.fact.lines))
    return source.fact.lines.unitsBySKU.allSatisfy { billed[$0.sku] >= $0.units }
  }
}
