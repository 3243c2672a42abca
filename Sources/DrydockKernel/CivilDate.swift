/// A day of the Gregorian calendar, without a zone.
///
///     CivilDate(parsing: "2026-11-27")?.weekday == .friday
///
/// Years from -9999 to 9999; the calendar is extended backwards before 1582.
public struct CivilDate: Hashable, Comparable, Sendable {
  /// The days since 1970-01-01.
  public let daysSinceEpoch: Int
  /// The year, where 0 is 1 BC.
  public let year: Int
  /// The month, 1 to 12.
  public let month: Int
  /// The day of the month, 1 to 31.
  public let day: Int

  /// Creates a date that exists; `nil` for the 30th of February and the like.
  public init?(year: Int, month: Int, day: Int) {
    guard (-9_999...9_999).contains(year), (1...12).contains(month),
      (1...CivilDate.length(ofMonth: month, year: year)).contains(day)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
    self.daysSinceEpoch = CivilDate.days(year: year, month: month, day: day)
  }

  /// Creates the date a number of days after 1970-01-01, held within the years that exist.
  ///
  /// - Source: H. Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
  public init(daysSinceEpoch days: Int) {
    let days = min(max(days, CivilDate.daysMin), CivilDate.daysMax)
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    self.daysSinceEpoch = days
    self.day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
    self.month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    self.year = yearOfEra + era * 400 + (self.month <= 2 ? 1 : 0)
  }

  /// Creates a date from `YYYY-MM-DD`.
  public init?(parsing text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, let date = CivilDate(parsing: bytes, at: 0) else { return nil }
    self = date
  }

  /// The day of the week.
  public var weekday: Weekday { Weekday(daysSinceEpoch: daysSinceEpoch) }

  /// Returns the date a number of days later, or earlier for a negative number.
  public func advanced(byDays days: Int) -> CivilDate {
    let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
    guard !overflow else { return CivilDate(daysSinceEpoch: days < 0 ? .min : .max) }
    return CivilDate(daysSinceEpoch: sum)
  }

  /// Returns how many days this date is after another.
  public func days(since other: CivilDate) -> Int { daysSinceEpoch - other.daysSinceEpoch }

  /// Returns whether one date is before another.
  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    left.daysSinceEpoch < right.daysSinceEpoch
  }

  /// Returns the number of days of a month.
  static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: isLeap(year) ? 29 : 28
    default: 31
    }
  }

  static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// Returns the days from 1970-01-01 to a date.
  ///
  /// - Source: H. Hinnant, "chrono-compatible low-level date algorithms", days_from_civil.
  static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static let daysMin = days(year: -9_999, month: 1, day: 1)
  private static let daysMax = days(year: 9_999, month: 12, day: 31)

  /// Reads the ten bytes of `YYYY-MM-DD` at an index.
  init?(parsing bytes: [UInt8], at start: Int) {
    guard bytes.count >= start + 10,
      bytes[start + 4] == UInt8(ascii: "-"), bytes[start + 7] == UInt8(ascii: "-"),
      let year = bytes.number(at: start, digits: 4),
      let month = bytes.number(at: start + 5, digits: 2),
      let day = bytes.number(at: start + 8, digits: 2)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }
}

extension CivilDate: CustomStringConvertible {
  /// The date as `YYYY-MM-DD`.
  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  func append(to bytes: inout [UInt8]) {
    if year < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes.append(twoDigits: Int(year.magnitude) / 100)
    bytes.append(twoDigits: Int(year.magnitude) % 100)
    bytes.append(UInt8(ascii: "-"))
    bytes.append(twoDigits: month)
    bytes.append(UInt8(ascii: "-"))
    bytes.append(twoDigits: day)
  }
}

extension [UInt8] {
  /// Returns the number that an exact count of digits at an index spells.
  func number(at start: Int, digits: Int) -> Int? {
    guard start + digits <= count else { return nil }
    var number = 0
    for index in start..<(start + digits) {
      guard let digit = self[index].digitValue else { return nil }
      number = number * 10 + Int(digit)
    }
    return number
  }
}
