import DrydockExchange
import DrydockKernel

/// One fault during a run: its gates' counts and what its action remembers.
struct FaultRuntime: Sendable {
  let fault: Fault
  let kind: FaultAction.Kind
  private let draws: KeyedDraws
  private let times: TimeTable
  private let odds: Odds

  /// Attempts that met the match gate.
  private(set) var matched = 0
  /// Attempts for which match, count and time were open.
  private(set) var eligible = 0
  /// Attempts for which all gates were open and the action took part.
  private var decided = 0
  /// Attempts that it had an effect on.
  var fired = 0
  private var firstMatch: VirtualInstant?
  private var holds = ReorderHolds()
  private var meters: ThrottleMeters?

  init(_ fault: Fault, draws: KeyedDraws) {
    self.fault = fault
    kind = fault.action.kind
    self.draws = draws.derived(fault.id)
    times = TimeTable(fault.gates.time)
    odds = Odds(fault.gates.odds)
    if case .throttle(let throttle) = fault.action { meters = ThrottleMeters(throttle) }
  }

  /// Asks the gates in order, then the action.
  ///
  /// - Parameters:
  ///   - attempt: The attempt.
  ///   - now: When it leaves.
  ///   - labels: The attempt's labels for draws.
  ///   - releases: Where exchanges are added that need no longer be kept back.
  /// - Returns: Whether it fires, could have fired, or is not concerned.
  mutating func decide(
    _ attempt: Attempt,
    at now: VirtualInstant,
    labels: AttemptLabels,
    releases: inout [ExchangeID]
  ) -> Ruling {
    let gates = fault.gates
    guard gates.match.matches(attempt) else { return .outside }
    matched += 1
    let first = firstMatch ?? now
    firstMatch = first
    if case .reorder(let reorder) = fault.action,
      let released = holds.pass(attempt, at: now, scope: reorder.scope)
    {
      releases.append(released)
      return .outside
    }
    guard matched > gates.skip, gates.atMost.map({ decided < $0 }) ?? true else { return .outside }
    guard let phase = times.phase(at: now) else { return .outside }
    let draws = AttemptDraws(draws: draws, labels: labels)
    let moment = Moment(
      attempt: attempt,
      now: now,
      phase: phase,
      opened: phase.opened ?? first,
      draws: draws
    )
    var chance = odds
    if let ramp = phase.ramp { chance = odds.scaled(by: ramp.part, of: ramp.whole) }
    guard chance.hit(draws.bits(AttemptDraws.Purpose.odds)) else {
      let ruling = Ruling.passes("not drawn: \(fault.action.summary)")
      guard applies(to: moment) else { return .outside }
      eligible += 1
      return ruling
    }
    let ruling = act(moment)
    if ruling != .outside { eligible += 1 }
    if case .fires = ruling { decided += 1 }
    return ruling
  }

  /// Tells whether the action has anything to do with an attempt, odds aside.
  private func applies(to moment: Moment) -> Bool {
    switch fault.action {
    case .outage(let outage): outage.isDown(at: moment)
    case .throttle: moment.isCall
    case .authentication(let authentication): authentication.applies(to: moment)
    case .latency, .duplicate, .lost, .reorder, .late, .body: true
    }
  }

  private mutating func act(_ moment: Moment) -> Ruling {
    switch fault.action {
    case .latency(let latency): latency.ruling(at: moment)
    case .duplicate(let duplicate): duplicate.ruling(at: moment)
    case .lost(let lost): lost.ruling(at: moment)
    case .reorder(let reorder): reorder.ruling(at: moment, holds: &holds)
    case .late(let late): late.ruling(at: moment)
    case .outage(let outage): outage.ruling(at: moment)
    case .throttle: meters?.ruling(at: moment) ?? .outside
    case .authentication(let authentication): authentication.ruling(at: moment)
    case .body(let body): body.ruling(at: moment)
    }
  }

  mutating func finished(_ exchange: ExchangeID, at now: VirtualInstant) {
    meters?.finished(exchange, at: now)
  }
}
