import DrydockExchange
import DrydockKernel
import DrydockTesting
import Foundation
import Testing

@Suite("Drydock.play", .timeLimit(.minutes(10)))
struct PlayTests {
  static let confirmsTwice = "Scenarios/3pl/confirms-twice.json"

  @Test("plays a scenario of the package and returns run, trace and verdict")
  func plays() throws {
    let run = try Drydock.play(Self.confirmsTwice, against: ReferenceIntegration())
    #expect(run.hasPassed)
    #expect(run.file == Self.confirmsTwice)
    #expect(run.title == "The 3PL confirms the same shipment twice")
    #expect(run.seed == 1)
    #expect(run.verdict.digest == run.trace.digest.hex)
    #expect(run.trace.events.count > 50)
    #expect(run.verdict.orders.map(\.ending) == ["delivered"])
    #expect(run.complaints.isEmpty)
  }

  @Test("plays the same run for the same seed, and another for another")
  func seeds() throws {
    let runs = try Drydock.play(Self.confirmsTwice, seeds: 1...2, against: ReferenceIntegration())
    let again = try Drydock.play(Self.confirmsTwice, against: ReferenceIntegration(), seed: 2)
    #expect(runs.map(\.seed) == [1, 2])
    #expect(runs[0].verdict.digest != runs[1].verdict.digest)
    #expect(runs[1].verdict.digest == again.verdict.digest)
  }

  @Test("gives each seed an integration of its own")
  func integrations() throws {
    var made = 0
    func next() -> CountingIntegration {
      made += 1
      return CountingIntegration(number: made)
    }
    let runs = try Drydock.play(Self.confirmsTwice, seeds: 5...7, against: next())
    let notes = runs.flatMap(\.trace.events).compactMap { event -> String? in
      if case .note(let note) = event.content { note.text } else { nil }
    }
    #expect(notes == ["integration 1", "integration 2", "integration 3"])
  }

  @Test("says how to play a failed run again")
  func reproduces() throws {
    let run = try Drydock.play(Self.confirmsTwice, against: AcknowledgingIntegration(), seed: 7)
    #expect(
      run.reproduce
        == "Drydock.play(\"\(Self.confirmsTwice)\", against: AcknowledgingIntegration(…), seed: 7)"
    )
    #expect(run.complaints[0].contains("  again:    \(run.reproduce)"))
  }

  @Test("reads every scenario of a folder, in order")
  func readsFolder() throws {
    let scenarios = try Drydock.scenarios(in: "Scenarios/3pl/")
    #expect(scenarios.map(\.file) == scenarios.map(\.file).sorted())
    #expect(scenarios.contains { $0.file == Self.confirmsTwice })
    #expect(scenarios.allSatisfy { $0.testDescription == $0.file })
  }

  @Test("judges by the rules and with the contracts that are asked for")
  func judgesByOptions() throws {
    var options = PlayOptions(rules: ["shipment-invoiced-once"])
    options.catalog = try Drydock.contracts(in: "Contracts")
    let run = try Drydock.play(
      Self.confirmsTwice,
      against: ReferenceIntegration(),
      options: options
    )
    #expect(!run.verdict.judged.contains("order-shipped-once"))
    #expect(run.verdict.judged.contains("shipment-invoiced-once"))
  }

  @Test("a rule that is allowed to be broken warns and does not fail the run")
  func allows() throws {
    let rules = Set(
      try Drydock.play(Self.confirmsTwice, against: AcknowledgingIntegration())
        .verdict.errors.map(\.rule)
    ).filter { RuleCatalog.ids.contains($0) }
    let allowed = Dictionary(uniqueKeysWithValues: rules.map { ($0, "it does nothing") })
    let run = try Drydock.play(
      Self.confirmsTwice,
      against: AcknowledgingIntegration(),
      options: PlayOptions(allowed: allowed)
    )
    #expect(Set(run.verdict.errors.map(\.rule)).isDisjoint(with: rules))
    #expect(run.verdict.findings.contains { $0.level == .warning && rules.contains($0.rule) })
  }
}

@Suite("Drydock's files", .timeLimit(.minutes(10)))
struct FileTests {
  @Test("a missing scenario says where it was looked for")
  func missing() throws {
    let error = try #require(throws: DrydockError.self) {
      try Drydock.play("Scenarios/nowhere.json", against: AcknowledgingIntegration())
    }
    let diagnostic = try #require(error.diagnostics.first)
    #expect(error.diagnostics.count == 1)
    #expect(diagnostic.file == "Scenarios/nowhere.json")
    #expect(diagnostic.id == "file-missing")
    #expect(diagnostic.message == "no such file or folder here or above")
    let nearest = "/Tests/DrydockTestingTests/Scenarios/nowhere.json"
    #expect(diagnostic.notes.first?.hasPrefix("looked for /") == true)
    #expect(diagnostic.notes.first?.hasSuffix(nearest) == true)
  }

  @Test("a scenario with mistakes throws all of them")
  func mistakes() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "broken.json",
      #"{ "scenario": "x", "whenn": [], "when": [{ "at": "day 0", "store": "order plced" }] }"#
    )
    let error = try #require(throws: DrydockError.self) {
      try Drydock.scenarios(in: folder.path)
    }
    #expect(
      error.description.replacing(folder.path, with: "F")
        == """
        F/broken.json:1:29: error: unknown member 'whenn' for a scenario; \
        did you mean 'when'? [scenario-unknown-member]
        F/broken.json:1:50: error: expected an instant such as 'day 1 09:00' in 'at', \
        found 'day 0' [scenario-malformed-value]
        F/broken.json:1:68: error: unknown step 'order plced' for partner 'store'; \
        did you mean 'order placed'? [scenario-unknown-step]
        """
    )
  }

  @Test("an empty folder, a missing one and broken contracts throw")
  func folders() throws {
    let folder = try TemporaryFolder()
    #expect(throws: DrydockError.self) { try Drydock.scenarios(in: folder.path) }
    #expect(throws: DrydockError.self) { try Drydock.contracts(in: folder.path + "/none") }
    try folder.write("shopify/x/1.0/contract.json", "{")
    let error = try #require(throws: DrydockError.self) {
      try Drydock.contracts(in: folder.path)
    }
    #expect(error.description.contains("/shopify/x/1.0/contract.json:1:"))
  }

  @Test("a version that the contracts have not is an error with its place")
  func unknownVersion() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "story.json",
      """
      { "scenario": "x", "pins": { "shopify/orders-create": "7.0" },
        "when": [{ "at": "day 1 09:00", "store": "order placed", "order": "A",
                   "lines": [{ "sku": "SKU-1" }] }] }
      """
    )
    let error = try #require(throws: DrydockError.self) {
      try Drydock.play(folder.path + "/story.json", against: AcknowledgingIntegration())
    }
    #expect(
      error.description.replacing(folder.path, with: "F")
        == "F/story.json:1:55: error: message 'shopify/orders-create' has no version '7.0'; "
        + "it has 1.0, 1.1 [scenario-unknown-pin]"
    )
  }

  @Test("an unknown rule in the options is an error with a suggestion")
  func unknownRule() throws {
    let error = try #require(throws: DrydockError.self) {
      try Drydock.play(
        PlayTests.confirmsTwice,
        against: AcknowledgingIntegration(),
        options: PlayOptions(rules: ["order-shiped-once"])
      )
    }
    #expect(
      error.description
        == "\(PlayTests.confirmsTwice): error: unknown rule 'order-shiped-once' for the options; "
        + "did you mean 'order-shipped-once'? [options-unknown-rule]"
    )
  }

  @Test("files beside the test come before those of the package above it")
  func nearestFirst() throws {
    let folder = try TemporaryFolder()
    let own = #"""
      { "scenario": "Nearest", "when": [
        { "at": "day 1 09:00", "store": "order placed", "order": "A",
          "lines": [{ "sku": "SKU-1", "quantity": 1 }] }] }
      """#
    try folder.write("Package.swift", "")
    try folder.write("Tests/Scenarios/3pl/confirms-twice.json", own)
    let calling = folder.path + "/Tests/SomeTests/SomeTests.swift"
    let found = try Drydock.scenario(PlayTests.confirmsTwice, filePath: calling)
    #expect(found.title == "Nearest")
    // What is not there is Drydock's own.
    let other = try Drydock.scenario("Scenarios/orders/plain-order.json", filePath: calling)
    #expect(other.title != "Nearest")
  }
}

/// A folder that goes away with the value.
final class TemporaryFolder {
  let path: String

  init() throws {
    let place = FileManager.default.temporaryDirectory
      .appending(path: "drydock-\(ProcessInfo.processInfo.globallyUniqueString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    path = place.path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func write(_ name: String, _ text: String) throws {
    let place = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(text.utf8).write(to: place)
  }
}
