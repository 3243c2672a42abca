import DrydockExchange
import DrydockFaults
import DrydockKernel
import Testing

@Suite("Latency")
struct LatencyFaultTests {
  private static let window = Gates(
    time: .window(from: .start + .seconds(100), to: .start + .seconds(10_000))
  )

  /// Returns the delays some seconds after the gate opened.
  private func delays(_ shape: LatencyFault.Shape, at seconds: [Int]) -> [Duration] {
    let latency = LatencyFault(distribution: .fixed(.seconds(8)), leg: .request, shape: shape)
    var faults = FaultSet(.latency(latency), gates: Self.window)
    return seconds.map { faults.fate(.call($0), after: .seconds(100 + $0)).requestDelay }
  }

  @Test("the delay is on the way there, on the way back, or half on each")
  func takesALeg() {
    func fate(_ leg: LatencyFault.Leg) -> Fate {
      var faults = FaultSet(
        .latency(LatencyFault(distribution: .fixed(.seconds(3)), leg: leg))
      )
      return faults.fate(.call(1))
    }
    #expect(fate(.request).requestDelay == .seconds(3))
    #expect(fate(.request).responseDelay == .zero)
    #expect(fate(.response).requestDelay == .zero)
    #expect(fate(.response).responseDelay == .seconds(3))
    #expect(fate(.both).requestDelay == .milliseconds(1_500))
    #expect(fate(.both).responseDelay == .milliseconds(1_500))
    #expect(fate(.both).effects.map(\.effect) == ["3 s slower"])
  }

  @Test("delays of several faults add to the travel time")
  func adds() {
    let faults = (0..<3)
      .map {
        Fault(
          id: "faults/\($0)",
          action: .latency(LatencyFault(distribution: .fixed(.seconds(2)), leg: .response))
        )
      }
    var set = FaultSet(faults, draws: Seed(1).draws(for: "faults"))
    let fate = set.fate(of: .call(1), at: .start, latency: .seconds(1) ... .seconds(1))
    #expect(fate.requestDelay == .milliseconds(500))
    #expect(fate.responseDelay == .milliseconds(6_500))
  }

  @Test("a ramp grows evenly and stays")
  func ramps() {
    #expect(
      delays(.ramp(over: .seconds(40)), at: [0, 10, 20, 40, 100])
        == [0, 2, 4, 8, 8].map { .seconds($0) }
    )
  }

  @Test("a spike grows evenly, then halves again and again")
  func spikes() {
    let shape = LatencyFault.Shape.spike(rise: .seconds(4), halfLife: .seconds(60))
    #expect(
      delays(shape, at: [0, 2, 4, 64, 124, 184]) == [0, 4, 8, 4, 2, 1].map { .seconds($0) }
    )
    let between = delays(shape, at: [34])[0]
    // 8 s over the square root of two.
    #expect((.milliseconds(5_656) ... .milliseconds(5_658)).contains(between))
    #expect(delays(shape, at: [9_000])[0] == .zero)
  }

  @Test("a slow start shrinks evenly to nothing")
  func startsSlowly() {
    #expect(
      delays(.slowStart(over: .seconds(40)), at: [0, 10, 30, 40, 100])
        == [8, 6, 2, 0, 0].map { .seconds($0) }
    )
  }

  @Test("under a gate that is always open a shape begins with the first matching attempt")
  func beginsWithFirstAttempt() {
    let latency = LatencyFault(
      distribution: .fixed(.seconds(8)),
      leg: .request,
      shape: .ramp(over: .seconds(8))
    )
    var faults = FaultSet(.latency(latency))
    #expect(faults.fate(.call(1), after: .seconds(50)).requestDelay == .zero)
    #expect(faults.fate(.call(2), after: .seconds(53)).requestDelay == .seconds(3))
  }

  @Test("a ceiling cuts what is drawn")
  func cuts() {
    let latency = LatencyFault(
      distribution: .exponential(mean: .seconds(60)),
      leg: .request,
      ceiling: .seconds(30)
    )
    var faults = FaultSet(.latency(latency))
    let delays = (1...200).map { faults.fate(.call($0, number: $0)).requestDelay }
    #expect(delays.allSatisfy { $0 <= .seconds(30) })
    #expect(delays.count { $0 == .seconds(30) } > 80)
  }

  @Test("the longest tail is bounded")
  func isBounded() {
    let latency = LatencyFault(
      distribution: .fixed(.seconds(1_000_000_000)),
      leg: .request,
      tail: .init(share: .one, shape: Ratio(1, 1_000))
    )
    var faults = FaultSet(.latency(latency))
    #expect(faults.fate(.call(1)).requestDelay == .seconds(30 * 86_400))
  }
}
