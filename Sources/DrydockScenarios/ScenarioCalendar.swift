import DrydockKernel

/// The days of a scenario: `day 1` is its first, in its zone.
struct ScenarioCalendar: Sendable {
  /// The first day; a Monday unless the scenario says otherwise.
  var firstDay = CivilDate(daysSinceEpoch: 20_514)  // 2026-03-02
  /// The zone in which times of day are meant.
  var zone = ZoneRules.utc

  /// When the run begins: midnight of the first day.
  var start: VirtualInstant {
    zone.instant(of: firstDay, CivilTime.midnight)
  }

  /// Returns the instant of `day 2 14:30`, `day 2`, or a full date and time with its offset.
  func instant(parsing text: String) -> VirtualInstant? {
    let words = text.split(separator: " ")
    guard words.first == "day" else { return VirtualInstant(parsing: text) }
    guard words.count == 2 || words.count == 3, let day = Int(words[1]), (1...3_660).contains(day)
    else { return nil }
    let time =
      words.count == 3 ? CivilTime(parsing: String(words[2])) : CivilTime.midnight
    guard let time else { return nil }
    return zone.instant(of: firstDay.advanced(byDays: day - 1), time)
  }
}
