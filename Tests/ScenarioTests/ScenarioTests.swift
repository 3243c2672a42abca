import DrydockContracts
import DrydockKernel
import DrydockPlayer
import DrydockReference
import DrydockReports
import DrydockScenarios
import DrydockVerification
import Foundation
import Testing

/// Every story of the package, played against the reference integration.
@Suite("Scenarios", .timeLimit(.minutes(10)))
struct ScenarioTests {
  private let player = ScenarioPlayer(catalog: PackageFiles.catalog)

  @Test("there are at least two dozen, and the contracts are sound")
  func package() {
    #expect(PackageFiles.scenarios.count >= 24)
    #expect(PackageFiles.catalog.diagnostics.isEmpty)
    #expect(PackageFiles.catalog.contracts.count > 100)
  }

  @Test("passes, twice with the same digest", arguments: PackageFiles.scenarios)
  func passes(path: String) throws {
    let scenario = try PackageFiles.scenario(path)
    let first = player.play(scenario, against: ReferenceIntegration())
    let report = TextReport().details(of: first)
    #expect(first.verdict.outcome == .passed, "\(report)")
    #expect(first.verdict.messages.violating == 0)
    #expect(!scenario.title.isEmpty && !scenario.because.isEmpty)
    let second = player.play(scenario, against: ReferenceIntegration())
    #expect(first.verdict.digest == second.verdict.digest)
  }

  @Test("another seed is another run of the same story")
  func seeds() throws {
    let scenario = try PackageFiles.scenario("Scenarios/integration/everything-misbehaves.json")
    let digests = (1...3).map { seed in
      player.play(scenario, seed: Seed(UInt64(seed)), against: ReferenceIntegration())
        .verdict.digest
    }
    #expect(Set(digests).count == 3)
  }

  @Test("digests are those of the golden file, on every platform and in every configuration")
  func goldenDigests() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/digests.txt")
    let lines = try PackageFiles.scenarios.map { path in
      let run = player.play(try PackageFiles.scenario(path), against: ReferenceIntegration())
      return "\(run.verdict.digest) \(path)"
    }
    let text = lines.joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    #expect(golden.split(separator: "\n") == text.split(separator: "\n"))
  }
}
