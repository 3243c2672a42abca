import DrydockJSON
import Foundation
import Testing

/// `drydock compare` as people use it.
@Suite("Compare command", .timeLimit(.minutes(3)))
struct CompareCommandTests {
  private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  private func expect(_ text: String, isGolden name: String) throws {
    let file = Self.golden.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    #expect(text == expected)
  }

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

  /// Runs a body in a folder of files, which is removed again.
  private func inFolder<Result>(
    _ files: [String: String],
    _ body: (URL) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("drydock-compare-\(ProcessInfo.processInfo.globallyUniqueString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    return try body(folder)
  }

  private func compare(
    _ new: String,
    _ options: [String] = []
  ) throws -> (status: Int32, output: String, errors: String) {
    try inFolder(["old.json": Self.old, "new.json": new]) { folder in
      let paths = ["old.json", "new.json"].map { folder.appendingPathComponent($0).path }
      let outcome = try Executable.run(["compare"] + paths + options)
      let shown = outcome.output.replacingOccurrences(of: folder.path + "/", with: "")
      return (outcome.status, shown, outcome.errors)
    }
  }

  private static let narrowed = old.replacingOccurrences(of: "100", with: "50")
    .replacingOccurrences(of: #"["id"]"#, with: #"["id", "lines"]"#)

  @Test("says what breaks, where, for whom and by which document, and exits 1")
  func breaking() throws {
    let outcome = try compare(Self.narrowed, ["--written-by", "partner"])
    #expect(outcome.status == 1)
    try expect(outcome.output, isGolden: "compare-breaking.txt")
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
    try inFolder(["old.json": Self.old, "new.json": Self.narrowed]) { folder in
      let paths = ["old.json", "new.json"].map { folder.appendingPathComponent($0).path }
      let first = try Executable.run(["compare"] + paths + ["--format", "json"])
      let root = try JSONDocument.parse(Array(first.output.utf8)).root
      let marks = root["findings"]?.elements.compactMap { $0["fingerprint"]?.string } ?? []
      let list = folder.appendingPathComponent("allow.txt")
      let lines = "# agreed\n" + marks.map { $0 + " a reason\n" }.joined()
      try lines.write(to: list, atomically: true, encoding: .utf8)
      let second = try Executable.run(["compare"] + paths + ["--allow", list.path])
      #expect(second.status == 0)
      #expect(second.output.contains("(2 allowed)"))
    }
  }

  @Test("exits 3 where nothing can be told, and 2 where a file cannot be read")
  func otherExits() throws {
    let hard = #"{"type": "number", "multipleOf": 3e-41, "maximum": 1e40}"#
    try inFolder([
      "a.json": #"{"type": "number", "multipleOf": 1e-40, "maximum": 1e40}"#, "b.json": hard,
    ]) { folder in
      let paths = ["a.json", "b.json"].map { folder.appendingPathComponent($0).path }
      let outcome = try Executable.run(["compare"] + paths)
      #expect(outcome.status == 3)
    }
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

  @Test("explains its rules")
  func explain() throws {
    let outcome = try Executable.run(["explain", "maximum-lowered"])
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("maximum-lowered: the greatest number is lower than before"))
  }
}
