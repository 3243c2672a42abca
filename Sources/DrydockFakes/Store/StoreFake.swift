package import DrydockExchange
import DrydockJSON
package import DrydockKernel

/// A store that takes orders at its checkout and lets an integration see to the rest.
///
///     var store = StoreFake(id: PartnerID("store"), settings: StoreSettings(), masterData: data)
///     store.receive(.command(.placeOrder(order)), at: now, draws: draws, into: &outputs)
///     // outputs: facts order.placed and payment.captured, webhook orders-create, …
///
/// Kind: `StoreBooks`. Dialect: Shopify.
package struct StoreFake: PartnerFake {
  package private(set) var profile: PartnerProfile
  /// The orders, the money and the stock.
  package internal(set) var ledger: StoreBooks
  let id: PartnerID
  let settings: StoreSettings
  let dialect: ShopifyDialect
  let facts: ShopifyFacts
  private var tokens = 1

  /// Creates a store with its catalogue and starting stock.
  package init(id: PartnerID, settings: StoreSettings, masterData: MasterData) {
    self.id = id
    self.settings = settings
    dialect = ShopifyDialect(
      host: settings.host,
      apiVersion: settings.apiVersion,
      zone: settings.zone,
      masterData: masterData
    )
    facts = ShopifyFacts(partner: id, dialect: dialect)
    ledger = StoreBooks(masterData: masterData, settings: settings, at: .epoch)
    profile = PartnerProfile(
      description: PartnerDescription(
        id: id,
        kind: .store,
        dialect: "shopify",
        host: settings.host
      ),
      credential: settings.accessToken,
      webhookSecret: settings.webhookSecret,
      signatureHeader: ShopifyWebhook.signatureHeader,
      webhookPolicy: ShopifyWebhook.policy,
      limits: [.leakyBucket(capacity: 40, leaksPerSecond: Ratio(2, 1))],
      latency: .milliseconds(80) ... .milliseconds(400)
    )
  }

  package mutating func receive(
    _ input: FakeInput,
    at now: VirtualInstant,
    draws: KeyedDraws,
    into outputs: inout [FakeOutput]
  ) {
    switch input {
    case .started: ledger.start(at: now)
    case .request(let exchange, let request):
      var step = Step(now: now, draws: draws)
      let response = answer(request, exchange, &step)
      outputs += step.facts
      outputs.append(.reply(exchange, response))
      outputs += step.later
    case .timer(let timer):
      var step = Step(now: now, draws: draws)
      remind(timer, &step)
      outputs += step.facts + step.later
    case .command(let command):
      var step = Step(now: now, draws: draws)
      play(command, &step)
      outputs += step.facts + step.later
    case .world(let event):
      var step = Step(now: now, draws: draws)
      notice(event, &step)
      outputs += step.facts + step.later
    }
  }

  /// One input's instant and draws, and what follows from it.
  struct Step {
    let now: VirtualInstant
    let draws: KeyedDraws
    /// Comes before an answer.
    var facts: [FakeOutput] = []
    /// Comes behind an answer: webhooks, timers, world events.
    var later: [FakeOutput] = []

    init(now: VirtualInstant, draws: KeyedDraws) {
      self.now = now
      self.draws = draws
    }

    mutating func record(_ fact: Fact) {
      facts.append(.fact(fact))
    }
  }

  mutating func renewToken() {
    tokens += 1
    profile.credential = "\(settings.accessToken)-\(tokens)"
  }
}

// MARK: On the wire

extension StoreFake {
  package func describe(_ request: Request) -> OperationDescription {
    guard case .operation(let operation, _, let identifier) = ShopifyRoute(request) else {
      return OperationDescription(operation: "unknown", entity: "")
    }
    return OperationDescription(
      operation: operation.rawValue,
      entity: entity(operation, identifier, request)
    )
  }

  /// Returns the number of the order that a call is about, or the SKU.
  private func entity(
    _ operation: ShopifyOperation,
    _ identifier: Int64,
    _ request: Request
  ) -> String {
    let space: ShopifyIdentifier
    switch operation {
    case .ordersList, .inventoryLevelsList: return ""
    case .inventoryLevelSet:
      guard let item = body(request, "inventory_level")?.value["inventory_item_id"]?.int else {
        return ""
      }
      return dialect.product(ofItem: item).map { dialect.masterData.products[$0].sku }
        ?? String(item)
    case .fulfillmentCreate:
      let groups = body(request, "fulfillment")?.value["fulfillment"]?[
        "line_items_by_fulfillment_order"
      ]
      guard let order = groups?[0]?["fulfillment_order_id"]?.int else { return "" }
      return name(order, in: .fulfillmentOrder)
    case .fulfillmentEventCreate: space = .fulfillment
    case .orderRead, .orderUpdate, .orderCancel, .fulfillmentOrdersList, .refundCreate,
      .refundsList:
      space = .order
    }
    return name(identifier, in: space)
  }

  private func name(_ identifier: Int64, in space: ShopifyIdentifier) -> String {
    guard let parts = space.parts(of: identifier), ledger.order(parts.number) != nil else {
      return String(identifier)
    }
    return String(parts.number)
  }

  private func body(_ request: Request, _ root: String) -> ShopifyBody? {
    do {
      return try ShopifyBody.root(of: request, named: root)
    } catch {
      return nil
    }
  }

  package func refusal(_ refusal: Refusal, of request: Request) -> Response {
    switch refusal {
    case .throttled:
      var response = plain(
        ShopifyFailure(
          429,
          .text(
            "Exceeded 2 calls per second for api client. "
              + "Reduce request rates to resume uninterrupted service."
          )
        )
      )
      response.headers.append("Retry-After", "2.0")
      return response
    case .unavailable(let status, let retryAfter):
      var response = plain(
        ShopifyFailure(
          status,
          .text(status == 503 ? "Service Unavailable" : "Internal Server Error")
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
        body: Array(
          "<!DOCTYPE html><html><body><h1>We’ll be right back</h1></body></html>\n".utf8
        )
      )
    case .unauthorised: return plain(.unauthorised)
    case .forbidden:
      guard case .operation(let operation, _, _) = ShopifyRoute(request) else {
        return plain(.forbidden(scope: "read_orders"))
      }
      return plain(.forbidden(scope: operation.scope))
    }
  }

  private func plain(_ failure: ShopifyFailure) -> Response {
    Response(
      failure.status,
      headers: [
        "Content-Type": "application/json; charset=utf-8",
        "X-Shopify-API-Version": settings.apiVersion,
      ],
      body: failure.body
    )
  }

  package func decorate(_ response: inout Response, usage: LimitUsage) {
    response.headers["X-Shopify-Shop-Api-Call-Limit"] = "\(usage.used)/\(usage.limit)"
  }

  package func reissued(_ webhook: Webhook, copy: Int) -> Webhook {
    var again = webhook
    again.delivery = ShopifyWebhook.reissued(webhook.delivery, copy: copy)
    again.request.headers[ShopifyWebhook.deliveryHeader] = again.delivery
    return again
  }

  package func signed(_ webhook: Webhook) -> Webhook {
    var signed = webhook
    signed.request.headers[ShopifyWebhook.signatureHeader] = ShopifyWebhook.signature(
      webhook.request.body,
      secret: profile.webhookSecret
    )
    return signed
  }
}

extension ShopifyOperation {
  /// The scope that the token needs for it.
  var scope: String {
    switch self {
    case .ordersList, .orderRead, .refundsList: "read_orders"
    case .orderUpdate, .orderCancel, .refundCreate: "write_orders"
    case .fulfillmentOrdersList: "read_merchant_managed_fulfillment_orders"
    case .fulfillmentCreate: "write_merchant_managed_fulfillment_orders"
    case .fulfillmentEventCreate: "write_fulfillments"
    case .inventoryLevelsList: "read_inventory"
    case .inventoryLevelSet: "write_inventory"
    }
  }
}
