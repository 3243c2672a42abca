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
      + "files of any size take the same memory.",
    options: [
      OptionSyntax("--format", "FORM", "What standard output gets.", choices: ["text", "json"]),
      OptionSyntax("--assert-format", "Take 'format' as an assertion."),
      OptionSyntax("--resource", "FILE", "A schema that '$ref' may name.", repeats: true),
      OptionSyntax("--all", "Print every violation, not only the first of an instance."),
      OptionSyntax("--quiet", "Print the closing line and nothing else."),
      OptionSyntax("--jobs", "N", "How many threads judge lines; as many as there are cores."),
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
    ],
    operandsMin: 2
  )

  /// The most threads that may be asked for.
  private static let jobsMax = 256

  static func run(_ arguments: Arguments, _ console: Console) async -> ExitCode {
    guard let jobs = jobs(arguments) else {
      let found = arguments["--jobs"] ?? ""
      console.complain(
        "drydock: error: expected 1 to \(jobsMax) jobs, found '\(found)' [usage]"
      )
      return .badInput
    }
    guard let schema = schema(arguments, console) else { return .badInput }
    var tally = Tally(console: console, isJSON: arguments["--format"] == "json")
    for path in arguments.operands.dropFirst() {
      let judge = InstanceJudge(
        schema: schema,
        file: path == "-" ? "standard input" : path,
        form: arguments.has("--quiet") ? .nothing : tally.isJSON ? .json : .text,
        showsAll: arguments.has("--all") || tally.isJSON
      )
      do {
        try await validate(path, judge, jobs: jobs, &tally)
      } catch {
        tally.refuse(error)
      }
    }
    return tally.end()
  }

  private static func jobs(_ arguments: Arguments) -> Int? {
    guard let text = arguments["--jobs"] else {
      return max(1, ProcessInfo.processInfo.activeProcessorCount)
    }
    return Int(text).flatMap { (1...jobsMax).contains($0) ? $0 : nil }
  }

  private static func schema(_ arguments: Arguments, _ console: Console) -> Schema? {
    var options = SchemaOptions()
    options.assertsFormat = arguments.has("--assert-format")
    do {
      options.resources = try SchemaFiles.resources(arguments.all("--resource"))
    } catch {
      console.complain(error)
      return nil
    }
    return SchemaFiles.compile(arguments.operands[0], options: options, console)
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

/// What `drydock schema validate` has printed and counted so far.
private struct Tally {
  let console: Console
  let isJSON: Bool
  private var valid = 0
  private var invalid = 0
  private var unreadable = 0

  init(console: Console, isJSON: Bool) {
    self.console = console
    self.isJSON = isJSON
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
    if !report.text.isEmpty { console.write(report.text) }
    for diagnostic in report.unreadable { refuse(diagnostic) }
    console.progress("\(valid + invalid) judged, \(invalid) invalid")
  }

  mutating func refuse(_ diagnostic: Diagnostic) {
    unreadable += 1
    console.endProgress()
    console.complain(diagnostic)
  }

  func end() -> ExitCode {
    console.endProgress()
    if !isJSON { console.line("\(valid) valid, \(invalid) invalid, \(unreadable) unreadable") }
    if unreadable > 0 { return .badInput }
    return invalid > 0 ? .failed : .passed
  }
}
