/// A point in time of a run, in UTC, as nanoseconds since 1970-01-01T00:00:00Z.
///
///     let placed = VirtualInstant(parsing: "2026-11-27T20:00:00-05:00")
///     placed?.description(.milliseconds)        // "2026-11-28T01:00:00.000Z"
///
/// Reaches from 1677-09-21 to 2262-04-11. Arithmetic stops at the ends instead of trapping, since
/// durations come from input. Leap seconds do not exist, as in POSIX time.
public struct VirtualInstant: Hashable, Comparable, Sendable {
  /// The nanoseconds since 1970-01-01T00:00:00Z.
  public var nanosecondsSinceEpoch: Int64

  /// Creates the instant a number of nanoseconds after 1970-01-01T00:00:00Z.
  @inlinable
  public init(nanosecondsSinceEpoch: Int64) {
    self.nanosecondsSinceEpoch = nanosecondsSinceEpoch
  }

  /// The instant 1970-01-01T00:00:00Z.
  public static let epoch = VirtualInstant(nanosecondsSinceEpoch: 0)
  /// The first instant there is.
  public static let earliest = VirtualInstant(nanosecondsSinceEpoch: .min)
  /// The last instant there is.
  public static let latest = VirtualInstant(nanosecondsSinceEpoch: .max)

  /// Returns the instant a number of nanoseconds later, held between the ends.
  @inlinable
  public func advanced(byNanoseconds nanoseconds: Int64) -> VirtualInstant {
    let (sum, overflow) = nanosecondsSinceEpoch.addingReportingOverflow(nanoseconds)
    guard overflow else { return VirtualInstant(nanosecondsSinceEpoch: sum) }
    return VirtualInstant(nanosecondsSinceEpoch: nanoseconds < 0 ? .min : .max)
  }

  /// Returns the nanoseconds from another instant to this one, held within 64 bits.
  @inlinable
  public func nanoseconds(since other: VirtualInstant) -> Int64 {
    let (difference, overflow) = nanosecondsSinceEpoch.subtractingReportingOverflow(
      other.nanosecondsSinceEpoch
    )
    guard overflow else { return difference }
    return nanosecondsSinceEpoch < 0 ? .min : .max
  }

  /// Returns the instant a duration later; fractions of a nanosecond are dropped.
  public static func + (instant: VirtualInstant, duration: Duration) -> VirtualInstant {
    instant.advanced(byNanoseconds: duration.wholeNanoseconds)
  }

  /// Returns the instant a duration earlier; fractions of a nanosecond are dropped.
  public static func - (instant: VirtualInstant, duration: Duration) -> VirtualInstant {
    instant.advanced(byNanoseconds: (.zero - duration).wholeNanoseconds)
  }

  /// Returns the duration from the right instant to the left one, exactly.
  public static func - (left: VirtualInstant, right: VirtualInstant) -> Duration {
    let (difference, overflow) = left.nanosecondsSinceEpoch.subtractingReportingOverflow(
      right.nanosecondsSinceEpoch
    )
    guard overflow else { return .nanoseconds(difference) }
    return .nanoseconds(left.nanosecondsSinceEpoch) - .nanoseconds(right.nanosecondsSinceEpoch)
  }

  /// Moves an instant later by a duration.
  public static func += (instant: inout VirtualInstant, duration: Duration) {
    instant = instant + duration
  }

  /// Moves an instant earlier by a duration.
  public static func -= (instant: inout VirtualInstant, duration: Duration) {
    instant = instant - duration
  }

  /// Returns whether one instant is before another.
  @inlinable
  public static func < (left: VirtualInstant, right: VirtualInstant) -> Bool {
    left.nanosecondsSinceEpoch < right.nanosecondsSinceEpoch
  }

  /// The whole seconds since the epoch, rounded down.
  public var secondsSinceEpoch: Int64 {
    let (quotient, remainder) = nanosecondsSinceEpoch.quotientAndRemainder(
      dividingBy: 1_000_000_000
    )
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// Creates the instant a number of seconds after the epoch, held between the ends.
  public init(secondsSinceEpoch seconds: Int64, nanosecond: Int64 = 0) {
    let (nanoseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let whole = overflow ? (seconds < 0 ? Int64.min : .max) : nanoseconds
    self = VirtualInstant(nanosecondsSinceEpoch: whole).advanced(byNanoseconds: nanosecond)
  }
}
