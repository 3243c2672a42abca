/// Counts of values in buckets whose width grows with the value, to a fixed relative precision.
///
///     var latencies = Histogram()
///     latencies.record(1_250_000)
///     latencies.valueAtQuantile(Ratio(99, 100))
///
/// The layout of HdrHistogram with a lowest value of 1: below `2 × 10^digits` each value has its
/// own counter; each doubling after that has as many counters as half of them. All is integers, so
/// merging parts in any order gives equal histograms.
///
/// - Source: G. Tene, HdrHistogram (`AbstractHistogram.java`).
public struct Histogram: Hashable, Sendable {
  /// The decimal digits to which values are kept: 1 to 5.
  public let significantDigits: Int
  /// How many values were recorded.
  public private(set) var count: UInt64 = 0
  /// How many of them were negative and counted as zero.
  public private(set) var belowZeroCount: UInt64 = 0
  /// The exact sum of the values.
  public private(set) var total: UInt128 = 0

  private let halfBits: Int
  // Ends with the counter of the largest value, so equal contents are equal values.
  private var counters: [UInt64] = []
  private var smallest = Int64.max
  private var largest: Int64 = 0

  /// Creates an empty histogram.
  ///
  /// - Parameter significantDigits: 2 keeps values within 1 %, 3 within 0.1 %.
  /// - Precondition: From 1 to 5 digits.
  public init(significantDigits: Int = 3) {
    precondition((1...5).contains(significantDigits), "a histogram keeps 1 to 5 digits")
    self.significantDigits = significantDigits
    var distinct: UInt64 = 2
    for _ in 0..<significantDigits { distinct *= 10 }
    halfBits = 63 - (distinct - 1).leadingZeroBitCount
  }

  /// Counts a value; a negative one counts as zero and in `belowZeroCount`.
  public mutating func record(_ value: Int64, times: UInt64 = 1) {
    guard times > 0 else { return }
    if value < 0 { belowZeroCount += times }
    let value = Swift.max(value, 0)
    let index = self.index(of: UInt64(value))
    if index >= counters.count {
      counters.append(contentsOf: repeatElement(0, count: index + 1 - counters.count))
    }
    counters[index] += times
    count += times
    total += UInt128(value) * UInt128(times)
    smallest = Swift.min(smallest, value)
    largest = Swift.max(largest, value)
  }

  /// Counts a duration in whole nanoseconds.
  public mutating func record(_ duration: Duration) {
    record(duration.wholeNanoseconds)
  }

  /// The smallest value recorded, exactly.
  public var min: Int64? { count == 0 ? nil : smallest }
  /// The largest value recorded, exactly.
  public var max: Int64? { count == 0 ? nil : largest }
  /// The mean of the values, rounded down.
  public var mean: Int64? { count == 0 ? nil : Int64(total / UInt128(count)) }

  /// Returns a value that at least this share of the values does not exceed.
  ///
  /// The largest value of the counter in which the quantile lies, and never above `max`; so it is
  /// at most one part in `10^significantDigits` above the exact quantile, and never below it.
  ///
  /// - Returns: `nil` without values.
  public func valueAtQuantile(_ quantile: Ratio) -> Int64? {
    guard count > 0 else { return nil }
    let rank = UInt128(count) * UInt128(quantile.numerator)
    let (whole, rest) = rank.quotientAndRemainder(dividingBy: UInt128(quantile.denominator))
    let target = Swift.max(1, Swift.min(whole + (rest > 0 ? 1 : 0), UInt128(count)))
    var seen: UInt128 = 0
    for (index, counter) in counters.enumerated() {
      seen += UInt128(counter)
      guard seen < target else {
        return Swift.min(largest, Int64(clamping: highest(at: index)))
      }
    }
    return largest
  }

  /// Adds the counts of another histogram; any order of merging gives the same.
  ///
  /// - Precondition: Both keep the same number of digits.
  public mutating func merge(_ other: Histogram) {
    precondition(significantDigits == other.significantDigits, "histograms of one precision merge")
    if counters.count < other.counters.count {
      counters.append(
        contentsOf: repeatElement(0, count: other.counters.count - counters.count)
      )
    }
    for (index, counter) in other.counters.enumerated() { counters[index] += counter }
    count += other.count
    belowZeroCount += other.belowZeroCount
    total += other.total
    smallest = Swift.min(smallest, other.smallest)
    largest = Swift.max(largest, other.largest)
  }

  /// The counters that are not zero, as the range of values of each and its count, in order.
  public var buckets: [(lowest: Int64, highest: Int64, count: UInt64)] {
    counters.indices.filter { counters[$0] > 0 }.map { index in
      (
        Int64(clamping: lowest(at: index)), Int64(clamping: highest(at: index)), counters[index]
      )
    }
  }

  /// Returns the counter of a value.
  private func index(of value: UInt64) -> Int {
    let ceiling = UInt64(2) << UInt64(halfBits) - 1
    let bucket = ceiling.leadingZeroBitCount - (value | ceiling).leadingZeroBitCount
    let position = Int(truncatingIfNeeded: value >> UInt64(bucket))
    return bucket << halfBits + position
  }

  private func lowest(at index: Int) -> UInt64 {
    let (bucket, position) = place(of: index)
    return UInt64(position) << UInt64(bucket)
  }

  private func highest(at index: Int) -> UInt64 {
    let (bucket, position) = place(of: index)
    return UInt64(position) << UInt64(bucket) + (UInt64(1) << UInt64(bucket) - 1)
  }

  /// Returns the doubling of a counter and its position there.
  private func place(of index: Int) -> (bucket: Int, position: Int) {
    let half = 1 << halfBits
    let bucket = Swift.max(index >> halfBits - 1, 0)
    return (bucket, bucket == 0 ? index : index & (half - 1) + half)
  }
}
