/// A time of day on a wall clock, to the second, without a zone.
///
/// `24:00` is allowed and means the end of the day, so that a warehouse can close at midnight.
public struct CivilTime: Hashable, Comparable, Sendable {
  /// The seconds since midnight, 0 to 86400.
  public let secondOfDay: Int

  /// The first moment of a day.
  public static let midnight = CivilTime(clampingSecondOfDay: 0)
  /// The end of a day, `24:00`.
  public static let endOfDay = CivilTime(clampingSecondOfDay: 86_400)

  /// Creates a time of day; `nil` if a wall clock never shows it.
  public init?(hour: Int, minute: Int, second: Int = 0) {
    guard (0...24).contains(hour), (0...59).contains(minute), (0...59).contains(second),
      hour < 24 || (minute == 0 && second == 0)
    else { return nil }
    secondOfDay = hour * 3_600 + minute * 60 + second
  }

  init(clampingSecondOfDay second: Int) {
    secondOfDay = min(max(second, 0), 86_400)
  }

  /// Creates a time of day from `HH:MM` or `HH:MM:SS`.
  public init?(parsing text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 5 || bytes.count == 8, bytes[2] == UInt8(ascii: ":"),
      let hour = bytes.number(at: 0, digits: 2), let minute = bytes.number(at: 3, digits: 2)
    else { return nil }
    guard bytes.count == 8 else {
      self.init(hour: hour, minute: minute)
      return
    }
    guard bytes[5] == UInt8(ascii: ":"), let second = bytes.number(at: 6, digits: 2) else {
      return nil
    }
    self.init(hour: hour, minute: minute, second: second)
  }

  /// The hour, 0 to 24.
  public var hour: Int { secondOfDay / 3_600 }
  /// The minute of the hour.
  public var minute: Int { secondOfDay / 60 % 60 }
  /// The second of the minute.
  public var second: Int { secondOfDay % 60 }

  /// Returns whether one time of day is before another.
  public static func < (left: CivilTime, right: CivilTime) -> Bool {
    left.secondOfDay < right.secondOfDay
  }
}

extension CivilTime: CustomStringConvertible {
  /// The time as `HH:MM`, with `:SS` where the seconds are not zero.
  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes, withSeconds: second != 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  func append(to bytes: inout [UInt8], withSeconds: Bool) {
    bytes.append(twoDigits: hour)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(twoDigits: minute)
    guard withSeconds else { return }
    bytes.append(UInt8(ascii: ":"))
    bytes.append(twoDigits: second)
  }
}
