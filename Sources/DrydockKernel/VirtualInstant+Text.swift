/// How an instant is written.
public enum InstantForm: Hashable, Sendable, CaseIterable {
  /// The form `2026-03-02T14:00:00`.
  case seconds
  /// The form `2026-03-02T14:00:00.000`.
  case milliseconds
  /// The form `2026-03-02T14:00:00.000000`.
  case microseconds
  /// The form `2026-03-02T14:00:00.0000000`, as .NET writes it.
  case sevenDigits
  /// The form `2026-03-02T14:00:00.000000000`.
  case nanoseconds
  /// The form `2026-03-02`, never with an offset.
  case date
  /// The form `2026-03-02 14:00:00`, never with an offset.
  case spaced
}

/// How the offset from UTC is written after an instant.
public enum OffsetForm: Hashable, Sendable, CaseIterable {
  /// A `Z` for UTC; any other offset is written as `numeric` is.
  case zulu
  /// The form `+00:00` or `-05:00`.
  case numeric
  /// Nothing: a local time whose zone the reader has to know.
  case none
}

extension VirtualInstant {
  /// Creates an instant from RFC 3339 text with any offset and up to nine fraction digits.
  ///
  /// `T` and `Z` may be lower case and `T` may be a space. A leap second `23:59:60` in UTC counts
  /// as the first second of the next day. Fails outside the years 1677 to 2262.
  ///
  /// - Source: RFC 3339 section 5.6.
  public init?(parsing iso8601: String) {
    let bytes = Array(iso8601.utf8)
    guard let (local, fractionEnd) = LocalText.parse(bytes),
      let offset = LocalText.offset(bytes, at: fractionEnd)
    else { return nil }
    let seconds = local.seconds - offset
    if local.isLeapSecond {
      guard seconds % 86_400 == 0 else { return nil }
    }
    self.init(exactSeconds: seconds, nanosecond: local.nanosecond)
  }

  /// Creates an instant from `YYYY-MM-DDTHH:MM:SS` without an offset, as a wall clock in a zone.
  public init?(parsing local: String, in zone: ZoneRules) {
    let bytes = Array(local.utf8)
    guard let (text, end) = LocalText.parse(bytes), end == bytes.count, !text.isLeapSecond else {
      return nil
    }
    let seconds = zone.utcSeconds(ofLocal: text.seconds)
    self.init(exactSeconds: seconds, nanosecond: text.nanosecond)
  }

  private init?(exactSeconds seconds: Int, nanosecond: Int) {
    let total = Int128(seconds) * 1_000_000_000 + Int128(nanosecond)
    guard let nanoseconds = Int64(exactly: total) else { return nil }
    self.init(nanosecondsSinceEpoch: nanoseconds)
  }

  /// Returns the instant as text in one of the forms; digits that a form lacks are cut off.
  ///
  /// The offset says how far the written local time is ahead of UTC, in whole minutes. The forms
  /// `date` and `spaced` never show it.
  public func description(
    _ form: InstantForm = .seconds,
    zone: OffsetForm = .zulu,
    offset: Duration = .zero
  ) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(40)
    append(form, zone: zone, offset: offset, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the text that `description(_:zone:offset:)` returns, for writers of bytes.
  public func append(
    _ form: InstantForm = .seconds,
    zone: OffsetForm = .zulu,
    offset: Duration = .zero,
    to bytes: inout [UInt8]
  ) {
    let offsetSeconds = Int(offset.wholeNanoseconds / 1_000_000_000)
    let utcSeconds = secondsSinceEpoch
    let nanosecond = nanosecondsSinceEpoch &- utcSeconds &* 1_000_000_000
    let seconds = Int(utcSeconds) + offsetSeconds
    let day = seconds.floorDivided(by: 86_400)
    CivilDate(daysSinceEpoch: day).append(to: &bytes)
    guard form != .date else { return }
    bytes.append(form == .spaced ? UInt8(ascii: " ") : UInt8(ascii: "T"))
    let time = CivilTime(clampingSecondOfDay: seconds - day * 86_400)
    time.append(to: &bytes, withSeconds: true)
    let fractionDigits = form.fractionDigits
    if fractionDigits > 0 {
      bytes.append(UInt8(ascii: "."))
      var unit: Int64 = 100_000_000
      for _ in 0..<fractionDigits {
        bytes.append(0x30 | UInt8(truncatingIfNeeded: nanosecond / unit % 10))
        unit /= 10
      }
    }
    if form != .spaced { OffsetForm.append(offsetSeconds, as: zone, to: &bytes) }
  }

  /// Returns the instant as a wall clock in a zone shows it.
  public func description(
    _ form: InstantForm = .seconds,
    zone: OffsetForm = .numeric,
    in rules: ZoneRules
  ) -> String {
    description(form, zone: zone, offset: rules.offset(at: self))
  }
}

extension VirtualInstant: CustomStringConvertible {
  /// The instant in UTC, with as many fraction digits, in threes, as it needs.
  public var description: String {
    if nanosecondsSinceEpoch % 1_000_000_000 == 0 { return description(.seconds) }
    if nanosecondsSinceEpoch % 1_000_000 == 0 { return description(.milliseconds) }
    if nanosecondsSinceEpoch % 1_000 == 0 { return description(.microseconds) }
    return description(.nanoseconds)
  }
}

extension InstantForm {
  var fractionDigits: Int {
    switch self {
    case .seconds, .date, .spaced: 0
    case .milliseconds: 3
    case .microseconds: 6
    case .sevenDigits: 7
    case .nanoseconds: 9
    }
  }
}

extension OffsetForm {
  static func append(_ seconds: Int, as form: OffsetForm, to bytes: inout [UInt8]) {
    guard form != .none else { return }
    guard form == .numeric || seconds != 0 else {
      bytes.append(UInt8(ascii: "Z"))
      return
    }
    bytes.append(seconds < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    let minutes = Int(seconds.magnitude) / 60
    bytes.append(twoDigits: minutes / 60)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(twoDigits: minutes % 60)
  }
}

extension Int {
  /// Returns the quotient rounded towards negative infinity.
  func floorDivided(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

/// The date and time part of an instant's text.
struct LocalText {
  /// The seconds from 1970-01-01T00:00:00 of the same wall clock.
  var seconds: Int
  var nanosecond: Int
  var isLeapSecond: Bool

  /// Reads `YYYY-MM-DDTHH:MM:SS` and a fraction; returns also the index after them.
  static func parse(_ bytes: [UInt8]) -> (local: LocalText, end: Int)? {
    guard bytes.count >= 19, let date = CivilDate(parsing: bytes, at: 0),
      bytes[10] | 0x20 == UInt8(ascii: "t") || bytes[10] == UInt8(ascii: " "),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let hour = bytes.number(at: 11, digits: 2), hour < 24,
      let minute = bytes.number(at: 14, digits: 2), minute < 60,
      let second = bytes.number(at: 17, digits: 2), second <= 60
    else { return nil }
    var nanosecond = 0
    var index = 19
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      let start = index
      var unit = 100_000_000
      while index < bytes.count, let digit = bytes[index].digitValue {
        guard index - start < 9 else { return nil }
        nanosecond += Int(digit) * unit
        unit /= 10
        index += 1
      }
      guard index > start else { return nil }
    }
    let seconds = date.daysSinceEpoch * 86_400 + hour * 3_600 + minute * 60 + second
    let local = LocalText(seconds: seconds, nanosecond: nanosecond, isLeapSecond: second == 60)
    return (local, index)
  }

  /// Reads an offset that has to end the text; returns it in seconds.
  static func offset(_ bytes: [UInt8], at index: Int) -> Int? {
    guard index < bytes.count else { return nil }
    if bytes[index] | 0x20 == UInt8(ascii: "z") { return index + 1 == bytes.count ? 0 : nil }
    guard bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-"),
      bytes.count == index + 6, bytes[index + 3] == UInt8(ascii: ":"),
      let hours = bytes.number(at: index + 1, digits: 2), hours < 24,
      let minutes = bytes.number(at: index + 4, digits: 2), minutes < 60
    else { return nil }
    let seconds = hours * 3_600 + minutes * 60
    return bytes[index] == UInt8(ascii: "-") ? -seconds : seconds
  }
}
