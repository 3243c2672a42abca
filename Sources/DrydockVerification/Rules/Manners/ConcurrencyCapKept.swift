import DrydockExchange
import DrydockKernel

/// The integration learns how many calls a partner takes at a time.
struct ConcurrencyCapKept: Rule {
  let description = RuleDescription(
    id: "concurrency-cap-kept",
    family: .manners,
    summary: "a partner that takes only so many calls at a time is not given as many again",
    reason: "the cap is shared: the accountant's own screens fail while the integration pushes",
    example: "an ERP takes 5 calls at a time and refuses every sixth, all day",
    remedy: "keep a fixed number of calls under way, below the cap that the account has"
  )

  /// So many refusals at a known cap are breach enough, when they are a fifth of the calls.
  ///
  /// The cap is shared with others, so a few are nobody's fault.
  static let repetitionsMax = 10

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    var judged = 0
    var calls: [PartnerID: Int] = [:]
    var underWay: [PartnerID: [VirtualInstant]] = [:]
    var told: Set<PartnerID> = []
    var cap: [PartnerID: Int] = [:]
    var repetitions: [PartnerID: [ExchangeID]] = [:]
    for observed in evidence.exchanges where observed.isCall && !observed.isInjectedCopy {
      let partner = observed.exchange.attempt.partner
      let sent = observed.exchange.sentAt
      var ends = underWay[partner, default: []]
      ends.removeAll { $0 <= sent }
      ends.append(observed.endedAt)
      underWay[partner] = ends
      calls[partner, default: 0] += 1
      guard observed.isConcurrencyRefusal else { continue }
      judged += 1
      if let known = cap[partner], ends.count >= known {
        repetitions[partner, default: []].append(observed.exchange.attempt.exchange)
        let count = repetitions[partner]?.count ?? 0
        guard count > Self.repetitionsMax, count * 5 > calls[partner] ?? 0,
          told.insert(partner).inserted
        else { continue }
        report.breach(
          at: observed.endedAt,
          "'\(partner)' was given more calls at a time than it takes, again and again",
          expected: "fewer than \(known) calls under way after the first refusal",
          found: "\(ends.count) under way, and \(count) refusals since",
          exchanges: repetitions[partner] ?? []
        )
      } else {
        cap[partner] = min(cap[partner] ?? .max, ends.count)
      }
    }
    if judged == 0 { report.skip("no partner refused a call for the number under way") }
  }
}

extension ObservedExchange {
  /// Whether the answer says that too many calls were under way.
  fileprivate var isConcurrencyRefusal: Bool {
    guard let answer, answer.status == 429 || answer.status == 400 || answer.status == 503 else {
      return false
    }
    return ["CONCURREN", "oncurren"].contains { answer.body.contains($0) }
  }
}
