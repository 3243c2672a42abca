import DrydockExchange
import DrydockKernel
import Testing

@Suite("Traces and their digests")
struct TraceTests {
  private static func instant(_ seconds: Int64) -> VirtualInstant {
    VirtualInstant(nanosecondsSinceEpoch: seconds * 1_000_000_000)
  }

  private static let attempt = Attempt(
    exchange: ExchangeID(1),
    from: .integration,
    to: PartnerID("erp"),
    kind: .erp,
    channel: .http,
    operation: "sales-order-upsert",
    entity: "SHOP-1001",
    number: 1
  )

  private static let request = Request(
    "PUT",
    host: "erp.example",
    target: "/orders/1?x=1",
    headers: ["Accept": "*/*"],
    body: Array("{}".utf8)
  )

  private static let response = Response(200, headers: ["Age": "1"], body: [0x31])

  private static let fact = Fact(
    .orderAccepted,
    by: PartnerID("erp"),
    at: instant(1),
    subject: EntityKey("netsuite.sales-order", 4711),
    order: EntityKey("netsuite.sales-order", 4711),
    links: [.reference("SHOP-1001")],
    parent: .reference("P"),
    lines: [
      FactLine(
        sku: "SKU-1",
        quantity: 2,
        node: "east",
        amount: Money(minorUnits: 5, currency: .usd),
        detail: "restock"
      )
    ],
    amount: Money(minorUnits: 9, currency: .usd),
    detail: "held"
  )

  private static let note = IntegrationNote(
    .deferred,
    order: .reference("SHOP-1001"),
    partner: PartnerID("erp"),
    owner: "finance",
    text: "later"
  )

  private static let effect = FaultEffect(
    fault: "faults/0",
    effect: "lost",
    exchange: ExchangeID(1),
    partner: PartnerID("erp")
  )

  private static let books = BooksSnapshot(
    partner: PartnerID("erp"),
    kind: .erp,
    orders: [
      .init(
        keys: [.reference("SHOP-1001")],
        status: "open",
        lines: [.init(sku: "SKU-1", ordered: 4, shipped: 3, cancelled: 2, returned: 1)],
        total: Money(minorUnits: 1, currency: .usd),
        charged: Money(minorUnits: 2, currency: .usd),
        returned: Money(minorUnits: 3, currency: .usd)
      )
    ],
    stock: [.init(sku: "SKU-1", node: "east", onHand: 1, committed: 2, held: 3, available: 4)],
    returns: [.init(keys: [.reference("R")], status: "open")],
    parcels: [.init(keys: [.tracking("1Z")], status: "lost")]
  )

  /// One event of each kind.
  private static let events: [TraceEvent] = [
    TraceEvent(at: instant(1), .step("store: order placed")),
    TraceEvent(at: instant(2), cause: 0, .sent(attempt, request)),
    TraceEvent(at: instant(3), cause: 1, .arrived(ExchangeID(1))),
    TraceEvent(at: instant(3), cause: 1, .fact(fact)),
    TraceEvent(at: instant(4), cause: 1, .answered(ExchangeID(1), response)),
    TraceEvent(at: instant(4), cause: 1, .fault(effect)),
    TraceEvent(at: instant(5), cause: 1, .concluded(ExchangeID(1), .response(response))),
    TraceEvent(at: instant(5), .note(note)), TraceEvent(at: instant(6), .books(books)),
    TraceEvent(at: instant(7), .quiet), TraceEvent(at: instant(7), .stopped("events")),
  ]

  private static func trace(_ events: [TraceEvent]) -> Trace {
    var trace = Trace()
    for event in events { trace.append(event) }
    return trace
  }

  private static func digest(_ content: TraceEvent.Content) -> String {
    trace([TraceEvent(at: instant(1), content)]).digest.hex
  }

  @Test("appending gives each event its index and keeps the order")
  func indices() {
    var trace = Trace()
    #expect(Self.events.map { trace.append($0) } == Array(0..<Self.events.count))
    #expect(trace.events == Self.events)
  }

  @Test("equal events make equal digests; the same ones in another order do not")
  func order() {
    let digest = Self.trace(Self.events).digest
    #expect(Self.trace(Self.events).digest == digest)
    for place in 1..<Self.events.count {
      var swapped = Self.events
      swapped.swapAt(place - 1, place)
      #expect(Self.trace(swapped).digest != digest, "\(place)")
      #expect(Self.trace(Array(Self.events[..<place])).digest != digest, "\(place)")
    }
  }

  @Test("the digest of a known trace stays what it is")
  func known() {
    #expect(Trace().digest.hex == RollingDigest().hex)
    #expect(Self.trace(Self.events).digest.hex == "5b3f75949386d06e")
  }

  @Test("names and partners are not part of the digest")
  func names() {
    var named = Trace(
      partners: [
        PartnerDescription(id: PartnerID("erp"), kind: .erp, dialect: "netsuite", host: "e")
      ],
      names: [EntityKey("a", "b"): "c"]
    )
    for event in Self.events { named.append(event) }
    #expect(named.digest == Self.trace(Self.events).digest)
  }

  // MARK: Every member counts

  /// Returns the digests of a value with each of some changes made to it, its own first.
  private static func variants<Value>(
    _ value: Value,
    _ changes: [(inout Value) -> Void],
    _ content: (Value) -> TraceEvent.Content
  ) -> [String] {
    [digest(content(value))]
      + changes.map { change in
        var changed = value
        change(&changed)
        return digest(content(changed))
      }
  }

  @Test("instant, cause and kind of an event are in the digest")
  func event() {
    let event = TraceEvent(at: Self.instant(1), cause: 1, .quiet)
    let others = [
      TraceEvent(at: Self.instant(2), cause: 1, .quiet),
      TraceEvent(at: Self.instant(1), cause: 2, .quiet), TraceEvent(at: Self.instant(1), .quiet),
      TraceEvent(at: Self.instant(1), cause: 1, .step("")),
      TraceEvent(at: Self.instant(1), cause: 1, .stopped("")),
    ]
    #expect(Set(([event] + others).map { Self.trace([$0]).digest }).count == 6)
  }

  @Test("every member of an attempt and of a request is in the digest")
  func sent() {
    let attempts = Self.variants(
      Self.attempt,
      [
        { $0.exchange = ExchangeID(2) }, { $0.from = PartnerID("store") },
        { $0.to = PartnerID("3pl") }, { $0.kind = .store }, { $0.channel = .webhook },
        { $0.operation = "x" }, { $0.entity = "x" }, { $0.number = 2 },
      ]
    ) { .sent($0, Self.request) }
    #expect(Set(attempts).count == attempts.count)
    let requests = Self.variants(
      Self.request,
      [
        { $0.method = "POST" }, { $0.host = "x" }, { $0.target = "/" }, { $0.headers = [:] },
        { $0.headers["Accept"] = "x" }, { $0.headers = ["accept": "*/*"] }, { $0.body = [] },
        { $0.headers.append("Accept", "*/*") },
      ]
    ) { .sent(Self.attempt, $0) }
    #expect(Set(requests).count == requests.count)
  }

  @Test("every member of an answer, and how a call ended, is in the digest")
  func answers() {
    let changes: [(inout Response) -> Void] = [
      { $0.status = 201 }, { $0.headers = [:] }, { $0.body = [0x32] }, { $0.body = [] },
    ]
    let answered = Self.variants(Self.response, changes) { .answered(ExchangeID(1), $0) }
    // What the sender got is what was answered, unless a fault has damaged it on the way.
    let concluded = Self.variants(Self.response, changes) {
      .concluded(ExchangeID(1), .response($0))
    }
    let others: [CallResult] = [.connectionRefused, .timedOut, .connectionReset]
    let all = answered + concluded + others.map { Self.digest(.concluded(ExchangeID(1), $0)) }
    #expect(Set(all).count == 13)
    #expect(Self.digest(.answered(ExchangeID(2), Self.response)) != answered[0])
    #expect(Self.digest(.arrived(ExchangeID(1))) != Self.digest(.arrived(ExchangeID(2))))
  }

  @Test("every member of a fact is in the digest")
  func facts() {
    let digests = Self.variants(
      Self.fact,
      [
        { $0.kind = .orderPlaced }, { $0.partner = PartnerID("store") },
        { $0.at = Self.instant(2) },
        { $0.subject = .reference("x") }, { $0.order = nil }, { $0.links = [] },
        { $0.links.append(.reference("x")) }, { $0.parent = nil }, { $0.lines = [] },
        { $0.lines[0].sku = "x" }, { $0.lines[0].quantity = -2 }, { $0.lines[0].node = nil },
        { $0.lines[0].amount = nil }, { $0.lines[0].detail = nil }, { $0.amount = nil },
        { $0.amount = Money(minorUnits: 9, currency: .eur) }, { $0.detail = nil },
      ]
    ) { .fact($0) }
    #expect(Set(digests).count == digests.count)
  }

  @Test("every member of a note and of a fault's effect is in the digest")
  func notes() {
    let notes = Self.variants(
      Self.note,
      [
        { $0.kind = .replayed }, { $0.order = nil }, { $0.partner = nil }, { $0.owner = "" },
        { $0.text = "" },
      ]
    ) { .note($0) }
    #expect(Set(notes).count == notes.count)
    let effects = Self.variants(
      Self.effect,
      [
        { $0.fault = "faults/1" }, { $0.effect = "late" }, { $0.exchange = nil },
        { $0.partner = PartnerID("3pl") }, { $0.fired = false },
      ]
    ) { .fault($0) }
    #expect(Set(effects).count == effects.count)
  }

  @Test("every member of books is in the digest")
  func booksDigest() {
    let digests = Self.variants(
      Self.books,
      [
        { $0.partner = PartnerID("3pl") }, { $0.kind = .store }, { $0.orders = [] },
        { $0.orders[0].keys = [] }, { $0.orders[0].status = "held" }, { $0.orders[0].lines = [] },
        { $0.orders[0].lines[0].sku = "x" }, { $0.orders[0].lines[0].ordered = 9 },
        { $0.orders[0].lines[0].shipped = 9 }, { $0.orders[0].lines[0].cancelled = 9 },
        { $0.orders[0].lines[0].returned = 9 }, { $0.orders[0].total = nil },
        { $0.orders[0].charged = nil }, { $0.orders[0].returned = nil }, { $0.stock = [] },
        { $0.stock[0].sku = "x" }, { $0.stock[0].node = "x" }, { $0.stock[0].onHand = 9 },
        { $0.stock[0].committed = 9 }, { $0.stock[0].held = 9 }, { $0.stock[0].available = 9 },
        { $0.returns = [] }, { $0.returns[0].keys = [] }, { $0.returns[0].status = "x" },
        { $0.returns[0].lines = [.init(sku: "x", ordered: 1)] }, { $0.parcels = [] },
        { $0.parcels[0].keys = [] }, { $0.parcels[0].status = "x" },
      ]
    ) { .books($0) }
    #expect(Set(digests).count == digests.count)
  }

  // MARK: Exchanges

  @Test("an exchange becomes the events it stands for, each caused by its request")
  func exchange() {
    var exchange = Exchange(
      attempt: Self.attempt,
      request: Self.request,
      sentAt: Self.instant(1)
    )
    func events() -> [TraceEvent] {
      var trace = Trace()
      trace.append(TraceEvent(at: Self.instant(0), .step("before")))
      trace.append(exchange)
      return Array(trace.events.dropFirst())
    }
    let sent = TraceEvent(at: Self.instant(1), .sent(Self.attempt, Self.request))
    #expect(events() == [sent])
    exchange.result = .timedOut
    exchange.answeredAt = Self.instant(9)
    let lost = TraceEvent(at: Self.instant(9), cause: 1, .concluded(ExchangeID(1), .timedOut))
    #expect(events() == [sent, lost])
    exchange.arrived = true
    exchange.response = Self.response
    #expect(
      events() == [
        sent, TraceEvent(at: Self.instant(1), cause: 1, .arrived(ExchangeID(1))),
        TraceEvent(at: Self.instant(9), cause: 1, .answered(ExchangeID(1), Self.response)), lost,
      ]
    )
  }
}
