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
    run(runs: 200, repeats: 5)
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

  static func run(runs: Int, repeats: Int) {
    guard case .success(let scenario) = Scenario.read(Array(story.utf8), file: "story") else {
      return print("  the story cannot be read")
    }
    let player = ScenarioPlayer(catalog: catalog())
    let bare = ScenarioPlayer(catalog: ContractCatalog(files: []))
    func way(
      _ label: String,
      _ play: @escaping (Seed) -> String
    ) -> (label: String, body: () -> (units: Int, digest: String)) {
      (
        label,
        {
          var digest = RollingDigest()
          for seed in 1...UInt64(runs) { digest.combine(play(Seed(seed))) }
          return (runs, digest.hex)
        }
      )
    }
    let measurements = Benchmark.compare(
      repeats: repeats,
      [
        way("played and judged") {
          player.play(scenario, seed: $0, against: ReferenceIntegration()).verdict.digest
        },
        way("played and judged, no contracts") {
          bare.play(scenario, seed: $0, against: ReferenceIntegration()).verdict.digest
        },
        way("played") {
          Simulator.run(scenario.plan, seed: $0, against: ReferenceIntegration()).trace.digest.hex
        },
      ]
    )
    for measurement in measurements {
      print("  \(measurement.label.padded(to: 34))\(measurement.rate) runs/s")
    }
    print("  goal 1000 runs/s: \(measurements[0].rate >= 1_000 ? "reached" : "MISSED")")
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
