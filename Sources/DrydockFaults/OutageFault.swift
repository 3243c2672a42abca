import DrydockExchange
package import DrydockKernel

/// Takes a partner, or a part of it, out of service while the time gate is open.
///
///     window      up ──┐ down ┌── up
///     flapping    up ──┐d┌u┐d┌u┐d┌── up
///
/// Calls get the reply; webhooks are sent by the partner itself, so they wait until it is back, or
/// fail to come up. The match says which: `3pl` for both, `3pl.webhook` for a partner that is up
/// and whose webhooks are down. A share below one is a brown-out: part of the entities, the same
/// ones for as long as it lasts, as when one shard is down. For a share of the calls use the odds.
package struct OutageFault: Hashable, Sendable {
  /// What a call gets.
  package enum Reply: Hashable, Sendable {
    /// No connection comes up.
    case connectionRefused
    /// The connection comes up and nothing follows.
    case hang
    /// The platform's edge answers with a status.
    case status(Int, retryAfter: RetryAfter)
    /// The platform's edge answers 200 with a page for people.
    case maintenancePage
  }

  /// How long the edge asks callers to wait.
  package enum RetryAfter: Hashable, Sendable {
    /// It does not say.
    case unsaid
    /// Always the same.
    case fixed(Duration)
    /// Until service is back, where that is known.
    case untilEnd
  }

  /// What becomes of the partner's webhooks.
  package enum WebhookHandling: String, CaseIterable, Hashable, Sendable {
    /// The platform keeps them and sends them when it is back; where the end is not known, they
    /// fail.
    case kept
    /// Each attempt fails, and the platform tries again as its policy says.
    case failing
  }

  /// A rhythm of down and up, which begins with down when the time gate opens.
  package struct Flapping: Hashable, Sendable {
    /// How long each interval without service is.
    package var down: Duration
    /// How long each interval with service is.
    package var up: Duration
    /// The share of `down` by which an interval without service may be shorter, drawn for each.
    package var wobble: Ratio

    package init(down: Duration, up: Duration, wobble: Ratio = .zero) {
      self.down = down
      self.up = up
      self.wobble = wobble
    }
  }

  /// What a call gets.
  package var reply: Reply
  /// Service that comes and goes; nothing for none at all.
  package var flapping: Flapping?
  /// The share of entities that are without service.
  package var share: Ratio
  /// What becomes of webhooks.
  package var webhooks: WebhookHandling

  package init(
    reply: Reply = .status(503, retryAfter: .unsaid),
    flapping: Flapping? = nil,
    share: Ratio = .one,
    webhooks: WebhookHandling = .kept
  ) {
    self.reply = reply
    self.flapping = flapping
    self.share = share
    self.webhooks = webhooks
  }

  /// What it does, in a few words.
  package var summary: String {
    if flapping != nil { return "flapping" }
    return share < .one ? "brown-out" : "outage"
  }

  /// Tells whether service is down, shares aside.
  func isDown(at moment: Moment) -> Bool {
    interval(at: moment) != nil
  }

  func ruling(at moment: Moment) -> Ruling {
    guard let interval = interval(at: moment) else { return .outside }
    if share < .one {
      let key = moment.draws.labels.entityKey(
        round: moment.opened.nanosecondsSinceEpoch,
        AttemptDraws.Purpose.share
      )
      guard Odds(share).hit(moment.draws.draws.bits(key)) else {
        return .passes("\(summary): not in the share without service")
      }
    }
    let left = interval.ends.map { min(max(.zero, $0 - moment.now), Limits.delayMax) }
    return .fires(moment.isCall ? call(left) : webhook(left))
  }

  private func call(_ left: Duration?) -> Injection {
    switch reply {
    case .connectionRefused:
      return Injection(
        consequence: .notApplied(.connectionRefused),
        effect: "\(summary): connection refused"
      )
    case .hang:
      return Injection(consequence: .notApplied(.hangs), effect: "\(summary): no answer")
    case .maintenancePage:
      return Injection(
        consequence: .notApplied(.refused(.maintenancePage)),
        effect: "\(summary): maintenance page"
      )
    case .status(let status, let retryAfter):
      let wait: Duration? =
        switch retryAfter {
        case .unsaid: nil
        case .fixed(let wait): wait
        case .untilEnd: left
        }
      return Injection(
        consequence: .notApplied(.refused(.unavailable(status: status, retryAfter: wait))),
        effect: "\(summary): status \(status)"
      )
    }
  }

  private func webhook(_ left: Duration?) -> Injection {
    if webhooks == .kept, let left {
      return Injection(
        consequence: .arrivesLater(by: left),
        effect: "\(summary): webhook kept for \(left.roundedDescription)"
      )
    }
    let reception: Fate.Reception = reply == .hang ? .hangs : .connectionRefused
    return Injection(consequence: .notApplied(reception), effect: "\(summary): webhook fails")
  }

  private struct Interval {
    var ends: VirtualInstant?
  }

  /// Returns the interval without service that a moment lies in, and when it ends.
  private func interval(at moment: Moment) -> Interval? {
    let whole = Interval(ends: moment.phase.closes)
    guard let flapping else { return whole }
    let down = max(0, flapping.down.wholeNanoseconds)
    let (period, overflow) = down.addingReportingOverflow(max(0, flapping.up.wholeNanoseconds))
    guard !overflow, period > 0 else { return whole }
    let elapsed = max(0, moment.elapsed.wholeNanoseconds)
    let (round, since) = elapsed.quotientAndRemainder(dividingBy: period)
    var length = down
    if flapping.wobble > .zero {
      let most = min(UInt64(down), flapping.wobble.share(of: UInt64(down)))
      let key = KeyedDraws.Key(
        entityNumber: UInt64(round),
        purpose: AttemptDraws.Purpose.wobble
      )
      let (bound, _) = most.addingReportingOverflow(1)
      length -= Int64(moment.draws.draws.below(bound, key))
    }
    guard since < length else { return nil }
    let ends = moment.now.advanced(byNanoseconds: length - since)
    return Interval(ends: min(ends, whole.ends ?? .latest))
  }
}
