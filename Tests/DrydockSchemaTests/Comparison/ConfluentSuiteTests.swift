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
}
