import DrydockJSON
import DrydockKernel
import DrydockPlayer
import DrydockSchema

/// `drydock schema validate`: JSON Schema by itself, over JSON and JSON Lines files.
enum SchemaCommand: Subcommand {
  static let syntax = CommandSyntax(
    name: "schema",
    summary: "Validate JSON and JSON Lines files against a JSON Schema.",
    operands: "SCHEMA FILE…",
    operandHelp:
      "SCHEMA is a JSON Schema of draft 2020-12. FILE is JSON, or JSON Lines with one instance a\n"
      + "line; '-' reads standard input.",
    options: [
      OptionSyntax("--format", "FORM", "What standard output gets.", choices: ["text", "json"]),
      OptionSyntax("--assert-format", "Take 'format' as an assertion."),
      OptionSyntax("--resource", "FILE", "A schema that '$ref' may name.", repeats: true),
      OptionSyntax("--all", "Print every violation, not only the first of an instance."),
      OptionSyntax("--quiet", "Print the closing line and nothing else."),
    ],
    examples: [
      (
        "drydock schema validate order.schema.json orders.jsonl",
        "Prints one line for each order that breaks the schema."
      )
    ],
    actions: ["validate"],
    operandsMin: 2
  )

  static func run(_ arguments: Arguments, _ console: Console) async -> ExitCode {
    guard let schema = schema(arguments, console) else { return .badInput }
    var output = SchemaOutput(arguments, console)
    for path in arguments.operands.dropFirst() {
      do {
        try validate(path, schema, &output)
      } catch {
        output.unreadable(error)
      }
    }
    return output.end()
  }

  private static func schema(_ arguments: Arguments, _ console: Console) -> Schema? {
    let path = arguments.operands[0]
    var options = SchemaOptions()
    options.assertsFormat = arguments.has("--assert-format")
    do {
      for resource in arguments.all("--resource") {
        let document = try parse(
          try Files.read(resource, atMost: Files.authoredBytesMax),
          file: resource
        )
        options.resources[document.root["$id"]?.string ?? resource] = document
      }
      let document = try parse(
        try Files.read(path, atMost: Files.authoredBytesMax),
        file: path
      )
      do {
        return try Schema.compile(document, options: options)
      } catch {
        for problem in error.problems {
          console.complain(problem.diagnostic(file: path, source: document))
        }
      }
    } catch {
      console.complain(error)
    }
    return nil
  }

  private static func parse(
    _ bytes: [UInt8],
    file: String
  ) throws(Diagnostic) -> JSONDocument {
    do {
      return try JSONDocument.parse(bytes)
    } catch {
      throw error.diagnostic(file: file, bytes: bytes)
    }
  }

  private static func validate(
    _ path: String,
    _ schema: Schema,
    _ output: inout SchemaOutput
  ) throws(Diagnostic) {
    let bytes = try Files.read(path)
    if !isLines(bytes, path: path) {
      output.judge(try parse(bytes, file: path), schema, file: path, record: nil, line: 1)
      return
    }
    var lines = JSONLines()
    lines.append(bytes)
    lines.finish()
    while true {
      let record: JSONLines.Record
      do {
        guard let next = try lines.next() else { return }
        record = next
      } catch {
        throw error.diagnostic(file: path, bytes: bytes)
      }
      do {
        let document = try JSONDocument.parse(record.bytes)
        output.judge(document, schema, file: path, record: record.line, line: record.line)
      } catch {
        var diagnostic = error.diagnostic(file: path, bytes: record.bytes)
        diagnostic.line = record.line
        output.unreadable(diagnostic)
      }
    }
  }

  /// Tells JSON Lines from JSON: by the name, else by a first line that is whole and not alone.
  private static func isLines(_ bytes: [UInt8], path: String) -> Bool {
    if path.hasSuffix(".jsonl") || path.hasSuffix(".ndjson") { return true }
    if path.hasSuffix(".json") { return false }
    guard let end = bytes.firstIndex(of: 0x0A),
      bytes[end...].contains(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) })
    else { return false }
    return (try? JSONDocument.parse(Array(bytes[..<end]))) != nil
  }
}

/// What `drydock schema validate` prints, instance by instance.
struct SchemaOutput {
  private let console: Console
  private let isJSON: Bool
  private let showsAll: Bool
  private let isQuiet: Bool
  private var valid = 0
  private var invalid = 0
  private var broken = 0

  init(_ arguments: Arguments, _ console: Console) {
    self.console = console
    isJSON = arguments["--format"] == "json"
    showsAll = arguments.has("--all") || isJSON
    isQuiet = arguments.has("--quiet")
  }

  mutating func unreadable(_ diagnostic: Diagnostic) {
    broken += 1
    console.complain(diagnostic)
  }

  mutating func judge(
    _ document: JSONDocument,
    _ schema: Schema,
    file: String,
    record: Int?,
    line: Int
  ) {
    guard !schema.isValid(document.root) else {
      valid += 1
      return
    }
    invalid += 1
    guard !isQuiet else { return }
    let violations = schema.violations(of: document.root)
    for violation in showsAll ? violations[...] : violations.prefix(1) {
      let place = document.location(ofOffset: violation.offset)
      let shownLine = line + place.line - 1
      if isJSON {
        write(violation, file: file, record: record ?? 1, line: shownLine, column: place.column)
      } else {
        let more = showsAll || violations.count < 2 ? "" : " (and \(violations.count - 1) more)"
        console.line(
          "\(file):\(shownLine):\(place.column): '\(violation.pointer)': \(violation.message)"
            + " [\(violation.rule)]\(more)"
        )
      }
    }
  }

  private func write(
    _ violation: Violation,
    file: String,
    record: Int,
    line: Int,
    column: Int
  ) {
    var writer = JSONWriter()
    writer.object {
      $0.member("file", file)
      $0.member("record", record)
      $0.member("pointer", violation.pointer.description)
      $0.member("line", line)
      $0.member("column", column)
      $0.member("schemaPointer", violation.schemaPointer)
      $0.member("rule", violation.rule)
      $0.member("message", violation.message)
    }
    console.line(writer.text)
  }

  func end() -> ExitCode {
    if !isJSON { console.line("\(valid) valid, \(invalid) invalid, \(broken) unreadable") }
    if broken > 0 { return .badInput }
    return invalid > 0 ? .failed : .passed
  }
}
