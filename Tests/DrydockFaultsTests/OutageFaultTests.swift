import DrydockExchange
import DrydockFaults
import DrydockKernel
import Testing

@Suite("Outage")
struct OutageFaultTests {
  private static let window = Gates(
    time: .window(from: .start + .seconds(100), to: .start + .seconds(200))
  )

  private func reception(_ outage: OutageFault, after seconds: Int) -> Fate.Reception {
    var faults = FaultSet(.outage(outage), gates: Self.window)
    return faults.fate(.call(1), after: .seconds(seconds)).reception
  }

  @Test("calls get the reply while the window is open, and pass before and after")
  func repliesInTheWindow() {
    let refused = OutageFault(reply: .connectionRefused)
    #expect(reception(refused, after: 99) == .delivered)
    #expect(reception(refused, after: 100) == .connectionRefused)
    #expect(reception(refused, after: 200) == .delivered)
    #expect(reception(OutageFault(reply: .hang), after: 150) == .hangs)
    #expect(
      reception(OutageFault(reply: .maintenancePage), after: 150) == .refused(.maintenancePage)
    )
  }

  @Test("a status asks to wait for nothing, for a fixed time, or until the end")
  func asksToWait() {
    func refusal(_ retryAfter: OutageFault.RetryAfter) -> Fate.Reception {
      reception(OutageFault(reply: .status(502, retryAfter: retryAfter)), after: 150)
    }
    #expect(refusal(.unsaid) == .refused(.unavailable(status: 502, retryAfter: nil)))
    #expect(
      refusal(.fixed(.seconds(30)))
        == .refused(.unavailable(status: 502, retryAfter: .seconds(30)))
    )
    #expect(refusal(.untilEnd) == .refused(.unavailable(status: 502, retryAfter: .seconds(50))))
  }

  @Test("an outage without an end cannot name it")
  func unknownEnd() {
    var faults = FaultSet(.outage(OutageFault(reply: .status(503, retryAfter: .untilEnd))))
    #expect(
      faults.fate(.call(1)).reception == .refused(.unavailable(status: 503, retryAfter: nil))
    )
  }

  @Test("webhooks wait until service is back")
  func webhooksWait() {
    var faults = FaultSet(.outage(OutageFault()), gates: Self.window)
    let fate = faults.fate(.webhook(1), after: .seconds(130))
    #expect(fate.reception == .delivered)
    #expect(fate.requestDelay == .seconds(70))
    #expect(fate.effects.map(\.effect) == ["outage: webhook kept for 1 min 10 s"])
  }

  @Test("webhooks fail where that is asked for, or where no end is known")
  func webhooksFail() {
    var failing = FaultSet(.outage(OutageFault(webhooks: .failing)), gates: Self.window)
    #expect(failing.fate(.webhook(1), after: .seconds(130)).reception == .connectionRefused)
    var endless = FaultSet(.outage(OutageFault(reply: .hang)))
    #expect(endless.fate(.webhook(1)).reception == .hangs)
  }

  @Test("flapping begins down, when the gate opens")
  func flaps() {
    let outage = OutageFault(
      reply: .connectionRefused,
      flapping: .init(down: .seconds(10), up: .seconds(30))
    )
    var faults = FaultSet(.outage(outage), gates: Self.window)
    let down = stride(from: 95, to: 210, by: 5)
      .filter {
        faults.fate(.call($0), after: .seconds($0)).reception == .connectionRefused
      }
    #expect(down == [100, 105, 140, 145, 180, 185])
    // Intervals with service are no occasion: nothing is logged.
    #expect(faults.firings[0].eligible == 6)
  }

  @Test("flapping under a gate that is always open begins with the first attempt")
  func flapsFromFirstAttempt() {
    let outage = OutageFault(
      reply: .status(503, retryAfter: .untilEnd),
      flapping: .init(down: .seconds(10), up: .seconds(10))
    )
    var faults = FaultSet(.outage(outage))
    #expect(
      faults.fate(.call(1), after: .seconds(3)).reception
        == .refused(.unavailable(status: 503, retryAfter: .seconds(10)))
    )
    #expect(faults.fate(.call(2), after: .seconds(13)).reception == .delivered)
    #expect(faults.fate(.call(3), after: .seconds(23)).isTouched)
  }

  @Test("a wobble shortens intervals without service, by no more than its share")
  func wobbles() {
    let outage = OutageFault(
      reply: .status(503, retryAfter: .untilEnd),
      flapping: .init(down: .seconds(10), up: .seconds(10), wobble: Ratio(1, 2))
    )
    var faults = FaultSet(.outage(outage))
    var waits: Set<Duration> = []
    for round in 0..<50 {
      let fate = faults.fate(.call(round + 1), after: .seconds(20 * round))
      guard case .refused(.unavailable(_, let wait?)) = fate.reception else {
        Issue.record("round \(round) is up at its beginning")
        continue
      }
      #expect((.seconds(5) ... .seconds(10)).contains(wait))
      waits.insert(wait)
    }
    #expect(waits.count > 40)
  }

  @Test("a brown-out meets the same entities as long as it lasts")
  func brownOutSticks() {
    var faults = FaultSet(.outage(OutageFault(share: Ratio(1, 2))), gates: Self.window)
    var met: Set<Bool> = []
    for order in 0..<20 {
      let first = faults.fate(.call(1, entity: "SHOP-\(order)"), after: .seconds(100))
      let second = faults.fate(
        .call(2, "invoice-create", entity: "SHOP-\(order)", number: 5),
        after: .seconds(199)
      )
      #expect(first.isTouched == second.isTouched)
      met.insert(first.isTouched)
    }
    #expect(met == [true, false])
  }
}
