import DrydockFaults
import DrydockReference
import DrydockVerification
import Foundation
import Testing

/// The README says what the code does: its lists come from the code, its outputs from running it.
///
/// `UPDATE_GOLDEN=1` writes the sections anew.
@Suite("README", .timeLimit(.minutes(10)))
struct ReadmeTests {
  private static let file = Executable.root.appendingPathComponent("README.md")

  @Test("its sections are what the code and the executable say")
  func sections() throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    var result: [String] = []
    var open: String?
    for line in text.components(separatedBy: "\n") {
      if let name = marker("begin", line) {
        result.append(line)
        result += try section(name).components(separatedBy: "\n")
        open = name
      } else if let name = marker("end", line) {
        #expect(open?.hasPrefix(name) == true, "section '\(name)' ends and never began")
        open = nil
        result.append(line)
      } else if open == nil {
        result.append(line)
      }
    }
    let expected = result.joined(separator: "\n")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try expected.write(to: Self.file, atomically: false, encoding: .utf8)
    } else {
      #expect(text == expected, "README.md is out of date; UPDATE_GOLDEN=1 writes it anew")
    }
  }

  /// Returns the name and argument in `<!-- name:begin argument -->`.
  private func marker(_ edge: String, _ line: String) -> String? {
    guard line.hasPrefix("<!-- "), line.hasSuffix(" -->") else { return nil }
    let inner = line.dropFirst(5).dropLast(4)
    guard let colon = inner.range(of: ":\(edge)") else { return nil }
    return String(inner[..<colon.lowerBound] + inner[colon.upperBound...])
  }

  private func section(_ name: String) throws -> String {
    let words = name.split(separator: " ").map(String.init)
    switch words[0] {
    case "scenario":
      let path = Executable.root.appendingPathComponent(words[1])
      let story = try String(contentsOf: path, encoding: .utf8)
      return "```json\n\(story.trimmingCharacters(in: .newlines))\n```"
    case "output":
      let outcome = try Executable.run(Array(words.dropFirst(2)))
      let shown = "$ \(words.dropFirst().joined(separator: " "))\n" + outcome.output
      return "```\n\(shown.trimmingCharacters(in: .newlines))\n```"
    case "test": return try example()
    case "commands": return try commands()
    case "exit-codes": return try exitCodes()
    case "rules": return rules()
    case "faults": return faults()
    case "defects": return defects()
    default:
      Issue.record("README.md has a section '\(name)' that nothing writes")
      return ""
    }
  }

  private func example() throws -> String {
    let path = Executable.root.appendingPathComponent(
      "Tests/DrydockTestingTests/ExampleTests.swift"
    )
    let source = try String(contentsOf: path, encoding: .utf8)
    return "```swift\n\(source.trimmingCharacters(in: .newlines))\n```"
  }

  /// Returns the indented lines of the help text behind a heading, as a table.
  private func table(of heading: String, _ columns: String) throws -> String {
    let help = try Executable.run(["--help"]).output.components(separatedBy: "\n")
    let start = try #require(help.firstIndex(of: heading))
    let rows = help[(start + 1)...].drop { $0.isEmpty }.prefix { $0.hasPrefix("  ") }
    var lines = [columns, "| --- | --- |"]
    for row in rows {
      let trimmed = row.trimmingCharacters(in: .whitespaces)
      let gap = try #require(trimmed.range(of: "  ") ?? trimmed.range(of: " "))
      let text = trimmed[gap.upperBound...].trimmingCharacters(in: .whitespaces)
      lines.append("| `\(trimmed[..<gap.lowerBound])` | \(text) |")
    }
    return lines.joined(separator: "\n")
  }

  private func commands() throws -> String {
    try table(of: "Commands:", "| `drydock …` | does |")
  }

  private func exitCodes() throws -> String {
    try table(of: "Exit codes:", "| code | means |")
  }

  private func rules() -> String {
    var lines = ["| rule | family | what must hold |", "| --- | --- | --- |"]
    for rule in RuleCatalog.descriptions {
      lines.append("| `\(rule.id)` | \(rule.family.rawValue) | \(rule.summary) |")
    }
    return lines.joined(separator: "\n")
  }

  private func faults() -> String {
    var lines = ["| fault | what it does |", "| --- | --- |"]
    for entry in FaultCatalogue.entries {
      lines.append("| `\(entry.kind.rawValue)` | \(entry.summary) |")
    }
    return lines.joined(separator: "\n")
  }

  private func defects() -> String {
    var lines = ["| defect | what the integration does wrong |", "| --- | --- |"]
    for defect in ReferenceDefect.allCases {
      lines.append("| `\(defect.rawValue)` | \(defect.summary) |")
    }
    return lines.joined(separator: "\n")
  }
}
