import DrydockExchange
import DrydockFaults
import DrydockKernel
import Testing

/// Rates against the central 99 % interval of the binomial distribution, which was computed exactly
/// in integers: the least and the most hits that leave at most 0.5 % beyond on either side.
@Suite("Rates")
struct RateTests {
  struct Rate: Sendable {
    var odds: Ratio
    var hits: ClosedRange<Int>
  }

  private static let trials = 10_000

  @Test(
    "odds lie within their interval",
    arguments: [
      Rate(odds: Ratio(1, 1_000), hits: 3...19), Rate(odds: Ratio(1, 100), hits: 75...127),
      Rate(odds: Ratio(1, 20), hits: 445...557), Rate(odds: Ratio(1, 3), hits: 3212...3455),
      Rate(odds: Ratio(1, 2), hits: 4871...5129), Rate(odds: Ratio(9, 10), hits: 8922...9077),
    ]
  )
  func oddsHold(rate: Rate) {
    let action = FaultAction.lost(LostFault(part: .response))
    for seed: UInt64 in 4...6 {
      var faults = FaultSet(action, gates: Gates(odds: rate.odds), seed: seed)
      for number in 1...Self.trials {
        _ = faults.fate(.call(number, entity: "SHOP-\(number)"))
      }
      #expect(faults.firings[0].eligible == Self.trials)
      #expect(rate.hits.contains(faults.firings[0].fired), "seed \(seed)")
    }
  }

  @Test("odds hold over the attempts of one entity too")
  func oddsHoldOverAttempts() {
    var faults = FaultSet(.lost(LostFault()), gates: Gates(odds: Ratio(1, 3)))
    for number in 1...Self.trials { _ = faults.fate(.call(number, number: number)) }
    #expect((3212...3455).contains(faults.firings[0].fired))
  }

  @Test("either loses requests and responses alike")
  func eitherIsEven() {
    var faults = FaultSet(.lost(LostFault(part: .either)))
    var requests = 0
    for number in 1...Self.trials
    where faults.fate(.call(number, number: number)).reception == .hangs {
      requests += 1
    }
    #expect((4871...5129).contains(requests))
  }

  @Test("a share of the entities is without service")
  func shareHolds() {
    var faults = FaultSet(.outage(OutageFault(share: Ratio(1, 3))))
    for number in 1...Self.trials { _ = faults.fate(.call(number, entity: "SHOP-\(number)")) }
    #expect((3212...3455).contains(faults.firings[0].fired))
  }

  @Test("a heavy tail takes its share")
  func tailHolds() {
    let latency = LatencyFault(
      distribution: .fixed(.milliseconds(100)),
      tail: .init(share: Ratio(1, 20), shape: Ratio(1, 1))
    )
    var faults = FaultSet(.latency(latency))
    var longer = 0
    for number in 1...Self.trials {
      let fate = faults.fate(.call(number, number: number))
      if fate.requestDelay + fate.responseDelay > .milliseconds(100) { longer += 1 }
    }
    #expect((445...557).contains(longer))
  }

  @Test("half-way up a ramp, half of the odds hold")
  func rampHolds() {
    let gates = Gates(time: .ramp(from: .start - .seconds(10), to: .start + .seconds(10)))
    var faults = FaultSet(.lost(LostFault()), gates: gates)
    for number in 1...Self.trials { _ = faults.fate(.call(number, number: number)) }
    #expect((4871...5129).contains(faults.firings[0].fired))
  }
}
