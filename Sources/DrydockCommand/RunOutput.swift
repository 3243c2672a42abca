import DrydockContracts
import DrydockExchange
import DrydockKernel
import DrydockPlayer
import DrydockRecordings
import DrydockReports
import DrydockScenarios
import DrydockVerification

/// What `drydock run` prints and writes, in the order of the scenarios.
struct RunOutput {
  private let arguments: Arguments
  private let console: Console
  private let text: TextReport
  private let redactor: Redactor
  private var passed = 0
  private var failed = 0
  private var inconclusive = 0
  private var runs: [JudgedRun] = []
  private var lines: LineFile?
  private var trouble: Diagnostic?

  init(_ arguments: Arguments, _ console: Console, _ catalog: ContractCatalog) {
    self.arguments = arguments
    self.console = console
    redactor = Redactor { catalog.confidential(of: $0, answered: $1) }
    text = TextReport(isColoured: console.isOutputTerminal)
  }

  private var format: String { arguments["--format"] ?? "text" }
  private var isQuiet: Bool { arguments.has("--quiet") }

  /// Checks that reports can be written before anything is played.
  mutating func begin() -> Bool {
    guard let folder = arguments["--report"] else { return true }
    do {
      lines = try LineFile(folder + "/report.jsonl")
      return true
    } catch {
      console.complain(error)
      return false
    }
  }

  /// Takes all runs of one scenario.
  mutating func add(_ played: Campaign.Played) {
    // A recording is redacted as it is written, from the messages as they were.
    if let folder = arguments["--record"] {
      for run in played.runs { record(run, in: folder) }
    }
    var played = played
    let redaction = ReportRedaction(redactor)
    played.runs = played.runs.map {
      redaction.redacted($0, showsMessages: arguments.has("--report"))
    }
    for run in played.runs {
      switch run.verdict.outcome {
      case .passed: passed += 1
      case .failed: failed += 1
      case .inconclusive: inconclusive += 1
      }
      if arguments.has("--report") || format == "junit" { runs.append(run) }
      if arguments.has("--report") || format == "json" { write(JSONReport.line(of: run)) }
    }
    if format == "text", !isQuiet { print(played) }
  }

  private func print(_ played: Campaign.Played) {
    guard played.runs.count > 1 else {
      for run in played.runs { printOne(run) }
      return
    }
    let bad = played.runs.filter { $0.verdict.outcome != .passed }
    var digest = RollingDigest()
    for run in played.runs { digest.combine(run.verdict.digest) }
    if bad.isEmpty, let first = played.runs.first, let last = played.runs.last {
      let seeds = "seeds \(first.seed ?? 0)..\(last.seed ?? 0)"
      console.line("passed \(played.scenario.file) \(seeds) \(digest.hex)")
    }
    for run in bad { printOne(run) }
  }

  private func printOne(_ run: JudgedRun) {
    console.line(text.line(of: run))
    if run.verdict.outcome != .passed { console.write(text.details(of: run)) }
  }

  private mutating func write(_ line: [UInt8]) {
    if format == "json", !isQuiet { console.write(String(decoding: line, as: UTF8.self)) }
    do {
      try lines?.append(line)
    } catch {
      // What comes behind half a line could not be read.
      lines = nil
      trouble = trouble ?? error
    }
  }

  private mutating func record(_ run: JudgedRun, in folder: String) {
    let name = (run.file.split(separator: "/").last ?? "run").prefix { $0 != "." }
    let path = "\(folder)/\(name)-\(run.seed ?? 0).jsonl"
    let partner = arguments["--partner"].map { PartnerID($0) }
    let recording = Recording(run.trace, title: run.title, partner: partner)
    do {
      try Files.write(RecordingWriter.bytes(of: recording, redactor: redactor), to: path)
    } catch {
      trouble = trouble ?? error
    }
  }

  /// Prints the closing line, writes the reports and returns the exit code.
  mutating func end() -> ExitCode {
    if format == "junit", !isQuiet {
      console.write(String(decoding: JUnitReport.bytes(of: runs), as: UTF8.self))
    }
    if format == "text" || isQuiet {
      console.line(
        TextReport.summary(passed: passed, failed: failed, inconclusive: inconclusive)
      )
    }
    if let folder = arguments["--report"] { writeReports(to: folder) }
    if let trouble {
      console.complain(trouble)
      return .badInput
    }
    if failed > 0 { return .failed }
    return inconclusive > 0 || passed == 0 ? .inconclusive : .passed
  }

  private mutating func writeReports(to folder: String) {
    do {
      try Files.write(JUnitReport.bytes(of: runs), to: folder + "/junit.xml")
      try Files.write(
        HTMLReport.bytes(of: runs, producer: DrydockCommandLine.producer),
        to: folder + "/index.html"
      )
    } catch {
      trouble = trouble ?? error
    }
  }
}
