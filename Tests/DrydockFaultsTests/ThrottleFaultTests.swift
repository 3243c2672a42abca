import DrydockExchange
import DrydockFaults
import DrydockKernel
import Testing

@Suite("Throttle")
struct ThrottleFaultTests {
  @Test("refuses the fourth call in a window of three, with usage and wait")
  func refusesBeyondLimit() {
    var faults = FaultSet(
      .throttle(ThrottleFault(limits: [.fixedWindow(limit: 3, per: .seconds(60))]))
    )
    for number in 1...3 {
      #expect(faults.fate(.call(number, number: number)).reception == .delivered)
    }
    let fate = faults.fate(.call(4, number: 4), after: .seconds(20))
    let usage = LimitUsage(limit: 3, used: 3, wait: .seconds(40))
    #expect(fate.reception == .refused(.throttled(usage)))
    #expect(fate.effects.map(\.effect) == ["throttled, wait 40 s"])
    #expect(faults.firings[0].eligible == 4)
    #expect(faults.firings[0].fired == 1)
  }

  @Test("logs calls within the limit as not fired")
  func logsWithinLimit() {
    var faults = FaultSet(
      .throttle(ThrottleFault(limits: [.fixedWindow(limit: 3, per: .seconds(60))]))
    )
    let effects = faults.fate(.call(1)).effects
    #expect(effects.map(\.effect) == ["within the throttle: 1 of 3 used"])
    #expect(effects.map(\.fired) == [false])
  }

  @Test("partners have limits of their own, and webhooks none")
  func limitsEachPartner() {
    var faults = FaultSet(
      .throttle(ThrottleFault(limits: [.fixedWindow(limit: 1, per: .seconds(60))]))
    )
    #expect(!faults.fate(.call(1, to: "erp")).isTouched)
    #expect(!faults.fate(.call(2, to: "store")).isTouched)
    #expect(faults.fate(.call(3, to: "erp", "invoice-create")).isTouched)
    #expect(faults.fate(.webhook(4, from: "erp")).effects.isEmpty)
  }

  @Test("operations have limits of their own where that is asked for")
  func limitsEachOperation() {
    var faults = FaultSet(
      .throttle(
        ThrottleFault(limits: [.fixedWindow(limit: 1, per: .seconds(60))], scope: .operation)
      )
    )
    #expect(!faults.fate(.call(1)).isTouched)
    #expect(!faults.fate(.call(2, "invoice-create")).isTouched)
    #expect(faults.fate(.call(3)).isTouched)
  }

  @Test("a concurrency cap frees a place when an exchange is finished")
  func freesPlaces() {
    var faults = FaultSet(.throttle(ThrottleFault(limits: [.concurrency(limit: 1)])))
    #expect(!faults.fate(.call(1)).isTouched)
    #expect(faults.fate(.call(2)).isTouched)
    faults.finished(ExchangeID(2), at: .start)
    #expect(faults.fate(.call(3)).isTouched)
    faults.finished(ExchangeID(1), at: .start)
    #expect(!faults.fate(.call(4)).isTouched)
  }

  @Test("limits hold only while the time gate is open")
  func limitsInTheWindow() {
    let gates = Gates(time: .window(from: .start + .seconds(10), to: .start + .seconds(20)))
    var faults = FaultSet(
      .throttle(ThrottleFault(limits: [.fixedWindow(limit: 1, per: .seconds(3_600))])),
      gates: gates
    )
    let throttled = [0, 5, 10, 11, 12, 20, 21]
      .filter { faults.fate(.call($0 + 1), after: .seconds($0)).isTouched }
    #expect(throttled == [11, 12])
  }

  @Test("a daily cap and a penalty hold as the limiter's")
  func takesCapAndPenalty() {
    var faults = FaultSet(
      .throttle(
        ThrottleFault(
          dailyCap: DailyCap(limit: 1),
          penalty: ThrottlePenalty(toleratedCalls: 0, blockedFor: .seconds(2 * 86_400))
        )
      )
    )
    #expect(!faults.fate(.call(1)).isTouched)
    #expect(faults.fate(.call(2), after: .seconds(10)).isTouched)
    let blocked = faults.fate(.call(3), after: .seconds(20))
    #expect(blocked.effects.map(\.effect) == ["throttled, wait 2 days"])
    #expect(faults.fate(.call(4), after: .seconds(86_400)).isTouched)
  }

  @Test("limiters are bounded; what comes later shares one")
  func limitersAreBounded() {
    var faults = FaultSet(
      .throttle(
        ThrottleFault(limits: [.fixedWindow(limit: 1, per: .seconds(60))], scope: .operation)
      )
    )
    for number in 1...1_024 { #expect(!faults.fate(.call(number, "read-\(number)")).isTouched) }
    #expect(faults.fate(.call(2_000, "read-2000")).isTouched)
  }
}
