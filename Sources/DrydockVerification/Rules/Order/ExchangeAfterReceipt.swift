import DrydockExchange
import DrydockKernel

/// The other goods leave when the first ones are back, or when policy says sooner.
struct ExchangeAfterReceipt: Rule {
  let description = RuleDescription(
    id: "exchange-after-receipt",
    family: .order,
    summary: "an exchange order is placed after the returned goods were received",
    reason: "the customer keeps both: what was to come back and what was sent instead",
    example: "the exchange is settled when the return is created",
    remedy: "settle an exchange on the 3PL's receipt, unless policy says that a scan is enough"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    let exchanged = evidence.facts(.orderPlaced).filter { $0.fact.parent != nil }
    guard !exchanged.isEmpty, evidence.showsReceipts else {
      return report.skip("the trace does not show exchanges and what a 3PL received")
    }
    guard evidence.policy?.refundMoment != .firstScan else {
      return report.skip("policy settles returns before the goods are back")
    }
    for placed in exchanged {
      guard let key = placed.fact.parent,
        let position = evidence.orderPositions[key]
      else { continue }
      let original = evidence.orders[position]
      let receipts = evidence.receipts(ofReturn: key, original)
      guard !receipts.contains(where: { !evidence.isTooEarly(placed, before: $0) }) else {
        continue
      }
      report.breach(
        at: placed.fact.at,
        order: original,
        "return '\(key)' was exchanged before its goods were received",
        expected: "a receipt before the order '\(placed.fact.subject)'",
        found: receipts.first.map { "a receipt at \($0.fact.at.description())" } ?? "no receipt",
        exchanges: placed.exchanges + receipts.flatMap(\.exchanges)
      )
    }
  }
}
