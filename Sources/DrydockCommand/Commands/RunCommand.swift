import DrydockContracts
import DrydockKernel
import DrydockPlayer
import DrydockReference
import DrydockReports
import DrydockScenarios
import DrydockVerification

/// `drydock run`: plays scenarios against the reference integration and judges them.
enum RunCommand: Subcommand {
  static let syntax = CommandSyntax(
    name: "run",
    summary: "Play scenarios against an integration, judge them, report.",
    operands: "[SCENARIO…]",
    operandHelp: "SCENARIO is a file or a folder of files; every file in Scenarios/ without one.",
    options: [
      OptionSyntax("--seed", "N", "Play with this seed instead of the scenario's own."),
      OptionSyntax("--seeds", "A..B", "Play with every seed from A to B."),
      OptionSyntax(
        "--defect",
        "NAME",
        "Switch on a defect of the reference integration.",
        choices: ReferenceDefect.allCases.map(\.rawValue),
        repeats: true
      ),
      OptionSyntax(
        "--defects",
        "all",
        "Play each defect and show which rules catch it.",
        choices: ["all"]
      ),
      OptionSyntax(
        "--format",
        "FORM",
        "What standard output gets.",
        choices: ["text", "json", "junit"]
      ),
      OptionSyntax("--report", "DIR", "Write index.html, junit.xml and report.jsonl there."),
      OptionSyntax("--record", "DIR", "Write each run's exchanges there as a recording."),
      OptionSyntax("--partner", "NAME", "Record only what goes to and from this partner."),
      OptionSyntax("--contracts", "DIR", "The folder of contracts; Contracts unless given."),
      Workspace.pinOption,
      OptionSyntax("--shard", "I/N", "Play only the Ith of N parts, from 1."),
      OptionSyntax("--quiet", "Print the closing line and nothing else."),
    ],
    examples: [
      ("drydock run", "Plays every file in Scenarios/."),
      ("drydock run Scenarios/3pl --seeds 1..50", "Plays a folder with fifty seeds."),
      (
        "drydock run Scenarios/3pl/confirms-twice.json --defect no-duplicate-suppression",
        "Shows that the scenario catches the defect."
      ),
    ]
  )

  static func run(_ arguments: Arguments, _ console: Console) async -> ExitCode {
    guard let seeds = seeds(arguments, console), let shard = shard(arguments, console) else {
      return .badInput
    }
    guard let catalog = Workspace.catalog(arguments, console),
      let all = Workspace.scenarios(arguments.operands, console)
    else { return .badInput }
    let player = ScenarioPlayer(catalog: catalog)
    let problems = all.flatMap { player.problems(of: $0) }
    for problem in problems { console.complain(problem) }
    if !problems.isEmpty { return .badInput }
    let scenarios = all.enumerated().filter { $0.offset % shard.count == shard.index }
      .map(\.element)
    let campaign = Campaign(
      player: player,
      scenarios: scenarios,
      seeds: seeds,
      defects: arguments.all("--defect").compactMap { ReferenceDefect(rawValue: $0) },
      tracesKept: arguments.has("--record") ? .max : arguments.has("--report") ? 1 : 0
    )
    if arguments.has("--defects") { return await DefectMatrix(campaign, console).play() }
    var output = RunOutput(arguments, console, catalog)
    let started = output.begin()
    guard started else { return .badInput }
    await campaign.play(progress: { console.progress($0) }) { output.add($0) }
    console.endProgress()
    return output.end()
  }

  /// Returns the seeds asked for; an empty list for each scenario's own.
  private static func seeds(_ arguments: Arguments, _ console: Console) -> [Seed]? {
    if arguments.has("--seed"), arguments.has("--seeds") {
      console.complain("drydock: error: '--seed' and '--seeds' exclude each other [usage]")
      return nil
    }
    if let text = arguments["--seed"] {
      guard let number = UInt64(text) else {
        console.complain("drydock: error: expected a number for '--seed', found '\(text)' [usage]")
        return nil
      }
      return [Seed(number)]
    }
    guard let text = arguments["--seeds"] else { return [] }
    let ends = text.split(separator: ".", omittingEmptySubsequences: true).compactMap { UInt64($0) }
    guard ends.count == 2, ends[0] <= ends[1], ends[1] - ends[0] < 1_000_000 else {
      console.complain(
        "drydock: error: expected a range such as '1..50' for '--seeds', found '\(text)' [usage]"
      )
      return nil
    }
    return (ends[0]...ends[1]).map { Seed($0) }
  }

  private static func shard(
    _ arguments: Arguments,
    _ console: Console
  ) -> (index: Int, count: Int)? {
    guard let text = arguments["--shard"] else { return (0, 1) }
    let parts = text.split(separator: "/").compactMap { Int($0) }
    guard parts.count == 2, parts[0] >= 1, parts[0] <= parts[1], parts[1] <= 100_000 else {
      console.complain(
        "drydock: error: expected a part such as '1/4' for '--shard', found '\(text)' [usage]"
      )
      return nil
    }
    return (parts[0] - 1, parts[1])
  }
}
