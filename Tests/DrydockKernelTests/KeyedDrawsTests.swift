import DrydockKernel
import Testing

@Suite("Keyed draws")
struct KeyedDrawsTests {
  private let draws = Seed(7).draws(for: "faults")

  // Computed by a second implementation of the mixing. They never change: a change would give
  // every seed that anybody wrote down another run.
  @Test("gives the known bits for known keys")
  func knownAnswers() {
    typealias Key = KeyedDraws.Key
    #expect(draws.bits(Key(purpose: "latency")) == 0xcfb0_fb65_2c70_101a)
    #expect(draws.bits(Key(partner: "carrier", purpose: "latency")) == 0x808e_5a7f_b811_9202)
    let first = Key(
      partner: "carrier",
      operation: "label",
      entity: "SO-1042",
      attempt: 1,
      purpose: "latency"
    )
    let second = Key(
      partner: "carrier",
      operation: "label",
      entity: "SO-1042",
      attempt: 2,
      purpose: "latency"
    )
    #expect(draws.bits(first) == 0x902f_5ad5_dc52_5d7b)
    #expect(draws.bits(second) == 0xcc7c_c16f_83c3_2bed)
    let foreign = Key(
      partner: "3pl",
      entity: "Größe 42 — déjà vu",
      attempt: -1,
      purpose: "duplicate"
    )
    #expect(draws.bits(foreign) == 0x7ab8_70be_2b9f_9815)
    let numbered = Key(entityNumber: 1_042, attempt: 1, purpose: .init("latency"))
    #expect(draws.bits(numbered) == 0x3f7c_ca02_01f5_9c19)
    let derived = draws.derived("webhooks")
    #expect(derived.bits(Key(purpose: "latency")) == 0x4732_39b8_b672_0b60)
    #expect(Seed(0).draws(for: "").bits(Key(purpose: "")) == 0x28d7_ea8d_a13a_dcca)
  }

  @Test("makes the same key from labels as from texts")
  func labels() {
    let texts = KeyedDraws.Key(
      partner: "erp",
      operation: "orders",
      entity: "7",
      attempt: 3,
      purpose: "outage"
    )
    let labels = KeyedDraws.Key(
      partner: .init("erp"),
      operation: .init("orders"),
      entity: .init("7"),
      attempt: 3,
      purpose: .init("outage")
    )
    #expect(texts == labels)
    #expect(
      KeyedDraws.Key(purpose: "x")
        == KeyedDraws.Key(partner: .none, operation: .none, entity: .none, purpose: .init("x"))
    )
  }

  @Test("tells the parts of a key apart")
  func partsAreDistinct() {
    let keys = [
      KeyedDraws.Key(partner: "a", purpose: "p"), .init(operation: "a", purpose: "p"),
      .init(entity: "a", purpose: "p"), .init(partner: "ab", purpose: "p"),
      .init(partner: "a", operation: "b", purpose: "p"), .init(purpose: "ap"), .init(purpose: "a"),
      .init(attempt: 1, purpose: "a"), .init(entity: "a\0", purpose: "p"),
    ]
    #expect(Set(keys).count == keys.count)
    #expect(Set(keys.map(draws.bits)).count == keys.count)
    #expect(Seed(7).draws(for: "other").bits(keys[0]) != draws.bits(keys[0]))
    #expect(Seed(8).draws(for: "faults").bits(keys[0]) != draws.bits(keys[0]))
    #expect(draws.derived("a").derived("b") != draws.derived("b").derived("a"))
  }

  @Test("gives the same whatever was drawn before")
  func independentOfOrder() {
    let keys = (0..<100).map { KeyedDraws.Key(attempt: $0, purpose: "p") }
    #expect(keys.map(draws.bits) == keys.reversed().map(draws.bits).reversed())
  }

  @Test("spreads evenly over a hundred cells", arguments: [0, 1, 2, 3])
  func chiSquare(stream: Int) {
    let draws = Seed(20_261_127).draws(for: "chi \(stream)")
    var cells = [Int](repeating: 0, count: 100)
    for number in 0..<100_000 {
      let key: KeyedDraws.Key =
        switch stream {
        case 0: .init(attempt: number, purpose: "p")
        case 1: .init(entity: "SO-\(number)", purpose: "p")
        case 2: .init(entityNumber: UInt64(number) << 32, purpose: .none)
        default: .init(partner: "\(number % 10)", attempt: number / 10, purpose: "p")
        }
      cells[Int(draws.below(100, key))] += 1
    }
    // 99 degrees of freedom: 0.1 % and 99.9 % of the distribution lie outside.
    let sum = cells.reduce(0) { $0 + ($1 - 1_000) * ($1 - 1_000) }
    #expect((61_137...148_230).contains(sum), "\(sum)")
  }

  @Test("turns about half of the bits when any bit of the key turns")
  func avalanche() {
    var turned = 0
    for bit in 0..<64 {
      for number in 0..<100 as Range<UInt64> {
        let left = draws.bits(.init(entityNumber: number, purpose: .none))
        let right = draws.bits(.init(entityNumber: number ^ (1 << UInt64(bit)), purpose: .none))
        turned += (left ^ right).nonzeroBitCount
      }
    }
    // 409,600 fair bits: four standard deviations are 1,280.
    #expect((203_520...206_080).contains(turned), "\(turned)")
  }

  @Test("happens as often as the odds say")
  func odds() {
    for (odds, range) in [
      (Ratio(1, 20), 4_780...5_220), (Ratio(1, 2), 49_500...50_500), (.zero, 0...0),
      (.one, 100_000...100_000), (Ratio(3, 2), 100_000...100_000),
    ] {
      let count = (0..<100_000).count {
        draws.happens(odds, .init(attempt: $0, purpose: "odds"))
      }
      #expect(range.contains(count), "\(odds) \(count)")
    }
  }

  @Test("draws below a bound")
  func below() {
    for number in 0..<1_000 {
      let key = KeyedDraws.Key(attempt: number, purpose: "below")
      #expect(draws.below(0, key) == 0)
      #expect(draws.below(1, key) == 0)
      #expect(draws.below(3, key) < 3)
      #expect(draws.below(.max, key) < .max)
    }
  }

  @Test("draws durations and integers over the whole of a range, ends included")
  func ranges() {
    let seen = Set(
      (0..<200).map { number in
        draws.duration(
          in: .nanoseconds(-1) ... .nanoseconds(2),
          .init(attempt: number, purpose: "d")
        )
      }
    )
    #expect(seen == Set((-1...2).map { Duration.nanoseconds($0) }))
    let integers = Set(
      (0..<200).map { draws.integer(in: -1...2, .init(attempt: $0, purpose: "d")) }
    )
    #expect(integers == [-1, 0, 1, 2])
    let key = KeyedDraws.Key(purpose: "whole")
    #expect(draws.integer(in: .min ... .max, key) == .min &+ Int64(bitPattern: draws.bits(key)))
    #expect(draws.integer(in: 5...5, key) == 5)
    #expect(draws.duration(in: .seconds(1) ... .seconds(1), key) == .seconds(1))
  }

  @Test("chooses by weight")
  func weights() {
    var counts = [0, 0, 0]
    for number in 0..<10_000 {
      let key = KeyedDraws.Key(attempt: number, purpose: "weights")
      if let index = draws.index(weights: [1, 0, 3], key) { counts[index] += 1 }
    }
    #expect(counts[1] == 0)
    #expect(counts.reduce(0, +) == 10_000)
    #expect((2_330...2_670).contains(counts[0]))
    let key = KeyedDraws.Key(purpose: "weights")
    #expect(draws.index(weights: [], key) == nil)
    #expect(draws.index(weights: [0, 0], key) == nil)
    #expect(draws.index(weights: [.max, 1], key) == nil)
  }

  @Test("reads a seed from decimal text")
  func seedText() {
    #expect(Seed(parsing: "7") == Seed(7))
    #expect(Seed(parsing: "18446744073709551615") == Seed(.max))
    #expect(Seed(7).description == "7")
    for text in ["", "-1", "1.5", "18446744073709551616", "seven"] {
      #expect(Seed(parsing: text) == nil)
    }
  }
}
