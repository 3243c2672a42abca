import DrydockExchange
import DrydockFaults
import DrydockKernel
import Testing

/// Adding or removing one fault moves no other: the property that shrinking rests on.
@Suite("Independence")
struct IndependenceTests {
  private static let matches = [
    "*", "erp", "3pl.webhook", "erp.http.sales-order-*", "3pl.webhook.order-shipped", "*.http",
  ]

  private static func action(_ choice: UInt64) -> FaultAction {
    switch choice {
    case 0: .lost(LostFault(part: .either))
    case 1: .duplicate(DuplicateFault(copies: 2, asNewDelivery: true))
    case 2: .latency(LatencyFault(distribution: .exponential(mean: .seconds(1))))
    case 3: .reorder(ReorderFault(hold: .seconds(30)))
    case 4: .late(LateFault())
    case 5:
      .outage(
        OutageFault(
          flapping: .init(down: .seconds(20), up: .seconds(40), wobble: Ratio(1, 2)),
          share: Ratio(1, 2)
        )
      )
    case 6:
      .throttle(
        ThrottleFault(
          limits: [
            .tokenBucket(capacity: 3, refillsPerSecond: Ratio(1, 5)), .concurrency(limit: 2),
          ],
          scope: .operation
        )
      )
    case 7: .authentication(AuthenticationFault(flaw: .rotatedSecret))
    default: .body(BodyFault())
    }
  }

  private static func gates(_ number: Int, _ draws: KeyedDraws) -> Gates {
    func below(_ bound: UInt64, _ purpose: String) -> UInt64 {
      draws.below(bound, KeyedDraws.Key(attempt: number, purpose: purpose))
    }
    let time: TimeGate =
      switch below(4, "gate") {
      case 0: .window(from: .start + .seconds(50), to: .start + .seconds(150))
      case 1: .ramp(from: .start, to: .start + .seconds(200))
      case 2: .recurring(every: .seconds(40), for: .seconds(25), from: .start)
      default: .always
      }
    return Gates(
      match: Match(parsing: matches[Int(below(6, "match"))]) ?? Match(),
      skip: Int(below(4, "skip")),
      atMost: below(2, "bounded") == 0 ? nil : 5,
      time: time,
      odds: Ratio(1 + below(4, "odds"), 4)
    )
  }

  private static func faults(_ draws: KeyedDraws) -> [Fault] {
    (0..<8).map { number in
      let choice = draws.below(9, KeyedDraws.Key(attempt: number, purpose: "action"))
      return Fault(
        id: "faults/\(number)",
        gates: gates(number, draws),
        action: action(choice)
      )
    }
  }

  private static func attempts(_ draws: KeyedDraws) -> [Attempt] {
    var counts: [String: Int] = [:]
    return (1...200).map { exchange in
      func below(_ bound: UInt64, _ purpose: String) -> UInt64 {
        draws.below(bound, KeyedDraws.Key(attempt: exchange, purpose: purpose))
      }
      let entity = "SHOP-\(1_001 + below(6, "entity"))"
      let isWebhook = below(2, "channel") == 0
      let operation =
        isWebhook
        ? ["order-shipped", "return-created"][Int(below(2, "operation"))]
        : ["sales-order-upsert", "invoice-create"][Int(below(2, "operation"))]
      counts[operation + entity, default: 0] += 1
      let number = counts[operation + entity] ?? 1
      return isWebhook
        ? .webhook(exchange, operation, entity: entity, number: number)
        : .call(exchange, operation, entity: entity, number: number)
    }
  }

  /// What each fault did by itself, masked or not.
  private static func decisions(
    _ faults: [Fault],
    _ attempts: [Attempt],
    seed: UInt64
  ) -> [String: [String]] {
    var set = FaultSet(faults, draws: Seed(seed).draws(for: "faults"))
    var decisions: [String: [String]] = [:]
    for (position, attempt) in attempts.enumerated() {
      let now = VirtualInstant.start + .seconds(position)
      let fate = set.fate(of: attempt, at: now, latency: .zero ... .seconds(1))
      for effect in fate.effects {
        let masked = "masked: "
        let words =
          effect.effect.hasPrefix(masked)
          ? String(effect.effect.dropFirst(masked.count)) : effect.effect
        decisions[effect.fault, default: []].append("\(attempt.exchange) \(words)")
      }
      if position >= 5 { set.finished(attempts[position - 5].exchange, at: now) }
    }
    return decisions
  }

  @Test("removing one fault moves no other", arguments: 1...UInt64(25))
  func removingOneMovesNoOther(seed: UInt64) {
    let draws = Seed(seed).draws(for: "property")
    let faults = Self.faults(draws)
    let attempts = Self.attempts(draws)
    let all = Self.decisions(faults, attempts, seed: seed)
    for removed in faults.indices {
      var fewer = faults
      fewer.remove(at: removed)
      var expected = all
      expected[faults[removed].id] = nil
      #expect(Self.decisions(fewer, attempts, seed: seed) == expected, "seed \(seed)")
    }
  }

  @Test("travel times do not depend on faults that do not touch them")
  func travelTimesStay() {
    let attempts = (1...50).map { Attempt.call($0, number: $0) }
    var without = FaultSet([], draws: Seed(3).draws(for: "faults"))
    var with = FaultSet(.body(BodyFault(damage: .malformed)), seed: 3)
    for attempt in attempts {
      let latency = Duration.zero ... .seconds(1)
      let plain = without.fate(of: attempt, at: .start, latency: latency)
      let touched = with.fate(of: attempt, at: .start, latency: latency)
      #expect(plain.requestDelay == touched.requestDelay)
      #expect(plain.responseDelay == touched.responseDelay)
    }
  }

  @Test("the order in which attempts come does not change their draws")
  func orderOfAttemptsDoesNotMatter() {
    let attempts = (1...50).map { Attempt.call($0, entity: "SHOP-\($0)") }
    let gates = Gates(odds: Ratio(1, 2))
    var forwards = FaultSet(.lost(LostFault(part: .either)), gates: gates)
    var backwards = FaultSet(.lost(LostFault(part: .either)), gates: gates)
    let first = attempts.map { forwards.fate($0) }
    let second = attempts.reversed().map { backwards.fate($0) }
    #expect(first == second.reversed())
  }

  @Test("what a seed decides is fixed")
  func decisionsAreFixed() {
    var faults = FaultSet(.lost(LostFault(part: .either)), gates: Gates(odds: Ratio(1, 2)))
    let signs = (1...32)
      .map { number -> Character in
        let fate = faults.fate(.call(number, entity: "SHOP-\(number)"))
        return fate.losesResponse ? "r" : fate.reception == .hangs ? "q" : "."
      }
    #expect(String(signs) == ".rq.rqq.rqq.rrrqr...q.qq.rqqqr..")
  }
}
