package import DrydockExchange
package import DrydockKernel

/// The faults of one run, asked once for each attempt.
///
///     attempt ─▶ every fault decides by itself ─▶ order of precedence ─▶ one fate
///
/// Whether a fault fires depends on its own gates, its own history and draws keyed by the attempt:
/// never on another fault. A fault whose effect another one makes impossible has still fired as far
/// as its count gate knows, and is logged as masked. So adding or removing one moves no other.
package struct FaultSet: Sendable {
  private var runtimes: [FaultRuntime]
  /// Positions of faults about one partner.
  private let byPartner: [PartnerID: [Int]]
  /// Positions of faults about any partner.
  private let general: [Int]
  /// Positions of faults that want to know when an exchange is over.
  private let throttles: [Int]
  private let travelDraws: KeyedDraws
  private var isHealed = false

  /// Creates the faults of one run, before any attempt.
  package init(_ faults: [Fault], draws: KeyedDraws) {
    runtimes = faults.map { FaultRuntime($0, draws: draws) }
    travelDraws = draws.derived("travel")
    var byPartner: [PartnerID: [Int]] = [:]
    var general: [Int] = []
    var throttles: [Int] = []
    for (position, fault) in faults.enumerated() {
      if let partner = fault.gates.match.partner {
        byPartner[partner, default: []].append(position)
      } else {
        general.append(position)
      }
      if fault.action.kind == .throttle { throttles.append(position) }
    }
    self.byPartner = byPartner
    self.general = general
    self.throttles = throttles
  }

  /// Decides what becomes of one attempt; called once an attempt, when it leaves the sender.
  ///
  /// - Parameters:
  ///   - attempt: The attempt.
  ///   - now: When it leaves; never before an earlier call's.
  ///   - latency: The bounds of the time there and back when nothing is wrong; half of the time
  ///     drawn is the request's, the rest the response's.
  /// - Returns: What becomes of it, every fault taken together.
  /// - Complexity: O(faults about the partner), amortised.
  package mutating func fate(
    of attempt: Attempt,
    at now: VirtualInstant,
    latency: ClosedRange<Duration>
  ) -> Fate {
    let labels = AttemptLabels(attempt)
    let base = AttemptDraws(draws: travelDraws, labels: labels)
      .duration(in: latency, AttemptDraws.Purpose.travel)
    let there = Duration.nanoseconds(max(0, base.wholeNanoseconds) / 2)
    var fate = Fate(requestDelay: there, responseDelay: max(.zero, base) - there)
    guard !isHealed, !runtimes.isEmpty else { return fate }
    var decisions: [(position: Int, ruling: Ruling)] = []
    for positions in [byPartner[attempt.partner] ?? [], general] {
      for position in positions {
        let ruling = runtimes[position].decide(
          attempt,
          at: now,
          labels: labels,
          releases: &fate.releases
        )
        if ruling != .outside { decisions.append((position, ruling)) }
      }
    }
    guard !decisions.isEmpty else { return fate }
    decisions.sort {
      (runtimes[$0.position].kind, $0.position) < (runtimes[$1.position].kind, $1.position)
    }
    for (position, ruling) in decisions { take(ruling, of: position, attempt, into: &fate) }
    return fate
  }

  private mutating func take(
    _ ruling: Ruling,
    of position: Int,
    _ attempt: Attempt,
    into fate: inout Fate
  ) {
    var effect = FaultEffect(
      fault: runtimes[position].fault.id,
      effect: "",
      exchange: attempt.exchange,
      partner: attempt.partner,
      fired: false
    )
    switch ruling {
    case .outside: return
    case .passes(let words): effect.effect = words
    case .fires(let injection):
      effect.fired = fate.combine(injection.consequence, from: attempt.channel)
      effect.effect = effect.fired ? injection.effect : "masked: \(injection.effect)"
      if effect.fired { runtimes[position].fired += 1 }
    }
    fate.effects.append(effect)
  }

  /// Frees what an exchange occupies in throttles; called once it is over, however it ended.
  package mutating func finished(_ exchange: ExchangeID, at now: VirtualInstant) {
    for position in throttles { runtimes[position].finished(exchange, at: now) }
  }

  /// Ends every fault: nothing fires any more, so that a run heals before it is judged.
  package mutating func heal() {
    isHealed = true
  }

  /// The faults whose match never met an attempt, in the order of the plan.
  package var staleFaults: [Fault] {
    runtimes.filter { $0.matched == 0 }.map(\.fault)
  }

  /// How often each fault was eligible and how often it had an effect, in the order of the plan.
  ///
  /// What another fault masked counts as eligible only.
  package var firings: [(fault: String, eligible: Int, fired: Int)] {
    runtimes.map { ($0.fault.id, $0.eligible, $0.fired) }
  }
}
