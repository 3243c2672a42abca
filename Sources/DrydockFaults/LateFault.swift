import DrydockKernel

/// Delivers a message long after it was sent.
///
/// A webhook is kept by its platform, whose deadline begins when it lets go. A call is on its way
/// all the time: its sender gives up, and the request is applied when it arrives.
package struct LateFault: Hashable, Sendable {
  /// How late.
  package enum Delay: Hashable, Sendable {
    /// By a time drawn evenly.
    case between(ClosedRange<Duration>)
    /// Until the fault's time gate closes, when everything kept arrives at once: a burst after
    /// silence. Under a gate that never closes, nothing happens.
    case untilGateCloses
  }

  /// How late.
  package var delay: Delay

  package init(delay: Delay = .between(.seconds(3600) ... .seconds(86_400))) {
    self.delay = delay
  }

  /// What it does, in a few words.
  package var summary: String {
    switch delay {
    case .between: "late"
    case .untilGateCloses: "burst after silence"
    }
  }

  func ruling(at moment: Moment) -> Ruling {
    let time: Duration
    switch delay {
    case .between(let range):
      time = moment.draws.duration(in: range, AttemptDraws.Purpose.delay)
    case .untilGateCloses:
      guard let closes = moment.phase.closes else {
        return .passes("a time gate that never closes ends no silence")
      }
      time = closes - moment.now
    }
    let bounded = min(max(.zero, time), Limits.delayMax)
    return .fires(
      Injection(
        consequence: .arrivesLater(by: bounded),
        effect: "arrives \(bounded.roundedDescription) late"
      )
    )
  }
}
