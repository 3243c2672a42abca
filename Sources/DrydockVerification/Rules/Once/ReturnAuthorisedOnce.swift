import DrydockExchange
import DrydockKernel

/// The ERP expects the goods of a return once.
struct ReturnAuthorisedOnce: Rule {
  let description = RuleDescription(
    id: "return-authorised-once",
    family: .once,
    summary: "no more units are authorised for return than were asked for",
    reason: "every authorisation can be received and credited: a second one is open money",
    example: "the returns platform says 'created' twice and the ERP gets two authorisations",
    remedy: "give every authorisation an external id made of the return's id"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    judgeReturns(.returnAuthorised, evidence, into: &report, what: "authorised")
  }
}

extension Rule {
  /// Judges that facts of a kind about an order name no more units than were to come back.
  ///
  /// Units come back because a customer asked, or because a parcel was lost or sent back.
  func judgeReturns(
    _ kind: FactKind,
    _ evidence: Evidence,
    into report: inout RuleReport,
    what word: String
  ) {
    guard evidence.has(kind) else { return report.skip("no return was \(word)") }
    let knowsRequests = evidence.has(.returnRequested)
    for order in evidence.orders {
      let all = evidence.facts(kind, of: order)
      guard all.count > 1 else { continue }
      var left = UnitAllowance()
      for position in order.facts {
        let observed = evidence.facts[position]
        if observed.fact.kind == .returnRequested { left.add(observed.fact.lines) }
        left.add(evidence.unitsThatFailed(observed, of: order))
      }
      if !knowsRequests {
        guard let placed = evidence.first(.orderPlaced, of: order) else { continue }
        left.add(placed.fact.lines)
      }
      for observed in all {
        guard let excess = left.take(observed.fact.lines) else { continue }
        report.breach(
          at: observed.fact.at,
          order: order,
          "a return of order '\(order.name)' was \(word) more than once",
          expected: "at most the units of '\(excess.sku)' that were to come back",
          found:
            "\(excess.excess) more, in "
            + all.map { "'\($0.fact.subject)'" }.joined(separator: " and "),
          exchanges: all.flatMap(\.exchanges)
        )
        break
      }
    }
  }
}
