import DrydockExchange
import DrydockKernel

/// The way to one partner: errands that wait, calls under way, and when the next may go.
///
///     delayed ──due──▶ ready ──▶ [breaker] [pause] [pacer] [slots] ──▶ call
///        ▲                                                              │
///        └───────────────────────── retry ──────────────────────────────┘
///
/// It lives in memory only: after a crash it is filled again from the outbox.
struct PartnerLine: Sendable {
  let partner: PartnerID
  /// How many calls may be under way at a time.
  let slots: Int
  /// How many are made at a time since the partner refused some.
  private(set) var width: Int
  private var lesson = ThrottleLesson()
  var breaker = CircuitBreaker()
  var pacer: Pacer
  /// The partner asked for silence until then.
  private(set) var pausedUntil = VirtualInstant.epoch
  private(set) var callsUnderWay = 0
  private var ready: [Waiting] = []
  private var readyTaken = 0
  private var delayed: [Waiting] = []
  /// How many of the waiting errands are not mere polls.
  private var pressing = 0

  private struct Waiting: Sendable {
    let errand: ErrandNumber
    let due: VirtualInstant
    let isPoll: Bool
  }

  init(partner: PartnerID, slots: Int, pacer: Pacer) {
    self.partner = partner
    self.slots = slots
    width = slots
    self.pacer = pacer
  }

  /// Whether no errand waits.
  var isIdle: Bool { ready.count == readyTaken && delayed.isEmpty }

  /// Whether nothing waits that anybody depends on: polls come again by themselves.
  var hasOnlyPolls: Bool { pressing == 0 }

  /// Lets an errand wait for its turn, or for an instant.
  ///
  /// - Complexity: O(1) for one that is due, O(n) in the delayed ones otherwise.
  mutating func wait(
    _ errand: ErrandNumber,
    until due: VirtualInstant,
    isPoll: Bool,
    now: VirtualInstant
  ) {
    let waiting = Waiting(errand: errand, due: due, isPoll: isPoll)
    if !isPoll { pressing += 1 }
    guard due > now else { return ready.append(waiting) }
    var index = delayed.count
    while index > 0, delayed[index - 1].due > due { index -= 1 }
    delayed.insert(waiting, at: index)
  }

  /// Takes the errand whose turn it is; nothing when none may go now.
  mutating func next(at now: VirtualInstant) -> ErrandNumber? {
    while let first = delayed.first, first.due <= now {
      ready.append(first)
      delayed.removeFirst()
    }
    guard readyTaken < ready.count, mayCall(at: now) else { return nil }
    defer {
      readyTaken += 1
      if readyTaken > 64, readyTaken * 2 > ready.count {
        ready.removeFirst(readyTaken)
        readyTaken = 0
      }
    }
    if !ready[readyTaken].isPoll { pressing -= 1 }
    return ready[readyTaken].errand
  }

  /// Returns when to look again; nothing when only the end of a call can change anything.
  func nextLook(after now: VirtualInstant) -> VirtualInstant? {
    guard !isIdle, callsUnderWay < width, let admitted = breaker.admits(at: now) else { return nil }
    let earliest = max(admitted, pausedUntil, pacer.admits(at: now))
    guard readyTaken == ready.count, let first = delayed.first else { return earliest }
    return max(earliest, first.due)
  }

  /// Whether a call may be made now.
  func mayCall(at now: VirtualInstant) -> Bool {
    callsUnderWay < width && pausedUntil <= now && pacer.admits(at: now) <= now
      && breaker.admits(at: now).map { $0 <= now } ?? false
  }

  /// Notes that a call is made.
  mutating func called(at now: VirtualInstant) {
    callsUnderWay += 1
    breaker.called()
    pacer.called(at: now)
    lesson.called(at: now)
  }

  /// Notes that a call ended.
  mutating func ended() {
    callsUnderWay -= 1
  }

  /// Keeps silence for as long as the partner asks.
  mutating func pause(until instant: VirtualInstant) {
    pausedUntil = max(pausedUntil, instant)
  }

  /// Notes that a call was not refused by a limit.
  mutating func wasAdmitted() {
    guard lesson.wasAdmitted() else { return }
    if width < slots { width += 1 }
    pacer.quicken()
  }

  /// Notes that a limit refused a call: keeps silence, then makes fewer calls, further apart.
  mutating func wasRefused(sentAt: VirtualInstant, wait: Duration?, at now: VirtualInstant) {
    if let wait { pause(until: now + wait) }
    guard lesson.isNews(sentAt) else { return }
    let apart = lesson.wasRefused(wait: wait, at: now)
    width = max(1, min(width, callsUnderWay + 1) / 2)
    // A limit that says nothing is felt for: twice as far apart each time.
    pacer.slow(to: apart ?? max(.seconds(1), pacer.apart * 2))
  }
}

/// The ways to all partners, of which there is a handful.
struct PartnerLines: Sendable {
  /// The ways, in the order in which partners are asked.
  var all: [PartnerLine]

  init(_ lines: [PartnerLine] = []) {
    all = lines
  }

  /// The way to a partner.
  subscript(partner: PartnerID) -> PartnerLine? {
    position(of: partner).map { all[$0] }
  }

  /// The place of the way to a partner.
  func position(of partner: PartnerID) -> Int? {
    all.firstIndex { $0.partner == partner }
  }

  /// Changes the way to a partner in place and returns what the body returns; nothing without one.
  @discardableResult
  mutating func change<Value>(
    _ partner: PartnerID,
    _ body: (inout PartnerLine) -> Value
  ) -> Value? {
    guard let position = position(of: partner) else { return nil }
    return body(&all[position])
  }
}
