import DrydockJSON
import DrydockKernel
import Testing

@Suite("Canonical JSON")
struct CanonicalJSONTests {
  private func canonical(_ text: String) throws -> String {
    String(decoding: try CanonicalJSON.bytes(of: JSONDocument.parse(text).root), as: UTF8.self)
  }

  @Test("orders members by UTF-16 code units")
  func order() throws {
    let text = #"{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7,"":8}"#
    #expect(
      try canonical(text)
        == "{\"\":8,\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\u{FB33}\":3}"
    )
  }

  @Test("spares every escape that it can")
  func escapes() throws {
    #expect(
      try canonical(#"["\u20ac\/\u000F\u000aA'\u0022\u005c\b\f\t\r\u007f\u0000"]"#)
        == "[\"€/\\u000f\\nA'\\\"\\\\\\b\\f\\t\\r\u{7F}\\u0000\"]"
    )
  }

  @Test(
    "writes numbers as ECMAScript does",
    arguments: [
      (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
      (0x8000_0000_0000_0001, "-5e-324"), (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
      (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
      (0x4340_0000_0000_0000, "9007199254740992"),
      (0xc340_0000_0000_0000, "-9007199254740992"),
      (0x4430_0000_0000_0000, "295147905179352830000"),
      (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"), (0x44b5_2d02_c7e1_4af6, "1e+23"),
      (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
      (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
      (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"), (0x444b_1ae4_d6e2_ef50, "1e+21"),
      (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"), (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
      (0x41b3_de43_5555_5553, "333333333.3333332"), (0x41b3_de43_5555_5554, "333333333.33333325"),
      (0x41b3_de43_5555_5555, "333333333.3333333"), (0x41b3_de43_5555_5556, "333333333.3333334"),
      (0x41b3_de43_5555_5557, "333333333.33333343"),
      (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
      (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ] as [(UInt64, String)]
  )
  func numbers(_ bits: UInt64, _ expected: String) throws {
    #expect(try canonical(Double(bitPattern: bits).description) == expected)
  }

  @Test("takes other spellings of a number to the same text")
  func spellings() throws {
    #expect(
      try canonical("[1.0, 10e-1, 1E30, 4.50, 2e-3, 100, 1e20, 0.1e22, -0.0, 12.5e-7]")
        == "[1,1,1e+30,4.5,0.002,100,100000000000000000000,1e+21,0,0.00000125]"
    )
  }

  @Test("refuses what has no canonical form")
  func refuses() {
    let large = #expect(throws: JSONError.self) { try canonical("[1, -1e400]") }
    #expect(
      large?.description
        == "number '-1e400' is too large for a binary float at byte 4 [json-number-out-of-range]"
    )
    let twice = #expect(throws: JSONError.self) { try canonical(#"{"a":1,"a":1}"#) }
    #expect(twice?.kind == .duplicateName("a"))
  }

  @Test("passes the test data of RFC 8785")
  func standard() throws {
    for file in TestFiles.suiteFiles("jcs-canonicalization/input") {
      let input = try TestFiles.suiteBytes("jcs-canonicalization/input/\(file)")
      let output = try TestFiles.suiteBytes("jcs-canonicalization/output/\(file)")
      let found = try CanonicalJSON.bytes(of: JSONDocument.parse(input).root)
      #expect(found == output, "\(file)")
      let name = file.replacing(".json", with: ".txt")
      let hex = try TestFiles.suiteBytes("jcs-canonicalization/outhex/\(name)")
      let digits = String(decoding: hex.filter { $0 > 0x20 }, as: UTF8.self)
      #expect(Hex.encode(found) == digits, "\(file)")
    }
  }
}
