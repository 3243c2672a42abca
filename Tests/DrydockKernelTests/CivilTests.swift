import DrydockKernel
import Testing

@Suite("Civil date and time")
struct CivilTests {
  @Test("goes through the days of 1,200 years one by one, both ways")
  func everyDay() throws {
    var date = try #require(CivilDate(year: 1_500, month: 1, day: 1))
    var weekday = date.weekday
    while date.year < 2_700 {
      let next = date.advanced(byDays: 1)
      let isNextInMonth =
        next.year == date.year && next.month == date.month && next.day == date.day + 1
      let isNextMonth =
        next.day == 1
        && (next.month == date.month + 1 && next.year == date.year
          || next.month == 1 && date.month == 12 && next.year == date.year + 1)
      try #require(isNextInMonth || isNextMonth, "\(date) \(next)")
      try #require(CivilDate(year: next.year, month: next.month, day: next.day) == next)
      try #require(next.weekday.rawValue == weekday.rawValue % 7 + 1)
      date = next
      weekday = next.weekday
    }
  }

  @Test(
    "knows weekdays",
    arguments: [
      ("1970-01-01", Weekday.thursday), ("2026-11-27", .friday), ("2024-02-29", .thursday),
      ("2000-01-01", .saturday), ("1969-12-31", .wednesday), ("0001-01-01", .monday),
    ]
  )
  func weekdays(text: String, weekday: Weekday) {
    #expect(CivilDate(parsing: text)?.weekday == weekday)
  }

  @Test(
    "refuses dates that do not exist",
    arguments: [
      "2026-02-29", "1900-02-29", "2026-00-01", "2026-13-01", "2026-04-31", "2026-01-00",
      "2026-1-1",
      "20260101", "2026-01-01 ", "",
    ]
  )
  func refusesDates(text: String) {
    #expect(CivilDate(parsing: text) == nil)
  }

  @Test("stays within the years that exist")
  func dateEnds() {
    let last = CivilDate(daysSinceEpoch: .max)
    #expect(last.description == "9999-12-31")
    #expect(last.advanced(byDays: 1) == last)
    #expect(CivilDate(daysSinceEpoch: .min).description == "-9999-01-01")
    #expect(last.advanced(byDays: .min) == CivilDate(daysSinceEpoch: .min))
  }

  @Test("orders dates and counts the days between them")
  func dateOrder() throws {
    let friday = try #require(CivilDate(parsing: "2026-11-27"))
    let monday = try #require(CivilDate(parsing: "2026-11-30"))
    #expect(friday < monday)
    #expect(monday.days(since: friday) == 3)
    #expect(monday.advanced(byDays: -3) == friday)
  }

  @Test(
    "reads and writes times of day",
    arguments: ["00:00", "17:00", "23:59:59", "24:00", "08:30"]
  )
  func times(text: String) throws {
    #expect(try #require(CivilTime(parsing: text)).description == text)
  }

  @Test(
    "refuses times that no clock shows",
    arguments: ["24:01", "24:00:01", "25:00", "12:60", "12:00:60", "7:00", "0700", "", "12:00:0"]
  )
  func refusesTimes(text: String) {
    #expect(CivilTime(parsing: text) == nil)
  }

  @Test("takes a time apart")
  func timeParts() throws {
    let time = try #require(CivilTime(hour: 17, minute: 5, second: 9))
    #expect([time.hour, time.minute, time.second] == [17, 5, 9])
    #expect(time < .endOfDay)
    #expect(CivilTime.midnight < time)
  }

  @Test("names weekdays in lower case")
  func weekdayNames() {
    #expect(Weekday.allCases.allSatisfy { Weekday(parsing: $0.name) == $0 })
    #expect(Weekday(parsing: "Monday") == nil)
    #expect(Weekday.monday < .sunday)
  }
}
