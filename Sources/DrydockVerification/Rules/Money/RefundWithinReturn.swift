import DrydockExchange
import DrydockKernel

/// A refund is for the goods that came back, and for no more.
struct RefundWithinReturn: Rule {
  let description = RuleDescription(
    id: "refund-within-return",
    family: .money,
    summary: "a return's refund is worth no more than the units that came back",
    reason: "missing goods, or the shipping of the first delivery, are paid out",
    example: "two units were to come back, one did, and both are refunded",
    remedy: "refund what the 3PL graded as received, at the price and tax that were paid"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.refundIssued), evidence.has(.returnRequested) else {
      return report.skip("the trace does not show refunds and what they are for")
    }
    for order in evidence.orders {
      for requested in evidence.facts(.returnRequested, of: order) {
        let refunds = evidence.facts(.refundIssued, of: order).filter {
          $0.fact.parent == requested.fact.subject
        }
        // Further refunds of the same return are another rule's finding.
        guard let refund = refunds.first, let amount = refund.fact.amount,
          let worth = worth(of: requested, order, evidence), worth.currency == amount.currency,
          amount > worth
        else { continue }
        report.breach(
          at: refund.fact.at,
          order: order,
          "return '\(requested.fact.subject)' was refunded beyond what came back",
          expected: "at most \(worth.decimalString)",
          found: amount.decimalString,
          exchanges: requested.exchanges + refund.exchanges
        )
      }
    }
  }

  /// What the units are worth that came back; of all that were asked for where nobody says.
  private func worth(
    of requested: ObservedFact,
    _ order: OrderStory,
    _ evidence: Evidence
  ) -> Money? {
    guard let currency = requested.fact.lines.compactMap(\.amount).first?.currency else {
      return nil
    }
    let graded = evidence.receipts(ofReturn: requested.fact.subject, order).filter {
      $0.fact.kind == .returnGraded
    }
    var received = UnitAllowance(
      graded.flatMap(\.fact.lines).filter { $0.detail != "missing" }
    )
    var worth = Money.zero(currency)
    for line in requested.fact.lines {
      guard let amount = line.amount, amount.currency == currency, line.units > 0 else {
        return nil
      }
      if graded.isEmpty {
        worth = worth.adding(amount)
      } else {
        let units = max(0, min(line.units, received[line.sku]))
        received.take([FactLine(sku: line.sku, quantity: units)])
        worth = worth.adding(share(of: amount, units: units, of: line.units))
      }
    }
    return worth
  }

  /// The amount of some of a line's units, a fraction of a minor unit rounded up.
  private func share(of amount: Money, units: Int, of all: Int) -> Money {
    let product = amount.minorUnits.multipliedFullWidth(by: Int64(units))
    guard product.high == 0, product.low <= UInt64(Int64.max), all > 0 else { return amount }
    let share = (product.low + UInt64(all) - 1) / UInt64(all)
    return Money(minorUnits: Int64(clamping: share), currency: amount.currency)
  }
}
