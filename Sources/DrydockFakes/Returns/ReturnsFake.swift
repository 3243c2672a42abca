package import DrydockExchange
import DrydockJSON
package import DrydockKernel

/// A returns platform at whose portal customers ask to send goods back.
///
/// Kind: `ReturnsBooks`. Dialect: Loop. It hears of orders from the store, gives labels to the
/// carrier, and lets the store create exchange orders.
package struct ReturnsFake: PartnerFake {
  package private(set) var profile: PartnerProfile
  /// The orders that may come back, and the returns.
  package internal(set) var ledger: ReturnsBooks
  let id: PartnerID
  let settings: ReturnsSettings
  let facts: LoopFacts
  private var keys = 1

  /// Creates a returns platform without orders.
  package init(id: PartnerID, settings: ReturnsSettings, masterData: MasterData) {
    self.id = id
    self.settings = settings
    facts = LoopFacts(partner: id)
    ledger = ReturnsBooks(masterData: masterData, settings: settings)
    profile = PartnerProfile(
      description: PartnerDescription(
        id: id,
        kind: .returns,
        dialect: "loop",
        host: settings.host
      ),
      credential: settings.apiKey,
      webhookSecret: settings.webhookSecret,
      signatureHeader: LoopWebhook.signatureHeader,
      webhookPolicy: LoopWebhook.policy,
      limits: [.fixedWindow(limit: 300, per: .seconds(60))],
      latency: .milliseconds(150) ... .milliseconds(600)
    )
  }

  package mutating func receive(
    _ input: FakeInput,
    at now: VirtualInstant,
    draws: KeyedDraws,
    into outputs: inout [FakeOutput]
  ) {
    var step = Step(now: now)
    switch input {
    case .started: break
    case .request(let exchange, let request):
      let response = answer(request, &step)
      outputs += step.facts
      outputs.append(.reply(exchange, response))
      outputs += step.later
      return
    case .timer(let timer): remind(timer, &step)
    case .command(let command): play(command, &step)
    case .world(let event): notice(event, &step)
    }
    outputs += step.facts + step.later
  }

  /// One input's instant, and what follows from it.
  struct Step {
    let now: VirtualInstant
    /// Comes before an answer.
    var facts: [FakeOutput] = []
    /// Comes behind an answer: webhooks, timers, world events.
    var later: [FakeOutput] = []

    init(now: VirtualInstant) {
      self.now = now
    }

    mutating func record(_ fact: Fact) {
      facts.append(.fact(fact))
    }
  }

  mutating func renewKey() {
    keys += 1
    profile.credential = "\(settings.apiKey)-\(keys)"
  }
}

// MARK: On the wire

extension ReturnsFake {
  package func describe(_ request: Request) -> OperationDescription {
    guard case .operation(let operation, let identifier) = LoopRoute(request) else {
      return OperationDescription(operation: "unknown", entity: "")
    }
    let asked: Int64?
    switch operation {
    case .returnsList: asked = nil
    case .returnRead: asked = request.queryItem("return_id").flatMap { Int64($0) }
    case .gradeCreate: asked = gradedReturn(request)
    default: asked = identifier
    }
    return OperationDescription(
      operation: operation.rawValue,
      entity: asked.map { entity($0) } ?? ""
    )
  }

  /// Names a return and its order: `6042537 of 1001`.
  func entity(_ identifier: Int64) -> String {
    guard let number = LoopIdentifier.number(ofReturn: identifier),
      let made = ledger.return(number)
    else { return String(identifier) }
    return "\(identifier) of \(ledger.orders[made.order].copy.number)"
  }

  private func gradedReturn(_ request: Request) -> Int64? {
    do {
      let unit = try LoopRequests.object(request)["items"]?[0]?["line_item_id"]?.int
      return unit.flatMap { LoopIdentifier.parts(ofUnit: $0) }
        .map { LoopIdentifier.return($0.number) }
    } catch {
      return nil
    }
  }

  package func refusal(_ refusal: Refusal, of request: Request) -> Response {
    switch refusal {
    case .throttled: return plain(.throttled)
    case .unavailable(let status, let retryAfter):
      var response = plain(
        LoopFailure(
          status,
          .message(status == 503 ? "Service Unavailable" : "Server Error")
        )
      )
      if let retryAfter {
        let seconds = (retryAfter.wholeNanoseconds + 999_999_999) / 1_000_000_000
        response.headers.append("Retry-After", String(seconds))
      }
      return response
    case .maintenancePage:
      return Response(
        200,
        headers: ["Content-Type": "text/html; charset=utf-8"],
        body: Array("<!DOCTYPE html><html><body><h1>Down for maintenance</h1></body></html>\n".utf8)
      )
    case .unauthorised: return plain(.unauthorised)
    case .forbidden: return plain(.forbidden)
    }
  }

  func plain(_ failure: LoopFailure) -> Response {
    Response(
      failure.status,
      headers: ["Content-Type": "application/json"],
      body: failure.body
    )
  }

  package func decorate(_ response: inout Response, usage: LimitUsage) {
    response.headers["X-RateLimit-Limit"] = String(usage.limit)
    response.headers["X-RateLimit-Remaining"] = String(max(0, usage.limit - usage.used))
  }

  package func reissued(_ webhook: Webhook, copy: Int) -> Webhook {
    // Nothing on the wire tells deliveries apart: there is no identifier, and the body is the same.
    var again = webhook
    again.delivery = "\(webhook.delivery)#\(copy)"
    return again
  }

  package func signed(_ webhook: Webhook) -> Webhook {
    var signed = webhook
    signed.request.body = LoopReturnWriter.rewritten(webhook.request.body)
    signed.request.headers[LoopWebhook.signatureHeader] = LoopWebhook.signature(
      signed.request.body,
      secret: profile.webhookSecret
    )
    return signed
  }
}
