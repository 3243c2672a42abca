import DrydockKernel
import DrydockScenarios
import Foundation
import Testing

/// What the reader says about each mistake; `DiagnosticCase` holds the list.
@Suite("Diagnostics of scenarios", .timeLimit(.minutes(10)))
struct DiagnosticTests {
  private func diagnostics(_ text: String) -> [String] {
    switch Scenario.read(Array(text.utf8), file: "story.json") {
    case .success: []
    case .failure(let error): error.diagnostics.map(\.description)
    }
  }

  @Test("says what is wrong and where, in the order of the file", arguments: DiagnosticCase.all)
  func message(of mistake: DiagnosticCase) {
    #expect(!mistake.messages.isEmpty)
    #expect(diagnostics(mistake.text) == mistake.messages.map { "story.json:\($0)" })
  }

  @Test("nothing is wrong with what the mistakes stand in")
  func frame() {
    #expect(diagnostics("{ \(DiagnosticCase.story) }").isEmpty)
  }

  // MARK: Bounds

  private func many(_ count: Int, _ entry: (Int) -> String) -> String {
    (0..<count).map(entry).joined(separator: ", ")
  }

  @Test("lists that are too long are refused whole, at their place")
  func tooLong() {
    let story = DiagnosticCase.story
    let products = many(1_001) { #"{ "sku": "SKU-\#($0)" }"# }
    let order = DiagnosticCase.order
    let line = #"{ "sku": "SKU-1" }"#
    let cases: [(text: String, message: String)] = [
      (
        #"{ "faults": [\#(many(10_001) { _ in "{}" })], \#(story) }"#,
        "1:13: error: expected at most 10000 entries in 'faults', found 10001"
      ),
      (
        #"{ "crashes": [\#(many(51) { _ in "{}" })], \#(story) }"#,
        "1:14: error: expected at most 50 entries in 'crashes', found 51"
      ),
      (
        #"{ "partners": {\#(many(51) { #""p\#($0)": {}"# })}, \#(story) }"#,
        "1:15: error: expected at most 50 entries in 'partners', found 51"
      ),
      (
        #"{ "partners": { "3pl": { "nodes": [\#(many(51) { #""n\#($0)""# })] } }, \#(story) }"#,
        "1:35: error: expected at most 50 entries in 'nodes', found 51"
      ),
      (
        #"{ "products": [\#(products), { "sku": "SKU-1" }], \#(story) }"#,
        "1:15: error: expected at most 1000 entries in 'products', found 1002"
      ),
      (
        #"{ "scenario": "x", "given": { "stock": [\#(products)] }, "when": [\#(order)] }"#,
        "1:1: error: expected at most 1000 entries in 'products', found 1001"
      ),
      (
        #"{ "scenario": "x", "when": [\#(order.replacing(line, with: products))] }"#,
        "1:100: error: expected at most 1000 entries in 'lines', found 1001"
      ),
    ]
    for (text, message) in cases {
      let found = diagnostics(text)
      #expect(found.contains("story.json:\(message) [scenario-too-long]"), "\(found.prefix(3))")
    }
  }

  @Test("of very many mistakes the first hundred are kept")
  func bounded() {
    let empty = many(9_999) { _ in "{}" }
    let found = diagnostics(#"{ "then": [\#(empty)], \#(DiagnosticCase.story) }"#)
    #expect(found.count == 100)
    #expect(Set(found).count == 100)
  }

  // MARK: Completeness

  /// Returns the text of every source of a module.
  private func sources(_ module: String, named ending: String = ".swift") throws -> [String] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/\(module)").path
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { $0.hasSuffix(ending) }
      .map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }
  }

  @Test("every id that the reader can give is in a case, and no other")
  func everyID() throws {
    var ids: Set<String> = []
    for text in try sources("DrydockScenarios") {
      ids.formUnion(text.matches(of: /id: "(scenario-[a-z-]+)"/).map { String($0.1) })
      #expect(text.matches(of: /(\n +|, )id: [^"]/).isEmpty, "an id that this test cannot see")
    }
    // Members are read by a type of the JSON module, which puts its own endings to `scenario`.
    for text in try sources("DrydockJSON", named: "JSONFields.swift") {
      ids.formUnion(text.matches(of: /"\\\(ids\)-([a-z-]+)"/).map { "scenario-\($0.1)" })
    }
    #expect(ids.count > 15)
    let given = DiagnosticCase.all.flatMap(\.messages)
      .compactMap { $0.firstMatch(of: /\[(scenario-[a-z-]+)\]$/).map { String($0.1) } }
    // What a catalogue has not is in the cases of `ScenarioTests`.
    let catalogued: Set = [
      "scenario-unknown-message", "scenario-unknown-version", "scenario-version-goes-back",
      "scenario-unknown-pin",
    ]
    #expect(
      ids.subtracting(given) == catalogued.union(["scenario-too-long"]),
      "ids without a case"
    )
    #expect(Set(given).subtracting(ids).isEmpty, "ids that nothing gives")
  }
}
