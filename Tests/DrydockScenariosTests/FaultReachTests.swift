import DrydockExchange
import DrydockFaults
import DrydockKernel
import DrydockScenarios
import DrydockWorld
import Testing

/// What the modules below can do, a scenario can say.
@Suite("Reach of scenarios", .timeLimit(.minutes(10)))
struct FaultReachTests {
  private func read(_ members: String) -> Result<Scenario, ScenarioError> {
    Scenario.read(Array("{ \(members), \(DiagnosticCase.story) }".utf8), file: "story.json")
  }

  private func fault(_ text: String) throws -> Fault {
    try #require(try read("\"faults\": [\(text)]").get().plan.faults.first)
  }

  private func day(_ number: Int, _ hours: Int = 0) throws -> VirtualInstant {
    let start = try #require(VirtualInstant(parsing: "2026-03-02T00:00:00Z"))
    return start + .seconds((number - 1) * 86_400 + hours * 3_600)
  }

  // MARK: Gates

  @Test("'kind' stands for every partner of a role")
  func kind() throws {
    let match = try fault(#"{ "on": "*.http.order-*", "kind": "3pl", "lost": {} }"#).gates.match
    #expect(match.kind == .threePL)
    func isMeant(_ partner: String, _ kind: PartnerKind) -> Bool {
      match.matches(
        Attempt(
          exchange: ExchangeID(1),
          from: .integration,
          to: PartnerID(partner),
          kind: kind,
          channel: .http,
          operation: "order-create",
          entity: "",
          number: 1
        )
      )
    }
    #expect(isMeant("3pl", .threePL) && isMeant("3pl-west", .threePL))
    #expect(!isMeant("erp", .erp))
    let crash = try read(#""crashes": [{ "after": "*.webhook", "kind": "carrier" }]"#).get().plan
    #expect(
      crash.crashes.first?.trigger
        == .afterEffect(Match(kind: .carrier, channel: .webhook), nth: 1)
    )
  }

  @Test("'windows' are several intervals")
  func windows() throws {
    let gates = try fault(
      """
      { "on": "erp", "lost": {}, "windows": [
        { "from": "day 1 09:00", "to": "day 1 10:00" }, { "from": "day 3", "to": "day 4" }
      ] }
      """
    ).gates
    #expect(
      gates.time
        == .windows([
          .init(from: try day(1, 9), to: try day(1, 10)), .init(from: try day(3), to: try day(4)),
        ])
    )
  }

  @Test("'every' and 'for' begin at 'from' and end at 'to'")
  func recurring() throws {
    let open = try fault(#"{ "on": "erp", "lost": {}, "every": "1 day", "for": "2 h" }"#)
    #expect(
      open.gates.time
        == .recurring(every: .seconds(86_400), for: .seconds(7_200), from: try day(1))
    )
    let bounded = try fault(
      """
      { "on": "erp", "lost": {}, "every": "1 day", "for": "2 h", "from": "day 2 22:00",
        "to": "day 5" }
      """
    )
    #expect(
      bounded.gates.time
        == .recurring(
          every: .seconds(86_400),
          for: .seconds(7_200),
          from: try day(2, 22),
          to: try day(5)
        )
    )
  }

  @Test("'for' alone, 'to' alone and 'ramp' make one interval")
  func interval() throws {
    let cases: [(String, TimeGate)] = [
      (#""from": "day 2", "for": "1 day""#, .window(from: try day(2), to: try day(3))),
      (#""to": "day 3""#, .window(from: try day(1), to: try day(3))),
      (#""for": "1 day", "ramp": true"#, .ramp(from: try day(1), to: try day(2))),
      (#""odds": "1/2""#, .always),
    ]
    for (members, gate) in cases {
      #expect(try fault(#"{ "on": "erp", "lost": {}, \#(members) }"#).gates.time == gate)
    }
  }

  // MARK: Actions and settings

  @Test("the tail of a latency has a shape")
  func tail() throws {
    let latency = #"{ "on": "erp", "latency": { "fixed": "1 s", "tail": { "share": "5%"SHAPE } } }"#
    #expect(
      try fault(latency.replacing("SHAPE", with: #", "shape": "0.75""#)).action
        == .latency(
          LatencyFault(
            distribution: .fixed(.seconds(1)),
            tail: .init(share: Ratio(1, 20), shape: Ratio(3, 4))
          )
        )
    )
    #expect(
      try fault(latency.replacing("SHAPE", with: "")).action
        == .latency(
          LatencyFault(distribution: .fixed(.seconds(1)), tail: .init(share: Ratio(1, 20)))
        )
    )
  }

  @Test(
    "what the ERP allows is in its settings",
    arguments: ["billsInAdvance", "creditsBeforeReceipt", "refusesOverissue"]
  )
  func enterprise(name: String) throws {
    for value in [true, false] {
      let plan = try read(#""partners": { "erp": { "\#(name)": \#(value) } }"#).get().plan
      #expect(String(describing: plan.partners).contains("\(name): \(value)"))
    }
  }

  // MARK: The catalogue

  /// Returns a value of a type, as it may be written.
  private func sample(_ type: FaultCatalogue.ValueType) -> String {
    switch type {
    case .count: "2"
    case .duration, .durationRange: #""1 min""#
    case .durations: #"["1 s", "2 s"]"#
    case .ratio: #""5%""#
    case .number: #""2""#
    case .flag: "true"
    case .instant: #""day 2""#
    case .match: #""erp""#
    case .text: #""A""#
    case .word(let words): "\"\(words[0])\""
    case .statusOrWord: "503"
    }
  }

  /// Returns a parameter with a sample, such as `"tail": {"share": "5%"}`.
  private func member(_ parameter: FaultCatalogue.Parameter) -> String {
    let parts = parameter.name.split(separator: ".")
    let value = sample(parameter.type)
    guard parts.count > 1 else { return "\"\(parts[0])\": \(value)" }
    let inner = "{\"\(parts[1])\": \(value)}"
    return "\"\(parts[0])\": \(parts[0] == "windows" ? "[\(inner)]" : inner)"
  }

  /// The ids of what is wrong with a fault, apart from what it lacks.
  private func mistakes(_ fault: String) -> [String] {
    guard case .failure(let error) = read("\"faults\": [\(fault)]") else { return [] }
    return error.diagnostics.map(\.description).filter { !$0.contains("[scenario-missing-member]") }
  }

  @Test("every parameter of the catalogue is read")
  func catalogueIsRead() {
    for parameter in FaultCatalogue.gates {
      let on = parameter.name == "on" ? "" : #""on": "*", "#
      #expect(mistakes("{ \(on)\(member(parameter)), \"lost\": {} }").isEmpty, "\(parameter.name)")
    }
    for entry in FaultCatalogue.entries {
      for parameter in entry.parameters
      where parameter.name != "after" || entry.kind != .authentication {
        let found = mistakes(
          #"{ "on": "erp", "\#(entry.kind.rawValue)": { \#(member(parameter)) } }"#
        )
        #expect(found.isEmpty, "\(entry.kind) \(parameter.name)")
      }
    }
    let replay = #"{ "on": "erp", "authentication": { "flaw": "replayed", "after": "1 min" } }"#
    #expect(mistakes(replay).isEmpty)
  }

  /// The members that a message names as known.
  private func known(_ fault: String) throws -> Set<String> {
    let message = try #require(mistakes(fault).first { $0.contains("unknown member 'zzzzzzzz'") })
    let list = try #require(message.firstMatch(of: /known: (.+) \[/)).1
    return Set(list.split(separator: ", ").map(String.init))
  }

  private func heads(_ parameters: [FaultCatalogue.Parameter]) -> Set<String> {
    Set(parameters.map { String($0.name.prefix { $0 != "." }) })
  }

  @Test("everything that is read is in the catalogue")
  func readIsInCatalogue() throws {
    let gates = try known(#"{ "on": "erp", "lost": {}, "zzzzzzzz": 1 }"#)
    #expect(gates.subtracting(["because", "lost"]) == heads(FaultCatalogue.gates))
    for entry in FaultCatalogue.entries {
      let found = try known(#"{ "on": "erp", "\#(entry.kind.rawValue)": { "zzzzzzzz": 1 } }"#)
      #expect(found == heads(entry.parameters), "\(entry.kind)")
    }
  }
}
