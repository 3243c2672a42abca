import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockFakes

@Suite("Shopify wire form") struct ShopifyWireTests {
  /// Makes a payload readable and comparable line by line.
  private func pretty(_ bytes: [UInt8]) throws -> String {
    var writer = JSONWriter(pretty: true)
    writer.value(try JSONDocument.parse(bytes).root)
    return writer.text + "\n"
  }

  @Test("orders/create is the full payload of version 2026-04")
  func ordersCreate() throws {
    var driver = StoreDriver()
    driver.place()
    let webhook = try #require(driver.webhooks.first)
    try expectGolden(try pretty(webhook.request.body), "orders-create.json")
    #expect(webhook.request.method == "POST")
    #expect(webhook.request.host == "integration.example")
    #expect(webhook.request.target == "/webhooks/store")
    let headers = webhook.request.headers
    #expect(headers["X-Shopify-Topic"] == "orders/create")
    #expect(headers["X-Shopify-Shop-Domain"] == "acme-dist.myshopify.com")
    #expect(headers["X-Shopify-API-Version"] == "2026-04")
    #expect(headers["X-Shopify-Triggered-At"] == "2026-03-02T14:00:00.000000000Z")
    #expect(headers["X-Shopify-Webhook-Id"] == webhook.delivery)
    #expect(
      headers["X-Shopify-Hmac-Sha256"]
        == ShopifyWebhook.signature(
          webhook.request.body,
          secret: "shpss_acme-dist-client-secret"
        )
    )
  }

  @Test("an order after a fulfilment and a refund shows both")
  func orderRead() throws {
    var driver = StoreDriver()
    driver.place()
    driver.now += .seconds(3_600)
    driver.call("POST", "/fulfillments.json", StoreDriver.fulfilment())
    driver.now += .seconds(3_600)
    driver.call(
      "POST",
      "/orders/\(StoreDriver.order)/refunds.json",
      StoreDriver.refund(
        "20.00",
        lines: [(StoreDriver.firstLine, 1, "return")],
        note: "return 6042537"
      )
    )
    let response = driver.call("GET", "/orders/\(StoreDriver.order).json")
    try expectGolden(try pretty(response.body), "order-read.json")
  }

  @Test("fulfilment orders show what is left")
  func fulfillmentOrders() throws {
    var driver = StoreDriver()
    driver.place()
    driver.call("POST", "/fulfillments.json", StoreDriver.fulfilment([(1, 1)]))
    let response = driver.call(
      "GET",
      "/orders/\(StoreDriver.order)/fulfillment_orders.json"
    )
    try expectGolden(try pretty(response.body), "fulfillment-orders-list.json")
  }

  @Test("the platform's worked example of a signature is right")
  func signature() {
    let body =
      ##"{"id":820982911946154508,"admin_graphql_api_id":"gid://shopify/Order/"##
      + ##"820982911946154508","name":"#9999","order_number":1234,"total_price":"404.95","##
      + ##""currency":"USD","financial_status":"paid","fulfillment_status":null}"##
    #expect(body.utf8.count == 216)
    let secret = "shpss_" + String(repeating: "0123456789abcdef", count: 2)
    #expect(
      ShopifyWebhook.signature(Array(body.utf8), secret: secret)
        == "yFPa1y0LoQicJ+NJGtr9QDFse55YREXpeVWpVHVnhuY="
    )
  }

  @Test("eight retries in four hours, five seconds to answer, and then the subscription is gone")
  func policy() {
    let policy = StoreDriver().store.profile.webhookPolicy
    #expect(policy.deadline == .seconds(5))
    #expect(policy.retries.count == 8)
    #expect(policy.retries.reduce(.zero, +) == .seconds(4 * 3_600))
    #expect(zip(policy.retries, policy.retries.dropFirst()).allSatisfy { $0 < $1 })
    #expect(policy.disabledAfter == 8)
  }

  @Test("a leaky bucket of forty, two a second, is shown in a header and refused with a wait")
  func limits() {
    let store = StoreDriver().store
    #expect(
      store.profile.limits == [.leakyBucket(capacity: 40, leaksPerSecond: Ratio(2, 1))]
    )
    var response = Response(200)
    store.decorate(&response, usage: LimitUsage(limit: 40, used: 32, wait: .zero))
    #expect(response.headers["X-Shopify-Shop-Api-Call-Limit"] == "32/40")
    let request = Request("GET", host: "acme-dist.myshopify.com", target: "/")
    let refused = store.refusal(
      .throttled(LimitUsage(limit: 40, used: 40, wait: .milliseconds(500))),
      of: request
    )
    #expect(refused.status == 429)
    #expect(refused.headers["Retry-After"] == "2.0")
    #expect(
      String(decoding: refused.body, as: UTF8.self)
        == #"{"errors":"Exceeded 2 calls per second for api client. "#
        + #"Reduce request rates to resume uninterrupted service."}"#
    )
  }

  @Test("refusals before the books speak as the platform does")
  func refusals() {
    let store = StoreDriver().store
    let request = Request(
      "GET",
      host: "acme-dist.myshopify.com",
      target: "/admin/api/2026-04/orders.json"
    )
    #expect(store.refusal(.unauthorised, of: request).status == 401)
    let forbidden = store.refusal(.forbidden, of: request)
    #expect(forbidden.status == 403)
    #expect(
      String(decoding: forbidden.body, as: UTF8.self)
        == #"{"errors":"[API] This action requires merchant approval for read_orders scope."}"#
    )
    let down = store.refusal(
      .unavailable(status: 503, retryAfter: .milliseconds(1_500)),
      of: request
    )
    #expect(down.status == 503)
    #expect(down.headers["Retry-After"] == "2")
    let page = store.refusal(.maintenancePage, of: request)
    #expect(page.status == 200)
    #expect(page.headers["Content-Type"] == "text/html; charset=utf-8")
  }

  @Test("a repeated delivery has a new identifier, and the same body and signature")
  func reissues() throws {
    var driver = StoreDriver()
    driver.place()
    let webhook = try #require(driver.webhooks.first)
    let copies = (1...3).map { driver.store.reissued(webhook, copy: $0) }
    #expect(Set(copies.map(\.delivery) + [webhook.delivery]).count == 4)
    for copy in copies {
      #expect(copy.request.body == webhook.request.body)
      #expect(copy.request.headers["X-Shopify-Webhook-Id"] == copy.delivery)
      #expect(
        copy.request.headers["X-Shopify-Hmac-Sha256"]
          == webhook.request.headers["X-Shopify-Hmac-Sha256"]
      )
    }
    #expect(driver.store.reissued(webhook, copy: 1) == copies[0])
  }

  @Test("a webhook is signed anew as it was at first, and otherwise once its body is another")
  func signsAgain() throws {
    var driver = StoreDriver()
    driver.place()
    let webhook = try #require(driver.webhooks.first)
    #expect(driver.store.signed(webhook) == webhook)
    var changed = webhook
    changed.request.body += Array(" ".utf8)
    let signed = driver.store.signed(changed).request
    let header = "X-Shopify-Hmac-Sha256"
    #expect(
      signed.headers[header]
        == ShopifyWebhook.signature(signed.body, secret: driver.store.profile.webhookSecret)
    )
    #expect(signed.headers[header] != webhook.request.headers[header])
  }

  @Test(
    "amounts that the platform writes as numbers lose their zeros",
    arguments: [
      (19_566, "195.66"), (2_000, "20.0"), (1_990, "19.9"), (0, "0.0"), (-550, "-5.5"),
    ]
  )
  func numbers(minorUnits: Int64, text: String) {
    var writer = JSONWriter()
    writer.object { $0.shopifyNumber("n", Money(minorUnits: minorUnits, currency: .usd)) }
    #expect(writer.text == "{\"n\":\(text)}")
  }

  @Test("identifiers lead back to the order and its part")
  func identifiers() {
    for space in [ShopifyIdentifier.lineItem, .fulfillment, .refund, .transaction] {
      let parts = space.parts(of: space(1_001, 7))
      #expect(parts?.number == 1_001)
      #expect(parts?.ordinal == 7)
      for identifier in [Int64.min, -1, 0, space.rawValue, Int64.max] {
        #expect(space.parts(of: identifier) == nil)
      }
    }
    #expect(ShopifyIdentifier.order.parts(of: 5_678_900_001_001)?.number == 1_001)
  }
}
