import DrydockCommand
import Foundation
import Testing

/// The tool as people use it: arguments in, text and exit code out.
@Suite("Command line", .timeLimit(.minutes(10)))
struct CommandTests {
  @Test("prints its version")
  func version() throws {
    let outcome = try Executable.run(["--version"])
    #expect(outcome.status == 0)
    #expect(outcome.output == "drydock \(DrydockCommandLine.version)\n")
  }

  @Test(
    "helps with every command",
    arguments: [
      "run", "verify", "schema", "schema validate", "schema test", "compare", "import", "export",
      "export openapi", "export asyncapi", "decode", "explain", "completion",
    ]
  )
  func help(command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    let outcome = try Executable.run(words + ["--help"])
    #expect(outcome.status == 0)
    let name = words.joined(separator: "-")
    try GoldenText(name: "help-\(name).txt").expect(outcome.output)
  }

  @Test("refuses what it does not know, with a suggestion, and exits 2")
  func usage() throws {
    let cases: [([String], String)] = [
      (["rum"], "drydock: error: unknown command 'rum'; did you mean 'run'? [usage]"),
      (
        ["run", "--sead", "1"],
        "drydock: error: unknown option '--sead'; did you mean '--seed'? [usage]"
      ),
      (
        ["schema", "valdate"],
        "drydock: error: unknown schema command 'valdate'; did you mean 'validate'? [usage]"
      ),
      (["run", "--seed"], "drydock: error: option '--seed' needs a value: N [usage]"),
      (
        ["run", "--seeds", "5..1"],
        "drydock: error: expected a range such as '1..50' for '--seeds', found '5..1' [usage]"
      ),
    ]
    for (arguments, message) in cases {
      let outcome = try Executable.run(arguments)
      #expect(outcome.status == 2)
      #expect(outcome.errors.split(separator: "\n").first.map(String.init) == message)
    }
  }

  @Test("plays a story and exits 0; with a defect it exits 1 and says all there is to know")
  func run() throws {
    let story = "Scenarios/3pl/confirms-twice.json"
    let passed = try Executable.run(["run", story])
    #expect(passed.status == 0)
    #expect(passed.output.hasPrefix("passed \(story) seed 1 "))
    #expect(passed.output.hasSuffix("1 passed, 0 failed\n"))
    let failed = try Executable.run(["run", story, "--defect", "no-duplicate-suppression"])
    #expect(failed.status == 1)
    for part in [
      "[write-accepted-once]", "order:    A (#1001)", "injected: faults/0",
      "again:    drydock run \(story) --seed 1 --defect no-duplicate-suppression",
    ] {
      #expect(failed.output.contains(part), "\(part)")
    }
  }

  @Test("writes three reports")
  func reports() throws {
    let folder = try TemporaryFolder()
    let outcome = try Executable.run(
      ["run", "Scenarios/orders/plain-order.json", "--report", folder.path])
    #expect(outcome.status == 0)
    for (name, start) in [
      ("index.html", "<!doctype html>"), ("junit.xml", "<?xml"), ("report.jsonl", "{"),
    ] {
      let text = String(decoding: try folder.read(name), as: UTF8.self)
      #expect(text.lowercased().hasPrefix(start))
    }
  }

  @Test("judges clean recordings as passed and the planted one as failed, with golden findings")
  func verify() throws {
    for path in [
      "Recordings/stories/order-to-refund.jsonl",
      "Recordings/shopify/order-fulfilled-and-refunded.jsonl",
      "Recordings/netsuite/order-invoiced-and-credited.jsonl",
      "Recordings/shipbob/order-shipped-and-returned.jsonl",
      "Recordings/easypost/parcel-tracked.jsonl", "Recordings/loop/return-settled.jsonl",
    ] {
      let outcome = try Executable.run(["verify", path])
      #expect(outcome.status == 0, "\(path): \(outcome.output)")
    }
    let planted = try Executable.run(["verify", "Recordings/planted/night-shift.jsonl", "--all"])
    #expect(planted.status == 1)
    try GoldenText(name: "planted.txt").expect(planted.output)
  }

  @Test("validates JSON Lines against a schema, in text and as JSON")
  func schema() throws {
    let folder = try TemporaryFolder()
    let schema = try folder.write(
      "schema.json",
      #"{"type":"object","properties":{"quantity":{"type":"integer","minimum":1}}}"#
    )
    let lines = try folder.write("orders.jsonl", "{\"quantity\":1}\n{\"quantity\":0}\n")
    let text = try Executable.run(["schema", "validate", schema, lines])
    #expect(text.status == 1)
    #expect(text.output.hasPrefix("\(lines):2:13: '/quantity': "))
    #expect(text.output.hasSuffix("1 valid, 1 invalid, 0 unreadable\n"))
    let json = try Executable.run(["schema", "validate", schema, lines, "--format", "json"])
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    )
    #expect(object["record"] as? Int == 2)
    #expect(object["pointer"] as? String == "/quantity")
    #expect(object["rule"] as? String == "minimum")
    #expect(object["schemaPointer"] as? String == "/properties/quantity/minimum")
    let broken = try Executable.run(["schema", "validate", schema, "-"], input: "{")
    #expect(broken.status == 2)
  }

  @Test("decodes JSON with positions, and explains every rule it lists")
  func decodeAndExplain() throws {
    let decoded = try Executable.run(
      ["decode", "--positions", "-"],
      input: "{\n  \"a\": [1, \"é\"]\n}"
    )
    #expect(decoded.output == "2:9 /a/0 = 1\n2:12 /a/1 = \"é\"\n")
    let list = try Executable.run(["explain"]).output.split(separator: "\n")
    let ids = list.filter { $0.hasPrefix("  ") }.compactMap { $0.split(separator: " ").first }
    #expect(ids.count >= 44)
    let one = try Executable.run(["explain", String(try #require(ids.last))])
    #expect(one.status == 0)
    for word in ["family:", "why:", "breach:", "mend:"] { #expect(one.output.contains(word)) }
  }

  @Test("a hostile file ends with a diagnostic and exit 2")
  func hostile() throws {
    let deep = String(repeating: "[", count: 100_000)
    for arguments in [["run", "/dev/stdin"], ["verify", "-"], ["decode", "-"]] {
      let outcome = try Executable.run(arguments, input: deep)
      #expect(outcome.status == 2, "\(arguments)")
      #expect(outcome.errors.contains("error: "))
    }
  }
}
