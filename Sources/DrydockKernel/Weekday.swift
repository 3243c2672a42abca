/// A day of the week, numbered as in ISO 8601: Monday is 1.
public enum Weekday: Int, CaseIterable, Hashable, Comparable, Sendable {
  /// The first day of the week.
  case monday = 1
  /// The second day of the week.
  case tuesday
  /// The third day of the week.
  case wednesday
  /// The fourth day of the week.
  case thursday
  /// The fifth day of the week.
  case friday
  /// The sixth day of the week.
  case saturday
  /// The last day of the week.
  case sunday

  /// The five days from Monday to Friday.
  public static let mondayToFriday: Set<Weekday> = [
    .monday, .tuesday, .wednesday, .thursday, .friday,
  ]

  /// Creates the weekday of a day counted from 1970-01-01, a Thursday.
  init(daysSinceEpoch days: Int) {
    let index = ((days + 3) % 7 + 7) % 7
    self = Weekday.allCases[index]
  }

  /// The English name in lower case, as in scenario files.
  public var name: String {
    switch self {
    case .monday: "monday"
    case .tuesday: "tuesday"
    case .wednesday: "wednesday"
    case .thursday: "thursday"
    case .friday: "friday"
    case .saturday: "saturday"
    case .sunday: "sunday"
    }
  }

  /// Creates the weekday of an English name in lower case.
  public init?(parsing name: String) {
    guard let weekday = Weekday.allCases.first(where: { $0.name == name }) else { return nil }
    self = weekday
  }

  /// Returns whether one weekday is before another.
  public static func < (left: Weekday, right: Weekday) -> Bool { left.rawValue < right.rawValue }
}
