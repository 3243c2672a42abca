import DrydockContracts
import DrydockExchange
import DrydockKernel
import DrydockPlayer
import DrydockReference
import DrydockReports
import DrydockScenarios
import DrydockSimulation
import DrydockVerification
import Foundation

/// Whole runs of one order on the wire: every message rendered, parsed and judged.
enum ScenarioBenchmark {
  static let benchmark = Benchmark(
    name: "scenario",
    summary: "one-order runs a second, every message on the wire"
  ) {
    await run(runs: 200, repeats: 5, cores: ProcessInfo.processInfo.activeProcessorCount)
  }

  /// The same with few runs, for profilers that count every instruction.
  static let few = Benchmark(name: "scenario-few", summary: "five of these runs, once, on one core")
  {
    await run(runs: 5, repeats: 1, cores: 1)
  }

  /// A plain order, from placement to delivery; nothing is polled while it is under way.
  private static let story = """
    {
      "scenario": "One order", "settle": "1 h",
      "policy": { "publishEvery": "7 days", "reconcileEvery": "7 days" },
      "partners": { "3pl": { "nodes": ["east"] } },
      "given": { "stock": [{ "sku": "SKU-1", "node": "east", "onHand": 10 }] },
      "when": [
        {
          "at": "day 1 14:00", "store": "order placed", "order": "A",
          "lines": [{ "sku": "SKU-1", "quantity": 2 }]
        }
      ],
      "then": [{ "order": "A", "reaches": "delivered" }]
    }
    """

  static func run(runs: Int, repeats: Int, cores: Int) async {
    guard case .success(let scenario) = Scenario.read(Array(story.utf8), file: "story") else {
      return print("  the story cannot be read")
    }
    let player = ScenarioPlayer(catalog: catalog())
    let bare = ScenarioPlayer(catalog: ContractCatalog(files: []))
    func way(
      _ label: String,
      on threads: Int,
      _ play: @escaping @Sendable (Seed) -> String
    )
      -> Benchmark.Way
    {
      (label, { (runs, await digest(ofRuns: runs, on: threads, play)) })
    }
    let judged: @Sendable (Seed) -> String = {
      player.play(scenario, seed: $0, against: ReferenceIntegration()).verdict.digest
    }
    let measurements = await Benchmark.compare(
      repeats: repeats,
      [
        way("played and judged, \(cores) cores", on: cores, judged),
        way("played and judged", on: 1, judged),
        way("played and judged, no contracts", on: 1) {
          bare.play(scenario, seed: $0, against: ReferenceIntegration()).verdict.digest
        },
        way("played", on: 1) {
          Simulator.run(scenario.plan, seed: $0, against: ReferenceIntegration()).trace.digest.hex
        },
      ]
    )
    for measurement in measurements {
      print("  \(measurement.label.padded(to: 34))\(measurement.rate) runs/s")
    }
    print("  goal 1000 runs/s: \(measurements[0].rate >= 1_000 ? "reached" : "MISSED")")
  }

  /// Plays runs with the seeds from 1 on, spread over tasks, and returns one digest of them all.
  ///
  /// The digests are joined in the order of the seeds, whichever run ends first.
  private static func digest(
    ofRuns runs: Int,
    on tasks: Int,
    _ play: @escaping @Sendable (Seed) -> String
  ) async -> String {
    @Sendable func part(_ task: Int) -> [(seed: Int, digest: String)] {
      stride(from: task + 1, through: runs, by: tasks).map { ($0, play(Seed(UInt64($0)))) }
    }
    var digests = Array(repeating: "", count: runs)
    if tasks == 1 {
      for (seed, digest) in part(0) { digests[seed - 1] = digest }
    } else {
      await withTaskGroup { group in
        for task in 0..<tasks { group.addTask { part(task) } }
        for await played in group {
          for (seed, digest) in played { digests[seed - 1] = digest }
        }
      }
    }
    var digest = RollingDigest()
    for text in digests { digest.combine(text) }
    return digest.hex
  }

  private static func catalog() -> ContractCatalog {
    let folder = "Contracts"
    var files: [ContractCatalog.File] = []
    let walker = FileManager.default.enumerator(atPath: folder)
    while let path = walker?.nextObject() as? String {
      guard path.hasSuffix(".json"),
        let data = FileManager.default.contents(atPath: "\(folder)/\(path)")
      else { continue }
      files.append(ContractCatalog.File(path: path, bytes: Array(data)))
    }
    return ContractCatalog(files: files)
  }
}
