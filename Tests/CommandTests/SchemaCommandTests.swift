import DrydockJSON
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
      outcome.errors.hasPrefix(
        "drydock: error: expected 1 to 256 jobs, found '\(text)' [usage]\n"
      )
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

  @Test("writes the verdict on every instance as JSON Schema lays it down")
  func flags() throws {
    let folder = try TemporaryFolder()
    let schema = try folder.write("schema.json", Self.schema)
    let text = "{\"sku\": \"A\"}\n\n{\"sku\": 1}\n{\n{\"sku\": \"B\"}\n"
    let lines = try folder.write("orders.jsonl", text)
    let words = ["schema", "validate", schema, lines, "--format"]
    let flag = try Executable.run(words + ["flag"])
    #expect(flag.status == 2)
    #expect(flag.output == "{\"valid\":true}\n{\"valid\":false}\n{\"valid\":true}\n")
    #expect(flag.errors.hasPrefix("\(lines):4:2: error: "))
    let basic = try Executable.run(words + ["basic", "--jobs", "3"])
    #expect(
      basic.output == """
        {"valid":true,"annotations":[{"valid":true,"keywordLocation":"/additionalProperties",\
        "absoluteKeywordLocation":"#/additionalProperties","instanceLocation":"",\
        "annotation":[]},{"valid":true,"keywordLocation":"/properties",\
        "absoluteKeywordLocation":"#/properties","instanceLocation":"","annotation":["sku"]}]}
        {"valid":false,"errors":[{"valid":false,"keywordLocation":"/properties/sku/type",\
        "absoluteKeywordLocation":"#/properties/sku/type","instanceLocation":"/sku",\
        "error":"expected string, found number 1"}]}
        {"valid":true,"annotations":[{"valid":true,"keywordLocation":"/additionalProperties",\
        "absoluteKeywordLocation":"#/additionalProperties","instanceLocation":"",\
        "annotation":[]},{"valid":true,"keywordLocation":"/properties",\
        "absoluteKeywordLocation":"#/properties","instanceLocation":"","annotation":["sku"]}]}

        """
    )
  }

  @Test("a list of fingerprints allows the violations it names, and only those")
  func allowList() throws {
    let folder = try TemporaryFolder()
    let schema = try folder.write("schema.json", Self.schema)
    let text = """
      {"sku": "A", "quantity": 0}
      {"sku": "B", "quantity": 2}
      {"sku": "C", "quantity": -1, "note": ""}
      {"sku": "D", "quantity": -7}

      """
    let lines = try folder.write("orders.jsonl", text)
    let words = ["schema", "validate", schema, lines]
    let first = try Executable.run(words + ["--format", "json"]).documents
    let mark = try #require(first.first?["fingerprint"]?.string)
    let entries = "# agreed\n\n\(mark) until June\n0123456789ab\n"
    let list = try folder.write("allow.txt", entries)
    let outcome = try Executable.run(words + ["--allow", list])
    #expect(outcome.status == 1)
    #expect(
      outcome.output == """
        \(lines):3:30: '/note': unexpected member 'note' [additionalProperties]
        1 valid, 1 invalid, 0 unreadable, 2 allowed (3 violations)

        """
    )
    #expect(
      outcome.errors == """
        \(list):4: warning: '0123456789ab' allows nothing that was found [allow-unused]

        """
    )
    let all = try Executable.run(words + ["--allow", list, "--all"])
    #expect(all.output.contains("expected integer of at least 1, found -7 [minimum] (allowed)\n"))
    let json = try Executable.run(words + ["--allow", list, "--format", "json"]).documents
    #expect(json.map { $0["allowed"]?.bool == true } == [true, true, false, true])
    let quiet = try Executable.run(
      ["schema", "validate", schema, "-", "--allow", list, "--quiet"],
      input: "{\"sku\": \"A\", \"quantity\": 0}"
    )
    #expect(quiet.status == 0)
    #expect(quiet.output == "0 valid, 0 invalid, 0 unreadable, 1 allowed (1 violation)\n")
    let flag = try Executable.run(words + ["--allow", list, "--format", "flag"])
    #expect(flag.status == 2)
    #expect(
      flag.errors.hasPrefix(
        "drydock: error: '--allow' goes with '--format' text or json, found 'flag' [usage]\n"
      )
    )
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

  @Test("takes the option about formats by the name it has in either command")
  func formatNames() throws {
    let folder = try TemporaryFolder()
    let schema = try folder.write("schema.json", #"{"format": "date"}"#)
    for option in ["--assert-format", "--format-assertion"] {
      let words = ["schema", "validate", schema, "-", option]
      #expect(try Executable.run(words, input: "\"today\"").status == 1)
      let missing = try Executable.run(["schema", "test", folder.path + "/none", option])
      #expect(missing.errors.contains("no such file"))
    }
    let twice = ["schema", "validate", schema, "-", "--assert-format", "--format-assertion"]
    #expect(try Executable.run(twice).errors.contains("'--assert-format' is given twice"))
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
