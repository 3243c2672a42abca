/// The rules of a time zone: a standard offset and, where there is one, a summer time.
///
///     let berlin = ZoneRules.named("Europe/Berlin")
///     berlin?.offset(at: instant)                       // 1 h or 2 h
///
/// The rules of today hold for all years, forwards and backwards: there is no history of changes,
/// so a run gives the same trace on every machine whatever time zone data is installed there.
///
///     offset │        ┌─────────────┐            a clock time in the gap never shows,
///            │        │   summer    │            one in the overlap shows twice
///            │ ───────┘             └───────
///            └────────▲─────────────▲───────▶
///                    gap         overlap
public struct ZoneRules: Hashable, Sendable {
  /// The rules as a POSIX TZ text.
  public let posix: String
  let standard: Side
  let summer: Summer?

  /// Coordinated universal time.
  public static let utc = ZoneRules(
    posix: "UTC0",
    standard: Side(abbreviation: "UTC", offsetSeconds: 0),
    summer: nil
  )

  /// One of the offsets a zone uses, and what it is called.
  struct Side: Hashable, Sendable {
    var abbreviation: String
    var offsetSeconds: Int
  }

  /// The second offset, and the changes to and from it in each year.
  struct Summer: Hashable, Sendable {
    var side: Side
    var starts: Change
    var ends: Change
  }

  /// A moment of each year, on the wall clock before the change.
  struct Change: Hashable, Sendable {
    enum Day: Hashable, Sendable {
      /// A day from 1 to 365 that never counts the 29th of February.
      case julian(Int)
      /// A day from 0 to 365 that counts it.
      case ordinal(Int)
      /// A weekday of a month; week 5 is the last one. Sunday is 0.
      case weekday(month: Int, week: Int, weekday: Int)
    }
    var day: Day
    var secondOfDay: Int
  }

  init(posix: String, standard: Side, summer: Summer?) {
    self.posix = posix
    self.standard = standard
    self.summer = summer
  }

  /// Returns the rules of a zone of the IANA names, such as `America/New_York`.
  ///
  /// - Returns: `nil` for a name that the shipped table lacks; `init(posix:)` takes any zone.
  public static func named(_ name: String) -> ZoneRules? {
    guard let posix = ZoneNames.posix(of: name) else { return nil }
    return ZoneRules(posix: posix)
  }

  /// The names that `named(_:)` knows, sorted.
  public static var names: [String] { ZoneNames.all.map(\.name) }

  /// Returns how far the wall clock is ahead of UTC at an instant.
  public func offset(at instant: VirtualInstant) -> Duration {
    .seconds(offsetSeconds(atUTCSeconds: Int(instant.secondsSinceEpoch)))
  }

  /// Returns the abbreviation in force at an instant, such as `EST`.
  public func abbreviation(at instant: VirtualInstant) -> String {
    guard let summer, isSummer(atUTCSeconds: Int(instant.secondsSinceEpoch)) else {
      return standard.abbreviation
    }
    return summer.side.abbreviation
  }

  /// Returns the instant at which the wall clock shows a date and time.
  ///
  /// A time in the gap is taken with the offset before the gap, so that 02:30 becomes 03:30 when
  /// the clock springs from 02:00 to 03:00. A time in the overlap is the earlier of the two. Dates
  /// that instants do not reach give the first or last instant.
  ///
  /// - Source: the rule of RFC 5545 section 3.3.5 for local times.
  public func instant(of date: CivilDate, _ time: CivilTime) -> VirtualInstant {
    let local = date.daysSinceEpoch * 86_400 + time.secondOfDay
    return VirtualInstant(secondsSinceEpoch: Int64(utcSeconds(ofLocal: local)))
  }

  /// Returns what the wall clock shows at an instant; fractions of a second are dropped.
  public func civil(of instant: VirtualInstant) -> (CivilDate, CivilTime) {
    let seconds = Int(instant.secondsSinceEpoch)
    let local = seconds + offsetSeconds(atUTCSeconds: seconds)
    let day = local.floorDivided(by: 86_400)
    return (
      CivilDate(daysSinceEpoch: day), CivilTime(clampingSecondOfDay: local - day * 86_400)
    )
  }

  /// Returns the instants at which the wall clock shows a date and time: none, one or two.
  public func instants(of date: CivilDate, _ time: CivilTime) -> [VirtualInstant] {
    let local = date.daysSinceEpoch * 86_400 + time.secondOfDay
    let larger = local - largerOffsetSeconds
    let smaller = local - smallerOffsetSeconds
    let seconds = larger == smaller ? [larger] : [larger, smaller]
    return seconds.filter { $0 + offsetSeconds(atUTCSeconds: $0) == local }
      .map { VirtualInstant(secondsSinceEpoch: Int64($0)) }
  }

  private var largerOffsetSeconds: Int {
    max(standard.offsetSeconds, summer?.side.offsetSeconds ?? standard.offsetSeconds)
  }

  private var smallerOffsetSeconds: Int {
    min(standard.offsetSeconds, summer?.side.offsetSeconds ?? standard.offsetSeconds)
  }

  func utcSeconds(ofLocal local: Int) -> Int {
    guard summer != nil else { return local - standard.offsetSeconds }
    // The larger offset gives the earlier instant. Where it is not in force the smaller one is, or
    // the time lies in a gap: there the clock goes forward, so the smaller one came before.
    let earlier = local - largerOffsetSeconds
    let isInForce = offsetSeconds(atUTCSeconds: earlier) == largerOffsetSeconds
    return isInForce ? earlier : local - smallerOffsetSeconds
  }

  private func offsetSeconds(atUTCSeconds seconds: Int) -> Int {
    guard let summer, isSummer(atUTCSeconds: seconds) else { return standard.offsetSeconds }
    return summer.side.offsetSeconds
  }

  /// Returns whether the last change at or before an instant was the one to summer time.
  private func isSummer(atUTCSeconds seconds: Int) -> Bool {
    guard let summer else { return false }
    let day = (seconds + standard.offsetSeconds).floorDivided(by: 86_400)
    let date = CivilDate(daysSinceEpoch: day)
    // Away from the ends of the year its two changes decide, since times reach 167 hours.
    if (2...11).contains(date.month) {
      let (start, end) = summer.changes(inYear: date.year, standard: standard)
      return start <= end ? start <= seconds && seconds < end : seconds < end || start <= seconds
    }
    var last = Int.min
    var isSummer = false
    for year in (date.year - 1)...(date.year + 1) {
      let (start, end) = summer.changes(inYear: year, standard: standard)
      // Of two changes at one instant the one listed later wins, which keeps summer time that
      // lasts all year (its end is the next year's start) in force.
      let changes = start <= end ? [(start, true), (end, false)] : [(end, false), (start, true)]
      for (instant, isStart) in changes where instant <= seconds && instant >= last {
        last = instant
        isSummer = isStart
      }
    }
    return isSummer
  }
}

extension ZoneRules.Summer {
  /// Returns when summer time starts and ends in a year, in seconds since 1970-01-01T00:00:00Z.
  func changes(inYear year: Int, standard: ZoneRules.Side) -> (start: Int, end: Int) {
    (
      starts.localSeconds(inYear: year) - standard.offsetSeconds,
      ends.localSeconds(inYear: year) - side.offsetSeconds
    )
  }
}

extension ZoneRules.Change {
  /// Returns the change in a year as seconds of the wall clock since 1970-01-01T00:00:00.
  func localSeconds(inYear year: Int) -> Int {
    let firstDay = CivilDate.days(year: year, month: 1, day: 1)
    let dayNumber: Int
    switch day {
    case .julian(let number):
      dayNumber = firstDay + number - 1 + (number >= 60 && CivilDate.isLeap(year) ? 1 : 0)
    case .ordinal(let number):
      dayNumber = firstDay + number
    case .weekday(let month, let week, let weekday):
      let first = CivilDate.days(year: year, month: month, day: 1)
      let firstWeekday = ((first + 4) % 7 + 7) % 7
      var dayOfMonth = 1 + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      if dayOfMonth > CivilDate.length(ofMonth: month, year: year) { dayOfMonth -= 7 }
      dayNumber = first + dayOfMonth - 1
    }
    return dayNumber * 86_400 + secondOfDay
  }
}
