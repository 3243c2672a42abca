import DrydockExchange
import DrydockKernel

/// One limit and how much of it is used.
///
/// `advance(to:)` comes first at every instant; then `usage` says whether a call would pass.
enum CallMeter: Sendable {
  case bucket(BucketMeter)
  case fixedWindow(FixedWindowMeter)
  case slidingWindow(SlidingWindowMeter)
  case concurrency(ConcurrencyMeter)
  case daily(DailyMeter)

  init(_ limit: CallLimit) {
    switch limit {
    // What has leaked from a bucket is what has been refilled into its mirror image.
    case .leakyBucket(let capacity, let rate), .tokenBucket(let capacity, let rate):
      self = .bucket(BucketMeter(capacity: capacity, perSecond: rate))
    case .fixedWindow(let limit, let length):
      self = .fixedWindow(FixedWindowMeter(limit: limit, length: length))
    case .slidingWindow(let limit, let length):
      self = .slidingWindow(SlidingWindowMeter(limit: limit, length: length))
    case .concurrency(let limit): self = .concurrency(ConcurrencyMeter(limit: limit))
    }
  }

  /// Forgets what has run out.
  mutating func advance(to now: VirtualInstant) {
    switch consume self {
    case .bucket(var meter):
      meter.advance(to: now)
      self = .bucket(meter)
    case .fixedWindow(var meter):
      meter.advance(to: now)
      self = .fixedWindow(meter)
    case .slidingWindow(var meter):
      meter.advance(to: now)
      self = .slidingWindow(meter)
    case .concurrency(let meter): self = .concurrency(meter)
    case .daily(var meter):
      meter.advance(to: now)
      self = .daily(meter)
    }
  }

  /// How much is used, and how long until a call would pass; not at all if it would now.
  func usage(at now: VirtualInstant) -> LimitUsage {
    switch self {
    case .bucket(let meter): meter.usage
    case .fixedWindow(let meter): meter.usage(at: now)
    case .slidingWindow(let meter): meter.usage(at: now)
    case .concurrency(let meter): meter.usage
    case .daily(let meter): meter.usage(at: now)
    }
  }

  /// Counts a call that passes.
  mutating func count(_ exchange: ExchangeID, at now: VirtualInstant) {
    switch consume self {
    case .bucket(var meter):
      meter.count()
      self = .bucket(meter)
    case .fixedWindow(var meter):
      meter.count(at: now)
      self = .fixedWindow(meter)
    case .slidingWindow(var meter):
      meter.count(at: now)
      self = .slidingWindow(meter)
    case .concurrency(var meter):
      meter.count(exchange)
      self = .concurrency(meter)
    case .daily(var meter):
      meter.count()
      self = .daily(meter)
    }
  }

  /// Notes that a call is over.
  mutating func finished(_ exchange: ExchangeID) {
    guard case .concurrency = self else { return }
    switch consume self {
    case .concurrency(var meter):
      meter.finished(exchange)
      self = .concurrency(meter)
    case let other: self = other
    }
  }
}

/// Returns a usage with a limit that is not negative and a wait that is not endless.
func boundedUsage(limit: Int, used: Int, waitNanoseconds: Int64) -> LimitUsage {
  let longest = Limits.waitMax.wholeNanoseconds
  return LimitUsage(
    limit: max(0, limit),
    used: used,
    wait: .nanoseconds(min(max(0, waitNanoseconds), longest))
  )
}

/// A token bucket: starts full, a call takes one token, tokens come back at a rate.
///
/// A leaky bucket used as a meter is its mirror image: what is missing here is what is in there.
/// One token is `10^9 × denominator` units, so that a nanosecond brings `numerator` whole units.
struct BucketMeter: Sendable {
  private let capacity: Int
  private let unitsPerToken: UInt128
  private let unitsPerNanosecond: UInt128
  /// Units that calls took and time has not brought back.
  private var missing: UInt128 = 0
  private var mark: VirtualInstant?

  init(capacity: Int, perSecond rate: Ratio) {
    // Capacity and token together stay below 2^127.
    self.capacity = min(max(0, capacity), Int(Int32.max))
    unitsPerToken = UInt128(rate.denominator) * 1_000_000_000
    unitsPerNanosecond = UInt128(rate.numerator)
  }

  mutating func advance(to now: VirtualInstant) {
    let since = mark.map { UInt128(max(0, now.nanoseconds(since: $0))) } ?? 0
    mark = now
    let back = since * unitsPerNanosecond
    missing = back >= missing ? 0 : missing - back
  }

  var usage: LimitUsage {
    let whole = UInt128(capacity) * unitsPerToken
    let used = Int((missing + unitsPerToken - 1) / unitsPerToken)
    let needed = missing + unitsPerToken
    guard needed > whole else {
      return boundedUsage(limit: capacity, used: used, waitNanoseconds: 0)
    }
    guard capacity > 0, unitsPerNanosecond > 0 else {
      return boundedUsage(limit: capacity, used: used, waitNanoseconds: .max)
    }
    let wait = (needed - whole + unitsPerNanosecond - 1) / unitsPerNanosecond
    return boundedUsage(
      limit: capacity,
      used: used,
      waitNanoseconds: Int64(clamping: wait)
    )
  }

  mutating func count() {
    missing += unitsPerToken
  }
}

/// A window that starts at the first call after the last one ended, not on a clock boundary.
///
///     |a a a x x        |a a a          a admitted, x throttled
struct FixedWindowMeter: Sendable {
  private let limit: Int
  private let length: Int64
  private var ends: VirtualInstant?
  private var used = 0

  init(limit: Int, length: Duration) {
    self.limit = max(0, limit)
    self.length = max(0, length.wholeNanoseconds)
  }

  mutating func advance(to now: VirtualInstant) {
    guard let ends, now >= ends else { return }
    self.ends = nil
    used = 0
  }

  func usage(at now: VirtualInstant) -> LimitUsage {
    guard limit > 0 else { return boundedUsage(limit: 0, used: 0, waitNanoseconds: .max) }
    let wait = used < limit ? 0 : ends?.nanoseconds(since: now) ?? 0
    return boundedUsage(limit: limit, used: used, waitNanoseconds: wait)
  }

  mutating func count(at now: VirtualInstant) {
    if ends == nil { ends = now.advanced(byNanoseconds: length) }
    used += 1
  }
}

/// The calls of the last interval of one length, whatever its beginning.
struct SlidingWindowMeter: Sendable {
  private let limit: Int
  private let length: Int64
  /// When the calls inside came, oldest at `oldest`, around the end of the list.
  private var instants: [VirtualInstant] = []
  private var oldest = 0
  private var used = 0

  init(limit: Int, length: Duration) {
    self.limit = min(max(0, limit), Limits.slidingCallsMax)
    self.length = max(0, length.wholeNanoseconds)
  }

  mutating func advance(to now: VirtualInstant) {
    while used > 0, now.nanoseconds(since: instants[oldest]) >= length {
      oldest = oldest + 1 == limit ? 0 : oldest + 1
      used -= 1
    }
  }

  func usage(at now: VirtualInstant) -> LimitUsage {
    guard limit > 0 else { return boundedUsage(limit: 0, used: 0, waitNanoseconds: .max) }
    let wait = used < limit ? 0 : length - now.nanoseconds(since: instants[oldest])
    return boundedUsage(limit: limit, used: used, waitNanoseconds: wait)
  }

  mutating func count(at now: VirtualInstant) {
    let place = (oldest + used) % limit
    // The list grows to the limit and is then used around.
    if place == instants.count { instants.append(now) } else { instants[place] = now }
    used += 1
  }
}

/// The calls that are under way.
struct ConcurrencyMeter: Sendable {
  private let limit: Int
  private var underWay: Set<ExchangeID> = []

  init(limit: Int) {
    self.limit = min(max(0, limit), Limits.concurrentCallsMax)
  }

  var usage: LimitUsage {
    guard limit > 0 else { return boundedUsage(limit: 0, used: 0, waitNanoseconds: .max) }
    let wait = underWay.count < limit ? 0 : Limits.concurrencyWait.wholeNanoseconds
    return boundedUsage(limit: limit, used: underWay.count, waitNanoseconds: wait)
  }

  mutating func count(_ exchange: ExchangeID) {
    underWay.insert(exchange)
  }

  mutating func finished(_ exchange: ExchangeID) {
    underWay.remove(exchange)
  }
}

/// The calls of one calendar day.
struct DailyMeter: Sendable {
  private let cap: DailyCap
  private var dayEnds: VirtualInstant?
  private var used = 0

  init(_ cap: DailyCap) {
    self.cap = cap
  }

  mutating func advance(to now: VirtualInstant) {
    if let dayEnds, now < dayEnds { return }
    let (date, _) = cap.zone.civil(of: now)
    dayEnds = cap.zone.instant(of: date.advanced(byDays: 1), .midnight)
    used = 0
  }

  func usage(at now: VirtualInstant) -> LimitUsage {
    guard cap.limit > 0 else { return boundedUsage(limit: 0, used: 0, waitNanoseconds: .max) }
    let wait = used < cap.limit ? 0 : dayEnds?.nanoseconds(since: now) ?? 0
    return boundedUsage(limit: cap.limit, used: used, waitNanoseconds: wait)
  }

  mutating func count() {
    used += 1
  }
}
