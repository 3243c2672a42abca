import DrydockExchange
import DrydockKernel

/// A correction of stock is posted once.
struct StockAdjustedOnce: Rule {
  let description = RuleDescription(
    id: "stock-adjusted-once",
    family: .once,
    summary: "the integration does not post the same correction of stock twice in a row",
    reason: "a correction applied twice is a new error of the same size",
    example: "the answer to an inventory adjustment is lost and the adjustment is repeated",
    remedy: "give every adjustment an external id, and read the stock again before repeating"
  )

  /// Equal corrections further apart than this are two corrections.
  static let repeatedWithin = Duration.seconds(3600)

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    var last: [PartnerID: ObservedFact] = [:]
    var judged = 0
    for adjustment in evidence.facts(.stockAdjusted) where evidence.asked(adjustment) != nil {
      judged += 1
      defer { last[adjustment.fact.partner] = adjustment }
      guard let before = last[adjustment.fact.partner],
        before.fact.lines == adjustment.fact.lines, !adjustment.fact.lines.isEmpty,
        adjustment.fact.at - before.fact.at <= Self.repeatedWithin
      else { continue }
      report.breach(
        at: adjustment.fact.at,
        "stock at '\(adjustment.fact.partner)' was corrected twice by the same units",
        expected: "the correction '\(before.fact.subject)'",
        found: "'\(adjustment.fact.subject)' as well, "
          + "\((adjustment.fact.at - before.fact.at).roundedDescription) later",
        exchanges: before.exchanges + adjustment.exchanges
      )
    }
    if judged == 0 { report.skip("the integration corrected no stock") }
  }
}
