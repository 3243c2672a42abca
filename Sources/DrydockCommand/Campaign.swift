import DrydockExchange
import DrydockKernel
import DrydockPlayer
import DrydockReference
import DrydockReports
import DrydockScenarios
import DrydockVerification

/// Scenarios times seeds, played on all cores and handed on in order.
struct Campaign: Sendable {
  var player: ScenarioPlayer
  var scenarios: [Scenario]
  /// The seeds; each scenario's own where empty.
  var seeds: [Seed]
  var defects: [ReferenceDefect]
  /// How many runs of a scenario keep their traces although they passed; traces are large.
  var tracesKept: Int

  /// All runs of one scenario.
  struct Played: Sendable {
    var scenario: Scenario
    var runs: [JudgedRun]
  }

  /// Plays everything and hands each scenario on when it and all before it are done.
  func play(progress: (String) -> Void, _ done: (Played) -> Void) async {
    await withTaskGroup(of: (Int, Played).self) { group in
      var waiting: [Int: Played] = [:]
      var next = 0
      var started = 0
      let width = 4
      func start() {
        guard started < scenarios.count else { return }
        let position = started
        started += 1
        group.addTask { (position, play(scenarios[position])) }
      }
      for _ in 0..<width { start() }
      while let (position, played) = await group.next() {
        start()
        waiting[position] = played
        while let ready = waiting.removeValue(forKey: next) {
          next += 1
          done(ready)
          progress("\(next) of \(scenarios.count) scenarios")
        }
      }
    }
  }

  /// Plays one scenario with every seed.
  func play(_ scenario: Scenario) -> Played {
    let seeds = seeds.isEmpty ? [scenario.seed] : seeds
    let runs = seeds.enumerated().map { position, seed in
      var run = player.play(
        scenario,
        seed: seed,
        against: ReferenceIntegration(defects: Set(defects)),
        defects: defects.map(\.rawValue)
      )
      if run.verdict.outcome == .passed, position >= tracesKept { run.trace = Trace() }
      return run
    }
    return Played(scenario: scenario, runs: runs)
  }
}
