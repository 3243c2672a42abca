import Foundation
import Testing

/// `drydock schema`: files of any size, and tests in the layout of the official suite.
@Suite("Schema commands", .timeLimit(.minutes(10)))
struct SchemaCommandTests {
  static let schema = """
    {"type": "object", "required": ["sku"], "additionalProperties": false,
     "properties": {"sku": {"type": "string"}, "quantity": {"type": "integer", "minimum": 1}}}
    """

  /// Orders as JSON Lines: every thousandth breaks the schema, every seven thousandth is no JSON.
  private func orders(_ count: Int) -> String {
    var text = ""
    for number in 1...count {
      if number % 7_000 == 0 {
        text += "{\"sku\": \n"
      } else {
        let quantity = number % 1_000 == 0 ? 0 : number
        text += "{\"sku\": \"SKU-\(number)\", \"quantity\": \(quantity)}\n"
        if number % 500 == 1 { text += "\r\n" }
      }
    }
    return text
  }

  @Test("judges lines alike with one thread and with many, from a file and from a pipe")
  func streams() throws {
    let folder = try TemporaryFolder()
    let schema = try folder.write("schema.json", Self.schema)
    let text = orders(40_000)
    let lines = try folder.write("orders.jsonl", text)
    let one = try Executable.run(["schema", "validate", schema, lines, "--jobs", "1"])
    let many = try Executable.run(["schema", "validate", schema, lines, "--jobs", "7"])
    let piped = try Executable.run(["schema", "validate", schema, "-"], input: text)
    #expect(one.status == 2)
    #expect(one.output == many.output)
    #expect(one.errors == many.errors)
    let found = one.output.split(separator: "\n")
    #expect(found.count == 36)
    #expect(found.last == "39960 valid, 35 invalid, 5 unreadable")
    // Blank lines count as lines: two of the first thousand orders are followed by one.
    #expect(
      found.first
        == "\(lines):1002:33: '/quantity': expected integer of at least 1, found 0 [minimum]"
    )
    let name = "standard input"
    #expect(piped.output == one.output.replacingOccurrences(of: lines, with: name))
    let first = one.errors.split(separator: "\n").first ?? ""
    #expect(first.hasPrefix("\(lines):7014:9: error: "), "\(first)")
  }

  @Test("refuses a line that is too long and goes on with the next")
  func longLine() throws {
    let folder = try TemporaryFolder()
    let schema = try folder.write("schema.json", Self.schema)
    let long = "{\"sku\": \"" + String(repeating: "x", count: 68_000_000) + "\"}\n"
    let text = "{\"sku\": \"A\"}\n" + long + "{\"sku\": 1}\n"
    let lines = try folder.write("orders.jsonl", text)
    let outcome = try Executable.run(["schema", "validate", schema, lines])
    #expect(outcome.status == 2)
    #expect(
      outcome.errors.hasPrefix(
        "\(lines):2: error: line is longer than 67108864 bytes [json-line-too-long]"
      )
    )
    #expect(outcome.output.contains("\(lines):3:9: '/sku': expected string"))
    #expect(outcome.output.hasSuffix("1 valid, 1 invalid, 1 unreadable\n"))
  }

  @Test("prints nothing but the closing line where only the verdict is wanted")
  func quiet() throws {
    let folder = try TemporaryFolder()
    let schema = try folder.write("schema.json", Self.schema)
    let lines = try folder.write("orders.jsonl", orders(3_000))
    let outcome = try Executable.run(["schema", "validate", schema, lines, "--quiet"])
    #expect(outcome.status == 1)
    #expect(outcome.output == "2997 valid, 3 invalid, 0 unreadable\n")
  }

  @Test("refuses a number of jobs that is none", arguments: ["0", "-1", "many", "1000"])
  func jobs(text: String) throws {
    let outcome = try Executable.run(["schema", "validate", "s", "f", "--jobs=\(text)"])
    #expect(outcome.status == 2)
    #expect(
      outcome.errors == "drydock: error: expected 1 to 256 jobs, found '\(text)' [usage]\n"
    )
  }

  @Test("a violation's fingerprint stays when lines and values change")
  func fingerprints() throws {
    let folder = try TemporaryFolder()
    let schema = try folder.write("schema.json", Self.schema)
    func prints(_ text: String) throws -> [String] {
      let words = ["schema", "validate", schema, "-", "--format", "json"]
      return try Executable.run(words, input: text).output.split(separator: "\n").map {
        let object = try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        return object?["fingerprint"] as? String ?? ""
      }
    }
    let first = try prints("{\"sku\": \"A\", \"quantity\": 0}")
    let second = try prints("\n\n{\"quantity\": -7,\n \"sku\": \"B\"}")
    let other = try prints("{\"sku\": 1}")
    #expect(first.count == 1)
    #expect(first == second)
    #expect(first != other)
    #expect(first[0].count == 12)
  }

  @Test("runs test files, says what failed and what was skipped and why")
  func runsTests() throws {
    let folder = try TemporaryFolder()
    let file = """
      [{"description": "a count", "schema": {"$ref": "http://localhost:1234/count.json"},
        "tests": [{"description": "one", "data": 1, "valid": true},
                  {"description": "none", "data": 0, "valid": true}]},
       {"description": "no tests", "schema": true}]
      """
    try folder.write("tests/draft7/counts.json", file)
    try folder.write("tests/other.json", "{}")
    try folder.write("tests/broken.json", "[")
    try folder.write("tests/draft4/old.json", "[{\"tests\": [1, 2]}]")
    try folder.write("remotes/count.json", "{\"minimum\": 1}")
    let tests = folder.path + "/tests"
    let remotes = folder.path + "/remotes"
    let outcome = try Executable.run(["schema", "test", tests, "--remotes", remotes])
    #expect(outcome.status == 1)
    #expect(
      outcome.output == """
        \(tests)/broken.json: 0 passed, 0 failed, 1 skipped: \(tests)/broken.json:1:2: error: \
        expected a value or ']', found the end of the text [json-unexpected-end]
        \(tests)/draft4/old.json: 0 passed, 0 failed, 2 skipped: dialect draft4 is not supported
        \(tests)/draft7/counts.json: 1 passed, 1 failed, 1 skipped: 'no tests' has no schema and \
        tests
          failed: a count / none: expected valid, found invalid: '/0/tests/1/data': \
        expected number of at least 1, found 0
        \(tests)/other.json: 0 passed, 0 failed, 1 skipped: no array of groups of tests
        1 passed, 1 failed, 5 skipped

        """
    )
  }

  @Test("passes the required files of the official suite")
  func officialSuite() throws {
    let suite = Executable.root.deletingLastPathComponent()
      .appendingPathComponent("shared/suites/json-schema-test-suite")
    guard FileManager.default.fileExists(atPath: suite.path) else {
      return print("skipped: the official JSON Schema test suite is not beside the package")
    }
    for draft in ["draft2020-12", "draft7"] {
      let tests = suite.appendingPathComponent("tests/\(draft)")
      let files = try FileManager.default.contentsOfDirectory(atPath: tests.path)
        .filter { $0.hasSuffix(".json") }.sorted().map { tests.appendingPathComponent($0).path }
      let remotes = suite.appendingPathComponent("remotes").path
      let outcome = try Executable.run(["schema", "test", "--remotes", remotes] + files)
      #expect(outcome.status == 0)
      let last = outcome.output.split(separator: "\n").last ?? ""
      #expect(last.hasSuffix(" passed, 0 failed, 0 skipped"), "\(last)")
    }
  }
}
