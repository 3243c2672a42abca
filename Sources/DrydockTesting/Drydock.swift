@_exported public import DrydockContracts
@_exported public import DrydockExchange
@_exported public import DrydockKernel
import DrydockPlayer
@_exported public import DrydockReference
@_exported public import DrydockReports
@_exported public import DrydockScenarios
@_exported public import DrydockVerification

/// Plays scenarios against an integration that lives in the test's own process.
///
///     @Test func confirmsTwice() throws {
///       let run = try Drydock.play("Scenarios/3pl/confirms-twice.json", against: MyIntegration())
///       run.expectPassed()
///     }
///
/// A run is played in virtual time, on the caller's thread, without network, clock or files besides
/// the scenario and the contracts; the same seed gives the same run on every machine.
///
/// Relative paths are looked up from the folder of the calling file upwards, as far as the root of
/// its package; then in Drydock's own package, whose scenarios and contracts play against anybody.
public enum Drydock {
  /// Plays a scenario file once.
  ///
  /// - Parameters:
  ///   - scenario: The scenario file.
  ///   - integration: A new integration, before it started.
  ///   - seed: Where randomness starts; the scenario's own seed unless given.
  ///   - options: What judges the run.
  ///   - filePath: The calling file, from which relative paths are looked up.
  /// - Returns: The run with its trace and its verdict.
  /// - Throws: Every mistake found in the scenario or the contracts, with its place.
  public static func play<System: Integration>(
    _ scenario: String,
    against integration: @autoclosure () -> System,
    seed: UInt64? = nil,
    options: PlayOptions = PlayOptions(),
    filePath: String = #filePath
  ) throws(DrydockError) -> JudgedRun {
    try play(
      Self.scenario(scenario, filePath: filePath),
      against: integration(),
      seed: seed,
      options: options,
      filePath: filePath
    )
  }

  /// Plays a scenario file with every seed of a range, each against an integration of its own.
  ///
  /// - Parameters:
  ///   - scenario: The scenario file.
  ///   - seeds: Where randomness starts in each run.
  ///   - integration: A new integration, before it started; asked for once a run.
  ///   - options: What judges the runs.
  ///   - filePath: The calling file, from which relative paths are looked up.
  /// - Returns: The runs, in the order of the seeds.
  /// - Throws: Every mistake found in the scenario or the contracts, with its place.
  public static func play<System: Integration>(
    _ scenario: String,
    seeds: ClosedRange<UInt64>,
    against integration: @autoclosure () -> System,
    options: PlayOptions = PlayOptions(),
    filePath: String = #filePath
  ) throws(DrydockError) -> [JudgedRun] {
    let scenario = try Self.scenario(scenario, filePath: filePath)
    var options = options
    options.catalog = try catalog(options, filePath: filePath)
    var runs: [JudgedRun] = []
    for seed in seeds {
      runs.append(
        try play(
          scenario,
          against: integration(),
          seed: seed,
          options: options,
          filePath: filePath
        )
      )
    }
    return runs
  }

  /// Plays a scenario that was read before.
  ///
  /// - Parameters:
  ///   - scenario: The scenario.
  ///   - integration: A new integration, before it started.
  ///   - seed: Where randomness starts; the scenario's own seed unless given.
  ///   - options: What judges the run.
  ///   - filePath: The calling file, from which relative paths are looked up.
  /// - Returns: The run with its trace and its verdict.
  /// - Throws: Every mistake found in the contracts or the options, with its place.
  public static func play<System: Integration>(
    _ scenario: Scenario,
    against integration: @autoclosure () -> System,
    seed: UInt64? = nil,
    options: PlayOptions = PlayOptions(),
    filePath: String = #filePath
  ) throws(DrydockError) -> JudgedRun {
    var scenario = scenario
    try options.apply(to: &scenario)
    let player = ScenarioPlayer(catalog: try catalog(options, filePath: filePath))
    let problems = player.problems(of: scenario)
    guard problems.isEmpty else { throw DrydockError(diagnostics: problems) }
    var run = player.play(scenario, seed: seed.map { Seed($0) }, against: integration())
    let played = seed ?? scenario.seed.value
    run.reproduce =
      "Drydock.play(\"\(scenario.file)\", against: \(System.self)(…), seed: \(played))"
    return run
  }

  /// Reads a scenario file.
  ///
  /// - Parameters:
  ///   - file: The scenario file.
  ///   - filePath: The calling file, from which a relative path is looked up.
  /// - Returns: The scenario.
  /// - Throws: Every mistake found in it, with its place.
  public static func scenario(
    _ file: String,
    filePath: String = #filePath
  ) throws(DrydockError) -> Scenario {
    try Workspace(filePath: filePath).scenario(file)
  }

  /// Reads every scenario file of a folder, for a test that is run once for each.
  ///
  ///     @Test(arguments: try Drydock.scenarios(in: "Scenarios/returns"))
  ///     func playsReturns(scenario: Scenario) throws {
  ///       try Drydock.play(scenario, against: MyIntegration()).expectPassed()
  ///     }
  ///
  /// - Parameters:
  ///   - folder: The folder; folders below it count as well.
  ///   - filePath: The calling file, from which a relative path is looked up.
  /// - Returns: The scenarios, sorted by path.
  /// - Throws: Every mistake found in them, with its place.
  public static func scenarios(
    in folder: String,
    filePath: String = #filePath
  ) throws(DrydockError) -> [Scenario] {
    try Workspace(filePath: filePath).scenarios(in: folder)
  }

  /// Reads a folder of contracts, to be kept and given to many plays.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - filePath: The calling file, from which a relative path is looked up.
  /// - Returns: The contracts.
  /// - Throws: Every mistake found in them, with its place.
  public static func contracts(
    in folder: String,
    filePath: String = #filePath
  ) throws(DrydockError) -> ContractCatalog {
    try Workspace(filePath: filePath).contracts(in: folder)
  }

  private static func catalog(
    _ options: PlayOptions,
    filePath: String
  ) throws(DrydockError) -> ContractCatalog {
    if let catalog = options.catalog { return catalog }
    return try Workspace(filePath: filePath).contracts(in: options.contracts)
  }
}
