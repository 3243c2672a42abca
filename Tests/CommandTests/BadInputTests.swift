import Foundation
import Testing

/// Files that nobody should feed a tool, and what it says about them.
@Suite("Bad input", .timeLimit(.minutes(10)))
struct BadInputTests {
  /// The processor time a hostile file may take, in a debug build.
  static let seconds = 30

  static let order = """
    { "at": "day 1 09:00", "store": "order placed", "order": "A",
      "lines": [{ "sku": "SKU-1", "quantity": 1 }] }
    """

  static let story = """
    { "scenario": "x", "when": [
    \(order)
    ] }
    """

  private let empty: TemporaryFolder

  init() throws {
    empty = try TemporaryFolder()
  }

  /// Plays a scenario given on standard input; without contracts, which take their time to read.
  private func play(_ scenario: String) throws -> Executable.Outcome {
    try Executable.run(
      ["run", "-", "--contracts", empty.path],
      input: scenario,
      seconds: Self.seconds
    )
  }

  // MARK: Scenarios

  @Test("several mistakes of a scenario are reported at once, with place, id and suggestion")
  func severalMistakes() throws {
    let outcome = try play(
      """
      {
        "scenario": "Everything is wrong",
        "partners": { "erp": { "dialect": "netsweet", "concurrency": 0 } },
        "given": { "stock": [{ "sku": "SKU-1", "node": "north", "onHand": "ten" }] },
        "policy": { "refund": "at-once", "publishEvery": "1 s" },
        "faults": [
          { "on": "carier.http", "latancy": { "fixed": "1 s" } },
          { "on": "3pl.webhook", "duplicate": {}, "late": {}, "odds": "150%" }
        ],
        "when": [
          { "at": "day 1 25:00", "store": "order placed", "order": "A", "lines": [{ "units": 0 }] },
          { "at": "+2 h", "store": "order canceled", "order": "A" },
          { "at": "day 2", "3pl": "shipment confirmed again", "order": "B" }
        ],
        "then": [
          { "order": "A", "reaches": "deliverd" },
          { "amount": "refunded", "order": "A", "is": "12.345" }
        ],
        "allow": [{ "rule": "order-shiped-once" }]
      }
      """
    )
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    try GoldenText(name: "several-mistakes.txt").expect(outcome.errors)
  }

  @Test("a version that the contracts have not is refused before anything is played")
  func unknownVersion() throws {
    let members = """
      "versions": [{ "partner": "3pl", "message": "order-shipped", "to": "2.0" }],
        "pins": { "shipbob/order-shipped": "1.0" },
      """
    let outcome = try play(
      Self.story.replacing("\"scenario\": \"x\",", with: "\"scenario\": \"x\",\n\(members)")
    )
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errors == """
        -:2:45: error: no contract for message 'shipbob/order-shipped' [scenario-unknown-message]
        -:3:38: error: no contract for message 'shipbob/order-shipped' [scenario-unknown-pin]

        """
    )
  }

  @Test("a scenario cut anywhere is refused where it ends")
  func cutScenario() throws {
    let bytes = Array(Self.story.utf8)
    for length in stride(from: 1, to: bytes.count - 1, by: 31) {
      let outcome = try play(String(decoding: bytes.prefix(length), as: UTF8.self))
      #expect(outcome.status == 2)
      #expect(outcome.errors.firstMatch(of: /^-:\d+:\d+: error: .+ \[json-[a-z-]+\]\n/) != nil)
    }
  }

  /// A scenario that is enormous or hostile, and a part of the first line about it.
  struct Hostile: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var part: String

    init(_ name: String, _ text: String, _ part: String) {
      testDescription = name
      self.text = text
      self.part = part
    }

    /// A list of many entries, one after another.
    static func list(_ count: Int, _ entry: (Int) -> String) -> String {
      (0..<count).map(entry).joined(separator: ",")
    }
  }

  static let hostile: [Hostile] = [
    Hostile("nothing", "", "json-empty"),
    Hostile("brackets", String(repeating: "[", count: 1_000_000), "json-too-deep"),
    Hostile("nested members", String(repeating: #"{"a":"#, count: 100_000), "json-too-deep"),
    Hostile(
      "unknown members",
      "{" + Hostile.list(100_000) { #""member\#($0)":1"# } + "}",
      "a scenario needs 'scenario'"
    ),
    Hostile(
      "empty steps",
      #"{"scenario":"x","when":["# + Hostile.list(9_999) { _ in "{}" } + "]}",
      "a step needs 'at'"
    ),
    Hostile(
      "too many steps",
      #"{"scenario":"x","when":["# + Hostile.list(10_001) { _ in order } + "]}",
      "expected at most 10000 entries in 'when', found 10001"
    ),
    Hostile(
      "broken faults",
      #"{"scenario":"x","when":[\#(order)],"faults":["#
        + Hostile.list(9_999) { _ in #"{"on":"nobody","lots":{}}"# } + "]}",
      "unknown partner 'nobody'"
    ),
    Hostile(
      "partners",
      #"{"scenario":"x","when":[\#(order)],"partners":{"#
        + Hostile.list(10_000) { #""p\#($0)":{"kind":"3pl"}"# } + "}}",
      "expected at most 50 entries in 'partners', found 10000"
    ),
    Hostile(
      "products",
      #"{"scenario":"x","when":[\#(order)],"products":["#
        + Hostile.list(9_000) { #"{"sku":"S\#($0)"}"# } + "]}",
      "expected at most 1000 entries in 'products', found 9000"
    ),
    Hostile(
      "a long name",
      #"{"\#(String(repeating: "n", count: 1_000_000))":1,"scenario":"x","when":[\#(order)]}"#,
      "unknown member 'nnn"
    ),
    Hostile(
      "a long number",
      story.replacing(
        "\"when\"",
        with: "\"seed\":\(String(repeating: "9", count: 100_000)),\"when\""
      ),
      "number is longer than 4096 bytes [json-number-too-long]"
    ),
    Hostile(
      "a far day",
      story.replacing("day 1 09:00", with: "+99999 days"),
      "the step lies behind day 3660"
    ),
    Hostile(
      "a year beyond reach",
      story.replacing("\"when\"", with: #""calendar":{"start":"9999-12-31"},"when""#),
      "expected 'start' from 1970-01-01 to 2200-12-31, found '9999-12-31'"
    ),
    Hostile(
      "no end of work",
      story.replacing("\"when\"", with: #""policy":{"publishEvery":"0 s"},"when""#),
      "expected 'publishEvery' of at least 1 min, found '0 s'"
    ),
    Hostile("control characters", "{\"scenario\": \"\u{1}\"}", "json-"),
    Hostile("a text alone", "\"scenario\"", "expected a scenario as an object, found text"),
  ]

  @Test("a hostile scenario is answered in bounded time", arguments: hostile)
  func hostileScenario(_ hostile: Hostile) throws {
    let outcome = try play(hostile.text)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    let first = outcome.errors.split(separator: "\n").first ?? ""
    #expect(first.prefix(8).firstMatch(of: /^-:\d+:\d+/) != nil, "\(first.prefix(200))")
    #expect(first.contains(hostile.part), "\(first.prefix(200))")
    #expect(outcome.errors.split(separator: "\n").count < 1_000)
  }

  @Test("a device without end is refused at the bound")
  func tooLarge() throws {
    let outcome = try Executable.run(
      ["run", "/dev/zero", "--contracts", empty.path],
      seconds: Self.seconds
    )
    #expect(outcome.status == 2)
    #expect(
      outcome.errors
        == "/dev/zero: error: expected at most 16777216 bytes, found more [file-too-large]\n"
    )
  }

  // MARK: Contracts

  static let contract = #"""
    { "platform": "shopify", "kind": "store", "message": "orders-create", "version": "1.0",
      "title": "An order was placed", "channel": "webhook", "writtenBy": "partner",
      "part": "request", "format": "json", "recognise": { "method": "POST" },
      "schema": "schema.json" }
    """#

  /// A contract and a schema with mistakes, and what is said about them.
  struct Broken: Sendable, CustomTestStringConvertible {
    var contract = BadInputTests.contract
    var schema = "{}"
    var message: String
    var testDescription: String { message }
  }

  static let broken: [Broken] = [
    Broken(
      contract: "{",
      message: "contract.json:1:2: error: expected a name in double quotes or '}', found the end "
        + "of the text [json-unexpected-end]"
    ),
    Broken(
      contract: contract.replacing("\"store\"", with: "\"sotre\""),
      message: "contract.json:1:34: error: unknown value 'sotre' for 'kind'; "
        + "did you mean 'store'? [contract-unknown-value]"
    ),
    Broken(
      contract: contract.replacing("\"title\"", with: "\"ttile\""),
      message: "contract.json:1:1: error: a contract needs 'title' [contract-missing-member]\n"
        + "contract.json:2:12: error: unknown member 'ttile' for a contract; "
        + "did you mean 'title'? [contract-unknown-member]"
    ),
    Broken(
      contract: contract.replacing("schema.json", with: "scema.json"),
      message: "contract.json:4:13: error: expected 'schema.json' in 'schema', found "
        + "'scema.json' [contract-unknown-value]"
    ),
    Broken(
      contract: contract.replacing("1.0", with: "2.0"),
      message: "contract.json:1:82: error: expected '1.0' in 'version', as the folder is named, "
        + "found '2.0' [contract-wrong-folder]"
    ),
    Broken(
      contract: "[\(contract)]",
      message: "contract.json:1:1: error: expected a contract as an object, found an array "
        + "[contract-wrong-type]"
    ),
    Broken(
      schema: #"{ "type": "objct" }"#,
      message: "schema.json:1:11: error: unknown type 'objct'; did you mean 'object'? "
        + "[schema-unknown-type]"
    ),
    Broken(
      schema: ##"{ "$ref": "#/$defs/none" }"##,
      message: "schema.json:1:11: error: reference '#/$defs/none' leads nowhere known "
        + "[schema-unknown-reference]"
    ),
    Broken(
      schema: #"{ "pattern": "(" }"#,
      message: "schema.json:1:14: error: pattern '(' cannot be used: it ends where ')' is needed "
        + "[schema-bad-pattern]"
    ),
    Broken(
      schema: String(repeating: #"{"not":"#, count: 100_000),
      message: "schema.json:1:3585: error: nesting is deeper than 512 [json-too-deep]"
    ),
    Broken(
      contract: contract.replacing("webhook", with: "webhok"),
      schema: "[]",
      message: "contract.json:2:46: error: unknown value 'webhok' for 'channel'; "
        + "did you mean 'webhook'? [contract-unknown-value]\n"
        + "schema.json:1:1: error: expected a schema (object or boolean), found array "
        + "[schema-not-a-schema]"
    ),
  ]

  @Test("a broken contract or schema is reported, and nothing is played", arguments: broken)
  func brokenContract(_ broken: Broken) throws {
    let folder = try TemporaryFolder()
    let inner = "shopify/orders-create/1.0"
    try folder.write("\(inner)/contract.json", broken.contract)
    try folder.write("\(inner)/schema.json", broken.schema)
    let outcome = try Executable.run(
      ["run", "Scenarios/orders/plain-order.json", "--contracts", folder.path],
      seconds: Self.seconds
    )
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errors.replacing("\(folder.path)/\(inner)/", with: "") == broken.message + "\n"
    )
  }

  // MARK: Recordings

  static let exchange =
    #"{"from":"integration","operation":"x","request":{"host":"a.example","method":"GET","#
    + #""target":"/"},"response":{"status":200},"sent":"2026-03-02T09:00:00Z","to":"erp"}"#

  /// A recording with mistakes, and what is said about it.
  struct BrokenRecording: Sendable, CustomTestStringConvertible {
    var text: String
    var messages: [String]
    var testDescription: String { messages[0] }

    init(_ text: String, _ messages: String...) {
      self.text = text
      self.messages = messages
    }
  }

  static let recordings: [BrokenRecording] = [
    BrokenRecording("", "-: error: the file is empty [recording-empty]"),
    BrokenRecording(" \n", "-: error: the file is empty [recording-empty]"),
    BrokenRecording(
      "hello",
      "-:1:1: error: expected a value, found 'h' [json-unexpected-character]"
    ),
    BrokenRecording(
      "[]",
      "-:1:1: error: expected a HAR with 'log', or a recording with one exchange a line "
        + "[recording-unknown-form]"
    ),
    BrokenRecording(
      "{\"log\": {\"entries\": [",
      "-:1:22: error: expected a value or ']', found the end of the text [json-unexpected-end]"
    ),
    BrokenRecording(
      "{\"log\": {}}",
      "-:1:9: error: 'log' needs 'entries' as an array [har-malformed]"
    ),
    BrokenRecording(
      "{\"log\": {\"entries\": [{}]}}",
      "-:1:22: error: entry 1 needs 'request' as an object [har-malformed]"
    ),
    BrokenRecording(
      String(repeating: "[", count: 100_000),
      "-:1:513: error: nesting is deeper than 512 [json-too-deep]"
    ),
    BrokenRecording(
      exchange + "\n{\"request\":\n" + exchange + "\n",
      "-:2:12: error: expected a value, found the end of the text [json-unexpected-end]"
    ),
    BrokenRecording(
      "{\"drydock\":\"recording\",\"version\":9}\n" + exchange,
      "-:1:34: error: expected version 1 to 1 of recordings, found 9 [recording-version]"
    ),
    BrokenRecording(
      [
        exchange, exchange.replacing("\"GET\"", with: "7"),
        exchange.replacing("\"method\"", with: "\"metod\""),
        exchange.replacing("03-02T", with: "02-30T"), exchange.replacing("200", with: "9000"),
        exchange.replacing("\"request\"", with: "\"reqest\""),
      ].joined(separator: "\n"),
      "-:2:78: error: expected text in 'method', found 7 [recording-malformed]",
      "-:3:49: error: a request needs 'method' as text, found 'metod' "
        + "[recording-missing-member]",
      "-:4:131: error: expected an instant such as '2026-03-02T09:00:00Z' in 'sent' "
        + "[recording-malformed]",
      "-:5:119: error: expected a number from 100 to 599 in 'status', found 9000 "
        + "[recording-malformed]",
      "-:6:1: error: an exchange needs 'request' as an object, found 'reqest' "
        + "[recording-missing-member]"
    ),
  ]

  @Test("a recording that cannot be read is refused with its places", arguments: recordings)
  func brokenRecording(_ broken: BrokenRecording) throws {
    let outcome = try Executable.run(
      ["verify", "-", "--contracts", empty.path],
      input: broken.text,
      seconds: Self.seconds
    )
    #expect(outcome.status == 2)
    #expect(outcome.errors == broken.messages.joined(separator: "\n") + "\n")
  }

  @Test("a recording whose last line is cut is judged up to the last whole line, with a warning")
  func cutRecording() throws {
    let outcome = try Executable.run(
      ["verify", "-", "--contracts", empty.path],
      input: Self.exchange + "\n" + Self.exchange.prefix(60),
      seconds: Self.seconds
    )
    #expect(outcome.status == 3)
    #expect(
      outcome.errors == "-:2:61: warning: the last line is cut off and was left out: "
        + "expected a closing quote, found the end of the text [json-unexpected-end]\n"
    )
  }

  @Test("says why the system did not hand a file over, in lower case")
  func unreadableFile() throws {
    let path = "/proc/self/mem"
    guard FileManager.default.fileExists(atPath: path) else {
      return print("skipped: this system has no file that opens and cannot be read")
    }
    let outcome = try Executable.run(["decode", path])
    #expect(outcome.status == 2)
    #expect(
      outcome.errors == "\(path): error: cannot be read: input/output error [file-unreadable]\n"
    )
  }
}
