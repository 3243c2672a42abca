import DrydockJSON
import DrydockKernel
import DrydockPlayer
import DrydockSchema
import Foundation

/// `drydock schema validate`: JSON Schema by itself, over JSON and JSON Lines files.
///
///     stream ─▶ batches of lines ─▶ judged, several at once ─▶ printed in order
enum SchemaValidateCommand: Subcommand {
  static let syntax = CommandSyntax(
    name: "schema validate",
    summary: "Validate JSON and JSON Lines files against a JSON Schema.",
    operands: "SCHEMA FILE…",
    operandHelp:
      "SCHEMA is a JSON Schema of draft 2020-12, 2019-09 or draft-07. FILE is JSON, or JSON Lines\n"
      + "with one instance a line; '-' reads standard input. Lines are judged as they come:\n"
      + "files of any size take the same memory.\n\n"
      + "Text and json list violations, one for each defect; json has their fingerprints, which\n"
      + "--allow takes. Flag and basic print the output of JSON Schema 2020-12, section 12: one\n"
      + "object a line for every instance, valid or not.",
    options: [
      OptionSyntax(
        "--format",
        "FORM",
        "What standard output gets.",
        choices: ["text", "json", "flag", "basic"]
      ),
      OptionSyntax("--allow", "FILE", "Violations that are allowed: fingerprints, one a line."),
      OptionSyntax(
        "--assert-format",
        "Take 'format' as an assertion.",
        otherName: "--format-assertion"
      ),
      OptionSyntax("--resource", "FILE", "A schema that '$ref' may name.", repeats: true),
      OptionSyntax("--all", "Print every violation, not only the first of an instance."),
      OptionSyntax("--quiet", "Print the closing line and nothing else."),
      OptionSyntax("--jobs", "N", "How many threads judge lines; as many as there are cores."),
    ],
    exits: [
      (.passed, "every instance is valid, or breaks the schema only as the list allows"),
      (.failed, "some instance is invalid"),
      (.badInput, "an instance is no JSON, or the schema, a file or an option is wrong"),
    ],
    examples: [
      (
        "drydock schema validate order.schema.json orders.jsonl",
        "Prints one line for each order that breaks the schema."
      ),
      (
        "zcat orders.jsonl.gz | drydock schema validate order.schema.json - --quiet",
        "Counts the orders that break the schema."
      ),
      (
        "drydock schema validate order.schema.json order.json --format basic",
        "Prints one object with every keyword that fails, or with all annotations."
      ),
      (
        "drydock schema validate order.schema.json orders.jsonl --allow known.txt",
        "Fails only where an order breaks the schema in a way that known.txt does not name."
      ),
    ],
    operandsMin: 2
  )

  static func run(_ arguments: Arguments, _ console: Console) async -> ExitCode {
    let setup: Setup
    do {
      setup = try Setup(arguments)
    } catch {
      return console.refuse(error)
    }
    var tally = Tally(console: console, setup: setup)
    for path in arguments.operands.dropFirst() {
      let judge = InstanceJudge(
        schema: setup.schema,
        file: path == "-" ? "standard input" : path,
        form: setup.form,
        showsAll: setup.showsAll,
        allowed: setup.allowList?.fingerprints ?? []
      )
      do {
        try await validate(path, judge, jobs: setup.jobs, &tally)
      } catch {
        tally.refuse(error)
      }
    }
    return tally.end()
  }

  private static func validate(
    _ path: String,
    _ judge: InstanceJudge,
    jobs: Int,
    _ tally: inout Tally
  ) async throws(Diagnostic) {
    var stream = try ByteStream(path)
    var first: [UInt8] = []
    let isLines = path.hasSuffix(".json") ? false : try holdsLines(&stream, path, &first)
    if !isLines {
      try stream.readRest(into: &first, atMost: Files.bytesMax)
      var report = InstanceJudge.Report()
      judge.judge(try SchemaFiles.parse(first, file: judge.file), &report)
      tally.add(report)
      return
    }
    var batches = LineBatches(stream, after: first)
    if jobs == 1 {
      while let batch = tally.next(&batches) { tally.add(judge.judge(batch)) }
    } else {
      await judgeAtOnce(&batches, judge, jobs: jobs, &tally)
    }
  }

  /// Judges batches in tasks of their own, at most twice as many as threads, and prints in order.
  private static func judgeAtOnce(
    _ batches: inout LineBatches,
    _ judge: InstanceJudge,
    jobs: Int,
    _ tally: inout Tally
  ) async {
    await withTaskGroup(of: (Int, InstanceJudge.Report).self) { group in
      var waiting: [Int: InstanceJudge.Report] = [:]
      var started = 0
      var printed = 0
      var isAtEnd = false
      while true {
        while !isAtEnd, started - printed < jobs * 2 {
          guard let batch = tally.next(&batches) else {
            isAtEnd = true
            break
          }
          let number = started
          started += 1
          group.addTask { (number, judge.judge(batch)) }
        }
        guard let (number, report) = await group.next() else { return }
        waiting[number] = report
        while let ready = waiting.removeValue(forKey: printed) {
          printed += 1
          tally.add(ready)
        }
      }
    }
  }

  /// Tells JSON Lines from JSON: by the name, else by a first line that is whole and not alone.
  private static func holdsLines(
    _ stream: inout ByteStream,
    _ path: String,
    _ first: inout [UInt8]
  ) throws(Diagnostic) -> Bool {
    if path.hasSuffix(".jsonl") || path.hasSuffix(".ndjson") { return true }
    while try stream.read(atMost: LineBatches.pieceBytes, into: &first) > 0 {
      guard let end = first.firstIndex(of: 0x0A) else {
        if first.count > LineBatches.lineBytesMax { return false }
        continue
      }
      let blank: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
      if first[..<end].allSatisfy({ blank.contains($0) }) { return false }
      guard (try? JSONDocument.parse(Array(first[..<end]))) != nil else { return false }
      if first[end...].contains(where: { !blank.contains($0) }) { return true }
    }
    return false
  }
}

/// What `drydock schema validate` was asked for.
private struct Setup {
  /// The most threads that may be asked for.
  private static let jobsMax = 256

  let schema: Schema
  let form: InstanceJudge.Form
  let showsAll: Bool
  let isForPeople: Bool
  let allowList: AllowList?
  let jobs: Int

  init(_ arguments: Arguments) throws {
    let format = arguments["--format"] ?? "text"
    isForPeople = format == "text"
    showsAll = arguments.has("--all") || format == "json"
    jobs = try Setup.jobs(arguments)
    if arguments.has("--allow"), format == "flag" || format == "basic" {
      throw UsageError(
        message: "'--allow' goes with '--format' text or json, found '\(format)'",
        command: "schema validate"
      )
    }
    allowList = try arguments["--allow"].map { path throws(Diagnostic) in try AllowList(path) }
    var options = SchemaOptions()
    options.assertsFormat = arguments.has("--assert-format")
    options.resources = try SchemaFiles.resources(arguments.all("--resource"))
    let document = try SchemaFiles.parse(arguments.operands[0])
    let path = arguments.operands[0]
    schema = try SchemaFiles.compile(document, file: path, options: options)
    switch format {
    case _ where arguments.has("--quiet"): form = .nothing
    case "json": form = .json
    case "flag": form = .flag
    case "basic":
      form = .basic(try SchemaFiles.outputs(document, file: path, options: options))
    default: form = .text
    }
  }

  private static func jobs(_ arguments: Arguments) throws(UsageError) -> Int {
    guard let text = arguments["--jobs"] else {
      return max(1, ProcessInfo.processInfo.activeProcessorCount)
    }
    guard let jobs = Int(text), (1...jobsMax).contains(jobs) else {
      throw UsageError(
        message: "expected 1 to \(jobsMax) jobs, found '\(text)'",
        command: "schema validate"
      )
    }
    return jobs
  }
}

/// What `drydock schema validate` has printed and counted so far.
private struct Tally {
  let console: Console
  let setup: Setup
  private var valid = 0
  private var invalid = 0
  private var allowed = 0
  private var allowedViolations = 0
  private var used: Set<String> = []
  private var unreadable = 0

  init(console: Console, setup: Setup) {
    self.console = console
    self.setup = setup
  }

  /// Returns the next batch; a line that is too long is counted, and the next one taken.
  mutating func next(_ batches: inout LineBatches) -> LineBatch? {
    while true {
      do {
        return try batches.next()
      } catch {
        refuse(error)
        if error.id != LineBatches.lineTooLong { return nil }
      }
    }
  }

  mutating func add(_ report: InstanceJudge.Report) {
    valid += report.valid
    invalid += report.invalid
    allowed += report.allowed
    allowedViolations += report.allowedViolations
    used.formUnion(report.used)
    if !report.text.isEmpty { console.write(report.text) }
    for diagnostic in report.unreadable { refuse(diagnostic) }
    console.progress("\(valid + invalid + allowed) judged, \(invalid) invalid")
  }

  mutating func refuse(_ diagnostic: Diagnostic) {
    unreadable += 1
    console.endProgress()
    console.complain(diagnostic)
  }

  func end() -> ExitCode {
    console.endProgress()
    for diagnostic in setup.allowList?.unused(used) ?? [] { console.complain(diagnostic) }
    if setup.isForPeople {
      var line = "\(valid) valid, \(invalid) invalid, \(unreadable) unreadable"
      if setup.allowList != nil {
        let violations = allowedViolations == 1 ? "1 violation" : "\(allowedViolations) violations"
        line += ", \(allowed) allowed (\(violations))"
      }
      console.line(line)
    }
    if unreadable > 0 { return .badInput }
    return invalid > 0 ? .failed : .passed
  }
}
