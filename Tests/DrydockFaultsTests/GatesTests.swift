import DrydockExchange
import DrydockFaults
import DrydockKernel
import Testing

@Suite("Gates")
struct GatesTests {
  private static let loss = FaultAction.lost(LostFault(part: .request))

  private func hits(_ gates: Gates, at times: [Duration]) -> [Int] {
    var faults = FaultSet(Self.loss, gates: gates)
    return times.enumerated()
      .filter { faults.fate(.call($0.offset, number: $0.offset + 1), after: $0.element).isTouched }
      .map(\.offset)
  }

  @Test("without gates every attempt is hit")
  func opensByDefault() {
    #expect(hits(Gates(), at: [.zero, .seconds(1)]) == [0, 1])
  }

  @Test("lets the first matching attempts pass, then fires so many times")
  func counts() {
    let times = Array(repeating: Duration.zero, count: 6)
    #expect(hits(Gates(skip: 2), at: times) == [2, 3, 4, 5])
    #expect(hits(Gates(atMost: 2), at: times) == [0, 1])
    #expect(hits(Gates(skip: 3, atMost: 1), at: times) == [3])
    #expect(hits(Gates(atMost: 0), at: times).isEmpty)
  }

  @Test("counts attempts that match, not others")
  func countsMatchesOnly() throws {
    let match = try #require(Match(parsing: "erp.http.invoice-create"))
    var faults = FaultSet(Self.loss, gates: Gates(match: match, skip: 1))
    #expect(!faults.fate(.call(1)).isTouched)
    #expect(!faults.fate(.call(2, "invoice-create")).isTouched)
    #expect(!faults.fate(.call(3)).isTouched)
    #expect(faults.fate(.call(4, "invoice-create")).isTouched)
  }

  @Test("the count gate comes before the time gate, and its bound counts firings")
  func countComesBeforeTime() {
    let window = TimeGate.window(from: .start + .seconds(10), to: .start + .seconds(20))
    let times: [Duration] = [.zero, .seconds(1), .seconds(12), .seconds(13), .seconds(14)]
    #expect(hits(Gates(skip: 1, time: window), at: times) == [2, 3, 4])
    #expect(hits(Gates(atMost: 2, time: window), at: times) == [2, 3])
    #expect(hits(Gates(skip: 3, atMost: 1, time: window), at: times) == [3])
  }

  @Test("a window holds its first instant and not its last")
  func windowIsHalfOpen() {
    let window = TimeGate.window(from: .start + .seconds(10), to: .start + .seconds(20))
    let times: [Duration] = [
      .seconds(10) - .nanoseconds(1), .seconds(10), .seconds(20) - .nanoseconds(1), .seconds(20),
    ]
    #expect(hits(Gates(time: window), at: times) == [1, 2])
  }

  @Test("windows may come in any order and overlap")
  func windowsAreJoined() {
    func window(_ from: Int, _ to: Int) -> TimeGate.Window {
      .init(from: .start + .seconds(from), to: .start + .seconds(to))
    }
    let gate = TimeGate.windows([
      window(30, 40), window(10, 20), window(15, 25), window(50, 50), window(25, 26),
    ])
    let times = [5, 10, 19, 20, 25, 26, 29, 30, 39, 40, 50].map { Duration.seconds($0) }
    #expect(hits(Gates(time: gate), at: times) == [1, 2, 3, 4, 7, 8])
  }

  @Test("a recurring gate opens every so often, each time for a while")
  func recurs() {
    let gate = TimeGate.recurring(
      every: .seconds(86_400),
      for: .seconds(7_200),
      from: .start + .seconds(7_200)
    )
    let hours = [1, 2, 3, 4, 25, 26, 27, 28, 50].map { Duration.seconds($0 * 3_600) }
    #expect(hits(Gates(time: gate), at: hours) == [1, 2, 5, 6, 8])
  }

  @Test("a recurring gate with an end stays shut behind it, also in the midst of an opening")
  func recurrenceEnds() {
    func gate(_ length: Int) -> TimeGate {
      .recurring(
        every: .seconds(10),
        for: .seconds(length),
        from: .start,
        to: .start + .seconds(23)
      )
    }
    let times = [0, 3, 4, 20, 22, 23, 30].map { Duration.seconds($0) }
    #expect(hits(Gates(time: gate(4)), at: times) == [0, 1, 3, 4])
    #expect(hits(Gates(time: gate(10)), at: times) == [0, 1, 2, 3, 4])
  }

  @Test("a recurring gate without a period never opens, one longer than its period never closes")
  func recursAtTheBounds() {
    let never = TimeGate.recurring(every: .zero, for: .seconds(1), from: .start)
    #expect(hits(Gates(time: never), at: [.zero]).isEmpty)
    let always = TimeGate.recurring(every: .seconds(1), for: .seconds(2), from: .start)
    #expect(hits(Gates(time: always), at: [.zero, .seconds(9)]) == [0, 1])
  }

  @Test("odds grow along a ramp, and are none before and after")
  func rampGrows() {
    let gate = TimeGate.ramp(from: .start + .seconds(100), to: .start + .seconds(1_100))
    let times = (0..<1_300).map { Duration.seconds($0) }
    let hits = hits(Gates(time: gate), at: times)
    #expect(hits.allSatisfy { $0 > 100 })
    let early = hits.count { $0 < 350 }
    let late = hits.count { (850..<1_100).contains($0) }
    #expect((10...60).contains(early), "\(early)")
    #expect((190...250).contains(late), "\(late)")
    #expect(hits.allSatisfy { $0 < 1_100 })
  }

  @Test("an eligible attempt that is not drawn is logged as not fired")
  func logsWhatIsNotDrawn() {
    var faults = FaultSet(Self.loss, gates: Gates(odds: .zero))
    let fate = faults.fate(.call(3))
    #expect(fate.reception == .delivered)
    #expect(
      fate.effects == [
        FaultEffect(
          fault: "faults/0",
          effect: "not drawn: lost request",
          exchange: ExchangeID(3),
          partner: PartnerID("erp"),
          fired: false
        )
      ]
    )
    #expect(faults.firings[0].eligible == 1)
    #expect(faults.firings[0].fired == 0)
  }

  @Test("an attempt outside match, count or time is not logged")
  func doesNotLogWhatIsNotEligible() {
    var skipping = FaultSet(Self.loss, gates: Gates(skip: 1))
    #expect(skipping.fate(.call(1)).effects.isEmpty)
    var closed = FaultSet(
      Self.loss,
      gates: Gates(time: .window(from: .epoch, to: .start))
    )
    #expect(closed.fate(.call(1)).effects.isEmpty)
    #expect(closed.firings[0].eligible == 0)
  }

  @Test("a fault whose match never met an attempt is stale")
  func findsStaleFaults() throws {
    let unmet = Fault(
      id: "faults/1",
      gates: Gates(match: try #require(Match(parsing: "carrier"))),
      action: Self.loss
    )
    let met = Fault(
      id: "faults/2",
      gates: Gates(match: try #require(Match(parsing: "erp")), odds: .zero),
      action: Self.loss
    )
    var faults = FaultSet([unmet, met], draws: Seed(1).draws(for: "faults"))
    #expect(faults.staleFaults == [unmet, met])
    _ = faults.fate(.call(1))
    #expect(faults.staleFaults == [unmet])
    #expect(faults.staleFaults[0].summary == "lost request on carrier")
  }

  @Test("nothing fires after healing")
  func heals() {
    var faults = FaultSet(Self.loss)
    #expect(faults.fate(.call(1)).isTouched)
    faults.heal()
    let fate = faults.fate(.call(2))
    #expect(fate.effects.isEmpty)
    #expect(fate.reception == .delivered)
  }
}
