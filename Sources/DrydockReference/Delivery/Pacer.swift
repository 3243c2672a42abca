import DrydockKernel

/// Keeps calls below a platform's limit: so many at once, then one each interval.
///
///     burst 3, every 1 s:   x x x . . x . . x . . x        a bucket that leaks one each interval
///
/// When the platform refuses calls all the same, it is slowed down: one call at a time, further
/// apart.
struct Pacer: Hashable, Sendable {
  /// How many calls may come at once.
  let burst: Int
  /// How long one call fills the bucket.
  let interval: Duration
  /// The time between calls that refusals have taught, if it is longer.
  private(set) var slowed: Duration?
  /// When the bucket is empty again.
  private var emptyAt = VirtualInstant.epoch
  private var lastCall = VirtualInstant.epoch

  init(burst: Int, interval: Duration) {
    self.burst = burst
    self.interval = interval
  }

  /// Returns when the next call may be made.
  func admits(at now: VirtualInstant) -> VirtualInstant {
    if let slowed { return max(now, lastCall + slowed) }
    return max(now, emptyAt - interval * (burst - 1))
  }

  /// Counts a call.
  mutating func called(at now: VirtualInstant) {
    emptyAt = max(emptyAt, now) + interval
    lastCall = now
  }

  /// Takes over what the platform says about its bucket.
  mutating func fill(to used: Int, at now: VirtualInstant) {
    emptyAt = max(emptyAt, now + interval * used)
  }

  /// How far apart calls are made.
  var apart: Duration { slowed ?? interval }

  /// Sets calls further apart, and at least by a third more than before.
  mutating func slow(to wanted: Duration) {
    slowed = min(max(wanted, apart * 4 / 3), .seconds(3600))
  }

  /// Tries whether calls may come closer together again.
  mutating func quicken() {
    guard let slowed else { return }
    let quicker = slowed * 3 / 4
    self.slowed = quicker > interval ? quicker : nil
  }
}
