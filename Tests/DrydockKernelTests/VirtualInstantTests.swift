import DrydockKernel
import Testing

@Suite("Virtual instant")
struct VirtualInstantTests {
  @Test("adds and subtracts durations")
  func arithmetic() throws {
    let start = try #require(VirtualInstant(parsing: "2026-03-02T14:00:00Z"))
    #expect((start + .seconds(90)).description == "2026-03-02T14:01:30Z")
    #expect((start - .milliseconds(1)).description == "2026-03-02T13:59:59.999Z")
    #expect((start + .seconds(90)) - start == .seconds(90))
    #expect(start - (start + .seconds(90)) == .seconds(-90))
    var moved = start
    moved += .seconds(1)
    moved -= .seconds(3)
    #expect(moved.nanoseconds(since: start) == -2_000_000_000)
  }

  @Test("stops at the ends of its range instead of trapping")
  func saturates() {
    #expect(VirtualInstant.latest + .seconds(1) == .latest)
    #expect(VirtualInstant.earliest - .seconds(1) == .earliest)
    #expect(VirtualInstant.epoch + .seconds(Int64.max) == .latest)
    #expect(VirtualInstant.epoch - .seconds(Int64.max) == .earliest)
    #expect(VirtualInstant(secondsSinceEpoch: .max) == .latest)
    #expect(VirtualInstant(secondsSinceEpoch: .min) == .earliest)
    #expect(VirtualInstant.latest.nanoseconds(since: .earliest) == .max)
    #expect(VirtualInstant.earliest.nanoseconds(since: .latest) == .min)
  }

  @Test("gives the exact difference of the ends, which exceeds 64 bits")
  func differenceOfEnds() {
    let difference = VirtualInstant.latest - VirtualInstant.earliest
    #expect(difference == .nanoseconds(Int64.max) + .nanoseconds(Int64.max) + .nanoseconds(1))
  }

  @Test("rounds seconds down before the epoch")
  func secondsBeforeEpoch() {
    #expect(VirtualInstant(nanosecondsSinceEpoch: -1).secondsSinceEpoch == -1)
    #expect(VirtualInstant(nanosecondsSinceEpoch: -1_000_000_000).secondsSinceEpoch == -1)
    #expect(
      VirtualInstant(nanosecondsSinceEpoch: -1).description(.seconds) == "1969-12-31T23:59:59Z"
    )
  }

  @Test(
    "reads RFC 3339 text",
    arguments: [
      ("1970-01-01T00:00:00Z", 0),
      ("1985-04-12T23:20:50.52Z", 482_196_050_520_000_000),
      ("1996-12-19T16:39:57-08:00", 851_042_397_000_000_000),
      ("1990-12-31T23:59:60Z", 662_688_000_000_000_000),
      ("1990-12-31T15:59:60-08:00", 662_688_000_000_000_000),
      ("1937-01-01T12:00:27.87+00:20", -1_041_337_172_130_000_000),
      ("2026-03-02t14:00:00.123456789z", 1_772_460_000_123_456_789),
      ("2026-03-02 14:00:00.1234567+00:00", 1_772_460_000_123_456_700),
      ("2024-02-29T00:00:00-00:00", 1_709_164_800_000_000_000),
      ("1677-09-21T00:12:43.145224193Z", -9_223_372_036_854_775_807),
      ("2262-04-11T23:47:16.854775807Z", 9_223_372_036_854_775_807),
    ] as [(String, Int64)]
  )
  func parses(text: String, nanoseconds: Int64) {
    #expect(VirtualInstant(parsing: text)?.nanosecondsSinceEpoch == nanoseconds)
  }

  @Test(
    "refuses text that is not RFC 3339",
    arguments: [
      "", "2026-03-02", "2026-03-02T14:00Z", "2026-03-02T14:00:00", "2026-02-29T00:00:00Z",
      "2026-13-01T00:00:00Z", "2026-03-02T24:00:00Z", "2026-03-02T14:60:00Z",
      "2026-03-02T14:00:61Z", "2026-03-02T14:00:60Z", "2026-03-02T14:00:00.Z",
      "2026-03-02T14:00:00.1234567890Z", "2026-03-02T14:00:00+0000", "2026-03-02T14:00:00+24:00",
      "2026-03-02T14:00:00+00:60", "2026-03-02T14:00:00Zx", "2026-03-02T14:00:00+00:00 ",
      "2262-04-11T23:47:16.854775808Z", "1677-09-21T00:12:43.145224191Z", "9999-12-31T23:59:59Z",
      "+2026-03-02T14:00:00Z", "2026-3-2T14:00:00Z", "２026-03-02T14:00:00Z",
    ]
  )
  func refuses(text: String) {
    #expect(VirtualInstant(parsing: text) == nil)
  }

  @Test("writes each form")
  func forms() throws {
    let instant = try #require(VirtualInstant(parsing: "2026-03-02T14:00:00.012345678Z"))
    #expect(instant.description() == "2026-03-02T14:00:00Z")
    #expect(instant.description(.seconds, zone: .numeric) == "2026-03-02T14:00:00+00:00")
    #expect(instant.description(.milliseconds) == "2026-03-02T14:00:00.012Z")
    #expect(instant.description(.microseconds) == "2026-03-02T14:00:00.012345Z")
    #expect(instant.description(.sevenDigits, zone: .none) == "2026-03-02T14:00:00.0123456")
    #expect(instant.description(.nanoseconds) == "2026-03-02T14:00:00.012345678Z")
    #expect(instant.description(.date) == "2026-03-02")
    #expect(instant.description(.spaced) == "2026-03-02 14:00:00")
  }

  @Test("writes local time with an offset, and never calls it Z")
  func offsets() throws {
    let instant = try #require(VirtualInstant(parsing: "2026-03-02T02:00:00Z"))
    let newYork = try #require(ZoneRules.named("America/New_York"))
    #expect(instant.description(offset: .seconds(-18_000)) == "2026-03-01T21:00:00-05:00")
    #expect(
      instant.description(.date, zone: .numeric, offset: .seconds(-18_000)) == "2026-03-01"
    )
    #expect(instant.description(in: newYork) == "2026-03-01T21:00:00-05:00")
    #expect(instant.description(zone: .none, in: newYork) == "2026-03-01T21:00:00")
    #expect(instant.description(offset: .seconds(19_800)) == "2026-03-02T07:30:00+05:30")
  }

  @Test("reads local time in a zone")
  func localTime() throws {
    let newYork = try #require(ZoneRules.named("America/New_York"))
    let winter = VirtualInstant(parsing: "2026-01-15T09:00:00", in: newYork)
    let summer = VirtualInstant(parsing: "2026-07-15 09:00:00.5", in: newYork)
    #expect(winter?.description == "2026-01-15T14:00:00Z")
    #expect(summer?.description == "2026-07-15T13:00:00.500Z")
    #expect(VirtualInstant(parsing: "2026-07-15T09:00:00Z", in: newYork) == nil)
  }

  @Test("reads back what it writes")
  func roundTrip() {
    let draws = Seed(1).draws(for: "instants")
    for number in 0..<2_000 {
      let key = KeyedDraws.Key(attempt: number, purpose: "instant")
      let instant = VirtualInstant(nanosecondsSinceEpoch: Int64(bitPattern: draws.bits(key)))
      let minutes = draws.integer(in: -840...840, .init(attempt: number, purpose: "offset"))
      let text = instant.description(.nanoseconds, zone: .numeric, offset: .seconds(minutes * 60))
      #expect(VirtualInstant(parsing: text) == instant, "\(text)")
    }
  }
}
