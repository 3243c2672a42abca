import DrydockExchange
import DrydockKernel

/// Who does not know whether it happened, looks before doing it again.
struct UnknownOutcomeLookedUp: Rule {
  let description = RuleDescription(
    id: "unknown-outcome-looked-up",
    family: .manners,
    summary: "a create whose outcome is unknown is looked up before it is repeated",
    reason: "a time-out does not mean that nothing happened: the second create may be one too many",
    example: "a release times out and is posted again, and the 3PL has it twice",
    remedy: "ask the partner for your reference first, or send an idempotency key it honours"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    let isUnknown = evidence.exchanges.contains { isUnknownCreate($0) }
    guard isUnknown else { return report.skip("no create ended without a clear answer") }
    let looks = LookLog(evidence)
    for series in evidence.repeatedCalls {
      for (first, next) in zip(series.calls, series.calls.dropFirst()) {
        let before = evidence.exchanges[first]
        let again = evidence.exchanges[next]
        guard isUnknownCreate(before), again.exchange.sentAt >= before.endedAt,
          !looks.looked(after: first, before: next, evidence)
        else { continue }
        report.breach(
          at: again.exchange.sentAt,
          order: again.order.map { evidence.orders[$0] },
          "'\(again.exchange.attempt.named)' at '\(again.exchange.attempt.partner)' "
            + "was repeated blindly",
          expected: "a look-up after the first attempt, which ended unknown",
          found:
            "the same call \((again.exchange.sentAt - before.endedAt).roundedDescription) later",
          exchanges: [before.exchange.attempt.exchange, again.exchange.attempt.exchange]
        )
        break
      }
    }
  }

  /// A POST without idempotency key whose sender cannot know what became of it.
  private func isUnknownCreate(_ observed: ObservedExchange) -> Bool {
    let request = observed.exchange.request
    guard observed.isWrite, request.method == "POST", !observed.isTokenRequest,
      !observed.isInjectedCopy, observed.exchange.result != nil,
      observed.exchange.outcome == .unknown
    else { return false }
    return !IdempotencyKeyReused.headers.contains { request.headers[$0] != nil }
  }
}

/// Where the integration looked something up, or was told, by partner.
private struct LookLog {
  private var positions: [PartnerID: [Int]] = [:]

  init(_ evidence: Evidence) {
    for (position, observed) in evidence.exchanges.enumerated() {
      let teaches = observed.isCall ? observed.isLookup : observed.exchange.arrived
      if teaches { positions[observed.exchange.attempt.partner, default: []].append(position) }
    }
  }

  /// Tells whether the partner was asked, or told by itself, between two calls about one order.
  func looked(after first: Int, before next: Int, _ evidence: Evidence) -> Bool {
    let before = evidence.exchanges[first]
    let order = evidence.exchanges[next].order ?? before.order
    let all = positions[before.exchange.attempt.partner] ?? []
    var index = all.partitionIndex { $0 > first }
    while index < all.count, all[index] < next {
      let look = evidence.exchanges[all[index]]
      index += 1
      let isAboutIt = look.order == nil || order == nil || look.order == order
      guard isAboutIt, look.endedAt >= before.endedAt else { continue }
      if look.isCall || (look.order != nil && look.order == order) { return true }
    }
    return false
  }
}
