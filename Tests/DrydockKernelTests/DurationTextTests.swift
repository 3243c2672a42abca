import DrydockKernel
import Testing

@Suite("Duration text")
struct DurationTextTests {
  @Test(
    "reads and writes the shortest form",
    arguments: [
      ("250 ms", .milliseconds(250)), ("30 s", .seconds(30)), ("5 min", .seconds(300)),
      ("2 h", .seconds(7_200)), ("1 day", .seconds(86_400)), ("5 days", .seconds(432_000)),
      ("1 day 2 h", .seconds(93_600)), ("0 s", .zero), ("7 ns", .nanoseconds(7)),
      ("3 us", .microseconds(3)), ("1 s 500 ms", .milliseconds(1_500)),
      ("-1 day 2 h", .seconds(-93_600)), ("1 h 1 min 1 s", .seconds(3_661)),
    ] as [(String, Duration)]
  )
  func bothWays(text: String, duration: Duration) {
    #expect(Duration(parsing: text) == duration)
    #expect(duration.shortDescription == text)
  }

  @Test(
    "reads other spellings of the same length",
    arguments: [
      ("90 s", "1 min 30 s"), ("1.5 h", "1 h 30 min"), ("0.25 s", "250 ms"), ("250ms", "250 ms"),
      ("1day 2h", "1 day 2 h"), ("2 day", "2 days"), ("1 days", "1 day"), ("0 h", "0 s"),
      ("-0 s", "0 s"), ("48 h", "2 days"), ("0.000000001 s", "1 ns"),
    ]
  )
  func otherSpellings(text: String, shortest: String) {
    #expect(Duration(parsing: text)?.shortDescription == shortest)
  }

  @Test(
    "refuses what is not a duration",
    arguments: [
      "", "5", "s", "5 parsecs", "5 S", "2 h 1 day", "1 h 1 h", "1 day 1 days", "- 5 s",
      "5 s -3 ms",
      "5 s ", " 5 s", "0.0000000001 s", "1e3 s", "1.2.3 s", ".5 s", "5. s", "300 years",
      "107000 days", "99999999999999999999 ns", "5 m",
    ]
  )
  func refuses(text: String) {
    #expect(Duration(parsing: text) == nil)
  }

  @Test("counts whole nanoseconds, cut towards zero and held within 64 bits")
  func wholeNanoseconds() {
    #expect(Duration.seconds(-1).wholeNanoseconds == -1_000_000_000)
    #expect(
      Duration(secondsComponent: 0, attosecondsComponent: 1_999_999_999).wholeNanoseconds == 1
    )
    #expect(
      Duration(secondsComponent: 0, attosecondsComponent: -1_999_999_999).wholeNanoseconds == -1
    )
    #expect(Duration.seconds(Int64.max).wholeNanoseconds == .max)
    #expect(Duration.seconds(Int64.min).wholeNanoseconds == .min)
    #expect(Duration.nanoseconds(Int64.min).wholeNanoseconds == .min)
    #expect(Duration.nanoseconds(Int64.max).wholeNanoseconds == .max)
  }

  @Test("reads back what it writes")
  func roundTrip() {
    let draws = Seed(2).draws(for: "durations")
    for number in 0..<2_000 {
      let shift = draws.below(63, .init(attempt: number, purpose: "shift"))
      let bits = draws.bits(.init(attempt: number, purpose: "bits"))
      let duration = Duration.nanoseconds(Int64(bitPattern: bits) >> Int64(shift))
      #expect(Duration(parsing: duration.shortDescription) == duration)
    }
  }
}
