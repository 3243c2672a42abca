import DrydockKernel
import Testing

@Suite("Money")
struct MoneyTests {
  private func dollars(_ text: String) throws -> Money {
    try #require(Money(parsing: text, currency: .usd))
  }

  @Test(
    "reads decimal text exactly",
    arguments: [
      ("12.50", "USD", 1_250), ("738.0", "JPY", 738), ("738", "JPY", 738), ("-3", "USD", -300),
      ("0.07", "USD", 7), ("1.5", "USD", 150), ("1.500", "USD", 150), ("1.234", "KWD", 1_234),
      ("1e2", "USD", 10_000), ("1.25E1", "USD", 1_250), ("125e-2", "USD", 125), ("-0.00", "USD", 0),
      ("007.10", "USD", 710), ("92233720368547758.07", "USD", .max), ("0e99", "USD", 0),
      ("1.0000000000000000000000000", "USD", 100), ("0.0001", "CLF", 1),
      ("100000000000000000000e-20", "USD", 100),
    ] as [(String, String, Int64)]
  )
  func parses(text: String, code: String, minorUnits: Int64) throws {
    let currency = try #require(CurrencyCode(code))
    #expect(Money(parsing: text, currency: currency)?.minorUnits == minorUnits)
  }

  @Test(
    "refuses text that is no amount of the currency",
    arguments: [
      ("12.505", "USD"), ("738.5", "JPY"), ("", "USD"), ("-", "USD"), ("+1", "USD"), ("1.", "USD"),
      (".5", "USD"), ("1,50", "USD"), ("1 ", "USD"), ("0x10", "USD"), ("1e", "USD"), ("NaN", "USD"),
      ("92233720368547758.08", "USD"), ("1e99", "USD"), ("1e-3", "USD"), ("1e9999999999", "USD"),
      ("99999999999999999999999", "JPY"),
    ]
  )
  func refuses(text: String, code: String) throws {
    let currency = try #require(CurrencyCode(code))
    #expect(Money(parsing: text, currency: currency) == nil)
  }

  @Test(
    "writes all minor digits",
    arguments: [
      (1_250, "USD", "12.50"), (-5, "USD", "-0.05"), (0, "USD", "0.00"), (738, "JPY", "738"),
      (1_234, "KWD", "1.234"), (.min, "USD", "-92233720368547758.08"),
    ] as [(Int64, String, String)]
  )
  func writes(minorUnits: Int64, code: String, text: String) throws {
    let money = Money(minorUnits: minorUnits, currency: try #require(CurrencyCode(code)))
    #expect(money.decimalString == text)
    #expect(money.description == "\(text) \(code)")
  }

  @Test("adds, subtracts, multiplies and compares")
  func arithmetic() throws {
    let price = try dollars("12.50")
    #expect(price + price == (try dollars("25")))
    #expect(price - (try dollars("13")) == (try dollars("-0.5")))
    #expect(price * 3 == (try dollars("37.50")))
    #expect(-price == (try dollars("-12.50")))
    #expect(price < (try dollars("12.51")))
    #expect(Money.zero(.usd).isZero)
    #expect((-price).isNegative)
    var sum = price
    sum += price
    sum -= try dollars("5")
    #expect(sum == (try dollars("20")))
  }

  @Test("reports overflow")
  func overflow() {
    let most = Money(minorUnits: .max, currency: .usd)
    let least = Money(minorUnits: .min, currency: .usd)
    let cent = Money(minorUnits: 1, currency: .usd)
    #expect(most.addingReportingOverflow(cent).overflow)
    #expect(least.subtractingReportingOverflow(cent).overflow)
    #expect(most.multipliedReportingOverflow(by: 2).overflow)
    #expect(cent.addingReportingOverflow(cent) == (cent * 2, false))
  }

  @Test("does not mix currencies")
  func currencies() async {
    await #expect(processExitsWith: .failure) {
      _ = Money(minorUnits: 1, currency: .usd) + Money(minorUnits: 1, currency: .eur)
    }
    #expect(Money(minorUnits: 1, currency: .usd) != Money(minorUnits: 1, currency: .eur))
  }

  @Test(
    "rounds a share",
    arguments: [
      (125, Ratio(1, 2), [63, 62, 62, 63]), (135, Ratio(1, 2), [68, 68, 67, 68]),
      (-125, Ratio(1, 2), [-63, -62, -62, -63]), (100, Ratio(1, 3), [33, 33, 33, 34]),
      (200, Ratio(1, 3), [67, 67, 66, 67]), (100, .one, [100, 100, 100, 100]),
      (100, .zero, [0, 0, 0, 0]), (.max, .one, [.max, .max, .max, .max]),
    ] as [(Int64, Ratio, [Int64])]
  )
  func rounds(minorUnits: Int64, ratio: Ratio, expected: [Int64]) {
    let money = Money(minorUnits: minorUnits, currency: .usd)
    #expect(Money.Rounding.allCases.map { money.scaled(by: ratio, $0)?.minorUnits } == expected)
  }

  @Test("refuses a share beyond 64 bits")
  func roundsBeyond() {
    let money = Money(minorUnits: .max, currency: .usd)
    #expect(money.scaled(by: Ratio(2, 1), .halfUp) == nil)
  }

  @Test(
    "splits without losing a cent",
    arguments: [
      (1_000, [1, 1, 1], [334, 333, 333]), (-1_000, [1, 1, 1], [-334, -333, -333]),
      (1, [1, 1], [1, 0]), (0, [3, 4], [0, 0]), (100, [0, 0, 0], [34, 33, 33]),
      (100, [0, 7], [0, 100]), (799, [1_999, 4_999, 999], [200, 499, 100]), (5, [], []),
      (.max, [.max, .max], [1 << 62, 1 << 62 - 1]),
    ] as [(Int64, [UInt64], [Int64])]
  )
  func splits(minorUnits: Int64, weights: [UInt64], expected: [Int64]) {
    let parts = Money(minorUnits: minorUnits, currency: .usd).allocated(by: weights)
    #expect(parts.map(\.minorUnits) == expected)
  }

  @Test("splits so that parts add up and none is a whole cent from its share")
  func splitsAnything() {
    let draws = Seed(4).draws(for: "split")
    for number in 0..<2_000 {
      let units = draws.integer(in: -100_000...100_000, .init(attempt: number, purpose: "units"))
      let count = draws.below(8, .init(attempt: number, purpose: "count")) + 1
      let weights = (0..<count).map { part in
        draws.below(1_000, .init(entity: "\(part)", attempt: number, purpose: "weight"))
      }
      let parts = Money(minorUnits: units, currency: .usd).allocated(by: weights)
      #expect(parts.reduce(0) { $0 + $1.minorUnits } == units)
      let total = Int64(weights.reduce(0, +))
      guard total > 0 else { continue }
      for (part, weight) in zip(parts, weights) {
        #expect(abs(part.minorUnits * total - units * Int64(weight)) < total)
      }
    }
  }

  @Test("knows the digits of currencies")
  func minorDigits() {
    for (code, digits) in [("USD", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("XTS", 2), ("ZZZ", 2)] {
      #expect(CurrencyCode(code)?.minorDigits == digits)
      #expect(CurrencyCode(code)?.code == code)
    }
    #expect(CurrencyCode("KWD")?.minorUnitsPerUnit == 1_000)
    #expect(CurrencyCode.eur.description == "EUR")
    for code in ["", "US", "usd", "USDX", "U$D", "ÜSD"] { #expect(CurrencyCode(code) == nil) }
  }
}
