import DrydockExchange
import DrydockKernel

@testable import DrydockReference

/// Drives an integration by hand: hands it inputs, answers its calls, fires its timers.
struct Driver {
  var integration: ReferenceIntegration
  var partners = PaperPartners()
  var now: VirtualInstant
  private(set) var notes: [IntegrationNote] = []
  /// What webhooks were answered with, in order.
  private(set) var responses: [Int] = []
  /// Requests that were sent, in order.
  private(set) var requests: [(partner: PartnerID, request: Request, at: VirtualInstant)] = []
  private(set) var steps = 0
  /// At which step the integration crashes, and whether that step's outputs are lost.
  var crash: (step: Int, losesOutputs: Bool)?
  private var agenda: [(at: VirtualInstant, order: Int, event: Event)] = []
  private var timers: [TimerID: Int] = [:]
  private var counter = 0
  private var exchanges = 0
  /// Rises with each crash: what belongs to an earlier life never comes.
  private var life = 0

  private enum Event {
    case result(CallID, CallResult, life: Int)
    case timer(TimerID, counter: Int, life: Int, background: Bool)
    case webhook(PartnerID, Request)
    case restart
  }

  static let start = VirtualInstant(parsing: "2026-03-02T14:00:00Z") ?? .epoch
  static let store = PartnerID("store")
  static let erp = PartnerID("erp")
  static let warehouse = PartnerID("3pl")
  static let carrier = PartnerID("carrier")
  static let returns = PartnerID("returns")

  static let masterData = MasterData(
    products: [
      .init(sku: "SKU-1", name: "Kettle", price: Money(minorUnits: 1999, currency: .usd))
    ],
    nodes: [.init(name: "east", partner: warehouse)]
  )

  init(
    defects: Set<ReferenceDefect> = [],
    policy: IntegrationPolicy = .init(),
    crash: (step: Int, losesOutputs: Bool)? = nil
  ) {
    integration = ReferenceIntegration(defects: defects)
    now = Self.start
    self.crash = crash
    step(.started(Self.setup(policy: policy)))
  }

  static func setup(policy: IntegrationPolicy = .init()) -> IntegrationSetup {
    func access(
      _ id: PartnerID,
      _ kind: PartnerKind,
      _ dialect: String,
      nodes: [String] = []
    )
      -> PartnerAccess
    {
      PartnerAccess(
        description: PartnerDescription(
          id: id,
          kind: kind,
          dialect: dialect,
          host: "\(id).example"
        ),
        credential: "credential",
        webhookSecret: "secret",
        nodes: nodes
      )
    }
    return IntegrationSetup(
      partners: [
        access(store, .store, "shopify"), access(erp, .erp, "netsuite"),
        access(warehouse, .threePL, "shipbob", nodes: ["east"]),
        access(carrier, .carrier, "easypost"), access(returns, .returns, "loop"),
      ],
      masterData: masterData,
      policy: policy,
      draws: Seed(1).draws(for: "integration")
    )
  }

  // MARK: Time

  /// Lets everything happen that is not a mere poll, up to a bound.
  mutating func settle(_ eventsMax: Int = 2_000) {
    for _ in 0..<eventsMax {
      guard let next = nextIndex(pollsToo: false) else { return }
      play(next)
    }
  }

  /// Lets time pass, polls included.
  mutating func pass(_ duration: Duration) {
    let end = now + duration
    while let next = nextIndex(pollsToo: true), agenda[next].at <= end { play(next) }
    now = max(now, end)
  }

  private func nextIndex(pollsToo: Bool) -> Int? {
    let live = agenda.indices.filter { index in
      guard case .timer(let timer, let counter, let life, let background) = agenda[index].event
      else { return true }
      return timers[timer] == counter && life == self.life && (pollsToo || !background)
    }
    return live.min {
      (agenda[$0].at, agenda[$0].order) < (agenda[$1].at, agenda[$1].order)
    }
  }

  private mutating func play(_ index: Int) {
    let entry = agenda.remove(at: index)
    now = max(now, entry.at)
    switch entry.event {
    case .result(let call, let result, let life):
      if life == self.life { step(.result(call, result)) }
    case .timer(let timer, _, _, _):
      timers[timer] = nil
      step(.timer(timer))
    case .webhook(let partner, let request): deliver(partner, request)
    case .restart: step(.restarted)
    }
  }

  private mutating func plan(_ event: Event, after delay: Duration) {
    counter += 1
    agenda.append((now + delay, counter, event))
  }

  // MARK: Steps

  private mutating func step(_ input: IntegrationInput) {
    var outputs: [IntegrationOutput] = []
    integration.receive(input, at: now, into: &outputs)
    steps += 1
    let isCrash = crash.map { $0.step == steps } ?? false
    if !isCrash || crash?.losesOutputs == false { perform(outputs) }
    if isCrash { die(input) }
  }

  private mutating func die(_ input: IntegrationInput) {
    integration.crash()
    life += 1
    plan(.restart, after: .seconds(30))
    // A platform whose webhook was not answered sends it again.
    if case .webhook(_, let partner, let request) = input {
      plan(.webhook(partner, request), after: .seconds(60))
    }
  }

  private mutating func perform(_ outputs: [IntegrationOutput]) {
    for output in outputs {
      switch output {
      case .call(let call, let partner, let request, _):
        requests.append((partner, request, now))
        let result = partners.answer(partner, request)
        plan(.result(call, result, life: life), after: .milliseconds(200))
      case .respond(_, let response): responses.append(response.status)
      case .wake(let timer, let after, let background):
        counter += 1
        timers[timer] = counter
        agenda.append(
          (
            now + after, counter,
            .timer(timer, counter: counter, life: life, background: background)
          )
        )
      case .note(let note): notes.append(note)
      }
    }
  }

  // MARK: Webhooks

  private mutating func deliver(_ partner: PartnerID, _ request: Request) {
    exchanges += 1
    step(.webhook(ExchangeID(exchanges), from: partner, request))
  }

  /// Sends a webhook of the store, signed unless said otherwise.
  mutating func storeSends(
    _ topic: String,
    _ body: String,
    delivery: String = "d1",
    signature: String? = nil
  ) {
    let signed = Base64.encode(HMAC.sha256(Array(body.utf8), key: Array("secret".utf8)))
    deliver(
      Self.store,
      Request(
        "POST",
        host: "integration.example",
        target: "/webhooks/store",
        headers: [
          "X-Shopify-Topic": topic, "X-Shopify-Webhook-Id": delivery,
          "X-Shopify-Hmac-Sha256": signature ?? signed,
        ],
        body: Array(body.utf8)
      )
    )
  }

  /// Sends a webhook of the 3PL.
  mutating func warehouseSends(_ topic: String, _ body: String, delivery: String = "msg_1") {
    let message = Array("\(delivery).1.\(body)".utf8)
    let signature = Base64.encode(
      HMAC.sha256(message, key: Base64.decode("secret") ?? Array("secret".utf8)),
      padding: false
    )
    deliver(
      Self.warehouse,
      Request(
        "POST",
        host: "integration.example",
        target: "/webhooks/3pl",
        headers: [
          "webhook-id": delivery, "webhook-timestamp": "1",
          "webhook-signature": "v1,\(signature)", "x-webhook-topic": topic,
        ],
        body: Array(body.utf8)
      )
    )
  }

  /// Sends a webhook of the carrier with scans.
  mutating func carrierSends(_ scans: [(String, String)], delivery: String) {
    let body =
      #"{"id":"\#(delivery)","description":"tracker.updated","result":\#(partners.tracker(scans))}"#
    let signature = Hex.encode(HMAC.sha256(Array(body.utf8), key: Array("secret".utf8)))
    deliver(
      Self.carrier,
      Request(
        "POST",
        host: "integration.example",
        target: "/webhooks/carrier",
        headers: ["X-Hmac-Signature": "hmac-sha256-hex=\(signature)"],
        body: Array(body.utf8)
      )
    )
  }

  /// Sends a webhook of the returns platform.
  mutating func returnsSends(_ body: String) {
    let signature = Base64.encode(HMAC.sha256(Array(body.utf8), key: Array("secret".utf8)))
    deliver(
      Self.returns,
      Request(
        "POST",
        host: "integration.example",
        target: "/webhooks/returns",
        headers: ["X-Loop-Signature": signature],
        body: Array(body.utf8)
      )
    )
  }

  // MARK: The happy path

  static let scans = [
    ("2026-03-02T18:00:00Z", "in_transit"), ("2026-03-04T12:00:00Z", "delivered"),
  ]

  /// Plays an order from placing to delivery.
  mutating func playOrder() {
    storeSends("orders/create", partners.order())
    settle()
    warehouseSends("order.shipped", partners.order3PL("SHOP-1001", shipped: true))
    settle()
    carrierSends([Self.scans[0]], delivery: "evt_1")
    settle()
    carrierSends(Self.scans, delivery: "evt_2")
    settle()
  }

  /// Plays a return of one unit, from asking to settlement.
  mutating func playReturn(exchange: String = "") {
    returnsSends(partners.loopReturn(exchange: exchange))
    settle()
    warehouseSends(
      "return.completed",
      partners.receipt("RMA-6042537-1001", status: "Completed"),
      delivery: "msg_2"
    )
    settle()
  }

  /// The record of the one order.
  var order: OrderRecord? { integration.journal[OrderKey(number: 1001)] }

  /// How many notes of a kind there are.
  func count(_ kind: IntegrationNote.Kind) -> Int { notes.count { $0.kind == kind } }

  /// How many calls begin with a text such as `erp PUT`.
  func calls(_ start: String) -> Int { partners.calls.count { $0.hasPrefix(start) } }
}
