import DrydockExchange
import DrydockFaults
import DrydockKernel
import Testing

@Suite("Late")
struct LateFaultTests {
  @Test("a message arrives later by a time in the range")
  func arrivesLate() {
    var faults = FaultSet(.late(LateFault(delay: .between(.seconds(10) ... .seconds(20)))))
    for number in 1...100 {
      let fate = faults.fate(.webhook(number, number: number))
      #expect(fate.reception == .delivered)
      #expect((.seconds(10) ... .seconds(20)).contains(fate.requestDelay))
    }
  }

  @Test("everything that is silenced arrives when the gate closes")
  func arrivesInABurst() {
    let gates = Gates(time: .window(from: .start, to: .start + .seconds(100)))
    var faults = FaultSet(.late(LateFault(delay: .untilGateCloses)), gates: gates)
    for second in [0, 1, 50, 99] {
      let fate = faults.fate(.webhook(second, number: second), after: .seconds(second))
      #expect(fate.requestDelay == .seconds(100 - second))
    }
    #expect(faults.fate(.webhook(100), after: .seconds(100)).requestDelay == .zero)
  }

  @Test("a gate that never closes ends no silence")
  func needsAnEnd() {
    var faults = FaultSet(.late(LateFault(delay: .untilGateCloses)))
    let fate = faults.fate(.webhook(1))
    #expect(fate.requestDelay == .zero)
    #expect(fate.effects.map(\.fired) == [false])
  }
}
