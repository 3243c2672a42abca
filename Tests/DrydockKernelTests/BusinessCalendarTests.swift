import DrydockKernel
import Testing

@Suite("Business calendar")
struct BusinessCalendarTests {
  /// A dock in New York: Monday to Friday, 08:00 to 18:00, cut-off 14:00, shut on Thanksgiving.
  private func dock() throws -> BusinessCalendar {
    BusinessCalendar(
      zone: try #require(ZoneRules.named("America/New_York")),
      holidays: [try date("2026-11-26")],
      opens: try time("08:00"),
      closes: try time("18:00"),
      cutoff: try time("14:00")
    )
  }

  private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(parsing: text)) }
  private func time(_ text: String) throws -> CivilTime { try #require(CivilTime(parsing: text)) }
  private func at(_ text: String) throws -> VirtualInstant {
    try #require(VirtualInstant(parsing: text))
  }

  @Test("is open from the opening time up to, not including, the closing time")
  func hours() throws {
    let dock = try dock()
    #expect(!dock.isOpen(at: try at("2026-11-25T07:59:59-05:00")))
    #expect(dock.isOpen(at: try at("2026-11-25T08:00:00-05:00")))
    #expect(dock.isOpen(at: try at("2026-11-25T17:59:59.999-05:00")))
    #expect(!dock.isOpen(at: try at("2026-11-25T18:00:00-05:00")))
  }

  @Test("is shut at weekends and on holidays")
  func daysOff() throws {
    let dock = try dock()
    #expect(!dock.isOpen(at: try at("2026-11-26T12:00:00-05:00")))
    #expect(!dock.isOpen(at: try at("2026-11-28T12:00:00-05:00")))
    #expect(dock.isOpen(at: try at("2026-11-27T12:00:00-05:00")))
  }

  @Test(
    "opens next",
    arguments: [
      ("2026-11-25T06:00:00-05:00", "2026-11-25T08:00:00-05:00"),
      ("2026-11-25T12:00:00-05:00", "2026-11-25T12:00:00-05:00"),
      ("2026-11-25T18:00:00-05:00", "2026-11-27T08:00:00-05:00"),
      ("2026-11-27T20:00:00-05:00", "2026-11-30T08:00:00-05:00"),
      // Over the change of the clock: 08:00 on Monday has the summer offset.
      ("2026-03-06T18:00:00-05:00", "2026-03-09T08:00:00-04:00"),
    ]
  )
  func opensNext(from: String, to expected: String) throws {
    #expect(try dock().nextOpen(onOrAfter: try at(from)) == (try at(expected)))
  }

  @Test(
    "cuts off next",
    arguments: [
      ("2026-11-25T13:59:59-05:00", "2026-11-25T14:00:00-05:00"),
      ("2026-11-25T14:00:00-05:00", "2026-11-25T14:00:00-05:00"),
      ("2026-11-25T14:00:00.000000001-05:00", "2026-11-27T14:00:00-05:00"),
      ("2026-11-28T09:00:00-05:00", "2026-11-30T14:00:00-05:00"),
      ("2026-03-06T15:00:00-05:00", "2026-03-09T14:00:00-04:00"),
    ]
  )
  func cutsOffNext(from: String, to expected: String) throws {
    #expect(try dock().nextCutoff(onOrAfter: try at(from)) == (try at(expected)))
  }

  @Test("takes on work for the day of the next cut-off")
  func takesOn() throws {
    let dock = try dock()
    #expect(dock.workday(takingOn: try at("2026-11-25T10:00:00-05:00")) == (try date("2026-11-25")))
    #expect(dock.workday(takingOn: try at("2026-11-25T15:00:00-05:00")) == (try date("2026-11-27")))
  }

  @Test(
    "adds workdays",
    arguments: [
      (0, "2026-11-25", "2026-11-25"), (0, "2026-11-26", "2026-11-27"),
      (1, "2026-11-25", "2026-11-27"), (2, "2026-11-25", "2026-11-30"),
      (5, "2026-11-25", "2026-12-03"), (1, "2026-11-28", "2026-11-30"),
      (-1, "2026-11-27", "2026-11-25"), (-1, "2026-11-30", "2026-11-27"),
      (250, "2026-01-01", "2026-12-18"),
    ]
  )
  func addsWorkdays(count: Int, from: String, to expected: String) throws {
    #expect(try dock().adding(workdays: count, to: try date(from)) == (try date(expected)))
  }

  @Test("keeps the time on the wall clock when adding workdays")
  func addsToInstants() throws {
    let sum = try dock().adding(workdays: 1, to: try at("2026-03-06T09:30:00-05:00"))
    #expect(sum == (try at("2026-03-09T09:30:00-04:00")))
  }

  @Test("works through the night when it closes before it opens")
  func nightShift() throws {
    let night = BusinessCalendar(opens: try time("22:00"), closes: try time("06:00"))
    #expect(night.isOpen(at: try at("2026-11-27T23:00:00Z")))
    // Friday's shift goes on into Saturday, and none begins then.
    #expect(night.isOpen(at: try at("2026-11-28T05:59:59Z")))
    #expect(!night.isOpen(at: try at("2026-11-28T06:00:00Z")))
    #expect(!night.isOpen(at: try at("2026-11-28T23:00:00Z")))
    #expect(
      night.nextClose(after: try at("2026-11-28T01:00:00Z")) == (try at("2026-11-28T06:00:00Z"))
    )
  }

  @Test("has a day of 23 and one of 25 hours when it is open all day")
  func changingDays() throws {
    let zone = try #require(ZoneRules.named("America/New_York"))
    let calendar = BusinessCalendar(zone: zone, workdays: Set(Weekday.allCases))
    for (day, hours) in [("2026-03-08", 23), ("2026-11-01", 25), ("2026-11-02", 24)] {
      let open = try #require(calendar.hours(of: try date(day)))
      #expect(open.closes - open.opens == .seconds(hours * 3_600))
    }
  }

  @Test("opens after the gap when its opening time is skipped")
  func opensInGap() throws {
    let zone = try #require(ZoneRules.named("America/New_York"))
    let calendar = BusinessCalendar(
      zone: zone,
      workdays: Set(Weekday.allCases),
      opens: try time("02:30"),
      closes: try time("10:00")
    )
    let open = calendar.nextOpen(onOrAfter: try at("2026-03-08T00:00:00-05:00"))
    #expect(open == (try at("2026-03-08T03:30:00-04:00")))
  }

  @Test("gives up where nothing is ever open")
  func neverOpen() throws {
    let never = BusinessCalendar(workdays: [])
    let instant = try at("2026-11-27T00:00:00Z")
    #expect(never.nextOpen(onOrAfter: instant) == nil)
    #expect(never.nextClose(after: instant) == nil)
    #expect(never.nextCutoff(onOrAfter: instant) == nil)
    #expect(never.adding(workdays: 0, to: try date("2026-11-27")) == nil)
    #expect(never.adding(workdays: 3, to: try date("2026-11-27")) == nil)
    #expect(BusinessCalendar.always.adding(workdays: .max, to: try date("2026-11-27")) == nil)
    #expect(BusinessCalendar.always.adding(workdays: .min, to: try date("2026-11-27")) == nil)
  }

  @Test("never closes when it is always open")
  func always() throws {
    let instant = try at("2026-11-28T23:59:59.999999999Z")
    #expect(BusinessCalendar.always.isOpen(at: instant))
    #expect(BusinessCalendar.always.nextOpen(onOrAfter: instant) == instant)
  }
}
