import DrydockKernel

/// What a partner's refusals teach about its limits.
///
///     admitted admitted admitted refused, wait 57 s │ … one call each 20 s
///     └───────────── 60 s, 3 calls ─────────────────┘
///
/// The calls that were admitted between two silences say how many the limit takes in that time.
/// After a run of calls without a refusal it is tried whether more is possible.
struct ThrottleLesson: Hashable, Sendable {
  /// After how many admitted calls in a row more is tried.
  static let calmRun = 20
  /// After this silence a count starts again.
  static let forgottenAfter: Duration = .seconds(60)

  private var countsFrom: VirtualInstant?
  private var lastCall = VirtualInstant.epoch
  private var admitted = 0
  private var calm = 0
  private var learnedAt = VirtualInstant.epoch

  /// Counts a call that is made.
  mutating func called(at now: VirtualInstant) {
    if countsFrom == nil || now - lastCall > Self.forgottenAfter {
      countsFrom = now
      admitted = 0
    }
    lastCall = now
  }

  /// Counts a call that was admitted; returns whether more may be tried.
  mutating func wasAdmitted() -> Bool {
    admitted += 1
    calm += 1
    guard calm >= Self.calmRun else { return false }
    calm = 0
    return true
  }

  /// Whether a call was made after the last lesson, so that its refusal teaches something new.
  func isNews(_ sentAt: VirtualInstant) -> Bool { sentAt >= learnedAt }

  /// Draws the conclusion from a refusal.
  ///
  /// - Parameters:
  ///   - wait: The silence that the partner asks for, if it asks for one.
  ///   - now: When the refusal came.
  /// - Returns: How far apart calls should be; nothing when the partner does not say how long to
  ///   wait.
  mutating func wasRefused(wait: Duration?, at now: VirtualInstant) -> Duration? {
    learnedAt = now
    calm = 0
    defer {
      countsFrom = now + (wait ?? .zero)
      admitted = 0
    }
    guard let wait, let countsFrom else { return nil }
    return min((now + wait - countsFrom) / max(admitted, 1), wait * 5 / 4)
  }
}
