import DrydockKernel

/// Times of a run in words: a clock for points, two units for lengths.
enum RunClock {
  /// Returns a duration as `1d 02:03:04.500`, without days where there are none.
  static func text(_ duration: Duration) -> String {
    let milliseconds = max(0, duration.wholeNanoseconds / 1_000_000)
    let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1_000)
    let (days, ofDay) = seconds.quotientAndRemainder(dividingBy: 86_400)
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let fraction = rest < 10 ? "00\(rest)" : rest < 100 ? "0\(rest)" : "\(rest)"
    let time =
      "\(two(ofDay / 3_600)):\(two(ofDay % 3_600 / 60)):\(two(ofDay % 60)).\(fraction)"
    return days > 0 ? "\(days)d \(time)" : time
  }

  /// Returns a length of time as people say it, in at most two units: `340 ms`, `1.2 s`, `2 d 4 h`.
  static func words(_ duration: Duration) -> String {
    let nanoseconds = max(0, duration.wholeNanoseconds)
    let milliseconds = nanoseconds / 1_000_000
    let seconds = milliseconds / 1_000
    switch seconds {
    case 0: return nanoseconds > 0 && milliseconds == 0 ? "< 1 ms" : "\(milliseconds) ms"
    case 1..<60:
      let tenths = milliseconds % 1_000 / 100
      return tenths == 0 || seconds >= 10 ? "\(seconds) s" : "\(seconds).\(tenths) s"
    case 60..<3_600: return pair(seconds / 60, "min", seconds % 60, "s")
    case 3_600..<86_400: return pair(seconds / 3_600, "h", seconds % 3_600 / 60, "min")
    default: return pair(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h")
    }
  }

  private static func pair(
    _ large: Int64,
    _ largeUnit: String,
    _ small: Int64,
    _ unit: String
  )
    -> String
  {
    small == 0 ? "\(large) \(largeUnit)" : "\(large) \(largeUnit) \(small) \(unit)"
  }
}

/// Counted things in words.
enum Counted {
  /// Returns `1 order`, `2 orders`.
  static func words(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
  }
}
