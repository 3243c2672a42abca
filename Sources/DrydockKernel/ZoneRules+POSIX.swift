extension ZoneRules {
  /// Creates the rules of a POSIX TZ text such as `EST5EDT,M3.2.0,M11.1.0` or `<+0330>-3:30`.
  ///
  /// Changes are `Mm.w.d`, `Jn` or `n`, each with a time from -167 to 167 hours. A summer time
  /// without changes gets those of the United States; without an offset it is one hour ahead.
  /// It may be behind the standard time, as in `IST-1GMT0,M10.5.0,M3.5.0/1`.
  ///
  /// - Source: POSIX.1-2024 section 8.3; RFC 9636 section 3.3.2 for the longer times.
  public init?(posix: String) {
    guard posix.utf8.count <= Limits.zoneTextBytesMax else { return nil }
    var reader = ZoneTextReader(posix)
    guard let name = reader.name(), let west = reader.time(hoursMax: 24) else { return nil }
    let standard = Side(abbreviation: name, offsetSeconds: -west)
    guard !reader.isAtEnd else {
      self.init(posix: posix, standard: standard, summer: nil)
      return
    }
    guard let summerName = reader.name() else { return nil }
    var side = Side(abbreviation: summerName, offsetSeconds: standard.offsetSeconds + 3_600)
    if reader.nextIsTime {
      guard let west = reader.time(hoursMax: 24) else { return nil }
      side.offsetSeconds = -west
    }
    if reader.isAtEnd { reader = ZoneTextReader(",M3.2.0,M11.1.0") }
    guard reader.skip(","), let starts = reader.change(), reader.skip(","),
      let ends = reader.change(), reader.isAtEnd
    else { return nil }
    let summer = Summer(side: side, starts: starts, ends: ends)
    self.init(posix: posix, standard: standard, summer: summer)
  }
}

/// Reads the parts of a POSIX TZ text from left to right.
struct ZoneTextReader {
  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  var isAtEnd: Bool { index == bytes.count }

  var nextIsTime: Bool {
    guard let next else { return false }
    return next.digitValue != nil || next == UInt8(ascii: "+") || next == UInt8(ascii: "-")
  }

  /// Goes past a character if it is next.
  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  /// Reads three or more letters, or `<` letters, digits and signs `>`.
  mutating func name() -> String? {
    let isQuoted = skip("<")
    let start = index
    while let byte = next {
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      guard byte.isLetter || (isQuoted && (byte.digitValue != nil || isSign)) else { break }
      index += 1
    }
    let end = index
    guard end - start >= 3, !isQuoted || skip(">") else { return nil }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// Reads `[+-]h[h[h]][:mm[:ss]]` as seconds.
  mutating func time(hoursMax: Int) -> Int? {
    let isNegative = skip("-")
    if !isNegative { _ = skip("+") }
    guard let hours = number(max: hoursMax) else { return nil }
    var seconds = hours * 3_600
    if skip(":") {
      guard let minutes = number(max: 59) else { return nil }
      seconds += minutes * 60
      if skip(":") {
        guard let second = number(max: 59) else { return nil }
        seconds += second
      }
    }
    return isNegative ? -seconds : seconds
  }

  /// Reads `Mm.w.d`, `Jn` or `n`, and `/time` after it; the time is 02:00 otherwise.
  mutating func change() -> ZoneRules.Change? {
    let day: ZoneRules.Change.Day
    if skip("M") {
      guard let month = number(max: 12), month >= 1, skip("."),
        let week = number(max: 5), week >= 1, skip("."), let weekday = number(max: 6)
      else { return nil }
      day = .weekday(month: month, week: week, weekday: weekday)
    } else if skip("J") {
      guard let number = number(max: 365), number >= 1 else { return nil }
      day = .julian(number)
    } else {
      guard let number = number(max: 365) else { return nil }
      day = .ordinal(number)
    }
    guard skip("/") else { return ZoneRules.Change(day: day, secondOfDay: 7_200) }
    guard let time = time(hoursMax: 167) else { return nil }
    return ZoneRules.Change(day: day, secondOfDay: time)
  }

  /// Reads one to three digits.
  private mutating func number(max: Int) -> Int? {
    let start = index
    var number = 0
    while let digit = next?.digitValue, index - start < 3 {
      number = number * 10 + Int(digit)
      index += 1
    }
    guard index > start, number <= max else { return nil }
    return number
  }
}
