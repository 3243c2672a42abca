import DrydockKernel

/// Keeps calls below a platform's limit: so many at once, then one each interval.
///
///     burst 3, every 1 s:   x x x . . x . . x . . x        a bucket that leaks one each interval
struct Pacer: Hashable, Sendable {
  /// How many calls may come at once.
  let burst: Int
  /// How long one call fills the bucket.
  let interval: Duration
  /// When the bucket is empty again.
  private var emptyAt = VirtualInstant.epoch

  init(burst: Int, interval: Duration) {
    self.burst = burst
    self.interval = interval
  }

  /// Returns when the next call may be made.
  func admits(at now: VirtualInstant) -> VirtualInstant {
    max(now, emptyAt - interval * (burst - 1))
  }

  /// Counts a call.
  mutating func called(at now: VirtualInstant) {
    emptyAt = max(emptyAt, now) + interval
  }

  /// Takes over what the platform says about its bucket.
  mutating func fill(to used: Int, at now: VirtualInstant) {
    emptyAt = max(emptyAt, now + interval * used)
  }
}
