import DrydockContracts
import DrydockExchange
import DrydockKernel
import DrydockPlayer
import DrydockRecordings
import DrydockReports
import DrydockVerification

/// `drydock verify`: judges recorded exchanges with the same contracts and rules as simulated ones.
enum VerifyCommand: Subcommand {
  static let syntax = CommandSyntax(
    name: "verify",
    summary: "Judge recorded exchanges against contracts and order rules.",
    operands: "RECORDING…",
    operandHelp:
      "RECORDING is a native recording (JSON Lines) or a HAR file; '-' reads standard input.\n"
      + "All recordings together are one story: an order may begin in one and end in another.",
    options: [
      OptionSyntax("--contracts", "DIR", "The folder of contracts; Contracts unless given."),
      Workspace.pinOption,
      OptionSyntax(
        "--format",
        "FORM",
        "What standard output gets.",
        choices: ["text", "json", "junit"]
      ),
      OptionSyntax("--report", "DIR", "Write index.html, junit.xml and report.jsonl there."),
      OptionSyntax("--all", "Show every finding and every rule that was not judged."),
      OptionSyntax("--quiet", "Print the closing line and nothing else."),
    ],
    examples: [
      ("drydock verify Recordings/shopify/order-to-refund.jsonl", "Judges one recording."),
      ("zcat night.jsonl.gz | drydock verify -", "Judges what another tool writes."),
    ],
    operandsMin: 1
  )

  static func run(_ arguments: Arguments, _ console: Console) async -> ExitCode {
    guard let catalog = Workspace.catalog(arguments, console) else { return .badInput }
    var recordings: [Recording] = []
    var isSound = true
    for path in arguments.operands {
      do {
        let (recording, diagnostics) = RecordingReader.read(try Files.read(path), file: path)
        for diagnostic in diagnostics { console.complain(diagnostic) }
        if diagnostics.contains(where: { $0.severity == .error }) { isSound = false }
        if let recording { recordings.append(recording) }
      } catch {
        console.complain(error)
        isSound = false
      }
    }
    guard !recordings.isEmpty else { return .badInput }
    let assembly = TraceAssembler(catalog: catalog).assemble(recordings)
    let verdict = Verifier(catalog: catalog).judge(assembly.trace)
    let names = arguments.operands.joined(separator: " ")
    let run = JudgedRun(
      file: names,
      title: recordings.map(\.title).joined(separator: ", "),
      seed: nil,
      trace: assembly.trace,
      verdict: verdict,
      reproduce: "drydock verify \(names)"
    )
    let redactor = Redactor { catalog.confidential(of: $0, answered: $1) }
    let shown = ReportRedaction(redactor).redacted(run, showsMessages: arguments.has("--report"))
    write(shown, assembly, arguments, console)
    if let folder = arguments["--report"] {
      do {
        try writeReports(shown, to: folder)
      } catch {
        console.complain(error)
        isSound = false
      }
    }
    if !isSound { return .badInput }
    switch verdict.outcome {
    case .passed: return .passed
    case .failed: return .failed
    case .inconclusive: return .inconclusive
    }
  }

  private static func write(
    _ run: JudgedRun,
    _ assembly: TraceAssembler.Assembly,
    _ arguments: Arguments,
    _ console: Console
  ) {
    let isQuiet = arguments.has("--quiet")
    switch arguments["--format"] ?? "text" {
    case "json": console.write(String(decoding: JSONReport.line(of: run), as: UTF8.self))
    case "junit": console.write(String(decoding: JUnitReport.bytes(of: [run]), as: UTF8.self))
    default:
      let report = RecordingReport(
        isColoured: console.isOutputTerminal,
        showsAll: arguments.has("--all")
      )
      if !isQuiet { console.write(report.account(of: run, strangers: assembly.strangers)) }
      console.line(report.closing(of: run))
    }
  }

  private static func writeReports(_ run: JudgedRun, to folder: String) throws(Diagnostic) {
    try Files.write(JSONReport.line(of: run), to: folder + "/report.jsonl")
    try Files.write(JUnitReport.bytes(of: [run]), to: folder + "/junit.xml")
    try Files.write(
      HTMLReport.bytes(of: [run], producer: DrydockCommandLine.producer),
      to: folder + "/index.html"
    )
  }
}
