import DrydockKernel

/// Stops calling a partner that does not answer, and asks from time to time whether it is back.
///
///            5 failures in a row              wait over
///     closed ───────────────────▶ open ─────────────────▶ half open
///        ▲                          ▲                        │ one probe
///        └────────── success ───────┼────────────────────────┤
///                                   └── failure, wait doubled ┘
struct CircuitBreaker: Hashable, Sendable {
  enum State: Hashable, Sendable {
    case closed
    /// No calls before this instant.
    case open(until: VirtualInstant)
    /// One call is under way to find out.
    case halfOpen
  }

  /// How many failures in a row open it.
  var opensAfter = 5
  /// The first and the longest time it stays open.
  var firstWait: Duration = .seconds(30)
  var longestWait: Duration = .seconds(900)

  private(set) var state = State.closed
  private var failures = 0
  private var wait: Duration = .zero

  init() {}

  /// Creates a breaker that always stays open for the same time: the defect `no-backoff`.
  init(always wait: Duration) {
    firstWait = wait
    longestWait = wait
  }

  /// Whether the partner is taken to be down.
  var isOpen: Bool { state != .closed }

  /// Returns when the next call may be made; nothing while a probe is under way.
  func admits(at now: VirtualInstant) -> VirtualInstant? {
    switch state {
    case .closed: now
    case .open(let until): max(until, now)
    case .halfOpen: nil
    }
  }

  /// Notes that a call is made.
  mutating func called() {
    if case .open = state { state = .halfOpen }
  }

  /// Notes that the partner answered; returns whether that closed the circuit.
  mutating func succeeded() -> Bool {
    defer {
      state = .closed
      failures = 0
    }
    return isOpen
  }

  /// Notes that the partner did not answer; returns whether that opened the circuit.
  mutating func failed(at now: VirtualInstant) -> Bool {
    failures += 1
    switch state {
    case .closed:
      guard failures >= opensAfter else { return false }
      wait = firstWait
      state = .open(until: now + wait)
      return true
    case .halfOpen:
      wait = min(wait * 2, longestWait)
      state = .open(until: now + wait)
      return false
    case .open: return false  // a call from before it opened
    }
  }
}
