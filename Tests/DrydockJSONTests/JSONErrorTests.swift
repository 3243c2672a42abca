import DrydockJSON
import DrydockKernel
import Testing

@Suite("JSON errors")
struct JSONErrorTests {
  @Test("name what is wrong and where")
  func messages() throws {
    for row in try TestFiles.cases("errors").elements {
      let name = try #require(row["name"]?.string)
      let hex = row["hex"]?.string
      let text = row["text"]?.string ?? ""
      let bytes = try hex.map { try #require(Hex.decode($0)) } ?? Array(text.utf8)
      let error = #expect(throws: JSONError.self, "\(name)") { try JSONDocument.parse(bytes) }
      guard let error else { continue }
      #expect(error.offset == row["offset"]?.int.map(Int.init), "\(name)")
      let diagnostic = error.diagnostic(file: "order.json", bytes: bytes)
      let place = try #require(row["place"]?.string)
      let says = try #require(row["says"]?.string)
      #expect(diagnostic.description == "order.json:\(place): error: \(says)", "\(name)")
    }
  }

  @Test("are refused at a limit")
  func limits() throws {
    var options = JSONReadOptions.strict
    options.depthMax = 2
    options.bytesMax = 12
    options.numberBytesMax = 4
    #expect(outcome(Array("[[1234]]".utf8), options) == "[[1234]]")
    let deep = #expect(throws: JSONError.self) {
      try JSONDocument.parse("[[ [1]]]", options: options)
    }
    #expect(deep?.description == "nesting is deeper than 2 at byte 3 [json-too-deep]")
    let long = #expect(throws: JSONError.self) {
      try JSONDocument.parse("[1,2,3,4,5,6,7]", options: options)
    }
    #expect(long?.description == "document is longer than 12 bytes at byte 12 [json-too-large]")
    let number = #expect(throws: JSONError.self) {
      try JSONDocument.parse("[12345]", options: options)
    }
    #expect(number?.description == "number is longer than 4 bytes at byte 1 [json-number-too-long]")
  }

  @Test(
    "stop a hundred thousand brackets without recursion",
    arguments: ["[", "{\"a\":", "[{\"a\":"]
  )
  func manyBrackets(_ opening: String) {
    let text = String(repeating: opening, count: 100_000)
    for options in [JSONReadOptions.strict, .relaxed] {
      #expect(outcome(Array(text.utf8), options) == "json-too-deep")
    }
  }

  @Test("allow no depth beyond what walking a document can bear")
  func depthLimit() throws {
    var options = JSONReadOptions.strict
    options.depthMax = 1_000_000
    let open = String(repeating: "[{\"a\":", count: JSONReadOptions.depthLimit / 2)
    let close = String(repeating: "}]", count: JSONReadOptions.depthLimit / 2)
    let text = open + "1" + close
    #expect(outcome(Array(text.utf8), options) == text)
    #expect(outcome(Array("[\(text)]".utf8), options) == "json-too-deep")
    let left = try JSONDocument.parse(text, options: options).root
    let right = try JSONDocument.parse(open + "2" + close, options: options).root
    #expect(!JSONValue.semanticallyEqual(left, right))
    #expect(JSONDifference(expected: left, found: right).entries.count == 1)
    #expect(JSONNode(left) != JSONNode(right))
    #expect(try CanonicalJSON.bytes(of: left) == Array(text.utf8))
    #expect(MergePatch.apply(right, to: left) == JSONNode(right))
  }

  @Test("name a member that is there twice where that is refused")
  func duplicates() throws {
    var options = JSONReadOptions.strict
    options.allowsDuplicateNames = false
    let text = #"{"b": {"a": 1, "\u0061": 2}}"#
    let error = #expect(throws: JSONError.self) { try JSONDocument.parse(text, options: options) }
    #expect(error?.description == "member 'a' is there twice at byte 15 [json-duplicate-name]")
    #expect(outcome(Array(#"{"a": {"a": 1}, "b": {"a": 2}}"#.utf8), options).hasPrefix("{"))
  }

  @Test("count columns in Unicode scalars and lines in line feeds")
  func location() throws {
    let document = try JSONDocument.parse(
      "{\r\n  \"größe\": \"𝄞\", \"e\u{301}\": x}".replacing("x", with: "1")
    )
    let second = try #require(document.root.members.dropFirst().first { _ in true })
    #expect(document.location(ofOffset: second.nameOffset) == JSONLocation(line: 2, column: 17))
    #expect(second.value.location == JSONLocation(line: 2, column: 23))
    #expect(document.location(ofOffset: 0) == JSONLocation(line: 1, column: 1))
    #expect(document.location(ofOffset: 10_000) == JSONLocation(line: 2, column: 25))
  }

  @Test("count lines from where a record starts")
  func recordDiagnostic() throws {
    var lines = JSONLines(Array("{}\n\n[1,]\n".utf8))
    _ = try lines.next()
    let record = try #require(try lines.next())
    let error = #expect(throws: JSONError.self) { try JSONDocument.parse(record.bytes) }
    let diagnostic = error?.diagnostic(file: "a.jsonl", bytes: record.bytes, firstLine: record.line)
    #expect(diagnostic?.line == 3)
    #expect(diagnostic?.column == 3)
  }

  @Test("become diagnostics of a value's place")
  func valueDiagnostic() throws {
    let root = try JSONDocument.parse("{\"a\":\n  7}").root
    let value = try #require(root["a"])
    #expect(
      value.diagnostic("expected a string, found 7", id: "scenario-type", file: "s.json")
        .description
        == "s.json:2:3: error: expected a string, found 7 [scenario-type]"
    )
  }
}
