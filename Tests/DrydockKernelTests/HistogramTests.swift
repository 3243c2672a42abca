import DrydockKernel
import Testing

@Suite("Histogram")
struct HistogramTests {
  private func drawn(_ count: Int, _ seed: UInt64) -> [Int64] {
    let draws = Seed(seed).draws(for: "histogram")
    return (0..<count).map { number in
      let shift = draws.below(63, .init(attempt: number, purpose: "shift"))
      return Int64(draws.bits(.init(attempt: number, purpose: "bits")) >> (shift + 1))
    }
  }

  @Test("is empty at first")
  func empty() {
    let histogram = Histogram()
    #expect(histogram.count == 0)
    #expect(histogram.min == nil)
    #expect(histogram.max == nil)
    #expect(histogram.mean == nil)
    #expect(histogram.valueAtQuantile(Ratio(1, 2)) == nil)
    #expect(histogram.buckets.isEmpty)
  }

  @Test("keeps small values exactly", arguments: [1, 2, 3, 4, 5])
  func exactBelow(digits: Int) {
    var histogram = Histogram(significantDigits: digits)
    let end = [20, 200, 2_000, 20_000, 200_000][digits - 1]
    for value in 0..<end { histogram.record(Int64(value)) }
    let buckets = histogram.buckets
    #expect(buckets.count == end)
    #expect(buckets.allSatisfy { $0.lowest == $0.highest && $0.count == 1 })
    #expect(histogram.valueAtQuantile(Ratio(1, 2)) == Int64(end / 2 - 1))
  }

  @Test("keeps each value in a range within its precision", arguments: [1, 2, 3, 4, 5])
  func precision(digits: Int) {
    // Large values need many counters where many digits are kept.
    let largest: [Int64] = [.max, .max, 1 << 40, 1 << 30, 1 << 26]
    let scale: [Int64] = [10, 100, 1_000, 10_000, 100_000]
    for value in drawn(40, 6) + [0, 1, .max, .max - 1, 1 << 62] where value <= largest[digits - 1] {
      var histogram = Histogram(significantDigits: digits)
      histogram.record(value)
      let bucket = histogram.buckets[0]
      #expect(bucket.lowest <= value && value <= bucket.highest)
      #expect(bucket.highest - bucket.lowest <= value / scale[digits - 1])
      #expect(histogram.valueAtQuantile(.one) == value)
    }
  }

  @Test("joins its ranges without gap or overlap")
  func contiguous() {
    var histogram = Histogram(significantDigits: 2)
    for value in 0..<70_000 { histogram.record(Int64(value)) }
    var next: Int64 = 0
    for bucket in histogram.buckets {
      #expect(bucket.lowest == next)
      next = bucket.highest + 1
    }
  }

  @Test("finds quantiles no lower than the exact ones and at most a part in 1,000 above")
  func quantiles() throws {
    let values = drawn(5_001, 7).sorted()
    var histogram = Histogram()
    for value in values { histogram.record(value) }
    for quantile in [Ratio(1, 2), Ratio(9, 10), Ratio(99, 100), Ratio(999, 1_000), .zero, .one] {
      let rank = (5_001 * quantile.numerator + quantile.denominator - 1) / quantile.denominator
      let exact = values[max(Int(rank), 1) - 1]
      let found = try #require(histogram.valueAtQuantile(quantile))
      #expect(found >= exact && found - exact <= exact / 1_000)
    }
    #expect(histogram.min == values.first)
    #expect(histogram.max == values.last)
  }

  @Test("merges parts in any order to the same value")
  func merges() {
    let values = drawn(3_000, 8)
    var whole = Histogram()
    for value in values { whole.record(value) }
    var parts = [Histogram(), Histogram(), Histogram()]
    for (index, value) in values.enumerated() { parts[index % 3].record(value) }
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
      var merged = Histogram()
      for index in order { merged.merge(parts[index]) }
      #expect(merged == whole)
    }
  }

  @Test("counts several at once, and durations")
  func times() {
    var several = Histogram()
    several.record(5, times: 3)
    several.record(7, times: 0)
    several.record(.microseconds(2))
    var single = Histogram()
    for value in [2_000, 5, 5, 5] as [Int64] { single.record(value) }
    #expect(several == single)
    #expect(several.total == 2_015)
    #expect(several.mean == 503)
  }

  @Test("counts negative values as zero and says so")
  func negative() {
    var histogram = Histogram()
    histogram.record(-7)
    #expect(histogram.belowZeroCount == 1)
    #expect(histogram.min == 0)
    #expect(histogram.max == 0)
  }

  @Test("merges only what has one precision")
  func precisionsDiffer() async {
    await #expect(processExitsWith: .failure) {
      var histogram = Histogram(significantDigits: 2)
      histogram.merge(Histogram(significantDigits: 3))
    }
  }
}
