import DrydockJSON
import DrydockSchema

/// Test files in the layout of the official JSON Schema test suite.
///
///     [{"description", "schema", "tests": [{"description", "data", "valid"}]}]
///
/// - Source: json-schema-org/JSON-Schema-Test-Suite, `test-schema.json`.
struct SchemaSuite: Sendable {
  var resources: [String: JSONDocument]
  var assertsFormat: Bool
  /// The dialect of schemas without `$schema`; told by the file's folder where nobody says.
  var dialect: SchemaDialect?

  /// What came of a file.
  struct Outcome: Sendable {
    var passed = 0
    var skipped = 0
    /// One line each: which test, what was expected and what came.
    var failures: [String] = []
    /// Why tests were skipped.
    var reasons: [String] = []

    fileprivate mutating func skip(_ count: Int, _ reason: String) {
      skipped += count
      if !reasons.contains(reason) { reasons.append(reason) }
    }
  }

  /// Runs a file's tests; what is no test is skipped, with the reason.
  func run(_ file: JSONDocument, path: String) -> Outcome {
    var outcome = Outcome()
    guard file.root.kind == .array else {
      outcome.skip(1, "no array of groups of tests")
      return outcome
    }
    let dialect: SchemaDialect
    switch (self.dialect, SchemaSuite.dialect(ofFolder: path)) {
    case (let chosen?, _): dialect = chosen
    case (nil, .known(let told)): dialect = told
    case (nil, .unsupported(let name)):
      let count = file.root.elements.reduce(0) { $0 + ($1["tests"]?.count ?? 1) }
      outcome.skip(count, "dialect \(name) is not supported")
      return outcome
    }
    for group in file.root.elements { run(group, dialect, &outcome) }
    return outcome
  }

  private func run(_ group: JSONValue, _ dialect: SchemaDialect, _ outcome: inout Outcome) {
    let title = group["description"]?.string ?? "group without description"
    guard let source = group["schema"], let tests = group["tests"], tests.kind == .array else {
      return outcome.skip(1, "'\(title)' has no schema and tests")
    }
    let schema: Schema
    do {
      let options = SchemaOptions(
        assertsFormat: assertsFormat,
        resources: resources,
        dialect: dialect,
        assertsContent: true
      )
      schema = try Schema.compile(
        try SchemaFiles.parse(source.bytes, file: title),
        options: options
      )
    } catch let error as SchemaError {
      let reason = error.problems.first?.message ?? "unknown reason"
      for test in tests.elements {
        outcome.failures.append("\(title) / \(name(of: test)): no schema: \(reason)")
      }
      return
    } catch {
      return outcome.skip(tests.count, "'\(title)' cannot be read")
    }
    for test in tests.elements { run(test, of: title, schema, &outcome) }
  }

  private func run(
    _ test: JSONValue,
    of title: String,
    _ schema: Schema,
    _ outcome: inout Outcome
  ) {
    guard let data = test["data"], let expected = test["valid"]?.bool else {
      return outcome.skip(1, "'\(title)' has a test without data and verdict")
    }
    let violations = schema.violations(of: data).filter { $0.level == .error }
    let found = schema.isValid(data)
    if found == expected, violations.isEmpty == expected {
      outcome.passed += 1
      return
    }
    let reason = violations.first.map { ": '\($0.pointer)': \($0.message)" } ?? ""
    let verdicts = [true: "valid", false: "invalid"]
    outcome.failures.append(
      "\(title) / \(name(of: test)): expected \(verdicts[expected] ?? ""), found"
        + " \(verdicts[found] ?? "")\(reason)"
    )
  }

  private func name(of test: JSONValue) -> String {
    test["description"]?.string ?? "test without description"
  }

  // MARK: Dialects

  private enum Told {
    case known(SchemaDialect)
    case unsupported(String)
  }

  /// Tells the dialect by the suite's folder names; draft 2020-12 where none occurs.
  private static func dialect(ofFolder path: String) -> Told {
    for folder in path.split(separator: "/").reversed() {
      switch folder {
      case "draft2020-12": return .known(.draft202012)
      case "draft2019-09": return .known(.draft201909)
      case "draft7", "draft6": return .known(.draft07)
      case "draft3", "draft4", "draft-next": return .unsupported(String(folder))
      default: continue
      }
    }
    return .known(.draft202012)
  }
}
