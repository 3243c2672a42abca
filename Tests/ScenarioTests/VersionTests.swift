import DrydockContracts
import DrydockExchange
import DrydockKernel
import DrydockPlayer
import DrydockReference
import DrydockReports
import DrydockScenarios
import DrydockVerification
import Testing

/// Scenarios that name versions, and a catalogue that has them or has them not.
@Suite("Versions of scenarios", .timeLimit(.minutes(10)))
struct VersionTests {
  private let player = ScenarioPlayer(catalog: PackageFiles.catalog)

  /// A story of one order whose release must be looked up in a list of orders.
  private func scenario(_ members: String) throws -> Scenario {
    let text = """
      { "scenario": "A story",
      \(members),
        "partners": { "3pl": { "nodes": ["east"] } },
        "given": { "stock": [{ "sku": "SKU-1", "node": "east", "onHand": 10 }] },
        "faults": [{ "on": "3pl.http.order-create", "lost": { "part": "response" }, "atMost": 1 }],
        "when": [{ "at": "day 1 14:00", "store": "order placed", "order": "A",
                   "lines": [{ "sku": "SKU-1" }] }] }
      """
    return try Scenario.read(Array(text.utf8), file: "story.json").get()
  }

  private func play(_ scenario: Scenario) -> JudgedRun {
    player.play(scenario, against: ReferenceIntegration())
  }

  /// The forms in which lists of orders were answered: an array, or an object with pages.
  private func forms(_ run: JudgedRun) -> Set<UInt8> {
    var lists: Set<ExchangeID> = []
    var forms: Set<UInt8> = []
    for event in run.trace.events {
      switch event.content {
      case .sent(let attempt, _)
      where attempt.operation == "orders-list" && attempt.to.name == "3pl":
        lists.insert(attempt.exchange)
      case .answered(let exchange, let response) where lists.contains(exchange):
        if let first = response.body.first { forms.insert(first) }
      default: break
      }
    }
    return forms
  }

  static let next =
    #""versions": [{ "partner": "3pl", "message": "orders-list-response", "to": "2.0" }]"#

  @Test("without an instant a partner speaks the version from the start")
  func fromTheStart() throws {
    let run = play(try scenario(Self.next))
    #expect(run.verdict.outcome == .passed, "\(TextReport().details(of: run))")
    #expect(forms(run) == [UInt8(ascii: "{")])
    #expect(forms(play(try scenario(#""seed": 1"#))) == [UInt8(ascii: "[")])
  }

  @Test("of the shipped stories have both forms in flight")
  func bothInFlight() throws {
    let path = "Scenarios/3pl/pages-of-orders-change-form.json"
    let run = play(try PackageFiles.scenario(path))
    #expect(forms(run) == [UInt8(ascii: "["), UInt8(ascii: "{")])
  }

  @Test("a pinned version judges what a reader of it would see")
  func pins() throws {
    let pinned = try scenario("\(Self.next), \"pins\": {\"shipbob/orders-list-response\": \"1.0\"}")
    let run = play(pinned)
    #expect(run.verdict.outcome == .failed)
    let finding = try #require(run.verdict.errors.first)
    #expect(finding.rule == "contract-violation")
    #expect(finding.message.contains("shipbob/orders-list-response/1.0"))
    // Who plays has the last word.
    let catalog = try PackageFiles.catalog.pinned(["shipbob/orders-list-response": "2.0"])
    let other = ScenarioPlayer(catalog: catalog).play(pinned, against: ReferenceIntegration())
    #expect(other.verdict.outcome == .passed)
    #expect(other.reproduce.hasSuffix(" --seed 1 --pin shipbob/orders-list-response=2.0"))
  }

  @Test(
    "that are not there are reported at their place, and the run fails",
    arguments: [
      (
        #""versions": [{ "partner": "3pl", "message": "orders-list-respones", "to": "2.0" }]"#,
        "2:45: error: no contract for message 'shipbob/orders-list-respones'; did you mean "
          + "'shipbob/orders-list-response'? [scenario-unknown-message]"
      ),
      (
        #""versions": [{ "partner": "3pl", "message": "orders-list-response", "to": "3.0" }]"#,
        "2:75: error: message 'shipbob/orders-list-response' has no version '3.0'; it has 1.0, 2.0"
          + " [scenario-unknown-version]"
      ),
      (
        #""versions": [{ "partner": "3pl", "message": "orders-list-response", "to": "1.0" }]"#,
        "2:75: error: version '1.0' of 'shipbob/orders-list-response' is what the partner speaks "
          + "from the start [scenario-unknown-version]"
      ),
      (
        #""versions": [{ "partner": "store", "apiVersion": "2026-10" }]"#,
        "2:50: error: no message of 'shopify' has a version of its '2026-10'; it has 2026-04, "
          + "2026-07 [scenario-unknown-version]"
      ),
      (
        #""versions": [{ "partner": "store", "apiVersion": "2026-04" }]"#,
        "2:50: error: no message of 'shopify' has an 'upgrade.json' to its '2026-04' "
          + "[scenario-unknown-version]"
      ),
      (
        #"""
        "versions": [{ "partner": "store", "apiVersion": "2026-07" },
          { "partner": "store", "message": "orders-create", "to": "1.1", "at": "day 2 09:00" }]
        """#,
        "3:59: error: 'store' speaks version '1.1' of 'shopify/orders-create' before this and cannot "
          + "go over to '1.1' [scenario-version-goes-back]"
      ),
      (
        #""pins": { "shipbob/order-shipped": "7.0" }"#,
        "2:36: error: message 'shipbob/order-shipped' has no version '7.0'; it has 1.0 "
          + "[scenario-unknown-pin]"
      ),
    ]
  )
  func notThere(members: String, diagnostic: String) throws {
    let scenario = try scenario(members)
    #expect(player.problems(of: scenario).map(\.description) == ["story.json:\(diagnostic)"])
    let run = play(scenario)
    #expect(run.verdict.outcome == .failed)
    #expect(run.verdict.errors.first?.rule == ScenarioPlayer.versionRule)
  }

  @Test("whose upgrade does not apply to a message fail the run and say where")
  func doesNotApply() throws {
    let broken = #"[{ "op": "remove", "path": "/0/nothing" }]"#
    var files = PackageFiles.contractFiles
    let path = "shipbob/orders-list-response/2.0/upgrade.json"
    let index = try #require(files.firstIndex { $0.path == path })
    files[index].bytes = Array(broken.utf8)
    let player = ScenarioPlayer(catalog: ContractCatalog(files: files))
    let run = player.play(try scenario(Self.next), against: ReferenceIntegration())
    #expect(run.verdict.outcome == .failed)
    let finding = try #require(run.verdict.errors.first { $0.rule == ScenarioPlayer.versionRule })
    #expect(finding.message == "'versions/0' could not write orders-list in version 2.0")
    #expect(finding.found == "Contracts/\(path):1: there is nothing at '/0/nothing'")
  }

  @Test("that no message is written in are stale")
  func stale() throws {
    let run = play(
      try scenario(
        #"""
        "versions": [{ "partner": "3pl", "message": "orders-list-response", "to": "2.0",
                       "after": 1000 }]
        """#
      )
    )
    let stale = run.verdict.errors.filter { $0.rule == ScenarioPlayer.staleRule }
    #expect(stale.map(\.message) == ["'versions/0' of the scenario never met a message"])
  }
}
