import DrydockJSON
import Foundation
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// What commands print for programs, what they write and how they end.
@Suite("Output and exit codes", .timeLimit(.minutes(10)))
struct OutputTests {
  static let confirmsTwice = "Scenarios/3pl/confirms-twice.json"
  static let plainOrder = "Scenarios/orders/plain-order.json"
  static let defect = ["--defect", "no-duplicate-suppression"]

  @Test("a run prints verdict, file, seed and digest, then the sum; --quiet prints the sum")
  func text() throws {
    let outcome = try Executable.run(["run", Self.confirmsTwice])
    let masked = outcome.output.replacing(/\b[0-9a-f]{16}\b/, with: "<digest>")
    #expect(masked == "passed \(Self.confirmsTwice) seed 1 <digest>\n1 passed, 0 failed\n")
    #expect(outcome.errors.isEmpty)
    let quiet = try Executable.run(["run", Self.confirmsTwice, "--quiet"])
    #expect(quiet.output == "1 passed, 0 failed\n")
  }

  @Test("many seeds of a story are one line with a digest of all")
  func seeds() throws {
    let outcome = try Executable.run(["run", Self.plainOrder, "--seeds", "3..5"])
    #expect(outcome.status == 0)
    let masked = outcome.output.replacing(/\b[0-9a-f]{16}\b/, with: "<digest>")
    #expect(masked == "passed \(Self.plainOrder) seeds 3..5 <digest>\n3 passed, 0 failed\n")
  }

  @Test("--format json prints one object a run, for programs")
  func json() throws {
    let outcome = try Executable.run(
      ["run", Self.confirmsTwice, Self.plainOrder, "--format", "json"] + Self.defect
    )
    #expect(outcome.status == 1)
    let runs = try outcome.documents
    #expect(runs.map { $0["file"]?.string } == [Self.confirmsTwice, Self.plainOrder])
    #expect(runs.allSatisfy { $0["version"]?.int == 1 && $0["seed"]?.int == 1 })
    #expect(runs.allSatisfy { $0["digest"]?.string?.count == 16 })
    let failed = try #require(runs.first)
    #expect(failed["verdict"]?.string == "failed")
    let finding = try #require(failed["findings"]?[0])
    for name in ["rule", "level", "at", "message", "expected", "found", "exchanges", "injected"] {
      #expect(finding[name] != nil, "\(name)")
    }
    #expect(finding["order"]?.string == "A (#1001)")
    #expect(
      failed["reproduce"]?.string
        == "drydock run \(Self.confirmsTwice) --seed 1 --defect no-duplicate-suppression"
    )
  }

  @Test("--format junit prints one document with a case a run")
  func junit() throws {
    let outcome = try Executable.run(
      ["run", Self.confirmsTwice, Self.plainOrder, "--format", "junit"] + Self.defect
    )
    #expect(outcome.status == 1)
    #expect(outcome.output.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "))
    #expect(outcome.output.hasSuffix("</testsuites>\n"))
    #expect(outcome.output.contains(#"tests="2" failures="#))
    #expect(outcome.output.contains(#"file="\#(Self.confirmsTwice)">"#))
    #expect(outcome.output.contains("<failure type="))
    let elements = try #require(XMLElements.read(outcome.output))
    #expect(elements.count { $0.name == "testcase" } == 2)
    #expect(XMLElements.read(String(outcome.output.dropLast(5))) == nil)
  }

  @Test("names that mean something to XML, HTML, JSON or a terminal do no harm")
  func hostileNames() throws {
    let story = #"""
      { "scenario": "A <b>&amp; \"q\" ]]> --> \u0001 \ud83d\ude80 \u2028 'x' \u001b[31m",
        "given": { "stock": [{ "sku": "<s>&\u0003", "onHand": 1 }] },
        "when": [
          { "at": "day 1 09:00", "store": "order placed", "order": "<i>\"&\u0002",
            "lines": [{ "sku": "<s>&\u0003", "quantity": 1 }] }
        ],
        "then": [{ "order": "<i>\"&\u0002", "reaches": "refused" }] }
      """#
    let folder = try TemporaryFolder()
    let contracts = try TemporaryFolder()
    let words = ["run", "-", "--contracts", contracts.path]
    let text = try Executable.run(words + ["--report", "\(folder.path)/out"], input: story)
    #expect(text.status == 1)
    #expect(text.output.contains(#"A <b>&amp; "q" ]]> --> ␁ 🚀 ⟨U+2028⟩ 'x' ␛[31m"#))
    #expect(text.output.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    let object = try #require(
      try Executable.run(words + ["--format", "json"], input: story).documents.first
    )
    #expect(object["title"]?.string?.contains("<b>&amp; \"q\" ]]> --> \u{1}") == true)
    let written = try JSONDocument.parse(folder.read("out/report.jsonl").dropLast())
    #expect(written.root["title"]?.string == object["title"]?.string)
    for document in [
      try Executable.run(words + ["--format", "junit"], input: story).output,
      String(decoding: try folder.read("out/junit.xml"), as: UTF8.self),
    ] {
      let elements = try #require(XMLElements.read(document))
      let name = elements.first { $0.name == "testcase" }?.attributes["name"]
      #expect(name?.hasPrefix("A <b>&amp; \"q\" ]]> --> ") == true)
    }
    let page = String(decoding: try folder.read("out/index.html"), as: UTF8.self)
    for part in ["<b>&amp;", "<i>\"&", "<s>&"] { #expect(!page.contains(part)) }
    #expect(page.contains("A &lt;b&gt;&amp;amp;"))
  }

  @Test("the command of a finding plays the same run again")
  func reproduces() throws {
    let first = try Executable.run(["run", Self.confirmsTwice] + Self.defect)
    let again = try #require(first.output.firstMatch(of: /again: +drydock (.+)\n/)).1
    let second = try Executable.run(again.split(separator: " ").map(String.init))
    #expect(second.status == 1)
    #expect(second.output == first.output)
  }

  @Test("a run that is cut short by its own bound is inconclusive and ends with 3")
  func inconclusive() throws {
    let story = BadInputTests.story.replacing("\"when\"", with: #""lasts": "1 s", "when""#)
    let outcome = try Executable.run(["run", "-"], input: story)
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("inconclusive: the run lasted longer than 1 s\n"))
    #expect(outcome.output.hasSuffix("0 passed, 0 failed, 1 inconclusive\n"))
  }

  @Test("parts of a run are played once each")
  func shards() throws {
    let folder = try TemporaryFolder()
    let contracts = try TemporaryFolder()
    for name in ["a", "b", "c"] { try folder.write("\(name).json", BadInputTests.story) }
    var files: [String] = []
    for part in ["1/2", "2/2"] {
      let outcome = try Executable.run(
        ["run", folder.path, "--shard", part, "--contracts", contracts.path, "--format", "json"]
      )
      files += try outcome.documents.compactMap { $0["file"]?.string }
    }
    #expect(files.sorted() == ["a", "b", "c"].map { "\(folder.path)/\($0).json" })
    #expect(files != files.sorted())
  }

  @Test("--report writes three files and --record a recording that verifies")
  func files() throws {
    let folder = try TemporaryFolder()
    let outcome = try Executable.run(
      [
        "run", Self.confirmsTwice, "--report", "\(folder.path)/out", "--record",
        "\(folder.path)/calls",
      ]
    )
    #expect(outcome.status == 0)
    #expect(
      folder.files == [
        "calls", "calls/confirms-twice-1.jsonl", "out", "out/index.html", "out/junit.xml",
        "out/report.jsonl",
      ]
    )
    let verified = try Executable.run(["verify", "\(folder.path)/calls/confirms-twice-1.jsonl"])
    #expect(verified.status == 0, "\(verified.output)")
  }

  @Test("a report folder that cannot be written is an error before anything is played")
  func unwritable() throws {
    let outcome = try Executable.run(["run", Self.plainOrder, "--report", "/dev/null/out"])
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("[file-unwritable]"))
  }

  /// Returns a folder of a hundred stories that take several seconds to play.
  private func manyStories() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let story = try String(
      contentsOf: Executable.root.appendingPathComponent(Self.plainOrder),
      encoding: .utf8
    )
    for number in 100..<200 { try folder.write("story-\(number).json", story) }
    return folder
  }

  /// Returns the whole lines of a file, each read as JSON, and how many bytes are behind the last.
  private func lines(_ bytes: [UInt8]) throws -> (documents: [JSONValue], rest: Int) {
    let end = bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let documents = try bytes[..<end].split(separator: 0x0A).map {
      try JSONDocument.parse(Array($0)).root
    }
    return (documents, bytes.count - end)
  }

  @Test("a run that is killed leaves every file readable up to its last whole line")
  func killed() throws {
    let stories = try manyStories()
    let folder = try TemporaryFolder()
    let contracts = try TemporaryFolder()
    // The system kills it after two seconds of processor time, wherever it is then.
    let outcome = try Executable.run(
      [
        "run", stories.path, "--contracts", contracts.path, "--record", "\(folder.path)/calls",
        "--report", "\(folder.path)/out",
      ],
      seconds: 2
    )
    #expect(outcome.status < 0 || outcome.status > 128, "it ended by itself")
    let report = try lines(folder.read("out/report.jsonl"))
    #expect(!report.documents.isEmpty)
    for document in report.documents { #expect(document["verdict"]?.string == "passed") }
    let recordings = folder.files.filter { $0.hasPrefix("calls/story") }
    #expect((report.documents.count - 1...report.documents.count + 1).contains(recordings.count))
    for name in recordings {
      let recording = try lines(folder.read(name))
      #expect(recording.rest == 0 && recording.documents.count > 10, "\(name)")
    }
    #expect(folder.files.filter { $0.hasPrefix("out/") } == ["out/report.jsonl"])
  }

  @Test("a full disk is an error with its file, and what was written before it can be read")
  func fullDisk() throws {
    let stories = try manyStories()
    let folder = try TemporaryFolder()
    let contracts = try TemporaryFolder()
    let outcome = try Executable.run(
      [
        "run", stories.path, "--contracts", contracts.path, "--report", "\(folder.path)/out",
        "--quiet",
      ],
      kibibytes: 50
    )
    #expect(outcome.status == 2)
    #expect(
      outcome.errors == "\(folder.path)/out/report.jsonl: error: cannot be written: "
        + "file too large [file-unwritable]\n"
    )
    let report = try lines(folder.read("out/report.jsonl"))
    #expect(!report.documents.isEmpty && report.rest > 0)
  }

  // MARK: decode

  static let archive = #"""
    {"log":{"version":"1.2","creator":{"name":"tool","version":"1"},"entries":[
      {"startedDateTime":"2026-03-02T09:00:00.000Z","time":12.5,
       "request":{"method":"GET","headers":[],
         "url":"https://api.easypost.com/v2/trackers?page_size=2"},
       "response":{"status":200,"headers":[],
         "content":{"text":"{\"trackers\":[],\"has_more\":false}"}}}]}}
    """#

  @Test("a HAR becomes a recording that verify reads")
  func decodesArchive() throws {
    let outcome = try Executable.run(["decode", "-"], input: Self.archive)
    #expect(outcome.status == 0)
    let lines = try outcome.documents
    #expect(lines.count == 2)
    #expect(lines.first?["drydock"]?.string == "recording")
    #expect(lines.last?["request"]?["host"]?.string == "api.easypost.com")
    #expect(lines.last?["request"]?["target"]?.string == "/v2/trackers?page_size=2")
    let verified = try Executable.run(["verify", "-"], input: outcome.output)
    #expect(verified.status == 0 || verified.status == 3)
    #expect(verified.output.contains("messages: "))
    #expect(verified.errors.isEmpty)
  }

  @Test("JSON is shown in one form, with comments and trailing commas read")
  func decodesJSON() throws {
    let input = "{ // comment\n  'b': [1.50, 0x10,],\n  a: null }"
    let compact = try Executable.run(["decode", "--compact", "-"], input: input)
    #expect(compact.status == 0)
    #expect(compact.output == "{\"b\":[1.50,16],\"a\":null}\n")
    let broken = try Executable.run(["decode", "-"], input: "{\n  \"a\": tru\n}")
    #expect(broken.status == 2)
    #expect(broken.output.isEmpty)
    #expect(broken.errors.hasPrefix("-:2:8: error: "))
  }

  // MARK: schema validate

  static let schema = #"""
    { "type": "object", "required": ["sku"],
      "properties": { "sku": { "type": "string" }, "quantity": { "type": "integer", "minimum": 1 } } }
    """#

  @Test("validation ends with 0 for valid, 1 for invalid and 2 for unreadable")
  func schemaCodes() throws {
    let folder = try TemporaryFolder()
    let schema = try folder.write("schema.json", Self.schema)
    let good = try folder.write("good.json", #"{ "sku": "A", "quantity": 2 }"#)
    let lines = "{\"sku\":\"A\"}\n{\"quantity\":0}\n{\"sku\":\n{\"sku\":5}\n"
    let bad = try folder.write("bad.jsonl", lines)
    let valid = try Executable.run(["schema", "validate", schema, good])
    #expect(valid.status == 0)
    #expect(valid.output == "1 valid, 0 invalid, 0 unreadable\n")
    let mixed = try Executable.run(["schema", "validate", schema, good, bad])
    #expect(mixed.status == 2)
    let shown = mixed.output.replacing(folder.path, with: "F").split(separator: "\n")
    #expect(shown.count == 3)
    #expect(shown[0].hasPrefix("F/bad.jsonl:2:1: '': "))
    #expect(shown[0].hasSuffix("[required] (and 1 more)"))
    #expect(shown[1].hasPrefix("F/bad.jsonl:4:8: '/sku': "))
    #expect(shown[2] == "2 valid, 2 invalid, 1 unreadable")
    #expect(mixed.errors.replacing(folder.path, with: "F").hasPrefix("F/bad.jsonl:3:"))
  }

  @Test("--format json prints one object a finding, with every member that the form promises")
  func schemaJSON() throws {
    let folder = try TemporaryFolder()
    let schema = try folder.write("schema.json", Self.schema)
    let outcome = try Executable.run(
      ["schema", "validate", schema, "-", "--format", "json"],
      input: "{\"sku\":\"A\"}\n{\"quantity\":0}\n"
    )
    #expect(outcome.status == 1)
    let findings = try outcome.documents
    #expect(findings.map { $0["rule"]?.string } == ["required", "minimum"])
    let names = [
      "file", "record", "pointer", "line", "column", "schemaPointer", "rule", "message",
      "fingerprint",
    ]
    for finding in findings {
      #expect(finding.members.map(\.name) == names)
      #expect(finding["file"]?.string == "standard input")
      #expect(finding["record"]?.int == 2)
      #expect(finding["line"]?.int == 2)
    }
    #expect(findings.last?["pointer"]?.string == "/quantity")
    #expect(findings.last?["column"]?.int == 13)
  }

  @Test("a schema that is none is refused with its place")
  func brokenSchema() throws {
    let folder = try TemporaryFolder()
    let schema = try folder.write("schema.json", "{\n  \"type\": \"objct\"\n}")
    let outcome = try Executable.run(["schema", "validate", schema, "-"], input: "{}")
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("\(schema):2:11: error: "))
  }
}

/// The elements of an XML document, in the order of their start tags.
private final class XMLElements: NSObject, XMLParserDelegate {
  private(set) var elements: [(name: String, attributes: [String: String])] = []

  /// Returns the elements, or nothing where the document is not well-formed.
  static func read(_ text: String) -> [(name: String, attributes: [String: String])]? {
    let reader = XMLElements()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = reader
    return parser.parse() ? reader.elements : nil
  }

  func parser(
    _ parser: XMLParser,
    didStartElement name: String,
    namespaceURI: String?,
    qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements.append((name, attributes))
  }
}
