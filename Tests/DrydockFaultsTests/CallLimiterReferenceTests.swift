import DrydockExchange
import DrydockFaults
import DrydockKernel
import Testing

/// The limiter against models that keep every call and look at all of them again each time.
@Suite("Call limiter against reference models")
struct CallLimiterReferenceTests {
  /// Tells whether a call at an instant may pass after the calls that passed.
  private static func passes(
    _ limit: CallLimit,
    at now: Int64,
    after admitted: [Int64],
    underWay: Int
  ) -> Bool {
    switch limit {
    case .fixedWindow(let limit, let length):
      var windowStart: Int64?
      var used = 0
      for instant in admitted {
        if let start = windowStart, instant - start < length.wholeNanoseconds {
          used += 1
        } else {
          windowStart = instant
          used = 1
        }
      }
      guard let start = windowStart, now - start < length.wholeNanoseconds else { return limit > 0 }
      return used < limit
    case .slidingWindow(let limit, let length):
      return admitted.count { now - $0 < length.wholeNanoseconds } < limit
    case .leakyBucket(let capacity, let rate), .tokenBucket(let capacity, let rate):
      // However far one looks back, no more passed than a full bucket and what came since.
      let unit = Int128(rate.denominator) * 1_000_000_000
      return ((admitted + [now]).enumerated())
        .allSatisfy { position, instant in
          let calls = Int128(admitted.count + 1 - position)
          let room = Int128(capacity) * unit + Int128(rate.numerator) * Int128(now - instant)
          return calls * unit <= room
        }
    case .concurrency(let limit): return underWay < limit
    }
  }

  private static let limits: [CallLimit] = [
    .fixedWindow(limit: 4, per: .milliseconds(100)),
    .slidingWindow(limit: 4, per: .milliseconds(100)),
    .tokenBucket(capacity: 4, refillsPerSecond: Ratio(40, 1)),
    .tokenBucket(capacity: 3, refillsPerSecond: Ratio(167, 10)),
    .leakyBucket(capacity: 5, leaksPerSecond: Ratio(100, 3)),
    .concurrency(limit: 3),
  ]

  /// Calls at uneven distances, often at one instant or exactly a window apart.
  private static func distances(seed: UInt64) -> [Int64] {
    let draws = Seed(seed).draws(for: "calls")
    return (0..<300).map { call in
      switch draws.below(8, KeyedDraws.Key(attempt: call, purpose: "kind")) {
      case 0...2: 0
      case 3: 100_000_000
      case 4: 25_000_000
      default: Int64(draws.below(60_000_000, KeyedDraws.Key(attempt: call, purpose: "gap")))
      }
    }
  }

  @Test("each limit admits what its reference admits", arguments: limits, 1...UInt64(6))
  func agrees(limit: CallLimit, seed: UInt64) {
    check([limit], seed: seed)
  }

  @Test("several limits admit what all references admit", arguments: 1...UInt64(20))
  func agreeTogether(seed: UInt64) {
    let draws = Seed(seed).draws(for: "limits")
    let chosen = Self.limits.enumerated()
      .filter { draws.below(2, KeyedDraws.Key(attempt: $0.offset, purpose: "choice")) == 0 }
      .map(\.element)
    check(chosen, seed: seed)
  }

  private func check(_ limits: [CallLimit], seed: UInt64) {
    var limiter = CallLimiter(limits)
    var now = VirtualInstant.start.nanosecondsSinceEpoch
    var admitted: [Int64] = []
    var underWay: [ExchangeID] = []
    for (call, distance) in Self.distances(seed: seed).enumerated() {
      now += distance
      let exchange = ExchangeID(call)
      let expected = limits.allSatisfy {
        Self.passes($0, at: now, after: admitted, underWay: underWay.count)
      }
      let answer = limiter.admit(exchange, at: VirtualInstant(nanosecondsSinceEpoch: now))
      if case .admitted = answer {
        #expect(expected, "call \(call), seed \(seed)")
        admitted.append(now)
        underWay.append(exchange)
      } else {
        #expect(!expected, "call \(call), seed \(seed)")
      }
      if call % 3 == 0, !underWay.isEmpty {
        limiter.finished(underWay.removeFirst(), at: VirtualInstant(nanosecondsSinceEpoch: now))
      }
    }
    #expect(!admitted.isEmpty)
  }

  @Test("the wait is exact: not a nanosecond before, and then at once", arguments: limits)
  func waitIsExact(limit: CallLimit) {
    if case .concurrency = limit { return }
    var limiter = CallLimiter([limit])
    var now = VirtualInstant.start
    for (call, distance) in Self.distances(seed: 11).enumerated() {
      now = now.advanced(byNanoseconds: distance)
      guard case .throttled(let usage) = limiter.admit(ExchangeID(call), at: now) else { continue }
      #expect(usage.wait > .zero)
      var early = limiter
      var inTime = limiter
      let due = now + usage.wait
      guard case .throttled = early.admit(ExchangeID(-1), at: due - .nanoseconds(1)),
        case .admitted = inTime.admit(ExchangeID(-1), at: due)
      else {
        Issue.record("call \(call) waits \(usage.wait)")
        continue
      }
    }
  }

  @Test("a sliding window of many calls stays exact around the end of its list")
  func slidingWindowWraps() {
    let limit = CallLimit.slidingWindow(limit: 7, per: .milliseconds(50))
    for seed: UInt64 in 1...10 { check([limit], seed: seed) }
  }
}
