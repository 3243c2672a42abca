import DrydockKernel
import Testing

@testable import DrydockReports
@testable import DrydockVerification

@Suite("Indicator plot")
struct IndicatorPlotTests {
  private func merged(_ values: [Int64]) -> MergedIndicator {
    MergedIndicator(
      name: "order-to-release",
      title: "placed to released",
      unit: .nanoseconds,
      values: values.sorted(),
      runs: 1,
      runsAboveZero: 1,
      total: values.reduce(0, +)
    )
  }

  @Test("merges runs in the order of first appearance, with sorted values and sums")
  func merges() {
    let runs = OrderFixture.campaign()
    let merged = MergedIndicator.merge(runs)
    #expect(merged.map(\.name) == OrderFixture.indicators(1).map(\.name))
    #expect(merged[0].values.count == 40)
    #expect(merged[0].values == merged[0].values.sorted())
    #expect(merged[4].runs == 10)
    #expect(merged[4].total == merged[4].values.reduce(0, +))
  }

  @Test("puts larger values further right, and ticks where they belong")
  func axis() {
    let axis = IndicatorPlot.Axis(holding: [merged([2_000_000_000, 7_000_000_000_000])])
    #expect(axis.from == 1_000_000_000)
    #expect(axis.to == 21_600_000_000_000)
    #expect(axis.place(axis.from, width: 400) == 0)
    #expect(axis.place(axis.to, width: 400) == 400)
    var last = -1
    for power in 0..<43 {
      let place = axis.place(1 << Int64(power), width: 400)
      #expect(place >= last)
      last = place
    }
  }

  @Test(
    "draws values of nothing, of one kind and of all there are",
    arguments: [
      [0], [0, 0, 0], [1], [Int64.max], [0, Int64.max], [60_000_000_000],
    ] as [[Int64]]
  )
  func extremes(values: [Int64]) {
    let indicator = merged(values.map { $0 == .max ? .max / 4 : $0 })
    let plot = IndicatorPlot(indicator: indicator, axis: .init(holding: [indicator]))
    #expect(MarkupScanner(plot.svg().bytes, isHTML: true).mistakes == [])
  }

  @Test("finds quantiles by the nearest rank")
  func quantiles() {
    let indicator = merged(Array(1...100))
    #expect(indicator.quantile(Ratio(1, 2)) == 50)
    #expect(indicator.quantile(Ratio(19, 20)) == 95)
    #expect(indicator.quantile(.one) == 100)
  }
}
