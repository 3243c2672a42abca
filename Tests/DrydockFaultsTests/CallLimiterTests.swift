import DrydockExchange
import DrydockFaults
import DrydockKernel
import Testing

@Suite("Call limiter")
struct CallLimiterTests {
  private func isAdmitted(_ answer: LimiterAnswer) -> Bool {
    if case .admitted = answer { true } else { false }
  }

  /// Returns which of the calls at these milliseconds pass.
  private func admitted(_ limits: [CallLimit], at milliseconds: [Int]) -> [Int] {
    var limiter = CallLimiter(limits)
    return milliseconds.enumerated()
      .filter {
        isAdmitted(
          limiter.admit(ExchangeID($0.offset), at: .start + .milliseconds($0.element))
        )
      }
      .map(\.element)
  }

  @Test("a fixed window starts at the first call after the last one ended")
  func fixedWindow() {
    #expect(
      admitted(
        [.fixedWindow(limit: 3, per: .seconds(1))],
        at: [500, 600, 700, 800, 1_499, 1_500, 1_501, 1_502, 2_499, 2_500]
      )
        == [500, 600, 700, 1_500, 1_501, 1_502, 2_500]
    )
  }

  @Test("a sliding window holds in any interval")
  func slidingWindow() {
    #expect(
      admitted(
        [.slidingWindow(limit: 3, per: .seconds(1))],
        at: [500, 600, 1_400, 1_450, 1_499, 1_500, 1_501, 1_600, 2_399, 2_400]
      )
        == [500, 600, 1_400, 1_500, 1_600, 2_400]
    )
  }

  @Test("a token bucket starts full and refills at its rate")
  func tokenBucket() {
    #expect(
      admitted(
        [.tokenBucket(capacity: 2, refillsPerSecond: Ratio(1, 2))],
        at: [0, 1, 2, 1_999, 2_000, 2_001, 4_000, 10_000, 10_001, 10_002]
      )
        == [0, 1, 2_000, 4_000, 10_000, 10_001]
    )
  }

  @Test("a leaky bucket tells how full it is and when there is room")
  func leakyBucket() {
    var limiter = CallLimiter([.leakyBucket(capacity: 2, leaksPerSecond: Ratio(4, 1))])
    func admit(_ milliseconds: Int) -> LimiterAnswer {
      limiter.admit(ExchangeID(milliseconds), at: .start + .milliseconds(milliseconds))
    }
    #expect(admit(0) == .admitted(LimitUsage(limit: 2, used: 1, wait: .zero)))
    #expect(admit(0) == .admitted(LimitUsage(limit: 2, used: 2, wait: .milliseconds(250))))
    #expect(admit(100) == .throttled(LimitUsage(limit: 2, used: 2, wait: .milliseconds(150))))
    #expect(admit(250) == .admitted(LimitUsage(limit: 2, used: 2, wait: .milliseconds(250))))
    #expect(admit(10_000) == .admitted(LimitUsage(limit: 2, used: 1, wait: .zero)))
  }

  @Test("a concurrency cap frees a place when a call is finished")
  func concurrency() {
    var limiter = CallLimiter([.concurrency(limit: 2)])
    #expect(isAdmitted(limiter.admit(ExchangeID(1), at: .start)))
    #expect(isAdmitted(limiter.admit(ExchangeID(2), at: .start)))
    #expect(
      limiter.admit(ExchangeID(3), at: .start)
        == .throttled(LimitUsage(limit: 2, used: 2, wait: .seconds(1)))
    )
    limiter.finished(ExchangeID(3), at: .start)
    #expect(!isAdmitted(limiter.admit(ExchangeID(4), at: .start)))
    limiter.finished(ExchangeID(1), at: .start)
    limiter.finished(ExchangeID(1), at: .start)
    #expect(isAdmitted(limiter.admit(ExchangeID(5), at: .start)))
    #expect(!isAdmitted(limiter.admit(ExchangeID(6), at: .start)))
  }

  @Test("a daily cap begins anew at midnight of its zone")
  func dailyCap() throws {
    let zone = try #require(ZoneRules(posix: "EST5EDT,M3.2.0,M11.1.0"))
    var limiter = CallLimiter([], dailyCap: DailyCap(limit: 2, zone: zone))
    func admit(_ text: String) throws -> LimiterAnswer {
      limiter.admit(ExchangeID(1), at: try #require(VirtualInstant(parsing: text)))
    }
    #expect(isAdmitted(try admit("2026-03-02T22:00:00-05:00")))
    #expect(isAdmitted(try admit("2026-03-02T23:00:00-05:00")))
    #expect(
      try admit("2026-03-02T23:30:00-05:00")
        == .throttled(LimitUsage(limit: 2, used: 2, wait: .seconds(1_800)))
    )
    #expect(isAdmitted(try admit("2026-03-03T00:00:00-05:00")))
  }

  @Test("of several limits all must admit, and a throttled call counts against none")
  func severalLimits() {
    var limiter = CallLimiter([
      .fixedWindow(limit: 10, per: .seconds(60)), .slidingWindow(limit: 2, per: .seconds(1)),
    ])
    var passed = 0
    for call in 0..<100 {
      if isAdmitted(limiter.admit(ExchangeID(call), at: .start + .milliseconds(100 * call))) {
        passed += 1
      }
    }
    // Two a second for five seconds; then the window's ten are used.
    #expect(passed == 10)
    #expect(
      limiter.admit(ExchangeID(100), at: .start + .seconds(10))
        == .throttled(LimitUsage(limit: 10, used: 10, wait: .seconds(50)))
    )
  }

  @Test("tells of the limit with the least left, and of the longest wait")
  func tellsTheTightest() {
    var limiter = CallLimiter([
      .fixedWindow(limit: 100, per: .seconds(60)), .concurrency(limit: 4),
    ])
    #expect(
      limiter.admit(ExchangeID(1), at: .start)
        == .admitted(LimitUsage(limit: 4, used: 1, wait: .zero))
    )
  }

  @Test("without limits everything passes")
  func noLimits() {
    var limiter = CallLimiter([])
    #expect(
      limiter.admit(ExchangeID(1), at: .start)
        == .admitted(LimitUsage(limit: .max, used: 0, wait: .zero))
    )
  }

  @Test("callers who do not wait are blocked after some tolerance")
  func penalises() {
    var limiter = CallLimiter(
      [.fixedWindow(limit: 1, per: .seconds(10))],
      penalty: ThrottlePenalty(toleratedCalls: 1, blockedFor: .seconds(60))
    )
    func wait(_ seconds: Int) -> Duration? {
      let answer = limiter.admit(ExchangeID(seconds), at: .start + .seconds(seconds))
      if case .throttled(let usage) = answer { return usage.wait }
      return nil
    }
    #expect(wait(0) == nil)
    #expect(wait(1) == .seconds(9))
    #expect(wait(2) == .seconds(8))
    #expect(wait(3) == .seconds(60))
    #expect(wait(20) == .seconds(43))
    #expect(wait(62) == .seconds(1))
    #expect(wait(63) == nil)
  }

  @Test("callers who wait are never blocked")
  func sparesThoseWhoWait() {
    var limiter = CallLimiter(
      [.fixedWindow(limit: 1, per: .seconds(10))],
      penalty: ThrottlePenalty(toleratedCalls: 0, blockedFor: .seconds(1_000))
    )
    var now = VirtualInstant.start
    var passed = 0
    for call in 0..<100 {
      switch limiter.admit(ExchangeID(call), at: now) {
      case .admitted: passed += 1
      case .throttled(let usage): now += usage.wait
      }
    }
    #expect(passed == 50)
  }

  @Test("odd limits throttle or admit, and never trap")
  func toleratesOddLimits() {
    let closed: [CallLimit] = [
      .leakyBucket(capacity: 0, leaksPerSecond: .one),
      .tokenBucket(capacity: -5, refillsPerSecond: .one),
      .fixedWindow(limit: 0, per: .seconds(1)), .slidingWindow(limit: -1, per: .seconds(1)),
      .concurrency(limit: 0),
    ]
    for limit in closed {
      var limiter = CallLimiter([limit])
      #expect(limiter.admit(ExchangeID(1), at: .start).usage.wait == .seconds(366 * 86_400))
    }
    let open: [CallLimit] = [
      .leakyBucket(capacity: .max, leaksPerSecond: Ratio(.max, 1)),
      .tokenBucket(capacity: .max, refillsPerSecond: Ratio(1, .max)),
      .fixedWindow(limit: .max, per: .zero), .slidingWindow(limit: .max, per: .zero),
      .slidingWindow(limit: 1, per: .seconds(-1)), .concurrency(limit: .max),
    ]
    for limit in open {
      var limiter = CallLimiter([limit])
      #expect(isAdmitted(limiter.admit(ExchangeID(1), at: .earliest)))
      #expect(isAdmitted(limiter.admit(ExchangeID(2), at: .latest)))
    }
  }

  @Test("a bucket that never refills says so by the longest wait")
  func neverRefills() {
    var limiter = CallLimiter([.tokenBucket(capacity: 1, refillsPerSecond: .zero)])
    #expect(isAdmitted(limiter.admit(ExchangeID(1), at: .start)))
    #expect(
      limiter.admit(ExchangeID(2), at: .latest).usage.wait == .seconds(366 * 86_400)
    )
  }
}
