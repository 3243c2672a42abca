import DrydockJSON
import DrydockSchema
import Foundation
import Testing

/// Runs the official JSON Schema test suite, as far as it lies beside the package.
@Suite("Official JSON Schema test suite", .timeLimit(.minutes(10)))
struct OfficialSuiteTests {
  /// One folder of the suite and how it is run.
  struct Part: Sendable, CustomTestStringConvertible {
    var folder: String
    var dialect: SchemaDialect
    /// Whether only what lies directly in the folder is run.
    var isFlat = true
    var assertsFormat = false

    var testDescription: String { folder }

    func options(_ resources: [String: JSONDocument]) -> SchemaOptions {
      SchemaOptions(
        assertsFormat: assertsFormat,
        resources: resources,
        dialect: dialect,
        assertsContent: true
      )
    }
  }

  static let parts = [
    Part(folder: "draft2020-12", dialect: .draft202012),
    Part(folder: "draft2020-12/optional", dialect: .draft202012),
    Part(folder: "draft2020-12/optional/format", dialect: .draft202012, assertsFormat: true),
    Part(folder: "draft7", dialect: .draft07),
    Part(folder: "draft7/optional", dialect: .draft07),
    Part(folder: "draft7/optional/format", dialect: .draft07, assertsFormat: true),
  ]

  /// The tests that are known not to pass, with the reason, from the table beside this file.
  static func waived() throws -> [String: String] {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Cases/official-suite-not-passing.json")
    let table = try SharedSuites.document(at: url)
    var waived: [String: String] = [:]
    for entry in table.root["tests"].map({ Array($0.elements) }) ?? [] {
      guard let name = entry["test"]?.string, let reason = entry["reason"]?.string else { continue }
      waived[name] = reason
    }
    return waived
  }

  static func resources(_ suite: URL) throws -> [String: JSONDocument] {
    var resources: [String: JSONDocument] = [:]
    for (path, url) in SharedSuites.jsonFiles(below: suite.appending(path: "remotes")) {
      resources["http://localhost:1234/" + path] = try SharedSuites.document(at: url)
    }
    return resources
  }

  @Test("passes all tests but those listed with a reason", arguments: parts)
  func passes(part: Part) throws {
    guard let suite = SharedSuites.suite("json-schema-test-suite") else { return }
    let resources = try Self.resources(suite)
    let waived = try Self.waived()
    let folder = suite.appending(path: "tests").appending(path: part.folder)
    var passed = 0
    var failed: [String] = []
    for (path, url) in SharedSuites.jsonFiles(below: folder) where !path.contains("/") {
      let options = part.options(resources)
      for group in try SharedSuites.document(at: url).root.elements {
        let results = Self.run(group, options: options)
        for (test, error) in results {
          let name = "\(part.folder)/\(path) / \(group["description"]?.string ?? "") / \(test)"
          if error == nil { passed += 1 } else { failed.append(name) }
          if waived[name] == nil {
            #expect(error == nil, "\(name): \(error ?? "")")
          } else {
            #expect(error != nil, "\(name) passes; take it off the list")
          }
        }
      }
    }
    print("\(part.folder): \(passed) passed, \(failed.count) failed")
  }

  /// Runs a group and returns for each test what is wrong with its outcome.
  static func run(
    _ group: JSONValue,
    options: SchemaOptions
  ) -> [(test: String, error: String?)] {
    let tests = group["tests"].map { Array($0.elements) } ?? []
    let schema: Schema
    do {
      let text = group["schema"]?.bytes ?? []
      schema = try Schema.compile(try JSONDocument.parse(text), options: options)
    } catch {
      return tests.map { ($0["description"]?.string ?? "", "does not compile: \(error)") }
    }
    return tests.map { test in
      let name = test["description"]?.string ?? ""
      guard let data = test["data"], let expected = test["valid"]?.bool else {
        return (name, "malformed test")
      }
      let verdict = schema.isValid(data)
      if verdict != expected { return (name, "expected \(expected), found \(verdict)") }
      let violations = schema.violations(of: data)
      if violations.isEmpty != expected {
        return (name, "expected \(expected), found violations \(violations.map(\.message))")
      }
      return (name, nil)
    }
  }
}
