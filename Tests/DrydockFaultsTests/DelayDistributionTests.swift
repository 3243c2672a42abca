import DrydockKernel
import Foundation
import Testing

@testable import DrydockFaults

@Suite("Delay distributions")
struct DelayDistributionTests {
  /// Probabilities in 64ths of 2^64, and some far out.
  private static let probabilities: [UInt64] =
    (0..<64).map { $0 << 58 } + [1, 1 << 20, 1 << 40, .max, .max - (1 << 20), .max - (1 << 40)]

  private func probability(_ bits: UInt64) -> Double { (Double(bits) + 0.5) / 0x1p64 }

  private func survival(_ bits: UInt64) -> Double { (Double(~bits) + 0.5) / 0x1p64 }

  private func seconds(_ delay: Duration) -> Double { Double(delay.wholeNanoseconds) / 1e9 }

  @Test("every table entry is right to its last place")
  func tablesAreRight() {
    #expect(QuantileTables.normal.count == 513)
    for (index, entry) in QuantileTables.normal.enumerated() {
      let tail = pow(2, Double(index / 16) - 33) * (1 + Double(index % 16) / 16)
      let deviate = Double(entry) / 0x1p24
      // The tail beyond a deviate, and how much of it one unit of the last place is.
      let expected = erfc(deviate / 2.0.squareRoot()) / 2
      let unit = exp(-deviate * deviate / 2) / (2 * Double.pi).squareRoot() / 0x1p24
      #expect(abs(expected - tail) <= unit + tail * 1e-12, "entry \(index)")
    }
    #expect(QuantileTables.binaryLogarithms.count == 129)
    #expect(QuantileTables.powersOfTwo.count == 129)
    for index in 0...128 {
      let part = Double(index) / 128
      let logarithm = Double(QuantileTables.binaryLogarithms[index]) / 0x1p32
      #expect(abs(logarithm - log2(1 + part)) <= 0x1p-32)
      let power = Double(QuantileTables.powersOfTwo[index]) / 0x1p32
      #expect(abs(power - exp2(part)) <= 0x1p-32)
    }
  }

  @Test("normal deviates agree with the error function", arguments: Self.probabilities)
  func normalIsRight(bits: UInt64) {
    let deviate = Double(Quantiles.normal(bits)) / 0x1p24
    let tail = erfc(abs(deviate) / 2.0.squareRoot()) / 2
    let expected = max(min(probability(bits), survival(bits)), 0x1p-33)
    #expect(abs(tail - expected) <= expected * 0.002)
    #expect((deviate < 0) == (bits < 1 << 63) || abs(deviate) < 1e-6)
  }

  @Test("exponential and Pareto delays agree with their formulas", arguments: Self.probabilities)
  func tailsAreRight(bits: UInt64) {
    let left = bits == .max ? 0x1p-64 : survival(bits)
    let exponential = seconds(DelayDistribution.exponential(mean: .seconds(10)).quantile(bits))
    #expect(abs(exponential - 10 * -log(left)) <= 0.001)
    let pareto = seconds(
      DelayDistribution.pareto(minimum: .seconds(1), shape: Ratio(3, 1)).quantile(bits)
    )
    let expected = min(pow(left, -1.0 / 3), 30 * 86_400)
    #expect(abs(pareto - expected) <= expected * 0.0001)
  }

  @Test("normal and log-normal delays agree with their formulas")
  func bellsAreRight() {
    // Deviates at 1 %, 10 %, 50 %, 90 % and 99 %.
    let table: [(Double, Double)] = [
      (0.01, -2.3263478740408408), (0.1, -1.2815515655446004), (0.5, 0),
      (0.9, 1.2815515655446004), (0.99, 2.3263478740408408),
    ]
    for (probability, deviate) in table {
      let bits = UInt64(probability * 0x1p64)
      let normal = seconds(
        DelayDistribution.normal(mean: .seconds(10), deviation: .seconds(2)).quantile(bits)
      )
      #expect(abs(normal - (10 + 2 * deviate)) <= 0.002)
      let logNormal = seconds(
        DelayDistribution.logNormal(median: .seconds(10), spread: Ratio(3, 5)).quantile(bits)
      )
      let expected = 10 * exp(0.6 * deviate)
      #expect(abs(logNormal - expected) <= expected * 0.001)
    }
  }

  private static let distributions: [DelayDistribution] = [
    .fixed(.seconds(1)), .uniform(.seconds(1) ... .seconds(9)),
    .normal(mean: .seconds(1), deviation: .seconds(2)),
    .logNormal(median: .seconds(1), spread: Ratio(4, 5)), .exponential(mean: .seconds(1)),
    .pareto(minimum: .seconds(1), shape: Ratio(3, 2)),
    EmpiricalDelays(samples: [5, 1, 3, 2, 40].map { .seconds($0) }).map { .empirical($0) }
      ?? .fixed(.zero),
  ]

  @Test("a quantile never falls as the probability rises", arguments: distributions)
  func quantilesRise(distribution: DelayDistribution) {
    var last = Duration.zero
    let step = UInt64.max / 20_000
    for index in 0...UInt64(20_000) {
      let delay = distribution.quantile(index * step)
      #expect(delay >= last)
      last = delay
    }
    #expect(distribution.quantile(.max) >= last)
    #expect(distribution.quantile(.max) <= .seconds(30 * 86_400))
  }

  @Test("drawn delays have the distribution's quantiles")
  func drawsFollow() {
    let latency = LatencyFault(
      distribution: .logNormal(median: .milliseconds(800), spread: Ratio(7, 10)),
      leg: .request
    )
    var faults = FaultSet(.latency(latency))
    let delays = (1...10_000)
      .map { faults.fate(.call($0, entity: "SHOP-\($0)")).requestDelay }
    // A quarter, a half and nine tenths; bounds are 99 % intervals of the binomial distribution.
    func below(_ deviate: Double) -> Int {
      delays.count { seconds($0) < 0.8 * exp(0.7 * deviate) }
    }
    #expect((2389...2612).contains(below(-0.6744897501960817)))
    #expect((4871...5129).contains(below(0)))
    #expect((8922...9077).contains(below(1.2815515655446004)))
  }

  @Test("a uniform delay reaches both bounds")
  func uniformReachesBounds() {
    let uniform = DelayDistribution.uniform(.nanoseconds(10) ... .nanoseconds(12))
    #expect(uniform.quantile(0) == .nanoseconds(10))
    #expect(uniform.quantile(1 << 63) == .nanoseconds(11))
    #expect(uniform.quantile(.max) == .nanoseconds(12))
  }

  @Test("measured delays come back between their shortest and longest")
  func empiricalFollowsSamples() throws {
    let samples = [5, 1, 3, 2, 4].map { Duration.seconds($0) }
    let delays = DelayDistribution.empirical(try #require(EmpiricalDelays(samples: samples)))
    #expect(delays.quantile(0) == .seconds(1))
    #expect(delays.quantile(1 << 62) == .seconds(2))
    #expect(delays.quantile(1 << 63) == .seconds(3))
    #expect(delays.quantile(5 << 61) == .milliseconds(3_500))
    #expect(.seconds(5) - delays.quantile(.max) <= .nanoseconds(1))
    #expect(EmpiricalDelays(samples: []) == nil)
    let one = try #require(EmpiricalDelays(samples: [.seconds(7)]))
    #expect(DelayDistribution.empirical(one).quantile(.max) == .seconds(7))
  }

  @Test("many measured delays are thinned, keeping both ends")
  func empiricalIsBounded() throws {
    let delays = try #require(
      EmpiricalDelays(samples: (0...100_000).map { .milliseconds($0) })
    )
    #expect(delays.points.count == 1_024)
    #expect(delays.points.first == .zero)
    #expect(delays.points.last == .seconds(100))
    #expect(delays.points[512] >= .milliseconds(49_900))
  }

  @Test("odd parameters give a delay, not a trap")
  func toleratesOddParameters() {
    let bits: [UInt64] = [0, 1, 1 << 63, .max]
    let odd: [DelayDistribution] = [
      .fixed(.seconds(-1)), .uniform(.seconds(-5) ... .seconds(-1)),
      .normal(mean: .seconds(-1), deviation: .seconds(-1)), .exponential(mean: .zero),
      .exponential(mean: .nanoseconds(Int64.max)), .pareto(minimum: .zero, shape: .zero),
      .pareto(minimum: .seconds(1), shape: Ratio(1, .max)),
      .pareto(minimum: .nanoseconds(Int64.max), shape: Ratio(.max, 1)),
      .logNormal(median: .nanoseconds(Int64.max), spread: Ratio(.max, 1)),
      .logNormal(median: .seconds(1), spread: Ratio(.max - 1, .max)),
    ]
    for distribution in odd {
      for bits in bits {
        let delay = distribution.quantile(bits)
        #expect(delay >= .zero && delay <= .seconds(30 * 86_400))
      }
    }
  }

  @Test("quantiles are the same on every machine")
  func quantilesAreFixed() {
    let bits: [UInt64] = [0x0123_4567_89AB_CDEF, 0x89AB_CDEF_0123_4567, 0xFEDC_BA98_7654_3210]
    let values = Self.distributions.map { distribution in
      bits.map { distribution.quantile($0).wholeNanoseconds }
    }
    #expect(
      values == [
        [1_000_000_000, 1_000_000_000, 1_000_000_000],
        [1_035_555_555, 5_302_222_220, 8_964_444_445],
        [0, 1_189_710_259, 6_232_743_144],
        [123_305_088, 1_078_837_739, 8_110_024_716],
        [4_455_266, 771_711_513, 5_416_105_869],
        [1_002_978_234, 1_672_759_104, 36_993_409_931],
        [1_017_777_777, 3_302_222_220, 39_377_777_777],
      ]
    )
  }
}
