import DrydockKernel
import DrydockVerification

/// The values of one indicator over all runs.
struct MergedIndicator: Sendable {
  var name: String
  var title: String
  var unit: Indicator.Unit
  /// All values of all runs, sorted.
  var values: [Int64]
  /// How many runs measured it.
  var runs: Int
  /// How many runs measured something other than zero.
  var runsAboveZero: Int
  /// The sum of all values.
  var total: Int64

  /// Merges the indicators of runs, in order of first appearance.
  ///
  /// - Complexity: O(n log n) in the values.
  static func merge(_ runs: [JudgedRun]) -> [MergedIndicator] {
    var merged: [MergedIndicator] = []
    var positions: [String: Int] = [:]
    for run in runs {
      for indicator in run.verdict.indicators where !indicator.values.isEmpty {
        let position = positions[indicator.name] ?? merged.count
        if position == merged.count {
          positions[indicator.name] = position
          merged.append(
            MergedIndicator(
              name: indicator.name,
              title: indicator.title,
              unit: indicator.unit,
              values: [],
              runs: 0,
              runsAboveZero: 0,
              total: 0
            )
          )
        }
        merged[position].values += indicator.values
        merged[position].runs += 1
        if indicator.values.contains(where: { $0 > 0 }) { merged[position].runsAboveZero += 1 }
        for value in indicator.values {
          let (sum, overflow) = merged[position].total.addingReportingOverflow(value)
          merged[position].total = overflow ? .max : sum
        }
      }
    }
    for index in merged.indices { merged[index].values.sort() }
    return merged
  }

  /// Returns the value that a share of all values does not exceed, by the nearest rank.
  func quantile(_ share: Ratio) -> Int64 {
    guard !values.isEmpty else { return 0 }
    let rank =
      (UInt64(values.count) * share.numerator + share.denominator - 1) / share.denominator
    return values[Int(max(rank, 1)) - 1]
  }
}

/// A distribution of durations on an axis that all plots of a page share.
///
/// The axis grows by powers of two, straight in between: a second and a day fit on one line, and
/// no floating point decides where a value stands.
///
///     ▁▂█▃▁        ▁            bars: how many values, p50 and p95 as lines, the largest as a ring
///     1 s   1 min   1 h   1 d
struct IndicatorPlot: Sendable {
  /// The axis: from and to, in nanoseconds.
  struct Axis: Hashable, Sendable {
    /// Points that get a tick, with their labels.
    static let ticks: [(nanoseconds: Int64, label: String)] = [
      (1_000_000, "1 ms"), (10_000_000, "10 ms"), (100_000_000, "100 ms"),
      (1_000_000_000, "1 s"), (10_000_000_000, "10 s"), (60_000_000_000, "1 min"),
      (600_000_000_000, "10 min"), (3_600_000_000_000, "1 h"), (21_600_000_000_000, "6 h"),
      (86_400_000_000_000, "1 d"), (604_800_000_000_000, "7 d"), (2_592_000_000_000_000, "30 d"),
      (31_536_000_000_000_000, "1 y"),
    ]

    var from: Int64
    var to: Int64

    /// The narrowest axis between ticks that holds all values.
    init(holding values: [MergedIndicator]) {
      let least = values.compactMap(\.values.first).min() ?? 0
      let most = values.compactMap(\.values.last).max() ?? 0
      let begin = Self.ticks.last { $0.nanoseconds <= least } ?? Self.ticks[0]
      let end = Self.ticks.first { $0.nanoseconds > max(most, begin.nanoseconds) }
      from = begin.nanoseconds
      to = end?.nanoseconds ?? Int64.max
    }

    /// Returns where a value stands on a line of a width.
    func place(_ value: Int64, width: Int) -> Int {
      let left = Self.height(from)
      let span = Self.height(to) - left
      let held = min(max(value, from), to)
      return Int((Self.height(held) - left) * Int64(width) / max(span, 1))
    }

    /// Sixteen thousand for each power of two, straight in between: a logarithm good enough to see.
    private static func height(_ value: Int64) -> Int64 {
      guard value > 1 else { return 0 }
      let power = 63 - value.leadingZeroBitCount
      let rest = value - (1 << Int64(power))
      let fraction = power >= 14 ? rest >> Int64(power - 14) : rest << Int64(14 - power)
      return Int64(power) << 14 + fraction
    }
  }

  static let width = 420
  static let height = 40
  private static let inset = 8
  private static let bins = 70

  let indicator: MergedIndicator
  let axis: Axis

  /// Returns the plot as an inline SVG.
  func svg() -> HTMLText {
    let base = Self.height - 4
    let label =
      """
      \(indicator.title): \(Counted.words(indicator.values.count, "value")), median \
      \(words(Ratio(1, 2))), largest \(words(.one))
      """
    var svg: HTMLText =
      """
      <svg class="plot" role="img" aria-label="\(label)" width="\(Self.width)" \
      height="\(Self.height)" viewBox="0 0 \(Self.width) \(Self.height)">
      """
    for tick in Self.shownTicks(of: axis) {
      svg += "<path class=\"grid\" d=\"M\(tick.x) 0V\(base)\"/>"
    }
    svg += "<path class=\"base\" d=\"M\(Self.inset) \(base)H\(Self.width - Self.inset)\"/>"
    svg += bars(base: base)
    let median = x(indicator.quantile(Ratio(1, 2)))
    let high = x(indicator.quantile(Ratio(19, 20)))
    let largest = x(indicator.quantile(.one))
    svg += "<path class=\"p95\" d=\"M\(high) 4V\(base)\"/>"
    svg += "<path class=\"p50\" d=\"M\(median) 4V\(base)\"/>"
    svg += "<circle class=\"largest\" cx=\"\(largest)\" cy=\"\(base)\" r=\"3\"/></svg>"
    return svg
  }

  /// Returns the ticks of an axis with their labels, as an inline SVG.
  static func scale(_ axis: Axis) -> HTMLText {
    var svg: HTMLText =
      """
      <svg class="plot scale" aria-hidden="true" width="\(width)" height="16" viewBox="0 0 \
      \(width) 16">
      """
    var end = -100
    for tick in shownTicks(of: axis) {
      let half = TextWidth.of(tick.label, size: 10) / 2
      let centre = min(max(tick.x, half), width - half)
      guard centre - half > end + 4 else { continue }
      end = centre + half
      svg += "<text x=\"\(centre)\" y=\"12\" text-anchor=\"middle\">\(tick.label)</text>"
    }
    svg += "</svg>"
    return svg
  }

  private static func shownTicks(of axis: Axis) -> [(x: Int, label: String)] {
    Axis.ticks.filter { $0.nanoseconds >= axis.from && $0.nanoseconds <= axis.to }.map {
      (inset + axis.place($0.nanoseconds, width: width - 2 * inset), $0.label)
    }
  }

  private func x(_ value: Int64) -> Int {
    Self.inset + axis.place(value, width: Self.width - 2 * Self.inset)
  }

  private func words(_ share: Ratio) -> String {
    RunClock.words(.nanoseconds(indicator.quantile(share)))
  }

  private func bars(base: Int) -> HTMLText {
    let room = Self.width - 2 * Self.inset
    var counts = Array(repeating: 0, count: Self.bins)
    for value in indicator.values {
      counts[min(axis.place(value, width: Self.bins), Self.bins - 1)] += 1
    }
    let most = max(counts.max() ?? 1, 1)
    var path = ""
    for (bin, count) in counts.enumerated() where count > 0 {
      let tall = max(3, count * (base - 8) / most)
      let left = Self.inset + bin * room / Self.bins
      let right = Self.inset + (bin + 1) * room / Self.bins
      path += "M\(left) \(base)v-\(tall)h\(right - left - 1)v\(tall)z"
    }
    return "<path class=\"bars\" d=\"\(path)\"/>"
  }
}
