import DrydockJSON
import Testing

@Suite("JSON difference")
struct JSONDifferenceTests {
  private func difference(
    _ expected: String,
    _ found: String,
    entriesMax: Int = 1000
  ) throws -> JSONDifference {
    JSONDifference(
      expected: try JSONDocument.parse(expected).root,
      found: try JSONDocument.parse(found).root,
      entriesMax: entriesMax
    )
  }

  private func list(_ difference: JSONDifference) -> [String] {
    difference.entries.map { entry in
      let expected = entry.expected.map { outcome($0.bytes) } ?? "nothing"
      let found = entry.found.map { outcome($0.bytes) } ?? "nothing"
      return "\(entry.pointer) \(expected) → \(found)"
    }
  }

  @Test(
    "is empty where the meaning is the same",
    arguments: [
      ("1", "1.0"), (#"{"a":1,"b":[2]}"#, #"{"b":[2e0], "a":1}"#), (#""\u0041""#, #""A""#),
      ("[]", "[ ]"),
      (#"{"a":1,"a":2}"#, #"{"a":2}"#), (#"{"a":1,"a":2}"#, #"{"a":3,"a":2}"#),
    ]
  )
  func same(_ expected: String, _ found: String) throws {
    let difference = try difference(expected, found)
    #expect(difference.isEmpty)
    #expect(difference.text == "")
    let left = try JSONDocument.parse(expected).root
    let right = try JSONDocument.parse(found).root
    #expect(JSONValue.semanticallyEqual(left, right))
    #expect(JSONValue.semanticallyEqual(right, left))
  }

  @Test(
    "lists every place in the order of what was expected",
    arguments: [
      ("1", "2", [" 1 → 2"]),
      ("[]", "{}", [" [] → {}"]),
      (
        #"{"a":1,"b":2,"c":3}"#, #"{"d":4,"c":"3","a":1}"#,
        ["/b 2 → nothing", #"/c 3 → "3""#, "/d nothing → 4"]
      ),
      ("[1,2,3]", "[1,5,3]", ["/1 2 → 5"]),
      ("[1,2,3]", "[1,3]", ["/1 2 → nothing"]),
      ("[1,3]", "[1,2,3]", ["/1 nothing → 2"]),
      ("[1,1]", "[1,1,1]", ["/2 nothing → 1"]),
      (#"{"a/b":[{"c":null}]}"#, #"{"a/b":[{"c":false}]}"#, ["/a~1b/0/c null → false"]),
      ("0.1", "0.10000000000000000001", [" 0.1 → 0.10000000000000000001"]),
    ]
  )
  func lists(_ expected: String, _ found: String, _ entries: [String]) throws {
    let difference = try difference(expected, found)
    #expect(list(difference) == entries)
    let left = try JSONDocument.parse(expected).root
    let right = try JSONDocument.parse(found).root
    #expect(!JSONValue.semanticallyEqual(left, right))
    #expect(!JSONValue.semanticallyEqual(right, left))
  }

  @Test("folds what is unchanged")
  func folds() throws {
    let expected = """
      {"order": "SO-1042", "store": "eu", "gift": false, "lines": [{"sku": "A-1", "quantity": 2}, {"sku": "B-2"}],
       "total": 738.10, "carrier": {"name": "A very long name of a carrier, long enough", "service": "next day air"}}
      """
    let found = """
      {"order": "SO-1042", "store": "eu", "gift": false, "lines": [{"sku": "A-1", "quantity": 3}, {"sku": "B-2"}],
       "total": 738.1, "note": null}
      """
    #expect(
      try difference(expected, found).text == """
          {
            … 3 unchanged
            "lines": [
              {
                … 1 unchanged
        -       "quantity": 2
        +       "quantity": 3
              }
              … 1 unchanged
            ]
            … 1 unchanged
        -   "carrier": {
        -     "name": "A very long name of a carrier, long enough",
        -     "service": "next day air"
        -   }
        +   "note": null
          }
        """
    )
    #expect(try difference("1", #""1""#).text == "- 1\n+ \"1\"")
  }

  @Test("stops listing at a bound")
  func bound() throws {
    let difference = try difference("[1,2,3,4]", "[5,6,7,8]", entriesMax: 2)
    #expect(difference.entries.count == 2)
    #expect(difference.isCut)
    #expect(difference.text.hasSuffix("]\n… more than 2 differences"))
  }

  @Test("takes no longer for a deep difference than for a shallow one")
  func deep() throws {
    let open = String(repeating: #"{"a":1,"b":"#, count: 400)
    let close = String(repeating: "}", count: 400)
    let difference = try difference(open + "1" + close, open + "2" + close)
    #expect(difference.entries.count == 1)
    #expect(difference.entries.first?.pointer.tokens.count == 400)
  }
}
