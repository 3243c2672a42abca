package import DrydockKernel

/// How long a delay is, as a distribution that is drawn from in integers.
package enum DelayDistribution: Hashable, Sendable {
  /// Always the same.
  case fixed(Duration)
  /// Evenly between two bounds, both included.
  case uniform(ClosedRange<Duration>)
  /// A mean and a standard deviation; never below zero.
  case normal(mean: Duration, deviation: Duration)
  /// A median and the standard deviation of the natural logarithm; 0.4 to 0.8 is usual.
  case logNormal(median: Duration, spread: Ratio)
  /// A mean; short delays are the likeliest.
  case exponential(mean: Duration)
  /// A minimum and a shape: the lower it is, the heavier the tail; 1.5 is a heavy one.
  case pareto(minimum: Duration, shape: Ratio)
  /// What was measured.
  case empirical(EmpiricalDelays)

  /// Returns the delay at a probability of `bits / 2^64`, at least zero and at most 30 days.
  package func quantile(_ bits: UInt64) -> Duration {
    let nanoseconds: UInt64 =
      switch self {
      case .fixed(let delay): Self.units(delay)
      case .uniform(let range): Self.uniform(range, bits)
      case .normal(let mean, let deviation): Self.normal(mean, deviation, bits)
      case .logNormal(let median, let spread):
        Quantiles.logNormal(median: Self.units(median), spread: spread, bits)
      case .exponential(let mean): Quantiles.exponential(mean: Self.units(mean), bits)
      case .pareto(let minimum, let shape):
        Quantiles.pareto(minimum: Self.units(minimum), shape: shape, bits)
      case .empirical(let delays): Self.units(delays.quantile(bits))
      }
    return min(.nanoseconds(Int64(clamping: nanoseconds)), Limits.delayMax)
  }

  private static func uniform(_ range: ClosedRange<Duration>, _ bits: UInt64) -> UInt64 {
    let lower = units(range.lowerBound)
    let width = units(range.upperBound) - lower
    return lower + bits.multipliedFullWidth(by: width + 1).high
  }

  private static func normal(_ mean: Duration, _ deviation: Duration, _ bits: UInt64) -> UInt64 {
    let offset = (Int128(units(deviation)) * Int128(Quantiles.normal(bits))) >> 24
    return UInt64(clamping: max(0, Int128(units(mean)) + offset))
  }

  /// The nanoseconds of a duration, not below zero.
  private static func units(_ duration: Duration) -> UInt64 {
    UInt64(max(0, duration.wholeNanoseconds))
  }
}

/// Delays that were measured, kept as their quantiles.
package struct EmpiricalDelays: Hashable, Sendable {
  /// Evenly spaced quantiles, from the shortest delay to the longest; at most 1,024.
  package let points: [Duration]

  /// Creates the distribution of a recording's delays, in any order; `nil` if there are none.
  package init?(samples: [Duration]) {
    guard !samples.isEmpty else { return nil }
    let ordered = samples.sorted()
    let count = min(ordered.count, Limits.empiricalPointsMax)
    guard count > 1 else {
      points = ordered
      return
    }
    points = (0..<count).map { ordered[$0 * (ordered.count - 1) / (count - 1)] }
  }

  /// Returns the delay at a probability, on the straight line between its neighbours.
  func quantile(_ bits: UInt64) -> Duration {
    let (index, part) = bits.multipliedFullWidth(by: UInt64(points.count - 1))
    let lower = points[Int(index)].wholeNanoseconds
    guard Int(index) + 1 < points.count else { return .nanoseconds(lower) }
    let width = UInt64(max(0, points[Int(index) + 1].wholeNanoseconds - lower))
    return .nanoseconds(lower + Int64(width.multipliedFullWidth(by: part).high))
  }
}
