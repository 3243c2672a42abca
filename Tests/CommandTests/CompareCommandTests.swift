import DrydockJSON
import Foundation
import Testing

/// `drydock compare` as people use it.
@Suite("Compare command", .timeLimit(.minutes(3)))
struct CompareCommandTests {
  private static let old = """
    {
      "type": "object",
      "required": ["id"],
      "properties": {
        "id": { "type": "string" },
        "lines": {
          "type": "array",
          "items": {
            "type": "object",
            "properties": {
              "quantity": { "type": "integer", "maximum": 100 }
            }
          }
        }
      }
    }
    """

  /// Two versions of a schema in a folder of their own.
  private struct Pair {
    let folder: TemporaryFolder
    let paths: [String]

    init(_ old: String, _ new: String) throws {
      folder = try TemporaryFolder()
      paths = [try folder.write("old.json", old), try folder.write("new.json", new)]
    }

    func compare(_ options: [String]) throws -> Executable.Outcome {
      var outcome = try Executable.run(["compare"] + paths + options)
      outcome.output = outcome.output.replacingOccurrences(of: folder.path + "/", with: "")
      return outcome
    }
  }

  private func compare(_ new: String, _ options: [String] = []) throws -> Executable.Outcome {
    try Pair(Self.old, new).compare(options)
  }

  private static let narrowed = old.replacingOccurrences(of: "100", with: "50")
    .replacingOccurrences(of: #"["id"]"#, with: #"["id", "lines"]"#)

  @Test("says what breaks, where, for whom and by which document, and exits 1")
  func breaking() throws {
    let outcome = try compare(Self.narrowed, ["--written-by", "partner"])
    #expect(outcome.status == 1)
    try GoldenText(name: "compare-breaking.txt").expect(outcome.output)
  }

  @Test("knows that the other way round nothing breaks, and exits 0")
  func compatible() throws {
    let outcome = try compare(Self.narrowed, ["--written-by", "us"])
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("compatible: 0 breaking"))
  }

  @Test("prints one object for programs")
  func json() throws {
    let outcome = try compare(Self.narrowed, ["--policy", "backward", "--format", "json"])
    #expect(outcome.status == 1)
    let root = try JSONDocument.parse(Array(outcome.output.utf8)).root
    #expect(root["verdict"]?.string == "breaking")
    let finding = try #require(
      root["findings"]?.elements.first { $0["rule"]?.string == "maximum-lowered" }
    )
    #expect(finding["level"]?.string == "error")
    #expect(
      finding["pointer"]?.string
        == "/properties/lines/items/properties/quantity/maximum"
    )
    #expect(finding["witness"]?["lines"]?[0]?["quantity"]?.int == 51)
  }

  @Test("a list of fingerprints allows what it names")
  func allowList() throws {
    let pair = try Pair(Self.old, Self.narrowed)
    let first = try pair.compare(["--format", "json"])
    let root = try JSONDocument.parse(Array(first.output.utf8)).root
    let marks = root["findings"]?.elements.compactMap { $0["fingerprint"]?.string } ?? []
    let lines = "# agreed\n" + marks.map { $0 + " a reason\n" }.joined() + "gone # by now\n"
    let list = try pair.folder.write("allow.txt", lines)
    let second = try pair.compare(["--allow", list])
    #expect(second.status == 0)
    #expect(second.output.contains("(2 allowed)"))
    #expect(
      second.errors.hasSuffix(
        ": warning: 'gone' allows nothing that was found [allow-unused]\n"
      )
    )
  }

  /// Version 2 takes what version 1 took and more, version 3 what version 2 took by default.
  private static func chain() throws -> (folder: TemporaryFolder, paths: [String]) {
    let folder = try TemporaryFolder()
    let schema = { (type: String) in #"{"type": "object", "properties": {"id": \#(type)}}"# }
    let paths = [
      try folder.write("v1.json", schema(#"{"type": ["string", "integer"]}"#)),
      try folder.write("v2.json", schema(#"{"type": "string"}"#)),
      try folder.write("v3.json", schema(#"{"type": "string", "description": "x"}"#)),
    ]
    return (folder, paths)
  }

  @Test("of several old versions a transitive policy asks about all, others about the last")
  func transitive() throws {
    let (folder, paths) = try Self.chain()
    func compare(_ options: [String]) throws -> Executable.Outcome {
      var outcome = try Executable.run(["compare"] + paths + options)
      outcome.output = outcome.output.replacingOccurrences(of: folder.path + "/", with: "")
      outcome.errors = outcome.errors.replacingOccurrences(of: folder.path + "/", with: "")
      return outcome
    }
    let last = try compare(["--policy", "backward"])
    #expect(last.status == 0)
    #expect(
      last.errors == """
        v1.json: note: not compared: 'backward' asks about the last old version only; \
        'backward-transitive' asks about all [compare-not-asked]

        """
    )
    let all = try compare(["--policy", "backward-transitive"])
    #expect(all.status == 1)
    #expect(all.errors.isEmpty)
    #expect(all.output.contains("  against:  v1.json\n"))
    #expect(
      all.output.hasSuffix(
        """
        v1.json: breaking
        v2.json: compatible
        breaking: 1 breaking, 0 unproven, 0 to look at, 2 that break nothing

        """
      )
    )
    let forward = try compare(["--policy", "forward-transitive"])
    #expect(forward.status == 0)
    let json = try #require(
      try compare(["--policy", "full-transitive", "--format", "json"])
        .documents.first
    )
    let verdicts = json["versions"]?.elements.compactMap { $0["verdict"]?.string }
    #expect(verdicts == ["breaking", "compatible"])
    let broken = json["findings"]?.elements.filter { $0["level"]?.string == "error" } ?? []
    #expect(broken.compactMap { $0["against"]?.string }.allSatisfy { $0.hasSuffix("v1.json") })
    #expect(!broken.isEmpty)
  }

  @Test("compares schemas of draft-04 by their own words, says so, and keeps their places")
  func draft04() throws {
    let old = """
      { "$schema": "http://json-schema.org/draft-04/schema#",
        "id": "http://example.com/count",
        "type": "integer", "minimum": 5, "const": 1 }
      """
    let new = """
      { "$schema": "http://json-schema.org/draft-04/schema#",
        "id": "http://example.com/count",
        "type": "integer",
        "minimum": 5, "exclusiveMinimum": true }
      """
    let pair = try Pair(old, new)
    let outcome = try pair.compare(["--policy", "backward"])
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("new.json:4:37: error: "), "\(outcome.output)")
    #expect(outcome.output.contains("  witness:  5\n"), "\(outcome.output)")
    let notes = outcome.errors.replacingOccurrences(of: pair.folder.path + "/", with: "")
    #expect(
      notes == """
        new.json:1:14: note: schema of draft-04 is compared as one of draft-07 [schema-draft-04]
        old.json:1:14: note: schema of draft-04 is compared as one of draft-07 [schema-draft-04]
          without '/const': draft-04 does not know it

        """
    )
    let broken = try Pair(old, new.replacingOccurrences(of: "\"integer\"", with: "\"int\""))
      .compare([])
    #expect(broken.status == 2)
    #expect(broken.errors.contains("new.json:3:11: error: "), "\(broken.errors)")
  }

  @Test("exits 3 where nothing can be told, and 2 where a file cannot be read")
  func otherExits() throws {
    let pair = try Pair(
      #"{"type": "number", "multipleOf": 1e-40, "maximum": 1e40}"#,
      #"{"type": "number", "multipleOf": 3e-41, "maximum": 1e40}"#
    )
    #expect(try pair.compare([]).status == 3)
    let broken = try compare("{")
    #expect(broken.status == 2)
    let alone = try Executable.run(["compare", "only-one"])
    #expect(alone.status == 2)
  }

  @Test("the whole catalogue follows its version numbers")
  func catalogue() throws {
    let outcome = try Executable.run(["compare", "--catalog", "Contracts"])
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("compatible:"))
  }

  @Test("a policy narrows what is asked about the catalogue; who writes stands in the contracts")
  func cataloguePolicy() throws {
    for policy in ["backward-transitive", "full-transitive", "forward"] {
      let outcome = try Executable.run(["compare", "--catalog", "Contracts", "--policy", policy])
      #expect(outcome.status == 0)
    }
    let refused = try Executable.run(
      ["compare", "--catalog", "Contracts", "--written-by", "partner"]
    )
    #expect(refused.status == 2)
    #expect(
      refused.errors == """
        drydock: error: '--written-by' does not go with '--catalog', whose contracts say it \
        themselves [usage]
          help:     drydock compare --help

        """
    )
  }

  @Test("says that OpenAPI documents have their directions in themselves")
  func openAPI() throws {
    let text = #"{"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}}"#
    let pair = try Pair(text, text)
    #expect(try pair.compare([]).errors.isEmpty)
    let outcome = try pair.compare(["--policy", "full"])
    #expect(outcome.status == 0)
    #expect(
      outcome.errors.hasSuffix(
        "new.json: note: requests are compared backward and responses forward, whatever the "
          + "options say [compare-own-directions]\n"
      )
    )
  }

  @Test("explains its rules")
  func explain() throws {
    let outcome = try Executable.run(["explain", "maximum-lowered"])
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("maximum-lowered: the greatest number is lower than before"))
  }
}
