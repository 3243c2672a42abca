import DrydockExchange
import DrydockKernel

/// Builds a trace in the words of the story: what happens, who calls whom, and what is said.
///
///     var story = Story()
///     story.happens(.placed("1001", [2.of()], 20.dollars))
///     story.after("5 min")
///     story.call("sales-order-upsert", at: .erp, telling: [.accepted("so1", "SHOP-1001")])
///     story.quiet()
///
/// A story begins on Monday 2026-03-02. A fact that a call or a webhook tells is in the partner's
/// books as well, unless the story says otherwise.
struct Story {
  var trace = Trace(partners: Story.partners)
  private(set) var now = Story.start
  private var exchanges = 0
  private var attempts: [String: Int] = [:]

  static let start = VirtualInstant(nanosecondsSinceEpoch: 1_772_409_600_000_000_000)

  static let partners: [PartnerDescription] = [
    (PartnerID.store, PartnerKind.store), (.erp, .erp), (.threePL, .threePL), (.carrier, .carrier),
    (.returns, .returns),
  ].map { describe($0.0, $0.1) }

  static func describe(_ id: PartnerID, _ kind: PartnerKind) -> PartnerDescription {
    PartnerDescription(id: id, kind: kind, dialect: kind.rawValue, host: "\(id).example")
  }

  /// How a call ends.
  enum End {
    /// An answer came, applied or not as its status says.
    case status(Int, HeaderFields = [:], body: String = "")
    /// It was applied and the answer was lost.
    case answerLost
    /// It was not applied, and the caller cannot know.
    case requestLost
    /// No connection came up.
    case refused
    /// It never ended.
    case never
  }

  // MARK: Time

  /// Lets time pass.
  mutating func after(_ text: String) {
    now = now + (Duration(parsing: text) ?? .zero)
  }

  /// Goes to a time after the beginning.
  mutating func at(_ text: String) {
    now = Story.start + (Duration(parsing: text) ?? .zero)
  }

  // MARK: What happens

  /// Notes a fact in the books of its partner, without a message.
  mutating func happens(_ facts: Fact...) {
    for fact in facts { record(fact) }
  }

  private mutating func record(_ fact: Fact) {
    trace.append(TraceEvent(at: now, .fact(dated(fact))))
  }

  private func dated(_ fact: Fact) -> Fact {
    var fact = fact
    if fact.at == .epoch { fact.at = now }
    return fact
  }

  /// Lets the integration call a partner; time passes until the call has ended.
  @discardableResult
  mutating func call(
    _ operation: String,
    at partner: PartnerID,
    _ method: String = "POST",
    about entity: String = "",
    headers: HeaderFields = ["X-Correlation-Id": "SHOP-1001"],
    body: String? = nil,
    telling facts: [Fact] = [],
    isInBooks: Bool = true,
    takes duration: Duration = .milliseconds(300),
    ends end: End = .status(200),
    effect: String? = nil,
    isCopy: Bool = false
  ) -> ExchangeID {
    let exchange = next()
    let key = "\(partner) \(operation) \(entity)"
    attempts[key, default: 0] += 1
    let attempt = Attempt(
      exchange: exchange,
      from: .integration,
      to: partner,
      kind: kind(of: partner),
      channel: .http,
      operation: operation,
      entity: entity,
      number: attempts[key] ?? 1
    )
    let request = Request(
      method,
      host: "\(partner).example",
      target: "/calls/\(operation)",
      headers: headers,
      body: Array((body ?? "\(operation) \(entity)").utf8)
    )
    trace.append(TraceEvent(at: now, .sent(attempt, request)))
    if let effect { fault(effect, at: partner, on: exchange) }
    if isCopy { copy(exchange, of: partner) }
    now = now + duration / 2
    answer(end, exchange, facts, isInBooks)
    now = now + duration / 2
    conclude(end, exchange, facts)
    return exchange
  }

  private mutating func answer(
    _ end: End,
    _ exchange: ExchangeID,
    _ facts: [Fact],
    _ isInBooks: Bool
  ) {
    switch end {
    case .requestLost, .refused, .never: return
    case .status, .answerLost: break
    }
    trace.append(TraceEvent(at: now, .arrived(exchange)))
    if isInBooks { for fact in facts { record(fact) } }
    trace.append(TraceEvent(at: now, .answered(exchange, response(end, facts))))
  }

  private mutating func conclude(_ end: End, _ exchange: ExchangeID, _ facts: [Fact]) {
    let result: CallResult
    switch end {
    case .status: result = .response(response(end, facts))
    case .answerLost, .requestLost: result = .timedOut
    case .refused: result = .connectionRefused
    case .never: return
    }
    trace.append(TraceEvent(at: now, .concluded(exchange, result)))
  }

  private func response(_ end: End, _ facts: [Fact]) -> Response {
    if case .status(let status, let headers, let body) = end, status >= 300 || !body.isEmpty {
      return Response(status, headers: headers, body: Array(body.utf8))
    }
    return Response(200, body: TestCatalog.body(facts.map(dated)))
  }

  /// Lets a partner send a webhook; time passes until it was answered.
  @discardableResult
  mutating func webhook(
    from partner: PartnerID,
    _ id: String? = nil,
    telling facts: [Fact] = [],
    isInBooks: Bool = true,
    isSigned: Bool = true,
    arrives: Bool = true,
    takes duration: Duration = .milliseconds(100),
    status: Int? = 200,
    effect: String? = nil
  ) -> ExchangeID {
    let exchange = next()
    let attempt = Attempt(
      exchange: exchange,
      from: partner,
      to: .integration,
      kind: kind(of: partner),
      channel: .webhook,
      operation: "event",
      entity: "",
      number: 1
    )
    var headers: HeaderFields = ["X-Delivery": id ?? "delivery-\(exchange)"]
    if isSigned { headers["X-Signature"] = "c2lnbmVk" }
    if isInBooks { for fact in facts { record(fact) } }
    let request = Request(
      "POST",
      host: "integration.example",
      target: "/webhooks/\(kind(of: partner).rawValue)",
      headers: headers,
      body: TestCatalog.body(facts.map(dated))
    )
    trace.append(TraceEvent(at: now, .sent(attempt, request)))
    if let effect { fault(effect, at: partner, on: exchange) }
    if arrives { trace.append(TraceEvent(at: now, .arrived(exchange))) }
    now = now + duration
    guard arrives, let status else {
      trace.append(TraceEvent(at: now, .concluded(exchange, .timedOut)))
      return exchange
    }
    trace.append(TraceEvent(at: now, .answered(exchange, Response(status))))
    trace.append(TraceEvent(at: now, .concluded(exchange, .response(Response(status)))))
    return exchange
  }

  /// Marks a fault that fired.
  mutating func fault(
    _ effect: String,
    at partner: PartnerID,
    on exchange: ExchangeID? = nil,
    named name: String = "faults/0"
  ) {
    let effect = FaultEffect(fault: name, effect: effect, exchange: exchange, partner: partner)
    trace.append(TraceEvent(at: now, .fault(effect)))
  }

  private mutating func copy(_ exchange: ExchangeID, of partner: PartnerID) {
    fault("injected copy of the request", at: partner, on: exchange, named: "duplicate")
  }

  /// Lets the integration say something.
  mutating func note(
    _ kind: IntegrationNote.Kind,
    order: String? = "1001",
    partner: PartnerID? = nil,
    owner: String = "",
    _ text: String = "something"
  ) {
    let key = order.map { EntityKey("store", $0) }
    let note = IntegrationNote(kind, order: key, partner: partner, owner: owner, text: text)
    trace.append(TraceEvent(at: now, .note(note)))
  }

  /// Lets somebody be asked to look at an order.
  mutating func exception(order: String? = "1001", owner: String = "finance") {
    note(.exceptionQueued, order: order, owner: owner, "somebody has to look")
  }

  /// Notes a partner's books.
  mutating func books(_ books: BooksSnapshot) {
    trace.append(TraceEvent(at: now, .books(books)))
  }

  /// Ends the story: nothing is left to happen.
  mutating func quiet() {
    trace.append(TraceEvent(at: now, .quiet))
  }

  /// Adds a second 3PL.
  mutating func addWest() {
    trace.partners.append(Story.describe(.west, .threePL))
  }

  private mutating func next() -> ExchangeID {
    exchanges += 1
    return ExchangeID(exchanges)
  }

  private func kind(of partner: PartnerID) -> PartnerKind {
    trace.partners.first { $0.id == partner }?.kind ?? .store
  }
}
