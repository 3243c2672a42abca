import DrydockJSON
import DrydockKernel
import DrydockSchema
import Foundation
import Testing

/// Makes examples of every schema of the official suite, as far as it lies beside the package.
///
/// The suite says which documents are valid, so it says of most schemas that there are some.
@Suite("Examples of the official suite's schemas", .timeLimit(.minutes(10)))
struct ExampleSuiteTests {
  /// How often the search may give up, all of them on defects.
  private static let gaveUpMax = [
    "draft2020-12": 23, "draft2020-12/optional": 1,
  ]

  /// What became of asking for examples.
  struct Count {
    var schemas = 0
    var documents = 0
    var impossible = 0
    /// How often the search gave up, by what was asked and the file of the suite.
    var gaveUp: [String: Int] = [:]
    /// The schemas of which it gave up, by what was asked.
    var names: [String] = []

    mutating func add(_ answer: ExampleGenerator.Answer, _ what: String, _ file: String) {
      switch answer {
      case .document: documents += 1
      case .impossible: impossible += 1
      case .gaveUp(let reason): gaveUp["\(what) \(file) \(reason.rawValue)", default: 0] += 1
      }
    }

    var table: String {
      gaveUp.sorted { $0.key < $1.key }.map { "  \($0.value) × \($0.key)\n" }.joined()
    }
  }

  private static func isValid(_ node: JSONNode, _ schema: Schema) -> Bool {
    guard let document = try? JSONDocument.parse(node.bytes()) else { return false }
    return schema.isValid(document.root)
  }

  private static func examine(
    _ schema: Schema,
    _ options: SchemaOptions,
    _ name: String,
    _ file: String,
    isSatisfiable: Bool,
    _ count: inout Count
  ) {
    let generator = ExampleGenerator(schema, options: options)
    count.schemas += 1
    for shape in ExampleGenerator.Shape.allCases {
      let answer = generator.answer(shape)
      count.add(answer, shape.rawValue, file)
      if case .gaveUp = answer { count.names.append("\(shape.rawValue) \(name)") }
      if let document = answer.document {
        #expect(isValid(document, schema), "\(name): \(document)")
      } else if isSatisfiable {
        #expect(answer != .impossible, "\(name): the suite has a valid document")
      }
    }
    for document in generator.drawn(2, seed: Seed(7)) {
      count.documents += 1
      #expect(isValid(document, schema), "\(name): \(document)")
    }
    for (keyword, answer) in generator.defects(max: 20) {
      count.add(answer, "defect", file)
      if case .gaveUp = answer { count.names.append("defect \(name) \(keyword)") }
      guard let document = answer.document else { continue }
      #expect(!isValid(document, schema), "\(name) \(keyword): \(document)")
    }
  }

  @Test("are checked documents or a stated reason", arguments: OfficialSuiteTests.parts)
  func suite(part: OfficialSuiteTests.Part) throws {
    guard let suite = SharedSuites.suite("json-schema-test-suite") else { return }
    let resources = try OfficialSuiteTests.resources(suite)
    let folder = suite.appending(path: "tests").appending(path: part.folder)
    var count = Count()
    for (path, url) in SharedSuites.jsonFiles(below: folder) where !path.contains("/") {
      let options = part.options(resources)
      for group in try SharedSuites.document(at: url).root.elements {
        guard let node = group["schema"], let document = try? JSONDocument.parse(node.bytes),
          let schema = try? Schema.compile(document, options: options)
        else { continue }
        let tests = group["tests"].map { Array($0.elements) } ?? []
        Self.examine(
          schema,
          options,
          "\(part.folder)/\(path) / \(group["description"]?.string ?? "")",
          path,
          isSatisfiable: tests.contains { test in
            test["valid"]?.bool == true && test["data"].map { schema.isValid($0) } ?? false
          },
          &count
        )
      }
    }
    let gaveUp = count.gaveUp.values.reduce(0, +)
    print(
      "\(part.folder): \(count.schemas) schemas, \(count.documents) documents, "
        + "\(count.impossible) impossible, gave up \(gaveUp) times\n\(count.table)"
    )
    #expect(count.documents > 0)
    #expect(gaveUp <= Self.gaveUpMax[part.folder] ?? 0, "\(count.names.joined(separator: "\n"))")
  }
}
