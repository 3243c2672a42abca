import DrydockExchange
import DrydockKernel

/// The integration stays below the limits it runs into.
struct LimitNotHammered: Rule {
  let description = RuleDescription(
    id: "limit-not-hammered",
    family: .manners,
    summary: "no more than half of the calls to a partner are refused by its limits",
    reason: "every refused call is a slower order, and some platforms ban who keeps trying",
    example: "a hundred orders are posted at once against a limit of two a second",
    remedy: "pace calls by the limit's own numbers, and slow down when it says that it is near"
  )

  /// So many refusals are needed before a share means anything.
  static let refusalsMin = 20

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    var calls: [PartnerID: (all: Int, throttled: [Int])] = [:]
    for (position, observed) in evidence.exchanges.enumerated()
    where observed.isCall && !observed.isInjectedCopy {
      let partner = observed.exchange.attempt.partner
      calls[partner, default: (0, [])].all += 1
      if observed.isThrottled { calls[partner, default: (0, [])].throttled.append(position) }
    }
    guard calls.values.contains(where: { !$0.throttled.isEmpty }) else {
      return report.skip("no limit refused a call")
    }
    for partner in calls.keys.sorted() {
      guard let (all, throttled) = calls[partner], throttled.count >= Self.refusalsMin,
        throttled.count * 2 > all
      else { continue }
      let last = evidence.exchanges[throttled[throttled.count - 1]]
      report.breach(
        at: last.endedAt,
        "the limit of '\(partner)' was run into again and again",
        expected: "at most half of \(all) calls refused",
        found: "\(throttled.count)",
        exchanges: throttled.suffix(5).map { evidence.exchanges[$0].exchange.attempt.exchange }
      )
    }
  }
}
