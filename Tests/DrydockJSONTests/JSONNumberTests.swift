import DrydockJSON
import Testing

@Suite("JSON number")
struct JSONNumberTests {
  private func number(_ text: String) throws -> JSONNumber {
    try #require(JSONNumber(parsing: text), "\(text)")
  }

  @Test(
    "equals every other spelling of itself",
    arguments: [
      ["1", "1.0", "10e-1", "0.1E+1", "100e-2", "0.00001e5"],
      ["0", "-0", "0.000", "0e5", "0e-99999999999999999999"],
      ["-1250", "-1.25e3", "-125.0e1", "-1250.000"],
      ["9007199254740993", "9007199254740993.0", "9007199254740.993e3"],
      ["1e1000000000", "10e999999999", "0.1e1000000001"],
      ["123456789012345678901234567890", "1.23456789012345678901234567890e29"],
    ]
  )
  func equality(_ spellings: [String]) throws {
    for left in spellings {
      for right in spellings {
        #expect(try number(left) == number(right), "\(left) \(right)")
        #expect(try number(left).hashValue == number(right).hashValue, "\(left) \(right)")
        #expect(try !(number(left) < number(right)), "\(left) \(right)")
      }
    }
  }

  @Test("is ordered exactly")
  func order() throws {
    let ascending = [
      "-1e400", "-123456789012345678901", "-123456789012345678900", "-10", "-9.5", "-1.0000000001",
      "-1",
      "-0.1", "-1e-400", "0", "1e-400", "2e-400", "0.09", "0.1", "0.10000000000000000001", "0.3",
      "1",
      "1.5", "9.99", "10", "10.1", "99", "100", "9007199254740992", "9007199254740993", "1e20",
      "1e400",
      "1e401",
    ]
    for (position, left) in ascending.enumerated() {
      for (other, right) in ascending.enumerated() {
        #expect(try (number(left) < number(right)) == (position < other), "\(left) \(right)")
      }
    }
  }

  @Test(
    "is whole where it is mathematically",
    arguments: [
      ("1", true), ("1.0", true), ("1e2", true), ("1.50e1", true), ("0.0", true), ("-0", true),
      ("0e-9", true),
      ("1.5", false), ("1e-1", false), ("10e-2", false), ("1e400", true), ("1e-400", false),
      ("100e-2", true), ("1e99999999999999999999", true), ("1e-99999999999999999999", false),
    ]
  )
  func whole(_ text: String, _ isWhole: Bool) throws {
    #expect(try number(text).isInteger == isWhole)
  }

  @Test(
    "fits into 64 bits or not",
    arguments: [
      ("0", 0), ("-0", 0), ("1e2", 100), ("-1.50e1", -15), ("9223372036854775807", Int64.max),
      ("-9223372036854775808", Int64.min), ("9223372036854775808", nil),
      ("-9223372036854775809", nil),
      ("9223372036854775807.0", Int64.max), ("-92233720368547758.08e2", Int64.min), ("1e19", nil),
      ("1e18", 1_000_000_000_000_000_000), ("1e1000000000", nil), ("0.5", nil),
      ("9007199254740993", 9_007_199_254_740_993), ("99999999999999999999", nil),
    ]
  )
  func int64(_ text: String, _ value: Int64?) throws {
    #expect(try number(text).int64 == value)
    #expect(try JSONDocument.parse(text).root.int == value)
  }

  @Test(
    "is a multiple where nothing is left over",
    arguments: [
      ("0.3", "0.1", true), ("0.35", "0.1", false), ("4.35", "0.01", true), ("19.99", "0.01", true),
      ("1e308", "0.123456789", false), ("1e308", "0.5", true), ("0", "7", true), ("7", "0", false),
      ("0", "0", true), ("7", "3.5", true), ("-9", "3", true), ("9", "-3", true), ("1", "3", false),
      ("1e1000000000", "3", false), ("3e1000000000", "3", true), ("1e1000000000", "1024", true),
      ("1e1000000000", "7e999999999", false), ("1e-1000000000", "1", false),
      ("12391239123", "1e-8", true), ("3e9", "1e10", false), ("1e10", "3e9", false),
      ("123456789012345678901234567890", "98765432109876543210", false),
      (
        "12193263113702179522496570642237463801111263526900", "123456789012345678901234567890", true
      ),
      (
        "12193263113702179522496570642237463801111263526901", "123456789012345678901234567890",
        false
      ),
      ("1e40", "1000000000000000000003", false),
      ("2.000000000000000000006e30", "1000000000000000000003", true),
      ("18446744073709551616", "4294967296", true), ("18446744073709551617", "4294967296", false),
    ]
  )
  func multiples(_ text: String, _ divisor: String, _ isMultiple: Bool) throws {
    #expect(try number(text).isMultiple(of: number(divisor)) == isMultiple)
  }

  @Test("agrees with whole-number division on all small numbers")
  func smallMultiples() throws {
    for value in -40...40 {
      for divisor in 1...12 {
        let exact = value % divisor == 0
        #expect(JSONNumber(Int64(value)).isMultiple(of: JSONNumber(Int64(divisor))) == exact)
        let scaled = try number("\(value)e-2").isMultiple(of: number("\(divisor)E-02"))
        #expect(scaled == exact, "\(value) \(divisor)")
      }
    }
  }

  @Test("becomes the nearest binary float only when asked")
  func double() throws {
    #expect(try number("0.1").double == 0.1)
    #expect(try number("9007199254740993").double == 9_007_199_254_740_992)
    #expect(try number("1e400").double == .infinity)
    #expect(try number("-1e400").double == -.infinity)
    #expect(try number("5e-324").double == .leastNonzeroMagnitude)
    #expect(try number("1e-400").double == 0)
  }

  @Test(
    "refuses text that is no number",
    arguments: [
      "", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "1 ", " 1", "0x1", "NaN", "1e1.5",
      "1.2.3", "--1", "١",
    ]
  )
  func refuses(_ text: String) {
    #expect(JSONNumber(parsing: text) == nil)
  }

  @Test("keeps every digit as it was written")
  func keepsText() throws {
    let text = "738.1000000000000000000000000001E+00"
    #expect(try JSONDocument.parse(text).root.number?.text == text)
  }
}
