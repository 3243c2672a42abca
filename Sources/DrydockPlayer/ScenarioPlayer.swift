public import DrydockContracts
public import DrydockExchange
public import DrydockKernel
public import DrydockReports
public import DrydockScenarios
import DrydockSimulation
import DrydockVerification

/// Plays a scenario against an integration and judges the run: the one way from story to verdict.
///
///     scenario ─▶ Simulator ─▶ trace ─▶ Verifier ─▶ verdict ─▶ judged run
public struct ScenarioPlayer: Sendable {
  /// The contracts that judge every message.
  public var catalog: ContractCatalog

  /// Creates a player.
  public init(catalog: ContractCatalog) {
    self.catalog = catalog
  }

  /// Plays a scenario once.
  ///
  /// - Parameters:
  ///   - scenario: The story.
  ///   - seed: Where randomness starts; the scenario's own seed unless given.
  ///   - integration: The system under test, before it started.
  ///   - defects: The names of defects that were switched on in it, for the report.
  /// - Returns: The run, its trace and its verdict.
  public func play(
    _ scenario: Scenario,
    seed: Seed? = nil,
    against integration: consuming some Integration,
    defects: [String] = []
  ) -> JudgedRun {
    let seed = seed ?? scenario.seed
    var resolved = (plan: scenario.plan, catalog: catalog)
    var unresolved: [Diagnostic] = []
    do {
      resolved = try scenario.resolved(with: catalog)
    } catch {
      unresolved = error.diagnostics
    }
    let run = Simulator.run(resolved.plan, seed: seed, against: integration)
    let rules =
      scenario.rules.map { chosen in
        RuleCatalog.all.filter { chosen.contains($0.description.id) }
      } ?? RuleCatalog.all
    let verifier = Verifier(catalog: resolved.catalog, rules: rules)
    var verdict = verifier.judge(
      run.trace,
      expectations: scenario.expectations,
      allowing: Set(scenario.allowed.keys)
    )
    report(unresolved, of: run, in: &verdict)
    let stale = run.staleFaults + run.staleVersions + run.staleCrashes
    report(stale: stale, of: run, in: &verdict, defects)
    return JudgedRun(
      file: scenario.file,
      title: scenario.title,
      seed: seed.value,
      defects: defects,
      trace: run.trace,
      verdict: verdict,
      reproduce: command(scenario, seed: seed, defects: defects)
    )
  }

  /// Returns what the contracts cannot give a scenario: versions that are not there.
  ///
  /// A run of such a scenario plays without them and fails.
  public func problems(of scenario: Scenario) -> [Diagnostic] {
    do {
      _ = try scenario.resolved(with: catalog)
      return []
    } catch {
      return error.diagnostics
    }
  }

  /// Reports versions that are not there, and upgrades that did not apply to a message.
  private func report(_ unresolved: [Diagnostic], of run: Run, in verdict: inout Verdict) {
    for diagnostic in unresolved {
      verdict.findings.append(
        Finding(
          rule: Self.versionRule,
          at: run.trace.events.last?.at ?? .epoch,
          message: diagnostic.message,
          expected: "a version that the contracts have",
          found: "none; the scenario was played without it"
        )
      )
    }
    for failure in run.failedVersions {
      verdict.findings.append(
        Finding(
          rule: Self.versionRule,
          at: failure.at,
          message: "'\(failure.id)' could not write \(failure.operation) in version "
            + failure.version,
          expected: "an upgrade that applies to every message",
          found: failure.reason
        )
      )
    }
    if !unresolved.isEmpty || !run.failedVersions.isEmpty { verdict.outcome = .failed }
  }

  /// A fault that met no message tests nothing, and the scenario says that it does.
  ///
  /// With a defect switched on the story may end before the fault's message is sent.
  private func report(
    stale: [String],
    of run: Run,
    in verdict: inout Verdict,
    _ defects: [String]
  ) {
    guard defects.isEmpty else { return }
    for name in stale {
      verdict.findings.append(
        Finding(
          rule: Self.staleRule,
          at: run.trace.events.last?.at ?? .epoch,
          message: "'\(name)' of the scenario never met a message",
          expected: "at least one match",
          found: "none; the scenario no longer tests what it says"
        )
      )
      verdict.outcome = .failed
    }
  }

  /// The id under which a fault that met no message is reported.
  public static let staleRule = "scenario-stale-fault"

  /// The id under which a version that no message could be written in is reported.
  public static let versionRule = "scenario-version-failed"

  private func command(_ scenario: Scenario, seed: Seed, defects: [String]) -> String {
    let pins = catalog.pins.sorted { $0.key < $1.key }.map { " --pin \($0.key)=\($0.value)" }
    let flags = (defects.map { " --defect \($0)" } + pins).joined()
    return "drydock run \(scenario.file) --seed \(seed.value)\(flags)"
  }
}
