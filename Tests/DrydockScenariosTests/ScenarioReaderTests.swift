import DrydockKernel
import DrydockScenarios
import Testing

@Suite("Scenario reader", .timeLimit(.minutes(10)))
struct ScenarioReaderTests {
  private static let story = """
    {
      scenario: "A story", // a comment
      "partners": { "3pl": { "nodes": ["east"] } },
      "given": { "stock": [{ "sku": "SKU-1", "node": "east", "onHand": 10 }] },
      "faults": [{ "on": "carrier.webhook", "late": { "by": "1 h" }, "atMost": 1 }],
      "when": [
        {
          "at": "day 1 14:00", "store": "order placed", "order": "A",
          "lines": [{ "sku": "SKU-1", "quantity": 2 }],
        },
      ],
      "then": [{ "order": "A", "reaches": "delivered", "within": "5 days" }]
    }
    """

  private func diagnostics(_ text: String) -> [String] {
    switch Scenario.read(Array(text.utf8), file: "story.json") {
    case .success: []
    case .failure(let error): error.diagnostics.map(\.description)
    }
  }

  @Test("a story with comments and trailing commas is read")
  func reads() throws {
    let scenario = try Scenario.read(Array(Self.story.utf8), file: "story.json").get()
    #expect(scenario.title == "A story")
    #expect(scenario.expectations.count == 1)
    #expect(scenario.seed == Seed(1))
  }

  @Test("several mistakes are reported at once, with places and suggestions")
  func collects() {
    let broken = Self.story.replacing("\"late\"", with: "\"laet\"")
      .replacing("\"order\": \"A\", \"reaches\"", with: "\"order\": \"B\", \"reaches\"")
      .replacing("order placed", with: "order plced")
    #expect(
      diagnostics(broken) == [
        "story.json:5:49: error: unknown fault 'laet' for partner 'carrier'; did you mean 'late'?"
          + " [scenario-unknown-fault]",
        "story.json:8:37: error: unknown step 'order plced' for partner 'store'; did you mean"
          + " 'order placed'? [scenario-unknown-step]",
        "story.json:12:23: error: unknown order 'B' for this entry [scenario-unknown-order]",
      ]
    )
  }

  @Test("a story in which nothing happens is refused")
  func empty() {
    #expect(
      diagnostics("{\"scenario\": \"Nothing\"}") == [
        "story.json:1:1: error: a scenario needs at least one step in 'when'; nothing would happen"
          + " [scenario-empty-story]"
      ]
    )
  }

  @Test("a cut file is refused at every byte and never traps")
  func truncations() {
    let bytes = Array(Self.story.utf8)
    for end in 0..<(bytes.count - 1) {
      guard case .failure(let error) = Scenario.read(Array(bytes[..<end]), file: "cut") else {
        Issue.record("a story cut at byte \(end) was read")
        continue
      }
      #expect(!error.diagnostics.isEmpty)
    }
  }

  @Test("a mutated file is read or refused and never traps")
  func mutations() {
    let bytes = Array(Self.story.utf8)
    let draws = Seed(7).draws(for: "mutations")
    for turn in 0..<2_000 {
      var mutated = bytes
      let place = Int(draws.below(UInt64(bytes.count), .init(attempt: turn, purpose: "place")))
      mutated[place] = UInt8(draws.below(256, .init(attempt: turn, purpose: "byte")))
      _ = Scenario.read(mutated, file: "mutated")
    }
  }
}
