import DrydockExchange
import DrydockKernel

/// Only goods that inspection found sound go back on the shelf.
struct RestockWithinReceived: Rule {
  let description = RuleDescription(
    id: "restock-within-received",
    family: .stock,
    summary: "no more units are put back into stock than the 3PL found fit for it",
    reason: "scrapped and missing units are offered for sale again",
    example: "a damaged return is refunded with 'restock', and the store offers it again",
    remedy: "take the disposition of each unit from the 3PL's inspection"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.returnGraded) else { return report.skip("no inspection is shown") }
    for order in evidence.orders {
      let graded = evidence.facts(.returnGraded, of: order)
      guard !graded.isEmpty else { continue }
      let sound = graded.flatMap(\.fact.lines).filter {
        $0.detail == "restock" || $0.detail == "hold"
      }
      for kind in [FactKind.refundIssued, .receiptPosted] {
        var left = UnitAllowance(sound)
        for observed in evidence.facts(kind, of: order) {
          let restocked = observed.fact.lines.filter { $0.detail == "restock" }
          guard let excess = left.take(restocked) else { continue }
          report.breach(
            at: observed.fact.at,
            order: order,
            "units of '\(excess.sku)' were put back into stock that are not fit for it",
            expected: "at most \(UnitAllowance(sound)[excess.sku]), which inspection found sound",
            found: "\(excess.excess) more, by '\(observed.fact.subject)'",
            exchanges: graded.flatMap(\.exchanges) + observed.exchanges
          )
          break
        }
      }
    }
  }
}
