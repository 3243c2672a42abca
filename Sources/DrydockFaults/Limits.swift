/// Bounds of the faults: what is clamped, or given up, beyond them.
enum Limits {
  /// The longest delay that one fault adds.
  static let delayMax = Duration.seconds(30 * 86_400)
  /// The longest wait that a throttle names; a limit that never refills names this one.
  static let waitMax = Duration.seconds(366 * 86_400)
  /// The wait that a full concurrency cap names, since nobody knows when a call will end.
  static let concurrencyWait = Duration.seconds(1)
  /// The copies that one duplicate fault makes of one attempt.
  static let copiesMax = 100
  /// The messages that one reorder fault holds at a time; beyond, messages pass.
  static let holdsMax = 4_096
  /// The calls that one sliding window remembers; a larger limit counts as this one.
  static let slidingCallsMax = 1 << 20
  /// The calls that one concurrency cap lets in; a larger limit counts as this one.
  static let concurrentCallsMax = 1 << 20
  /// The limiters that one throttle fault keeps; what comes later shares one.
  static let limitersMax = 1_024
  /// The points that a distribution keeps of a recording.
  static let empiricalPointsMax = 1_024
}
