import DrydockExchange
import DrydockKernel
import Testing

@testable import DrydockFaults

@Suite("Precedence")
struct PrecedenceTests {
  /// One fault of every kind that changes a call, each recognisable in the fate.
  private static let actions: [FaultAction] = [
    .body(BodyFault(damage: .malformed)),
    .duplicate(DuplicateFault(after: .seconds(1) ... .seconds(1))),
    .late(LateFault(delay: .between(.seconds(10) ... .seconds(10)))),
    .reorder(ReorderFault(hold: .seconds(100))),
    .lost(LostFault(part: .response)),
    .latency(LatencyFault(distribution: .fixed(.seconds(1_000)), leg: .request)),
    .authentication(AuthenticationFault()),
    .throttle(ThrottleFault(limits: [.fixedWindow(limit: 0, per: .seconds(1))])),
    .outage(OutageFault(reply: .connectionRefused)),
  ]

  private func fate(_ actions: [FaultAction], of attempt: Attempt = .call(1)) -> Fate {
    let faults = actions.enumerated().map { Fault(id: "faults/\($0.offset)", action: $0.element) }
    var set = FaultSet(faults, draws: Seed(1).draws(for: "faults"))
    return set.fate(attempt)
  }

  private func fired(_ fate: Fate) -> [String] {
    fate.effects.filter(\.fired).map(\.effect)
  }

  @Test("the order of kinds is outage, throttle, authentication, latency, delivery, body")
  func orderIsFixed() {
    #expect(
      FaultAction.Kind.allCases.sorted().map(\.rawValue) == [
        "outage", "throttle", "authentication", "latency", "lost", "reorder", "late", "duplicate",
        "body",
      ]
    )
    #expect(FaultAction.Kind.allCases.map(\.precedence) == Array(0..<9))
  }

  @Test("of all kinds at once only the outage has an effect")
  func outageComesFirst() {
    let fate = fate(Self.actions)
    #expect(fate.reception == .connectionRefused)
    #expect(fired(fate) == ["outage: connection refused"])
    #expect(fate.effects.count == 9)
    #expect(fate.effects.dropFirst().allSatisfy { $0.effect.hasPrefix("masked: ") })
    #expect(fate.copies.isEmpty && fate.tampering.isEmpty && !fate.losesResponse)
  }

  @Test("a throttle masks authentication, and leaves the latency of its answer")
  func throttleComesSecond() {
    let fate = fate(Array(Self.actions.dropLast(1)))
    guard case .refused(.throttled) = fate.reception else {
      Issue.record("\(fate.reception)")
      return
    }
    #expect(fate.requestDelay == .seconds(1_000))
    #expect(fired(fate) == ["throttled, wait 366 days", "16 min 40 s slower"])
  }

  @Test("authentication comes third")
  func authenticationComesThird() {
    let fate = fate(Array(Self.actions.dropLast(2)))
    #expect(fate.reception == .refused(.unauthorised))
    #expect(fired(fate) == ["expired token", "16 min 40 s slower"])
  }

  @Test("delays add, a lost response leaves the copies and masks damage to the answer")
  func deliveryCombines() {
    let fate = fate(Array(Self.actions.dropLast(3)))
    #expect(fate.reception == .delivered)
    #expect(fate.requestDelay == .seconds(1_110))
    #expect(fate.losesResponse)
    #expect(fate.copies == [.init(after: .seconds(1), asNewDelivery: false, ordinal: 1)])
    #expect(fate.tampering.isEmpty)
    #expect(fate.effects.last?.effect == "masked: body malformed")
    #expect(fate.effects.last?.fired == false)
  }

  @Test("a webhook is damaged also when the answer to it is lost")
  func webhookIsDamagedWithLostAnswer() {
    let fate = fate([Self.actions[0], Self.actions[4]], of: .webhook(1))
    #expect(fate.tampering == [.malformedBody])
    #expect(fate.losesResponse)
  }

  @Test("a lost request is neither kept back nor copied")
  func lostRequestMasksDelivery() {
    let fate = fate(Array(Self.actions[1...3]) + [.lost(LostFault(part: .request))])
    #expect(fate.reception == .hangs)
    #expect(fired(fate) == ["request lost"])
    #expect(fate.copies.isEmpty)
    #expect(fate.requestDelay == .zero)
  }

  @Test("a response is lost once, by the fault that is planned first")
  func responseIsLostOnce() {
    let fate = fate([
      .lost(LostFault(part: .response, sign: .reset)), .lost(LostFault(part: .response)),
    ])
    #expect(fate.resetsResponse && !fate.losesResponse)
    #expect(fired(fate) == ["response lost after effect, connection reset"])
  }

  @Test("copies of several faults are numbered in turn and ordered by arrival")
  func copiesAreOrdered() {
    let fate = fate([
      .duplicate(DuplicateFault(after: .seconds(5) ... .seconds(5))),
      .duplicate(DuplicateFault(copies: 2, after: .seconds(2) ... .seconds(2))),
    ])
    #expect(fate.copies.map(\.after) == [.seconds(2), .seconds(4), .seconds(5)])
    #expect(fate.copies.map(\.ordinal) == [2, 3, 1])
  }

  @Test("the plan's order does not matter between kinds")
  func planOrderDoesNotMatter() {
    for length in 1...Self.actions.count {
      let actions = Array(Self.actions.prefix(length))
      var forwards = fate(actions)
      var backwards = fate(actions.reversed())
      #expect(forwards.effects.map(\.effect) == backwards.effects.map(\.effect))
      forwards.effects = []
      backwards.effects = []
      #expect(forwards == backwards)
    }
  }

  @Test("half of the time drawn is the request's and half the response's")
  func splitsBaseLatency() {
    var faults = FaultSet([], draws: Seed(1).draws(for: "faults"))
    for number in 1...100 {
      let fate = faults.fate(
        of: .call(number, number: number),
        at: .start,
        latency: .milliseconds(20) ... .milliseconds(80)
      )
      let whole = fate.requestDelay + fate.responseDelay
      #expect((.milliseconds(20) ... .milliseconds(80)).contains(whole))
      #expect((.zero ... .nanoseconds(1)).contains(fate.responseDelay - fate.requestDelay))
    }
  }
}
