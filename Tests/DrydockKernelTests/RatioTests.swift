import DrydockKernel
import Testing

@Suite("Ratio")
struct RatioTests {
  @Test(
    "reads percentages, decimals and fractions exactly",
    arguments: [
      ("5%", Ratio(1, 20)), ("0.25", Ratio(1, 4)), ("1/3", Ratio(1, 3)), ("0", .zero), ("1", .one),
      ("100%", .one), ("0%", .zero), ("0.1%", Ratio(1, 1_000)), ("12.5%", Ratio(1, 8)),
      ("500%", Ratio(5, 1)), ("2/4", Ratio(1, 2)), ("1e-6", Ratio(1, 1_000_000)),
      ("0.0000000000000000001", Ratio(1, 10_000_000_000_000_000_000)), ("0/7", .zero),
      ("18446744073709551615/18446744073709551615", .one), ("1.50", Ratio(3, 2)),
    ]
  )
  func parses(text: String, ratio: Ratio) {
    #expect(Ratio(parsing: text) == ratio)
  }

  @Test(
    "refuses what is not a ratio",
    arguments: [
      "", "%", "-5%", "1/0", "1/-3", "/3", "1/", "1/2/3", "5 %", "0.1/3", "a", "1/3%", ".5", "5.",
      "0.00000000000000000001", "99999999999999999999",
    ]
  )
  func refuses(text: String) {
    #expect(Ratio(parsing: text) == nil)
  }

  @Test("is equal to every ratio of the same value")
  func lowestTerms() {
    #expect(Ratio(50, 1_000) == Ratio(1, 20))
    #expect(Ratio(0, 9).denominator == 1)
    #expect(Ratio(.max, .max) == .one)
  }

  @Test("compares without rounding")
  func order() {
    #expect(Ratio(1, 3) < Ratio(334, 1_000))
    #expect(Ratio(333, 1_000) < Ratio(1, 3))
    #expect(Ratio(.max - 1, .max) < .one)
    #expect(Ratio(.max - 2, .max - 1) < Ratio(.max - 1, .max))
    #expect(!(Ratio(1, 2) < Ratio(2, 4)))
  }

  @Test("takes a share of a count, rounded down")
  func share() {
    #expect(Ratio(1, 3).share(of: 100) == 33)
    #expect(Ratio.one.share(of: .max) == .max)
    #expect(Ratio(3, 1).share(of: .max) == .max)
    #expect(Ratio.zero.share(of: .max) == 0)
    #expect(Ratio(.max - 1, .max).share(of: .max) == UInt64.max - 1)
  }

  @Test("has a complement, and a text that reads back")
  func complementAndText() {
    #expect(Ratio(1, 20).complement == Ratio(19, 20))
    #expect(Ratio(3, 2).complement == .zero)
    for ratio in [Ratio(1, 20), Ratio(1, 3), .zero, .one, Ratio(7, 2), Ratio(.max, 3)] {
      #expect(Ratio(parsing: ratio.description) == ratio)
    }
    #expect(Ratio(1, 20).description == "5%")
    #expect(Ratio(1, 3).description == "1/3")
  }
}
