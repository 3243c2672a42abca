import DrydockJSON
import Foundation
import Testing

@testable import DrydockSchema

@Suite("Confluent compatibility pairs")
struct ConfluentSuiteTests {
  @Test("verdicts agree")
  func verdictsAgree() throws {
    guard let folder = SharedSuites.suite("confluent-schema-diff") else { return }
    var decided = 0
    var agreed = 0
    var unknown = 0
    for file in SharedSuites.jsonFiles(below: folder) {
      let document = try SharedSuites.document(at: file.url)
      for entry in document.root.elements {
        let start = ContinuousClock.now
        guard let wanted = entry["compatible"]?.bool, let old = entry["original_schema"],
          let new = entry["update_schema"]
        else { continue }
        var options = SchemaOptions()
        options.dialect = file.path.contains("2020") ? .draft202012 : .draft07
        let before = try Schema.compile(try JSONDocument.parse(old.bytes), options: options)
        let after = try Schema.compile(try JSONDocument.parse(new.bytes), options: options)
        let result = SchemaComparison(old: before, new: after, direction: .backward, options: .init(isStrict: true))
        let name = entry["description"]?.string ?? ""
        decided += 1
        if result.verdict == .cannotTell { unknown += 1 }
        if (result.verdict == .compatible) == wanted, result.verdict != .cannotTell { agreed += 1 } else {
          print("\(file.path): \(name): \(result.verdict) wanted \(wanted) peer \(entry["_peer_update_covers_original"]?.string ?? "")")
          for finding in result.findings where finding.level != .info {
            print("   \(finding.rule) \(finding.pointer) \(finding.level) \(String(decoding: finding.witness?.bytes() ?? [], as: UTF8.self)) \(finding.refusal ?? "") \(finding.doubt ?? "")")
          }
        }
        let time = ContinuousClock.now - start
        if time > .milliseconds(200) { print("   slow \(name) \(time)") }
      }
    }
    print("decided \(decided) agreed \(agreed) unknown \(unknown)")
  }

  @Test("nakadi dev")
  func nakadi() throws {
    guard let folder = SharedSuites.suite("nakadi-schema-evolution") else { return }
    for (file, old, new, list) in [("nakadi-schema-evolution/invalid-schema-evolution-examples.json", "original_schema", "update_schema", "errors"), ("confluent-schema-diff/diff-schema-examples.json", "original_schema", "update_schema", "changes"), ("confluent-schema-diff/diff-schema-examples-2020-12.json", "original_schema", "update_schema", "changes"), ("confluent-schema-diff/diff-combined-schema-examples.json", "original_schema", "update_schema", "changes"),("confluent-schema-diff/diff-combined-schema-examples-2020-12.json", "original_schema", "update_schema", "changes")] {
    let document = try SharedSuites.document(at: folder.deletingLastPathComponent().appending(path: file))
    for entry in document.root.elements {
      guard let before = entry[old], let after = entry[new] else { continue }
      var options = SchemaOptions()
      options.dialect = file.contains("2020") ? .draft202012 : .draft07
      let a = try Schema.compile(try JSONDocument.parse(before.bytes), options: options)
      let b = try Schema.compile(try JSONDocument.parse(after.bytes), options: options)
      let result = SchemaComparison(old: a, new: b, direction: .backward, options: .init(isStrict: true))
      let wanted = entry[list]?.elements.compactMap(\.string).map { String($0.split(separator: "#").last ?? "") }.map { $0 == "/" ? "" : $0 } ?? []
      let ours = result.findings.map { $0.pointer.description }
      func near(_ a: String, _ b: String) -> Bool {
        a == b || a.split(separator: "/").dropLast().elementsEqual(b.split(separator: "/")) || b.split(separator: "/").dropLast().elementsEqual(a.split(separator: "/"))
      }
      let missing = wanted.filter { want in !ours.contains { near($0, want) } }
      let extra = result.findings.filter { f in !wanted.contains { near($0, f.pointer.description) } }
      if !missing.isEmpty || !extra.isEmpty {
        print("NAK \(entry["description"]?.string ?? "") missing \(missing) extra \(extra.map { "\($0.rule) \($0.pointer)" }) wanted \(entry[list]?.elements.compactMap(\.string) ?? [])")
      }
    }
    }
  }
}
