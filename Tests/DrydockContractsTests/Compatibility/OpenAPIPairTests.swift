import DrydockContracts
import DrydockJSON
import DrydockSchema
import Foundation
import Testing

@Suite("OpenAPI pairs")
struct OpenAPIPairTests {
  static let suites: URL = {
    var folder = URL(filePath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    return folder.deletingLastPathComponent().appending(path: "shared/suites")
  }()

  @Test("dev")
  func dev() throws {
    for suite in ["oasdiff-pairs", "openapi-diff-pairs"] {
      let folder = Self.suites.appending(path: suite + "/cases")
      var agreed = 0, total = 0
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
        let document = try JSONDocument.parse(Array(try Data(contentsOf: folder.appending(path: name))))
        guard let base = document.root["base"], let revision = document.root["revision"],
          let old = OpenAPIDocument(try JSONDocument.parse(base.bytes)),
          let new = OpenAPIDocument(try JSONDocument.parse(revision.bytes))
        else { print("UNREADABLE \(name)"); continue }
        let start = ContinuousClock.now
        let result = OperationComparison(old: old, new: new, options: ComparisonOptions())
        let time = ContinuousClock.now - start
        if time > .milliseconds(500) { print("SLOW \(name) \(time)") }
        let wanted = document.root["expected"]?["breaking"]?.bool ?? (document.root["expected"]?["verdict"]?.string == "incompatible")
        total += 1
        if wanted == (result.verdict == .breaking), result.verdict != .cannotTell { agreed += 1; continue }
        print("CASE \(name): \(result.verdict) wanted breaking=\(wanted) \(document.root["expected"]?["rule"]?.string ?? "")")
        for change in document.root["expected"]?["changes"]?.elements.map({ $0 }) ?? [] where change["level"]?.string != "info" {
          print("   want \(change["id"]?.string ?? "") \(change["level"]?.string ?? "") \(change["text"]?.string ?? "")")
        }
        for found in result.findings where found.finding.level != .info {
          print("   have \(found.finding.rule) \(found.finding.level) \(found.part) \(found.finding.documentPointer) \(found.finding.old) => \(found.finding.new) \(String(decoding: (found.finding.witness?.bytes() ?? []).prefix(200), as: UTF8.self)) \(found.finding.refusal ?? "") \(found.finding.doubt ?? "")")
        }
      }
      print("SUITE \(suite) \(agreed)/\(total)")
    }
  }
}
