package import DrydockKernel

/// Adds travel time to a call or a webhook.
///
///     steady        ▔▔▔▔▔▔▔▔▔▔     as drawn
///     ramp          ╱▔▔▔▔▔▔▔▔▔     grows from nothing
///     spike         ╱╲▁▁▁▁▁▁▁▁     grows, then halves again and again
///     slow start    ▔╲▁▁▁▁▁▁▁▁     as drawn, then less and less: cold caches
///
/// Shapes follow the time since the fault's time gate opened; under a gate that is always open,
/// since the first attempt that matched.
package struct LatencyFault: Hashable, Sendable {
  /// Which way is slow.
  package enum Leg: String, CaseIterable, Hashable, Sendable {
    /// The way there: the effect is late.
    case request
    /// The way back: the effect is in time and the answer late.
    case response
    /// Both, half each.
    case both
  }

  /// How the delay changes while the time gate is open.
  package enum Shape: Hashable, Sendable {
    /// Not at all.
    case steady
    /// Grows evenly from nothing to all over a time.
    case ramp(over: Duration)
    /// Grows evenly from nothing to all over a time, then loses half in each half-life.
    case spike(rise: Duration, halfLife: Duration)
    /// Shrinks evenly from all to nothing over a time.
    case slowStart(over: Duration)
  }

  /// A heavy tail: a share of the delays is many times longer.
  package struct Tail: Hashable, Sendable {
    /// The share of attempts.
    package var share: Ratio
    /// The shape of the Pareto-distributed factor, which is at least one.
    package var shape: Ratio

    package init(share: Ratio, shape: Ratio = Ratio(3, 2)) {
      self.share = share
      self.shape = shape
    }
  }

  /// How long the delay is.
  package var distribution: DelayDistribution
  /// Which way is slow.
  package var leg: Leg
  /// How the delay changes while the time gate is open.
  package var shape: Shape
  /// A heavy tail, if there is one.
  package var tail: Tail?
  /// The longest delay; drawn ones are cut to it.
  package var ceiling: Duration?

  package init(
    distribution: DelayDistribution,
    leg: Leg = .both,
    shape: Shape = .steady,
    tail: Tail? = nil,
    ceiling: Duration? = nil
  ) {
    self.distribution = distribution
    self.leg = leg
    self.shape = shape
    self.tail = tail
    self.ceiling = ceiling
  }

  /// What it does, in a few words.
  package var summary: String {
    switch shape {
    case .steady: "latency"
    case .ramp: "growing latency"
    case .spike: "latency spike"
    case .slowStart: "slow start"
    }
  }

  func ruling(at moment: Moment) -> Ruling {
    var delay = distribution.quantile(moment.draws.bits(AttemptDraws.Purpose.delay))
    if let tail, Odds(tail.share).hit(moment.draws.bits(AttemptDraws.Purpose.tail)) {
      let units = UInt64(delay.wholeNanoseconds)
      let longer = Quantiles.pareto(
        minimum: units,
        shape: tail.shape,
        moment.draws.bits(AttemptDraws.Purpose.tailFactor)
      )
      delay = .nanoseconds(Int64(clamping: longer))
    }
    delay = min(shaped(delay, elapsed: moment.elapsed), ceiling ?? Limits.delayMax, Limits.delayMax)
    delay = max(.zero, delay)
    let request: Duration =
      switch leg {
      case .request: delay
      case .response: .zero
      case .both: .nanoseconds(delay.wholeNanoseconds / 2)
      }
    return .fires(
      Injection(
        consequence: .delays(request: request, response: delay - request),
        effect: "\(delay.roundedDescription) slower"
      )
    )
  }

  private func shaped(_ delay: Duration, elapsed: Duration) -> Duration {
    switch shape {
    case .steady: return delay
    case .ramp(let time): return LatencyFault.part(elapsed, of: time, delay)
    case .slowStart(let time):
      return delay - LatencyFault.part(elapsed, of: time, delay)
    case .spike(let rise, let halfLife):
      guard elapsed >= rise else { return LatencyFault.part(elapsed, of: rise, delay) }
      let life = halfLife.wholeNanoseconds
      guard life > 0 else { return .zero }
      let exponent =
        (Int128((elapsed - rise).wholeNanoseconds) << 32) / Int128(life)
      let units = Quantiles.power(
        of: UInt64(max(0, delay.wholeNanoseconds)),
        exponent: -Int64(clamping: exponent)
      )
      return .nanoseconds(Int64(clamping: units))
    }
  }

  /// Returns the share of a delay that some time has of a whole; all of it from the end on.
  private static func part(_ time: Duration, of whole: Duration, _ delay: Duration) -> Duration {
    let time = max(0, time.wholeNanoseconds)
    let whole = whole.wholeNanoseconds
    guard time < whole else { return delay }
    return .nanoseconds(Int64(Int128(delay.wholeNanoseconds) * Int128(time) / Int128(whole)))
  }
}
