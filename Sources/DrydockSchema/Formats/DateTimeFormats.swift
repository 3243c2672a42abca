/// Dates, times and durations.
///
/// - Source: RFC 3339 section 5.6 and appendix A.
enum DateTimeFormats {
  static func isDateTime(_ text: inout FormatReader) -> Bool {
    guard isDate(&text), text.take("T", "t") else { return false }
    return isTime(&text) && text.isAtEnd
  }

  static func isDate(_ text: inout FormatReader) -> Bool {
    guard let year = text.digits(4), text.take("-"), let month = text.digits(2), text.take("-"),
      let day = text.digits(2)
    else { return false }
    guard (1...12).contains(month) else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day >= 1 && day <= lengths[month - 1]
  }

  static func isTime(_ text: inout FormatReader) -> Bool {
    guard let hour = text.digits(2), hour <= 23, text.take(":"), let minute = text.digits(2),
      minute <= 59, text.take(":"), let second = text.digits(2), second <= 60
    else { return false }
    if text.take("."), text.skipDigits() == 0 { return false }
    var offset = 0
    if !text.take("Z", "z") {
      let isAhead = text.take("+")
      guard isAhead || text.take("-") else { return false }
      guard let hours = text.digits(2), hours <= 23, text.take(":"),
        let minutes = text.digits(2), minutes <= 59
      else { return false }
      offset = (hours * 60 + minutes) * (isAhead ? 1 : -1)
    }
    // A leap second is the last of a day in UTC.
    if second == 60 {
      let minuteOfDay = (hour * 60 + minute - offset + 2 * 1440) % 1440
      return minuteOfDay == 1439
    }
    return true
  }

  /// A duration of years to seconds in falling order without gaps, or of weeks.
  static func isDuration(_ text: inout FormatReader) -> Bool {
    guard text.take("P") else { return false }
    guard let dateUnits = units(&text, ["Y", "M", "W", "D"]) else { return false }
    if dateUnits.contains(2) { return dateUnits == [2] && text.isAtEnd }
    var timeUnits: [Int] = []
    if text.take("T") {
      guard let found = units(&text, ["H", "M", "S"]), !found.isEmpty else { return false }
      timeUnits = found
    }
    guard text.isAtEnd, !dateUnits.isEmpty || !timeUnits.isEmpty else { return false }
    let dates = dateUnits.map { $0 == 3 ? 2 : $0 }
    return isGapless(dates) && isGapless(timeUnits)
  }

  private static func isGapless(_ units: [Int]) -> Bool {
    zip(units, units.dropFirst()).allSatisfy { $1 == $0 + 1 }
  }

  /// Reads digits and units in the given order and returns the places of the units met.
  private static func units(
    _ text: inout FormatReader,
    _ names: [Unicode.Scalar]
  ) -> [Int]? {
    var found: [Int] = []
    while let next = text.peek, FormatReader.isDigit(next) {
      _ = text.skipDigits()
      guard let unit = names.indices.first(where: { text.take(names[$0]) }),
        unit > (found.last ?? -1)
      else { return nil }
      found.append(unit)
    }
    return found
  }
}
