import DrydockJSON
import Testing

@testable import DrydockSchema

@Suite("Violations")
struct ViolationTests {
  @Test("say what is wrong, where, and what was meant, once for each defect")
  func messages() throws {
    let name = "violations.json"
    var all: [[String]] = []
    for one in try CaseFile.cases(name) {
      let found = try violations(of: one)
      all.append(found)
      let expected = one["expected"].map { $0.elements.compactMap(\.string) } ?? []
      #expect(found == expected, "\(one["name"]?.string ?? "")")
    }
    try CaseFile.update(name, found: all)
  }

  private func violations(of one: JSONValue) throws -> [String] {
    let schema = try Schema.compile(
      try JSONDocument.parse(one["schema"]?.bytes ?? []),
      options: try CaseFile.options(one["options"])
    )
    let document = try JSONDocument.parse(one["instance"]?.bytes ?? [])
    let found = schema.violations(of: document.root)
    #expect(schema.isValid(document.root) == !found.contains { $0.level == .error })
    return found.map { violation in
      let level = violation.level == .error ? "" : "\(violation.level.rawValue): "
      return "\(violation.pointer)@\(violation.offset): \(level)\(violation.message)"
        + " [\(violation.rule) \(violation.schemaPointer)]"
    }
  }

  @Test("have a case for every rule")
  func everyRule() throws {
    var seen: Set<String> = []
    for one in try CaseFile.cases("violations.json") {
      for line in one["expected"].map({ $0.elements.compactMap(\.string) }) ?? [] {
        guard let bracket = line.lastIndex(of: "[") else { continue }
        seen.insert(String(line[line.index(after: bracket)...].prefix { $0 != " " }))
      }
    }
    // The limit has tests of its own; the words of 'not' in combination stand for all.
    let missing = Rule.allCases.map(\.rawValue).filter { !seen.contains($0) && $0 != "limit" }
    #expect(missing == [])
  }

  @Test("stop at the number that is asked for")
  func max() throws {
    let schema = try Schema.compile(try JSONDocument.parse(#"{"items": {"type": "string"}}"#))
    let document = try JSONDocument.parse("[1, 2, 3, 4]")
    #expect(
      schema.violations(of: document.root, max: 2).map(\.pointer.description) == ["/0", "/1"]
    )
    #expect(schema.violations(of: document.root, max: 0).isEmpty)
  }

  @Test("of a value inside a document point from the document's root")
  func inner() throws {
    let schema = try Schema.compile(try JSONDocument.parse(#"{"type": "string"}"#))
    let document = try JSONDocument.parse(#"{"a": [1]}"#)
    let value = try #require(document.root["a"]?[0])
    #expect(schema.violations(of: value).map(\.pointer.description) == ["/a/0"])
  }
}
