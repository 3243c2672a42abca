import DrydockExchange
import DrydockKernel
@testable import DrydockVerification
import Testing

@Suite("Indicators")
struct IndicatorTests {
  private func indicator(_ values: [Int64]) -> Indicator {
    Indicator(name: "x", title: "x", unit: .count, values: values)
  }

  @Test("quantiles are exact, by the nearest rank")
  func findsQuantiles() {
    let hundred = indicator(Array(1...100))
    #expect(hundred.quantile(Ratio(1, 2)) == 50)
    #expect(hundred.quantile(Ratio(95, 100)) == 95)
    #expect(hundred.quantile(.one) == 100)
    #expect(hundred.quantile(.zero) == 1)
    #expect(indicator([7]).quantile(Ratio(99, 100)) == 7)
    #expect(indicator([1, 2, 3]).quantile(Ratio(1, 2)) == 2)
    #expect(indicator([1, 2, 3]).quantile(Ratio(2, 3)) == 2)
    #expect(indicator([]).quantile(Ratio(1, 2)) == nil)
  }

  @Test("measures the spans and counts that a story shows")
  func measures() throws {
    var story = Story()
    story.plainOrder()
    story.plainReturn()
    story.note(.duplicateSuppressed)
    story.call("refund-create", at: .store, about: "x", ends: .status(429))
    story.call("refund-create", at: .store, about: "x")
    let verdict = Verifier(catalog: TestCatalog.catalog, rules: []).judge(story.trace)
    func values(_ name: String) -> [Int64]? {
      verdict.indicators.first { $0.name == name }?.values
    }
    #expect(values("order-acknowledgement") == [60_250_000_000])
    #expect(values("throttled") == [1])
    #expect(values("retries") == [1])
    #expect(values("duplicates-suppressed") == [1])
    #expect(values("webhooks") == [8])
    #expect(values("return-to-refund") != nil)
  }
}
