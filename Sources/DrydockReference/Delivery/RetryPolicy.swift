import DrydockKernel

/// How often, and after which waits, an errand is tried again.
///
///     attempt 1 ──2 s──▶ 2 ──4 s──▶ 3 ──8 s──▶ 4 … ──15 min──▶ 11 ──15 min──▶ … ─▶ dead letter
///
/// Waits double up to a longest one. Each errand stretches all its waits by its own share, drawn
/// once: errands that failed together do not come back together, and no wait is shorter than the
/// one before.
struct RetryPolicy: Hashable, Sendable {
  /// The wait after the first attempt.
  var first: Duration = .seconds(2)
  /// No wait is longer than this, before it is stretched.
  var longest: Duration = .seconds(900)
  /// How much a wait may be stretched, in 1/1,000.
  var stretchMax: UInt64 = 250
  /// After how many attempts without a clear answer an errand is a dead letter.
  var attemptsMax = 12
  /// For how long an errand is tried at all, however the attempts end.
  var triedFor: Duration = .seconds(2 * 86_400)
  /// The defect `no-backoff`: every wait is as short as this.
  var constant: Duration?

  /// Returns the wait after an attempt.
  ///
  /// - Parameters:
  ///   - attempt: How many attempts were made, at least 1.
  ///   - stretch: The errand's share in 1/1,000, at most `stretchMax`.
  /// - Returns: Never less than after the attempt before.
  func wait(after attempt: Int, stretch: UInt64) -> Duration {
    if let constant { return constant }
    var wait = first
    for _ in 1..<max(attempt, 1) where wait < longest { wait *= 2 }
    wait = min(wait, longest)
    return wait + wait * Int(min(stretch, stretchMax)) / 1_000
  }

  /// Draws an errand's share.
  func stretch(for errand: String, draws: KeyedDraws) -> UInt64 {
    draws.below(stretchMax + 1, KeyedDraws.Key(entity: errand, purpose: "retry-stretch"))
  }
}
