import DrydockExchange
import DrydockKernel

/// An invoice follows the goods.
struct InvoicedAfterShipped: Rule {
  let description = RuleDescription(
    id: "invoiced-after-shipped",
    family: .order,
    summary: "an order is invoiced after its goods were shipped",
    reason: "revenue is booked for goods that are still on the shelf and may never leave",
    example: "the invoice is posted when the order is accepted, and the 3PL ships short",
    remedy: "post an invoice for each shipment, with the units that were shipped"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    evidence.judgeAfterShipment(
      .invoicePosted,
      of: "invoiced",
      skipping: "nothing was invoiced and shipped",
      into: &report
    )
  }
}

extension Evidence {
  /// Judges that documents of a kind never run ahead of the units that were shipped.
  func judgeAfterShipment(
    _ kind: FactKind,
    of word: String,
    skipping reason: String,
    into report: inout RuleReport
  ) {
    guard has(kind), has(.shipmentCreated) || !books(of: .threePL).isEmpty else {
      return report.skip(reason)
    }
    for order in orders {
      guard has(kind, order), has(.orderReleased, order) || has(.shipmentCreated, order) else {
        continue
      }
      let shipments = facts(.shipmentCreated, of: order)
      for document in facts(kind, of: order) {
        var left = UnitAllowance()
        for shipment in shipments where !isTooEarly(document, before: shipment) {
          left.add(shipment.fact.lines)
        }
        let lines = document.fact.lines
        let isCovered =
          lines.isEmpty
          ? shipments.contains { !isTooEarly(document, before: $0) }
          : lines.allSatisfy { left[$0.sku] >= $0.quantity }
        guard !isCovered else { continue }
        report.breach(
          at: document.fact.at,
          order: order,
          "order '\(order.name)' was \(word) before it was shipped",
          expected: "shipments of the units in '\(document.fact.subject)' before it",
          found: shipments.isEmpty ? "no shipment" : "shipments of other units, or later ones",
          exchanges: document.exchanges + shipments.flatMap(\.exchanges)
        )
        break
      }
    }
  }
}
