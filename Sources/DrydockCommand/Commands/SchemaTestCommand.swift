import DrydockJSON
import DrydockKernel
import DrydockPlayer
import DrydockSchema

/// `drydock schema test`: runs test files in the layout of the official JSON Schema test suite.
enum SchemaTestCommand: Subcommand {
  static let syntax = CommandSyntax(
    name: "schema test",
    summary: "Run JSON Schema tests in the layout of the official test suite.",
    operands: "DIR…",
    operandHelp:
      "DIR is a folder of files [{description, schema, tests: [{description, data, valid}]}], or\n"
      + "one such file. Folders named draft2020-12, draft2019-09, draft7 or draft6 tell the\n"
      + "dialect.",
    options: [
      OptionSyntax("--remotes", "DIR", "Documents that '$ref' finds below http://localhost:1234/."),
      OptionSyntax(
        "--format-assertion",
        "Take 'format' as an assertion.",
        otherName: "--assert-format"
      ),
      OptionSyntax(
        "--dialect",
        "DRAFT",
        "The dialect of schemas that name none.",
        choices: ["2020-12", "2019-09", "7"]
      ),
      OptionSyntax("--quiet", "Print failures and the closing line only."),
    ],
    exits: [
      (.passed, "every test that was run passed"),
      (.failed, "some test failed"),
      (.badInput, "there is nothing to run, or an option is wrong"),
      (.inconclusive, "all tests were skipped"),
    ],
    examples: [
      (
        "drydock schema test tests/draft7 --remotes remotes",
        "Prints a line for each file, and each test that fails."
      ),
      (
        "drydock schema test my-tests --dialect 7 --quiet",
        "Prints what fails, and how many tests passed."
      ),
    ],
    operandsMin: 1
  )

  static func run(_ arguments: Arguments, _ console: Console) async -> ExitCode {
    let suite: SchemaSuite
    var paths: [String] = []
    do {
      suite = SchemaSuite(
        resources: try remotes(arguments["--remotes"]),
        assertsFormat: arguments.has("--format-assertion"),
        dialect: arguments["--dialect"].map(dialect)
      )
      for operand in arguments.operands { paths += try files(operand) }
    } catch {
      console.complain(error)
      return .badInput
    }
    var total = SchemaSuite.Outcome()
    for path in paths {
      console.progress(path)
      let outcome = outcome(of: path, suite)
      console.endProgress()
      show(outcome, of: path, isQuiet: arguments.has("--quiet"), console)
      total.passed += outcome.passed
      total.failures += outcome.failures
      total.skipped += outcome.skipped
    }
    console.line(
      "\(total.passed) passed, \(total.failures.count) failed, \(total.skipped) skipped"
    )
    if !total.failures.isEmpty { return .failed }
    return total.passed == 0 ? .inconclusive : .passed
  }

  private static func outcome(of path: String, _ suite: SchemaSuite) -> SchemaSuite.Outcome {
    do {
      let document = try SchemaFiles.parse(try Files.read(path), file: path)
      return suite.run(document, path: path)
    } catch {
      return SchemaSuite.Outcome(skipped: 1, reasons: [error.description])
    }
  }

  private static func show(
    _ outcome: SchemaSuite.Outcome,
    of path: String,
    isQuiet: Bool,
    _ console: Console
  ) {
    if !isQuiet || !outcome.failures.isEmpty {
      let why = outcome.reasons.isEmpty ? "" : ": \(outcome.reasons.joined(separator: "; "))"
      console.line(
        "\(path): \(outcome.passed) passed, \(outcome.failures.count) failed,"
          + " \(outcome.skipped) skipped\(why)"
      )
    }
    for failure in outcome.failures { console.line("  failed: \(failure)") }
  }

  private static func dialect(_ name: String) -> SchemaDialect {
    switch name {
    case "7": .draft07
    case "2019-09": .draft201909
    default: .draft202012
    }
  }

  /// Returns the test files at a path, in order.
  private static func files(_ path: String) throws(Diagnostic) -> [String] {
    guard Files.exists(path) else { throw Files.missing(path) }
    guard Files.isFolder(path) else { return [path] }
    let files = Files.list(path, ending: ".json")
    guard !files.isEmpty else {
      throw Diagnostic(file: path, message: "has no .json file", id: "schema-no-tests")
    }
    return files
  }

  private static func remotes(_ folder: String?) throws(Diagnostic) -> [String: JSONDocument] {
    guard let folder else { return [:] }
    guard Files.isFolder(folder) else { throw Files.missing(folder) }
    var resources: [String: JSONDocument] = [:]
    for path in Files.list(folder, ending: ".json") {
      let name = path.dropFirst(folder.count).drop { $0 == "/" }
      resources["http://localhost:1234/\(name)"] = try SchemaFiles.parse(path)
    }
    return resources
  }
}
