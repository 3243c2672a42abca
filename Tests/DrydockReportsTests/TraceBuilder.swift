import DrydockExchange
import DrydockKernel

/// Writes a trace by hand: what happens at which time of which day.
struct TraceBuilder {
  private(set) var trace: Trace
  private(set) var now: VirtualInstant
  private var sent: [Int: TraceIndex] = [:]
  private var next = 1

  /// Monday, 2 March 2026, when runs begin.
  static let begin = VirtualInstant(parsing: "2026-03-02T00:00:00Z") ?? .epoch

  static let partners = [
    PartnerDescription(
      id: PartnerID("store"),
      kind: .store,
      dialect: "shopify",
      host: "acme-dist.myshopify.com"
    ),
    PartnerDescription(
      id: PartnerID("erp"),
      kind: .erp,
      dialect: "netsuite",
      host: "1234567.suitetalk.api.netsuite.com"
    ),
    PartnerDescription(
      id: PartnerID("3pl"),
      kind: .threePL,
      dialect: "shipbob",
      host: "api.shipbob.com"
    ),
    PartnerDescription(
      id: PartnerID("carrier"),
      kind: .carrier,
      dialect: "easypost",
      host: "api.easypost.com"
    ),
    PartnerDescription(
      id: PartnerID("returns"),
      kind: .returns,
      dialect: "loop",
      host: "api.loopreturns.com"
    ),
  ]

  init(partners: [PartnerDescription] = TraceBuilder.partners) {
    trace = Trace(partners: partners)
    now = Self.begin
  }

  /// Goes to a time of a day, from day 0.
  mutating func at(_ day: Int, _ time: String) {
    let midnight = Self.begin + .seconds(86_400 * day)
    let clock = Duration(parsing: time) ?? .zero
    now = midnight + clock
  }

  /// Lets time pass.
  mutating func pass(_ milliseconds: Int) {
    now = now + .milliseconds(milliseconds)
  }

  mutating func add(_ content: TraceEvent.Content, cause: TraceIndex? = nil) {
    trace.append(TraceEvent(at: now, cause: cause, content))
  }

  /// Sends a call of the integration and returns its exchange.
  mutating func call(
    _ partner: String,
    _ operation: String,
    _ method: String = "POST",
    _ target: String = "/",
    entity: String = "SHOP-1001",
    attempt: Int = 1,
    headers: HeaderFields = [:],
    body: String = ""
  ) -> ExchangeID {
    let description = partnerNamed(partner)
    return send(
      from: .integration,
      to: description.id,
      description.kind,
      .http,
      operation,
      entity,
      attempt,
      Request(
        method,
        host: description.host,
        target: target,
        headers: HeaderFields(
          [HeaderField("X-Correlation-Id", "SHOP-1001")] + headers.fields
        ),
        body: Array(body.utf8)
      )
    )
  }

  /// Sends a webhook of a partner and returns its exchange.
  mutating func webhook(
    _ partner: String,
    _ operation: String,
    entity: String = "1001",
    attempt: Int = 1,
    headers: HeaderFields = [:],
    body: String = ""
  ) -> ExchangeID {
    let description = partnerNamed(partner)
    return send(
      from: description.id,
      to: .integration,
      description.kind,
      .webhook,
      operation,
      entity,
      attempt,
      Request(
        "POST",
        host: "integration.example",
        target: "/webhooks/\(partner)",
        headers: headers,
        body: Array(body.utf8)
      )
    )
  }

  private func partnerNamed(_ name: String) -> PartnerDescription {
    trace.partners.first { $0.id.name == name } ?? TraceBuilder.partners[0]
  }

  private mutating func send(
    from: PartnerID,
    to: PartnerID,
    _ kind: PartnerKind,
    _ channel: Channel,
    _ operation: String,
    _ entity: String,
    _ number: Int,
    _ request: Request
  ) -> ExchangeID {
    let id = ExchangeID(next)
    next += 1
    let attempt = Attempt(
      exchange: id,
      from: from,
      to: to,
      kind: kind,
      channel: channel,
      operation: operation,
      entity: entity,
      number: number
    )
    sent[id.number] = trace.append(TraceEvent(at: now, .sent(attempt, request)))
    return id
  }

  /// The request reaches the receiver after a while.
  mutating func arrive(_ exchange: ExchangeID, after milliseconds: Int = 80) {
    pass(milliseconds)
    add(.arrived(exchange), cause: sent[exchange.number])
  }

  /// The receiver answers.
  mutating func answer(_ exchange: ExchangeID, _ status: Int, body: String = "") -> Response {
    let response = Response(
      status,
      headers: ["Content-Type": "application/json", "X-Request-Id": "req-\(exchange)"],
      body: Array(body.utf8)
    )
    add(.answered(exchange, response), cause: sent[exchange.number])
    return response
  }

  /// The sender learns the end.
  mutating func conclude(_ exchange: ExchangeID, _ result: CallResult) {
    add(.concluded(exchange, result), cause: sent[exchange.number])
  }

  /// The request arrives, is answered, and the answer comes back.
  mutating func finish(
    _ exchange: ExchangeID,
    _ status: Int = 200,
    body: String = "",
    facts: [Fact] = []
  ) {
    arrive(exchange)
    for fact in facts { add(.fact(fact)) }
    let response = answer(exchange, status, body: body)
    pass(95)
    conclude(exchange, .response(response))
  }

  /// A fault has an effect on an exchange.
  mutating func fault(
    _ name: String,
    _ effect: String,
    on exchange: ExchangeID,
    _ partner: String,
    fired: Bool = true
  ) {
    add(
      .fault(
        FaultEffect(
          fault: name,
          effect: effect,
          exchange: exchange,
          partner: PartnerID(partner),
          fired: fired
        )
      ),
      cause: sent[exchange.number]
    )
  }

  /// A fact as a partner's books state it now.
  func fact(
    _ kind: FactKind,
    _ partner: String,
    _ subject: EntityKey,
    lines: [FactLine] = [],
    amount: Money? = nil,
    detail: String? = nil
  ) -> Fact {
    Fact(
      kind,
      by: PartnerID(partner),
      at: now,
      subject: subject,
      order: EntityKey("shopify.order", "450789469"),
      lines: lines,
      amount: amount,
      detail: detail
    )
  }

  mutating func note(_ kind: IntegrationNote.Kind, _ text: String, owner: String = "") {
    add(
      .note(
        IntegrationNote(
          kind,
          order: EntityKey("reference", "1001"),
          partner: nil,
          owner: owner,
          text: text
        )
      )
    )
  }
}
