import DrydockKernel
import Testing

@Suite("Zone rules")
struct ZoneRulesTests {
  private func zone(_ name: String) throws -> ZoneRules {
    try #require(ZoneRules.named(name))
  }

  private func local(_ text: String, _ zone: ZoneRules) throws -> String {
    let (date, time) = zone.civil(of: try #require(VirtualInstant(parsing: text)))
    return "\(date) \(time)"
  }

  private func instant(_ date: String, _ time: String, _ zone: ZoneRules) throws -> String {
    let date = try #require(CivilDate(parsing: date))
    let time = try #require(CivilTime(parsing: time))
    return zone.instant(of: date, time).description
  }

  @Test("reads every shipped zone, and finds it by name")
  func shippedZones() {
    #expect(ZoneRules.names == ZoneRules.names.sorted())
    #expect(ZoneRules.names.count >= 60)
    for name in ZoneRules.names { #expect(ZoneRules.named(name) != nil, "\(name)") }
    #expect(ZoneRules.named("America/Atlantis") == nil)
    #expect(ZoneRules.named("") == nil)
    #expect(ZoneRules.named("Zulu") == nil)
  }

  @Test(
    "changes the clock at the right second",
    arguments: [
      ("America/New_York", "2026-03-08T07:00:00Z", "2026-03-08 01:59:59", "2026-03-08 03:00"),
      ("America/New_York", "2026-11-01T06:00:00Z", "2026-11-01 01:59:59", "2026-11-01 01:00"),
      ("Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29 01:59:59", "2026-03-29 03:00"),
      ("Europe/Berlin", "2026-10-25T01:00:00Z", "2026-10-25 02:59:59", "2026-10-25 02:00"),
      ("Europe/Dublin", "2026-03-29T01:00:00Z", "2026-03-29 00:59:59", "2026-03-29 02:00"),
      ("Europe/Dublin", "2026-10-25T01:00:00Z", "2026-10-25 01:59:59", "2026-10-25 01:00"),
      ("Australia/Sydney", "2026-04-04T16:00:00Z", "2026-04-05 02:59:59", "2026-04-05 02:00"),
      ("Australia/Sydney", "2026-10-03T16:00:00Z", "2026-10-04 01:59:59", "2026-10-04 03:00"),
      ("America/Santiago", "2026-04-05T03:00:00Z", "2026-04-04 23:59:59", "2026-04-04 23:00"),
      ("America/Santiago", "2026-09-06T04:00:00Z", "2026-09-05 23:59:59", "2026-09-06 01:00"),
      ("America/Nuuk", "2026-03-29T01:00:00Z", "2026-03-28 22:59:59", "2026-03-29 00:00"),
      ("Asia/Jerusalem", "2026-03-27T00:00:00Z", "2026-03-27 01:59:59", "2026-03-27 03:00"),
      ("Pacific/Chatham", "2026-09-26T14:00:00Z", "2026-09-27 02:44:59", "2026-09-27 03:45"),
      ("Africa/Cairo", "2026-10-29T21:00:00Z", "2026-10-29 23:59:59", "2026-10-29 23:00"),
    ]
  )
  func changes(name: String, at change: String, before: String, after: String) throws {
    let zone = try zone(name)
    let instant = try #require(VirtualInstant(parsing: change))
    #expect(try local((instant - .seconds(1)).description, zone) == before)
    #expect(try local(change, zone) == after)
  }

  @Test("keeps one offset all year where the clock is left alone")
  func withoutSummer() throws {
    let kolkata = try zone("Asia/Kolkata")
    for month in 1...12 {
      let date = try #require(CivilDate(year: 2026, month: month, day: 15))
      #expect(kolkata.offset(at: ZoneRules.utc.instant(of: date, .midnight)) == .seconds(19_800))
    }
  }

  @Test("takes a time in the gap with the offset before it")
  func gap() throws {
    let newYork = try zone("America/New_York")
    #expect(try instant("2026-03-08", "01:59", newYork) == "2026-03-08T06:59:00Z")
    #expect(try instant("2026-03-08", "02:00", newYork) == "2026-03-08T07:00:00Z")
    #expect(try instant("2026-03-08", "02:30", newYork) == "2026-03-08T07:30:00Z")
    #expect(try instant("2026-03-08", "03:00", newYork) == "2026-03-08T07:00:00Z")
    let dublin = try zone("Europe/Dublin")
    #expect(try instant("2026-03-29", "01:30", dublin) == "2026-03-29T01:30:00Z")
  }

  @Test("takes the earlier of two instants in the overlap")
  func overlap() throws {
    let newYork = try zone("America/New_York")
    #expect(try instant("2026-11-01", "00:59", newYork) == "2026-11-01T04:59:00Z")
    #expect(try instant("2026-11-01", "01:30", newYork) == "2026-11-01T05:30:00Z")
    #expect(try instant("2026-11-01", "02:00", newYork) == "2026-11-01T07:00:00Z")
    let dublin = try zone("Europe/Dublin")
    #expect(try instant("2026-10-25", "01:30", dublin) == "2026-10-25T00:30:00Z")
  }

  @Test("lists no instant in the gap, two in the overlap and one elsewhere")
  func occurrences() throws {
    let newYork = try zone("America/New_York")
    let halfPastOne = try #require(CivilTime(parsing: "01:30"))
    let halfPastTwo = try #require(CivilTime(parsing: "02:30"))
    let spring = try #require(CivilDate(parsing: "2026-03-08"))
    let autumn = try #require(CivilDate(parsing: "2026-11-01"))
    #expect(newYork.instants(of: spring, halfPastTwo).isEmpty)
    #expect(
      newYork.instants(of: autumn, halfPastOne).map(\.description)
        == ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"]
    )
    #expect(newYork.instants(of: autumn, halfPastTwo).count == 1)
  }

  @Test("names the side in force, also where winter is the exception")
  func abbreviations() throws {
    let dublin = try zone("Europe/Dublin")
    let winter = try #require(VirtualInstant(parsing: "2026-01-15T12:00:00Z"))
    let summer = try #require(VirtualInstant(parsing: "2026-07-15T12:00:00Z"))
    #expect(dublin.abbreviation(at: winter) == "GMT")
    #expect(dublin.abbreviation(at: summer) == "IST")
    #expect(dublin.offset(at: winter) == .zero)
    #expect(dublin.offset(at: summer) == .seconds(3_600))
  }

  @Test("reads days as Jn, which never counts the leap day, and as n, which does")
  func dayForms() throws {
    let julian = try #require(ZoneRules(posix: "AAA0BBB,J60/0,J300/0"))
    let ordinal = try #require(ZoneRules(posix: "AAA0BBB,59/0,299/0"))
    for (zone, year, change) in [
      (julian, 2026, "03-01"), (julian, 2028, "03-01"), (ordinal, 2026, "03-01"),
      (ordinal, 2028, "02-29"),
    ] {
      let instant = try #require(VirtualInstant(parsing: "\(year)-\(change)T00:00:00Z"))
      #expect(zone.offset(at: instant - .nanoseconds(1)) == .zero)
      #expect(zone.offset(at: instant) == .seconds(3_600))
    }
  }

  @Test("keeps summer time all year where its end is the next start")
  func allYear() throws {
    let zone = try #require(ZoneRules(posix: "XXX3EDT4,0/0,J365/23"))
    for text in ["2026-01-01T02:59:59Z", "2026-01-01T03:00:00Z", "2026-07-01T00:00:00Z"] {
      let instant = try #require(VirtualInstant(parsing: text))
      #expect(zone.offset(at: instant) == .seconds(-14_400), "\(text)")
    }
  }

  @Test("gives a summer time without rules those of the United States")
  func defaultRules() throws {
    let bare = try #require(ZoneRules(posix: "EST5EDT"))
    let newYork = try zone("America/New_York")
    for month in 1...12 {
      let date = try #require(CivilDate(year: 2026, month: month, day: 20))
      let instant = ZoneRules.utc.instant(of: date, .midnight)
      #expect(bare.offset(at: instant) == newYork.offset(at: instant))
    }
  }

  @Test(
    "refuses texts that are not POSIX time zones",
    arguments: [
      "", "EST", "5", "ES5", "EST5EDT,", "EST5EDT,M3.2.0", "EST5EDT,M3.2.0,",
      "EST5EDT,M13.2.0,M1.1.0",
      "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.0.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0", "EST25",
      "EST5EDT,J0,J10", "EST5EDT,J366,J10", "EST5EDT,366,10", "EST5EDT,M3.2.0/168,M11.1.0",
      "EST5:60", "<EST5", "<ES>5", "EST5EDT,M3.2.0,M11.1.0 ", "E5T5", ":America/New_York",
      "EST5EDT4x,M3.2.0,M11.1.0",
    ]
  )
  func refuses(text: String) {
    #expect(ZoneRules(posix: text) == nil)
  }

  @Test("brings every local time back, in every shipped zone")
  func roundTrip() throws {
    let draws = Seed(3).draws(for: "zones")
    for name in ZoneRules.names {
      let zone = try zone(name)
      for number in 0..<200 {
        let key = KeyedDraws.Key(entity: name, attempt: number, purpose: "instant")
        let seconds = draws.integer(in: 0...4_000_000_000, key)
        let instant = VirtualInstant(secondsSinceEpoch: seconds)
        let (date, time) = zone.civil(of: instant)
        #expect(zone.instants(of: date, time).contains(instant), "\(name) \(instant)")
        let back = zone.instant(of: date, time)
        #expect(back <= instant)
        #expect(zone.civil(of: back) == (date, time))
      }
    }
  }

  @Test("finds each local time that is skipped or doubled in a year of half hours")
  func changesInYear() throws {
    let zone = try zone("Europe/Berlin")
    let start = try #require(CivilDate(parsing: "2026-01-01"))
    var counts = [0, 0, 0]
    for half in 0..<(365 * 48) {
      let time = try #require(CivilTime(hour: half % 48 / 2, minute: half % 2 * 30))
      counts[zone.instants(of: start.advanced(byDays: half / 48), time).count] += 1
    }
    #expect(counts == [2, 365 * 48 - 4, 2])
  }

  @Test("gives the ends of time for dates beyond them")
  func beyondInstants() throws {
    let late = try #require(CivilDate(parsing: "2500-01-01"))
    let early = try #require(CivilDate(parsing: "1500-01-01"))
    let newYork = try zone("America/New_York")
    #expect(newYork.instant(of: late, .midnight) == .latest)
    #expect(newYork.instant(of: early, .midnight) == .earliest)
    _ = newYork.civil(of: .latest)
    _ = newYork.civil(of: .earliest)
  }
}
