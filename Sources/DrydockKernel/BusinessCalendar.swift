/// When a place works: its days, its hours and the time after which work waits for another day.
///
///     let dock = BusinessCalendar(zone: newYork, opens: eight, closes: eighteen, cutoff: fourteen)
///     dock.nextCutoff(onOrAfter: placed)     // 14:00 in New York, today or the next workday
///
/// A day whose closing time is not after its opening time closes on the next day. On the days when
/// the clock changes, hours follow the wall clock by the rule of `ZoneRules.instant(of:_:)`.
/// Searches end after 800 days and return `nil`: such a place is never open.
public struct BusinessCalendar: Hashable, Sendable {
  /// The zone of the wall clock.
  public var zone: ZoneRules
  /// The weekdays on which work is done.
  public var workdays: Set<Weekday>
  /// The dates on which no work is done, whatever their weekday.
  public var holidays: Set<CivilDate>
  /// The time at which a workday begins.
  public var opens: CivilTime
  /// The time at which it ends; the first moment that is closed.
  public var closes: CivilTime
  /// The last moment at which work is still taken on for the same day.
  public var cutoff: CivilTime

  /// Creates a calendar; open all day from Monday to Friday unless told otherwise.
  ///
  /// Without a cut-off time it is the closing time.
  public init(
    zone: ZoneRules = .utc,
    workdays: Set<Weekday> = Weekday.mondayToFriday,
    holidays: Set<CivilDate> = [],
    opens: CivilTime = .midnight,
    closes: CivilTime = .endOfDay,
    cutoff: CivilTime? = nil
  ) {
    self.zone = zone
    self.workdays = workdays
    self.holidays = holidays
    self.opens = opens
    self.closes = closes
    self.cutoff = cutoff ?? closes
  }

  /// A place that never closes, in UTC.
  public static let always = BusinessCalendar(workdays: Set(Weekday.allCases))

  /// Returns whether work is done on a date.
  public func isWorkday(_ date: CivilDate) -> Bool {
    workdays.contains(date.weekday) && !holidays.contains(date)
  }

  /// Returns whether the place is open at an instant.
  public func isOpen(at instant: VirtualInstant) -> Bool {
    let today = zone.civil(of: instant).0
    // The night shift of yesterday may still be on.
    let isNightShift = closes <= opens
    return isOpen(at: instant, on: today)
      || (isNightShift && isOpen(at: instant, on: today.advanced(byDays: -1)))
  }

  private func isOpen(at instant: VirtualInstant, on date: CivilDate) -> Bool {
    guard let hours = hours(of: date) else { return false }
    return hours.opens <= instant && instant < hours.closes
  }

  /// Returns the instant itself if the place is open then, else when it opens next.
  public func nextOpen(onOrAfter instant: VirtualInstant) -> VirtualInstant? {
    if isOpen(at: instant) { return instant }
    return firstDay(onOrAfter: zone.civil(of: instant).0) { date in
      guard let hours = hours(of: date), hours.opens >= instant, hours.opens < hours.closes else {
        return nil
      }
      return hours.opens
    }
  }

  /// Returns when the place closes if it is open at an instant, else when it closes after that.
  public func nextClose(after instant: VirtualInstant) -> VirtualInstant? {
    firstDay(onOrAfter: zone.civil(of: instant).0.advanced(byDays: -1)) { date in
      guard let hours = hours(of: date), hours.closes > instant else { return nil }
      return hours.closes
    }
  }

  /// Returns the first cut-off time of a workday that is not before an instant.
  public func nextCutoff(onOrAfter instant: VirtualInstant) -> VirtualInstant? {
    firstDay(onOrAfter: zone.civil(of: instant).0) { date in
      guard isWorkday(date) else { return nil }
      let moment = zone.instant(of: date, cutoff)
      return moment >= instant ? moment : nil
    }
  }

  /// Returns the workday to which work that arrives at an instant belongs: that of the next
  /// cut-off.
  public func workday(takingOn instant: VirtualInstant) -> CivilDate? {
    nextCutoff(onOrAfter: instant).map { zone.civil(of: $0).0 }
  }

  /// Returns the date a number of workdays later, or earlier for a negative number.
  ///
  /// Zero workdays after a date off is the next workday. `nil` where no such day is near enough:
  /// the search goes 800 days beyond the last workday it found.
  public func adding(workdays count: Int, to date: CivilDate) -> CivilDate? {
    let step = count < 0 ? -1 : 1
    var current = date
    var left = count.magnitude
    if left == 0 { return firstDay(onOrAfter: date) { isWorkday($0) ? $0 : nil } }
    var daysOff = 0
    while left > 0 {
      current = current.advanced(byDays: step)
      if isWorkday(current) {
        left -= 1
        daysOff = 0
      } else {
        daysOff += 1
      }
      guard daysOff < Limits.calendarDaysMax, left <= Limits.calendarDaysMax * 100 else {
        return nil
      }
    }
    return current
  }

  /// Returns the instant a number of workdays later, at the same time on the wall clock.
  public func adding(workdays count: Int, to instant: VirtualInstant) -> VirtualInstant? {
    let (date, time) = zone.civil(of: instant)
    return adding(workdays: count, to: date).map { zone.instant(of: $0, time) }
  }

  /// Returns when the place opens and closes on a date; `nil` on days off.
  public func hours(of date: CivilDate) -> (opens: VirtualInstant, closes: VirtualInstant)? {
    guard isWorkday(date) else { return nil }
    let lastDay = closes > opens ? date : date.advanced(byDays: 1)
    return (zone.instant(of: date, opens), zone.instant(of: lastDay, closes))
  }

  private func firstDay<Found>(
    onOrAfter date: CivilDate,
    where match: (CivilDate) -> Found?
  ) -> Found? {
    var current = date
    for _ in 0..<Limits.calendarDaysMax {
      if let found = match(current) { return found }
      current = current.advanced(byDays: 1)
    }
    return nil
  }
}
