import DrydockJSON
import Foundation
import Testing

@testable import DrydockSchema

/// Verdicts held against instances that others have written.
@Suite("Comparison, held against instances", .timeLimit(.minutes(10)))
struct ComparisonSoundnessTests {
  private struct Group {
    var schema: Schema
    var instances: [JSONDocument]
    var name: String
  }

  private func groups(_ url: URL, _ dialect: SchemaDialect) throws -> [Group] {
    let document = try SharedSuites.document(at: url)
    var options = SchemaOptions()
    options.dialect = dialect
    return document.root.elements.compactMap { group in
      guard let source = group["schema"], let parsed = try? JSONDocument.parse(source.bytes),
        let schema = try? Schema.compile(parsed, options: options)
      else { return nil }
      let instances = group["tests"]?.elements.compactMap { test in
        test["data"].flatMap { try? JSONDocument.parse($0.bytes) }
      }
      return Group(
        schema: schema,
        instances: instances ?? [],
        name: group["description"]?.string ?? ""
      )
    }
  }

  @Test(
    "what is proved compatible no instance of the official suite refutes",
    arguments: [("draft2020-12", SchemaDialect.draft202012), ("draft7", .draft07)]
  )
  func officialSuite(_ folder: String, _ dialect: SchemaDialect) throws {
    guard let suite = SharedSuites.suite("json-schema-test-suite") else { return }
    var counts: [CompatibilityVerdict: Int] = [:]
    let tests = suite.appending(path: "tests/\(folder)")
    for name in try FileManager.default.contentsOfDirectory(atPath: tests.path).sorted()
    where name.hasSuffix(".json") {
      let groups = try groups(tests.appending(path: name), dialect)
      let instances = groups.flatMap(\.instances)
      for (first, old) in groups.enumerated() {
        // Neighbours and one far away are enough to meet each keyword in both roles.
        for new in [first + 1, first + 2, groups.count - 1 - first] {
          guard groups.indices.contains(new), new != first else { continue }
          let comparison = SchemaComparison(
            old: old.schema,
            new: groups[new].schema,
            direction: .backward,
            options: ComparisonOptions(isStrict: true, workMax: 150_000)
          )
          counts[comparison.verdict, default: 0] += 1
          check(comparison, old, groups[new], instances, name)
        }
      }
    }
    print("\(folder): \(counts.map { "\($0.key.rawValue) \($0.value)" }.sorted())")
    #expect((counts[.cannotTell] ?? 0) * 100 <= counts.values.reduce(0, +) * 8)
  }

  private func check(
    _ comparison: SchemaComparison,
    _ old: Group,
    _ new: Group,
    _ instances: [JSONDocument],
    _ file: String
  ) {
    let label = "\(file): '\(old.name)' → '\(new.name)'"
    switch comparison.verdict {
    case .compatible:
      for instance in instances where old.schema.isValid(instance.root) {
        #expect(
          new.schema.isValid(instance.root),
          "\(label): \(String(decoding: instance.bytes, as: UTF8.self))"
        )
      }
    case .breaking:
      for finding in comparison.findings where finding.level == .error {
        guard let witness = finding.witness,
          let document = try? JSONDocument.parse(witness.bytes())
        else {
          Issue.record("\(label): no witness")
          continue
        }
        #expect(
          old.schema.isValid(document.root),
          "\(label): the witness is not of the old version"
        )
        #expect(!new.schema.isValid(document.root), "\(label): the witness is not refused")
      }
    case .cannotTell: break
    }
  }
}
