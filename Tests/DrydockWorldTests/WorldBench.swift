import DrydockExchange
import DrydockFakes
import DrydockFaults
import DrydockKernel
import DrydockWorld

/// A small world: a store and a carrier, and an integration that does what the test says.
struct WorldBench {
  static let start = VirtualInstant(nanosecondsSinceEpoch: 1_772_409_600_000_000_000)
  static let carrier = PartnerID("carrier")
  static let store = PartnerID("store")

  var integration = ScriptedIntegration()
  var plan = Plan(
    title: "A small world",
    start: start,
    partners: [
      PartnerPlan(id: store, settings: .store(storeSettings)),
      PartnerPlan(id: carrier, settings: .carrier(CarrierSettings())),
    ],
    masterData: MasterData(
      products: [
        .init(sku: "SKU-1", name: "Lamp", price: Money(minorUnits: 1_900, currency: .usd))
      ],
      nodes: [.init(name: "east", partner: PartnerID("3pl"))]
    ),
    settle: .seconds(3_600)
  )

  private static var storeSettings: StoreSettings {
    var settings = StoreSettings()
    settings.updatesAfterCreation = false
    return settings
  }

  // MARK: What a test asks for

  /// Plans a call that has the carrier track a parcel.
  mutating func track(
    _ tracking: String = "9400",
    after: Duration = .seconds(1),
    timeout: Duration = .seconds(30),
    background: Bool = false
  ) {
    integration.calls.append(
      Self.tracking(tracking, after: after, timeout: timeout, background: background)
    )
  }

  static func tracking(
    _ tracking: String,
    after: Duration = .zero,
    timeout: Duration = .seconds(30),
    background: Bool = false
  ) -> ScriptedIntegration.PlannedCall {
    let settings = CarrierSettings()
    let key = Base64.encode(Array("\(settings.credential):".utf8))
    return ScriptedIntegration.PlannedCall(
      after: after,
      partner: carrier,
      request: Request(
        "POST",
        host: settings.host,
        target: "/v2/trackers",
        headers: ["Authorization": "Basic \(key)", "Content-Type": "application/json"],
        body: Array(#"{"tracker":{"tracking_code":"\#(tracking)","carrier":"USPS"}}"#.utf8)
      ),
      timeout: timeout,
      background: background
    )
  }

  /// Plans a step in which a customer places an order.
  mutating func placeOrder(_ number: Int = 1_001, after: Duration = .seconds(60)) {
    let order = StoryCommand.PlacedOrder(
      label: "\(number)",
      number: number,
      lines: [.init(sku: "SKU-1", quantity: 1)]
    )
    plan.story.append(
      StoryStep(
        at: Self.start + after,
        partner: Self.store,
        command: .placeOrder(order),
        text: "order \(number)"
      )
    )
  }

  /// Plans a fault.
  mutating func add(_ action: FaultAction, on match: String, atMost: Int? = nil) {
    var gates = Gates(match: Match(parsing: match) ?? Match())
    gates.atMost = atMost
    plan.faults.append(Fault(id: "faults/\(plan.faults.count)", gates: gates, action: action))
  }

  // MARK: Playing

  /// A run as a test looks at it.
  struct Played {
    var trace: Trace
    var integration: ScriptedIntegration
    var staleFaults: [String]
    var staleVersions: [String]
    var staleCrashes: [String]
  }

  /// Plays the plan to its end, as the simulator does.
  func play(seed: UInt64 = 1) -> Played {
    var integration = integration
    var world = World(plan: plan, seed: Seed(seed))
    while true {
      Self.handOver(&world, &integration)
      world.healWhenCalm()
      if world.nextInstant == nil || world.isQuiet { break }
      world.step()
    }
    world.conclude()
    return Played(
      trace: world.trace,
      integration: integration,
      staleFaults: world.staleFaults,
      staleVersions: world.staleVersions,
      staleCrashes: world.staleCrashes
    )
  }

  static func handOver(_ world: inout World, _ integration: inout ScriptedIntegration) {
    while let delivery = world.takeDelivery() {
      switch delivery {
      case .crash: integration.crash()
      case .input(let input, let background):
        var outputs: [IntegrationOutput] = []
        integration.receive(input, at: world.now, into: &outputs)
        world.accept(outputs, background: background)
      }
    }
  }
}

extension WorldBench.Played {
  /// What reached the integration, without the times.
  var log: [String] { integration.log.map(\.text) }

  /// When things of a kind reached the integration, since its start, in whole seconds.
  func seconds(of text: String) -> [Int64] {
    integration.log.filter { $0.text == text }.map { $0.after.wholeNanoseconds / 1_000_000_000 }
  }

  /// The attempts of an operation, with the instant of sending in whole seconds since the start.
  func sent(_ operation: String) -> [(second: Int64, attempt: Attempt)] {
    trace.events.compactMap { event in
      guard case .sent(let attempt, _) = event.content, attempt.operation == operation else {
        return nil
      }
      return (Self.second(of: event), attempt)
    }
  }

  /// What happened to an exchange, in order: `sent`, `arrived`, `answered 200`, `concluded …`.
  func story(of exchange: ExchangeID) -> [String] {
    trace.events.compactMap { event in
      switch event.content {
      case .sent(let attempt, _) where attempt.exchange == exchange: "sent"
      case .arrived(exchange): "arrived"
      case .answered(exchange, let response): "answered \(response.status)"
      case .concluded(exchange, .response(let response)): "concluded \(response.status)"
      case .concluded(exchange, .timedOut): "concluded timed out"
      case .concluded(exchange, .connectionReset): "concluded reset"
      case .concluded(exchange, .connectionRefused): "concluded refused"
      default: nil
      }
    }
  }

  /// The facts of a kind.
  func facts(_ kind: FactKind) -> [Fact] {
    trace.events.compactMap { event in
      if case .fact(let fact) = event.content, fact.kind == kind { fact } else { nil }
    }
  }

  /// The effects of faults that fired, as `fault: effect`.
  var effects: [String] {
    trace.events.compactMap { event in
      guard case .fault(let effect) = event.content, effect.fired else { return nil }
      return "\(effect.fault): \(effect.effect)"
    }
  }

  /// The notes that the world itself made, as `kind: text`.
  var notes: [String] {
    trace.events.compactMap { event in
      if case .note(let note) = event.content { "\(note.kind.rawValue): \(note.text)" } else { nil }
    }
  }

  /// Why the run was stopped, if it was.
  var stopReason: String? {
    for event in trace.events {
      if case .stopped(let reason) = event.content { return reason }
    }
    return nil
  }

  /// How long the run lasted, in whole seconds.
  var lasted: Int64 { trace.events.last.map(Self.second) ?? 0 }

  static func second(of event: TraceEvent) -> Int64 {
    (event.at - WorldBench.start).wholeNanoseconds / 1_000_000_000
  }
}
