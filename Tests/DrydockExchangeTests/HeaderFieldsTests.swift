import DrydockExchange
import Testing

@Suite("Header fields")
struct HeaderFieldsTests {
  private let fields: HeaderFields = [
    "Content-Type": "application/json", "X-Trace": "1", "x-trace": "2",
  ]

  @Test(
    "are found whatever the case of ASCII letters",
    arguments: ["Content-Type", "content-type", "CONTENT-TYPE", "cOnTeNt-TyPe"]
  )
  func lookup(name: String) {
    #expect(fields[name] == "application/json")
  }

  @Test(
    "that have another name are not found",
    arguments: ["Content", "Content-Type ", "", "Type"]
  )
  func absent(name: String) {
    #expect(fields[name] == nil)
  }

  @Test("only letters are folded, not what differs from another byte by the same bit")
  func folding() {
    for (left, right) in [("@", "`"), ("[", "{"), ("-", "\r"), ("Ä", "ä"), ("k", "\u{212A}")] {
      #expect(!HeaderFields.sameName(left, right), "\(left) \(right)")
    }
    for byte in UInt8(ascii: "a")...UInt8(ascii: "z") {
      let small = String(Unicode.Scalar(byte))
      #expect(HeaderFields.sameName(small, String(Unicode.Scalar(byte - 32))))
    }
  }

  @Test("of one name answer with the first and are all kept, in order")
  func first() {
    #expect(fields["X-TRACE"] == "1")
    #expect(fields.fields.map(\.value) == ["application/json", "1", "2"])
    var more = fields
    more.append("X-Trace", "3")
    #expect(more["x-trace"] == "1")
    #expect(more.fields.last == HeaderField("X-Trace", "3"))
  }

  @Test("setting replaces the first in place and keeps its spelling")
  func replaces() {
    var changed = fields
    changed["x-TRACE"] = "9"
    #expect(
      changed.fields == [
        HeaderField("Content-Type", "application/json"), HeaderField("X-Trace", "9"),
        HeaderField("x-trace", "2"),
      ]
    )
  }

  @Test("setting a new name appends it, as it is written")
  func appends() {
    var changed = fields
    changed["Retry-After"] = "30"
    #expect(changed.fields.count == 4)
    #expect(changed.fields.last == HeaderField("Retry-After", "30"))
  }

  @Test("setting nothing removes every field of the name; of an absent one it does nothing")
  func removes() {
    var changed = fields
    changed["X-Trace"] = nil
    #expect(changed.fields == [HeaderField("Content-Type", "application/json")])
    changed["X-Trace"] = nil
    #expect(changed.fields.count == 1)
  }

  @Test("are equal only in the same order and spelling")
  func equality() {
    #expect(HeaderFields([HeaderField("A", "1")]) == ["A": "1"])
    #expect(HeaderFields([HeaderField("A", "1")]) != ["a": "1"])
    let pair: HeaderFields = ["A": "1", "B": "2"]
    #expect(pair != ["B": "2", "A": "1"])
  }

  @Test("a name ends with another without regard to case")
  func endings() {
    #expect(HeaderFields.name("X-Shopify-Hmac-Sha256", endsWith: "-SHA256"))
    #expect(HeaderFields.name("signature", endsWith: "Signature"))
    #expect(HeaderFields.name("signature", endsWith: ""))
    #expect(!HeaderFields.name("signature", endsWith: "x-signature"))
    #expect(!HeaderFields.name("signature-key", endsWith: "signature"))
  }
}
