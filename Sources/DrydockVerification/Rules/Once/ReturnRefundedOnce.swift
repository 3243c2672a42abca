import DrydockExchange
import DrydockKernel

/// The customer gets the money for a return once.
struct ReturnRefundedOnce: Rule {
  let description = RuleDescription(
    id: "return-refunded-once",
    family: .once,
    summary: "a return is refunded once, or in parts that add up to it",
    reason: "money is paid out twice for goods that came back once",
    example: "the 3PL reports a receipt twice and each report starts a refund",
    remedy: "key every refund by the return it is for, and list the refunds before repeating"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.refundIssued) else { return report.skip("nothing refunded") }
    for order in evidence.orders {
      var byReturn: [(key: EntityKey, refunds: [ObservedFact])] = []
      for refund in evidence.facts(.refundIssued, of: order) {
        guard let key = refund.fact.parent else { continue }
        if let index = byReturn.firstIndex(where: { $0.key == key }) {
          byReturn[index].refunds.append(refund)
        } else {
          byReturn.append((key, [refund]))
        }
      }
      for (key, refunds) in byReturn where refunds.count > 1 {
        let requested = evidence.facts(.returnRequested, of: order).first {
          $0.fact.subject == key
        }
        guard let second = firstTooMany(refunds, requested) else { continue }
        report.breach(
          at: second.fact.at,
          order: order,
          "return '\(key)' was refunded more than once",
          expected: "one refund, or parts that add up to the return",
          found: refunds.map { "'\($0.fact.subject)'" }.joined(separator: " and "),
          exchanges: refunds.flatMap(\.exchanges)
        )
      }
    }
  }

  private func firstTooMany(
    _ refunds: [ObservedFact],
    _ requested: ObservedFact?
  ) -> ObservedFact? {
    guard let requested, !requested.fact.lines.isEmpty else {
      // Without the return's lines, parts of different size are believed.
      return refunds.dropFirst().first { later in
        refunds.contains {
          $0.fact.subject != later.fact.subject && $0.fact.lines == later.fact.lines
            && $0.fact.amount == later.fact.amount
        }
      }
    }
    var units = UnitAllowance(requested.fact.lines)
    var paid = requested.fact.amount
    for (index, refund) in refunds.enumerated() {
      let isOver = units.take(refund.fact.lines) != nil
      if let amount = refund.fact.amount, let left = paid, left.currency == amount.currency {
        paid = left.subtracting(amount)
      }
      let isPaidOver = refund.fact.lines.isEmpty && paid?.isNegative == true
      if index > 0, isOver || isPaidOver { return refund }
    }
    return nil
  }
}
