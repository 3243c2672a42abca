package import DrydockExchange
package import DrydockKernel

/// What a limiter says to one call.
package enum LimiterAnswer: Hashable, Sendable {
  /// It may pass; the usage is that of the limit with the least left, counting this call.
  case admitted(LimitUsage)
  /// It must not; the usage is that of the limit with the longest wait.
  case throttled(LimitUsage)

  /// How much of which limit is used.
  package var usage: LimitUsage {
    switch self {
    case .admitted(let usage), .throttled(let usage): usage
    }
  }
}

/// Limits on calls, several at once, as platforms enforce them for all callers together.
///
///     var limiter = CallLimiter([.leakyBucket(capacity: 40, leaksPerSecond: Ratio(2, 1))])
///     limiter.admit(exchange, at: now)     // .admitted(LimitUsage(limit: 40, used: 1, wait: 0 s))
///
/// A call passes when every limit admits it, and then counts against every one; a call that is
/// throttled counts against none. All arithmetic is exact, in integers.
///
/// - Complexity: O(limits) per call, amortised; memory is bounded by the limits.
package struct CallLimiter: Sendable {
  private var meters: [CallMeter]
  private let penalty: ThrottlePenalty?
  private var deadlineOfWait: VirtualInstant?
  private var earlyCalls = 0
  private var block: Block?

  private struct Block: Sendable {
    var until: VirtualInstant
    var usage: LimitUsage
  }

  /// Creates a limiter that has seen no call.
  ///
  /// - Parameters:
  ///   - limits: The limits, all enforced; without any, everything passes.
  ///   - dailyCap: A number of calls for each day, if there is one.
  ///   - penalty: What happens to callers who do not wait, if anything.
  package init(
    _ limits: [CallLimit],
    dailyCap: DailyCap? = nil,
    penalty: ThrottlePenalty? = nil
  ) {
    meters = limits.map(CallMeter.init)
    if let dailyCap { meters.append(.daily(DailyMeter(dailyCap))) }
    self.penalty = penalty
  }

  /// Admits or throttles a call, counting it.
  ///
  /// - Parameters:
  ///   - exchange: The call; a concurrency cap holds a place for it until it is `finished`.
  ///   - now: When it arrives; never before an earlier call's.
  /// - Returns: The answer, with the usage of one limit.
  package mutating func admit(_ exchange: ExchangeID, at now: VirtualInstant) -> LimiterAnswer {
    if var block, now < block.until {
      block.usage.wait = block.until - now
      return .throttled(block.usage)
    }
    var longest: LimitUsage?
    for index in meters.indices {
      meters[index].advance(to: now)
      let usage = meters[index].usage(at: now)
      if usage.wait > longest?.wait ?? .zero { longest = usage }
    }
    if let longest { return .throttled(penalised(longest, at: now)) }
    deadlineOfWait = nil
    earlyCalls = 0
    var tightest = LimitUsage(limit: .max, used: 0, wait: .zero)
    for index in meters.indices {
      meters[index].count(exchange, at: now)
      let usage = meters[index].usage(at: now)
      if index == 0 || CallLimiter.isTighter(usage, tightest) { tightest = usage }
    }
    return .admitted(tightest)
  }

  /// Frees the place that a call holds in concurrency caps.
  package mutating func finished(_ exchange: ExchangeID, at now: VirtualInstant) {
    for index in meters.indices { meters[index].finished(exchange) }
  }

  /// Notes a throttled call and returns the usage with the wait it is told.
  private mutating func penalised(_ usage: LimitUsage, at now: VirtualInstant) -> LimitUsage {
    if let penalty, let deadline = deadlineOfWait, now < deadline {
      earlyCalls += 1
      if earlyCalls > penalty.toleratedCalls {
        let blocked = min(max(penalty.blockedFor, usage.wait), Limits.waitMax)
        let usage = LimitUsage(limit: usage.limit, used: usage.used, wait: blocked)
        block = Block(until: now + blocked, usage: usage)
        deadlineOfWait = nil
        earlyCalls = 0
        return usage
      }
    }
    deadlineOfWait = now + usage.wait
    return usage
  }

  private static func isTighter(_ left: LimitUsage, _ right: LimitUsage) -> Bool {
    let leftProduct = left.used.multipliedFullWidth(by: right.limit)
    let rightProduct = right.used.multipliedFullWidth(by: left.limit)
    return (leftProduct.high, leftProduct.low) > (rightProduct.high, rightProduct.low)
  }
}

/// What happens to callers who call again before the wait they were told is over.
package struct ThrottlePenalty: Hashable, Sendable {
  /// How many calls too early are forgiven, since they may have been under way already.
  package var toleratedCalls: Int
  /// How long everything is refused after one more.
  package var blockedFor: Duration

  package init(toleratedCalls: Int = 3, blockedFor: Duration = .seconds(60)) {
    self.toleratedCalls = toleratedCalls
    self.blockedFor = blockedFor
  }
}

/// A number of calls for each calendar day.
package struct DailyCap: Hashable, Sendable {
  /// The calls of one day.
  package var limit: Int
  /// The zone at whose midnight a day begins.
  package var zone: ZoneRules

  package init(limit: Int, zone: ZoneRules = .utc) {
    self.limit = limit
    self.zone = zone
  }
}
