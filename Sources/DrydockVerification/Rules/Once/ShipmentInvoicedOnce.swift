import DrydockExchange
import DrydockKernel

/// The customer is billed once for each unit.
struct ShipmentInvoicedOnce: Rule {
  let description = RuleDescription(
    id: "shipment-invoiced-once",
    family: .once,
    summary: "no more units of an order are invoiced than were ordered",
    reason: "the customer owes money twice, and revenue and tax are overstated",
    example: "a duplicate of the shipment's webhook posts a second invoice",
    remedy: "give every invoice an external id made of the 3PL's shipment id"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.invoicePosted) else { return report.skip("nothing was invoiced") }
    for order in evidence.orders {
      let invoices = evidence.facts(.invoicePosted, of: order)
      guard !invoices.isEmpty, let second = evidence.firstBeyondOrder(.invoicePosted, of: order)
      else { continue }
      let words = second.wordsForSurplus(of: invoices, "invoice")
      report.breach(
        at: second.fact.at,
        order: order,
        "order '\(order.name)' was invoiced more than once",
        expected: words.expected,
        found: words.found,
        exchanges: invoices.flatMap(\.exchanges)
      )
    }
  }
}

extension Evidence {
  /// Returns the first fact of a kind that takes the units beyond the order's.
  ///
  /// Units of parcels that were lost or sent back may be counted anew. Where the trace does not say
  /// what was ordered, a second document under one reference is one too many.
  func firstBeyondOrder(_ kind: FactKind, of order: OrderStory) -> ObservedFact? {
    let ordered =
      first(.orderPlaced, of: order)?.fact.lines ?? first(.orderAccepted, of: order)?.fact.lines
    var left = UnitAllowance(ordered ?? [])
    var references: Set<EntityKey> = []
    for position in order.facts {
      let observed = facts[position]
      left.add(unitsThatFailed(observed, of: order))
      guard observed.fact.kind == kind else { continue }
      if let reference = observed.fact.reference, !references.insert(reference).inserted,
        observed.fact.lines.isEmpty || ordered == nil
      {
        return observed
      }
      if ordered != nil, left.take(observed.fact.lines) != nil { return observed }
    }
    return nil
  }
}

extension ObservedFact {
  /// What was expected of documents and what was found, where this one was the first too many.
  ///
  /// Units say it best; where a document does not say how many it is about, its reference does.
  func wordsForSurplus(
    of documents: [ObservedFact],
    _ word: String
  ) -> (expected: String, found: String) {
    guard let reference = fact.reference, documents.contains(where: \.fact.lines.isEmpty) else {
      let units = documents.flatMap(\.fact.lines).units
      return ("at most the ordered units", "\(documents.count) \(word)s of \(units) units")
    }
    let count = documents.count { $0.fact.reference == reference }
    return ("one \(word) a reference", "\(count) under '\(reference.value)'")
  }
}
