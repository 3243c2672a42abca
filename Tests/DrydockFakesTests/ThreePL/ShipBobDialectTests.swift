import DrydockExchange
import DrydockFakes
import DrydockJSON
import DrydockKernel
import Foundation
import Testing

@testable import DrydockFakes

@Suite("ShipBob dialect")
struct ShipBobDialectTests {
  private static let routes: [(method: String, target: String, operation: String, entity: String)] =
    [
      ("POST", "/2026-01/order", "order-create", "SHOP-1001"),
      ("GET", "/2026-01/order/110000001", "order-read", "110000001"),
      ("GET", "/2026-01/order?ReferenceIds=SHOP-1001", "orders-list", "SHOP-1001"),
      ("POST", "/2026-01/order/110000001:cancel", "order-cancel", "110000001"),
      ("GET", "/2026-01/inventory-level", "inventory-levels-list", ""),
      ("GET", "/2026-01/inventory-level/20104984", "inventory-level-read", "20104984"),
      ("GET", "/2026-01/inventory-level/locations", "inventory-levels-by-location", ""),
      ("POST", "/2026-01/return", "return-create", "SHOP-1001"),
      ("GET", "/2026-01/return/3100001", "return-read", "3100001"),
      ("GET", "/2026-01/return?ReferenceIds=RMA-1", "returns-list", "RMA-1"),
      ("POST", "/2026-01/return/3100001:cancel", "return-cancel", "3100001"),
    ]

  @Test("names every operation and what it is about", arguments: routes)
  func describes(method: String, target: String, operation: String, entity: String) {
    let request = Request(
      method,
      host: "api.shipbob.com",
      target: target,
      body: Array(ShipBobSamples.order("SHOP-1001").utf8)
    )
    let found = ShipBobSamples.fake().describe(request)
    #expect(found == OperationDescription(operation: operation, entity: entity))
  }

  @Test("answers 401 to a wrong or missing token on every route", arguments: routes)
  func unauthorised(method: String, target: String, operation: String, entity: String) {
    var bench = ShipBobSamples.bench()
    for headers: HeaderFields in [[:], ["Authorization": "Bearer nobody"]] {
      let answer = bench.call(method, target, headers: headers)
      #expect(answer.status == 401)
      #expect(
        answer.text
          == #"{"statusCode":401,"message":"Unauthorized. Access token is missing or invalid."}"#
      )
    }
  }

  @Test(
    "answers 404 to what does not exist",
    arguments: [
      ("GET", "/2026-01/order/1"), ("GET", "/2026-01/order/x"),
      ("POST", "/2026-01/order/1:cancel"), ("GET", "/2026-01/inventory-level/1"),
      ("GET", "/2026-01/return/1"), ("POST", "/2026-01/return/1:cancel"),
    ]
  )
  func notFound(method: String, target: String) {
    var bench = ShipBobSamples.bench()
    let answer = bench.call(method, target)
    #expect(answer.status == 404)
    #expect(answer.json["status"]?.int == 404)
    #expect(answer.json["type"]?.string == "https://tools.ietf.org/html/rfc9110#section-15.5.5")
  }

  @Test(
    "answers 404 to operations that the platform does not have",
    arguments: [
      ("GET", "/2025-07/order"), ("DELETE", "/2026-01/order/1"), ("POST", "/2026-01/order/1"),
      ("GET", "/2026-01/product"), ("GET", "/"), ("GET", "/2026-01"),
    ]
  )
  func noOperation(method: String, target: String) {
    var bench = ShipBobSamples.bench()
    let answer = bench.call(method, target)
    #expect(answer.status == 404)
    #expect(answer.text == #"{"statusCode":404,"message":"Resource not found"}"#)
    let request = Request(method, host: "api.shipbob.com", target: target)
    #expect(bench.fake.describe(request).operation == "unknown")
  }

  @Test(
    "answers 400 with a list of messages per member",
    arguments: [
      ("{", #"{"$":["The payload is not valid JSON. Path: $ | BytePosition: 1."]}"#),
      ("[]", #"{"$":["The JSON value could not be converted. Path: $."]}"#),
    ]
  )
  func malformed(body: String, answer: String) {
    var bench = ShipBobSamples.bench()
    let response = bench.call("POST", "/2026-01/order", body)
    #expect(response.status == 400)
    #expect(response.text == answer)
  }

  @Test("collects everything that is wrong with an order")
  func validation() {
    var bench = ShipBobSamples.bench()
    let body =
      #"{"reference_id":7,"type":"B2C","recipient":{"name":"","address":{"address1":"x"}},"#
      + #""products":[{"reference_id":"SKU-1","name":"n","quantity":0},{"quantity":"2"}]}"#
    let response = bench.call("POST", "/2026-01/order", body)
    #expect(response.status == 400)
    let keys = response.json.members.map(\.name)
    #expect(
      keys == [
        "$.reference_id", "ShippingMethod", "$.type", "Recipient.Name",
        "Recipient.Address.City", "Recipient.Address.Country", "Products[0].Quantity",
        "Products[1].ReferenceId", "Products[1].Name", "$.products[1].quantity",
      ]
    )
    #expect(bench.facts.isEmpty)
  }

  @Test("refuses unknown products with 422, or creates them as the platform really does")
  func unknownProduct() {
    let payload = ShipBobSamples.order("SHOP-1001", [("SKU-9", 1)])
    var strict = ShipBobSamples.bench()
    let refused = strict.call("POST", "/2026-01/order", payload)
    #expect(refused.status == 422)
    #expect(refused.json["Products[0].ReferenceId"]?.count == 1)
    var real = ShipBobSamples.bench { $0.unknownProducts = .created }
    let created = real.call("POST", "/2026-01/order", payload)
    #expect(created.status == 201)
    #expect(created.json["status"]?.string == "Exception")
    #expect(real.call("GET", "/2026-01/inventory-level").json["items"]?.count == 3)
  }

  @Test("asks writes for a channel and a content type")
  func channel() {
    var bench = ShipBobSamples.bench()
    var headers = bench.usualHeaders
    headers["shipbob_channel_id"] = nil
    let payload = ShipBobSamples.order("SHOP-1001")
    #expect(bench.call("POST", "/2026-01/order", payload, headers: headers).status == 400)
    headers["shipbob_channel_id"] = "5"
    #expect(bench.call("POST", "/2026-01/order", payload, headers: headers).status == 403)
    headers["Content-Type"] = "text/plain"
    #expect(bench.call("POST", "/2026-01/order", payload, headers: headers).status == 415)
    #expect(bench.facts.isEmpty)
  }

  @Test("answers 400 to a malformed return and 422 to one of unknown things")
  func returnErrors() {
    var bench = ShipBobSamples.bench()
    let wrong = bench.call("POST", "/2026-01/return", #"{"reference_id":"R"}"#)
    #expect(wrong.status == 400)
    #expect(wrong.json["title"]?.string == "One or more validation errors occurred.")
    let unknown = bench.call(
      "POST",
      "/2026-01/return",
      #"{"reference_id":"R","fulfillment_center":{"id":1},"original_shipment_id":1,"#
        + #""inventory":[{"id":1,"quantity":1,"requested_action":"Default"}]}"#
    )
    #expect(unknown.status == 422)
    #expect(unknown.json["errors"]?.count == 3)
  }

  @Test("pages and filters lists")
  func lists() {
    var bench = ShipBobSamples.bench()
    for number in 1_001...1_003 {
      bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-\(number)"))
      bench.call("POST", "/2026-01/return", ShipBobSamples.returned("RMA-1-\(number)"))
      bench.run(for: .seconds(60))
    }
    func references(_ response: Response) -> [String] {
      let list = response.json["items"] ?? response.json
      return list.elements.compactMap { $0["reference_id"]?.string }
    }
    #expect(references(bench.call("GET", "/2026-01/order?Limit=2")) == ["SHOP-1001", "SHOP-1002"])
    #expect(references(bench.call("GET", "/2026-01/order?Limit=2&Page=2")) == ["SHOP-1003"])
    #expect(references(bench.call("GET", "/2026-01/order?HasTracking=true")).isEmpty)
    #expect(
      references(bench.call("GET", "/2026-01/order?StartDate=2026-03-02T14:01:30Z"))
        == ["SHOP-1003"]
    )
    #expect(bench.call("GET", "/2026-01/order?Limit=0").status == 400)
    #expect(bench.call("GET", "/2026-01/order?StartDate=yesterday").status == 400)
    let returns = bench.call("GET", "/2026-01/return?Limit=2")
    #expect(references(returns) == ["RMA-1-1003", "RMA-1-1002"])
    #expect(
      returns.json["next"]?.string == "https://api.shipbob.com/2026-01/return?Limit=2&Cursor=2"
    )
    #expect(
      references(bench.call("GET", "/2026-01/return?ReferenceIds=RMA-1-1001")) == ["RMA-1-1001"]
    )
    #expect(references(bench.call("GET", "/2026-01/return?Status=Completed")).isEmpty)
  }

  @Test("refuses beyond the limit with the documented body and headers")
  func throttled() {
    let fake = ShipBobSamples.fake()
    let usage = LimitUsage(limit: 150, used: 150, wait: .milliseconds(24_100))
    let request = Request("GET", host: "api.shipbob.com", target: "/2026-01/order")
    let response = fake.refusal(.throttled(usage), of: request)
    #expect(response.status == 429)
    #expect(
      response.text
        == #"{"statusCode":429,"message":"Rate limit is exceeded. Try again in 25 seconds."}"#
    )
    #expect(response.headers["x-retry-after"] == "25")
    #expect(response.headers["x-remaining-calls"] == "0")
    var plain = Response(200)
    fake.decorate(&plain, usage: LimitUsage(limit: 150, used: 3, wait: .zero))
    #expect(plain.headers["x-remaining-calls"] == "147")
    #expect(fake.profile.limits == [.slidingWindow(limit: 150, per: .seconds(60))])
    #expect(
      fake.refusal(.unavailable(status: 503, retryAfter: .seconds(9)), of: request).status == 503
    )
    #expect(fake.refusal(.maintenancePage, of: request).status == 200)
    #expect(fake.refusal(.unauthorised, of: request).status == 401)
    #expect(fake.refusal(.forbidden, of: request).status == 403)
  }

  @Test("signs as Standard Webhooks does")
  func signature() {
    // The example that the scheme's own documentation and libraries share.
    let key = ShipBobDialect.key(ofSecret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    let signature = ShipBobDialect.signature(
      "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "1614265330",
      Array(#"{"test": 2432232314}"#.utf8),
      key: key
    )
    #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE")
  }

  @Test("gives every delivery headers that verify, and new ones to a copy")
  func deliveries() throws {
    var bench = ShipBobSamples.bench()
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001"))
    bench.run(for: .seconds(86_400))
    let webhook = try #require(bench.webhooks.first)
    let key = ShipBobDialect.key(ofSecret: bench.fake.profile.webhookSecret)
    func verifies(_ webhook: Webhook) -> Bool {
      let headers = webhook.request.headers
      let expected = ShipBobDialect.signature(
        headers["webhook-id"] ?? "",
        headers["webhook-timestamp"] ?? "",
        webhook.request.body,
        key: key
      )
      return headers["webhook-signature"] == expected
        && headers["webhook-id"] == webhook.delivery
    }
    #expect(verifies(webhook))
    #expect(webhook.request.target == "/webhooks/3pl")
    #expect(webhook.request.host == "integration.example")
    #expect(webhook.entity == "SHOP-1001")
    #expect(webhook.delivery.hasPrefix("msg_") && webhook.delivery.count == 31)
    let copy = bench.fake.reissued(webhook, copy: 1)
    #expect(verifies(copy))
    #expect(copy.delivery != webhook.delivery)
    #expect(copy.request.body == webhook.request.body)
    #expect(bench.fake.signed(webhook) == webhook)
    var changed = webhook
    changed.request.body = Array("{}".utf8)
    #expect(!verifies(changed) && verifies(bench.fake.signed(changed)))
    #expect(bench.fake.reissued(webhook, copy: 2).delivery != copy.delivery)
  }

  @Test("says and does the same for the same inputs")
  func deterministic() {
    func play() -> ([Webhook], [Fact], [Response]) {
      var bench = ShipBobSamples.bench { $0.backorders = true }
      for number in 1_001...1_006 {
        bench.call(
          "POST",
          "/2026-01/order",
          ShipBobSamples.order("SHOP-\(number)", [("SKU-1", 3), ("SKU-2", 1)])
        )
        bench.run(for: .seconds(1_800))
      }
      bench.run(for: .seconds(86_400))
      return (bench.webhooks, bench.facts, bench.replies)
    }
    let first = play()
    let second = play()
    #expect(first.0 == second.0)
    #expect(first.1 == second.1)
    #expect(first.2 == second.2)
  }

  @Test("numbers the entities of two partners apart")
  func partners() throws {
    let other = PartnerID("3pl-west")
    let masterData = MasterData(
      products: ShipBobSamples.masterData.products,
      nodes: [
        MasterData.Node(name: "east", partner: ShipBobSamples.partner),
        MasterData.Node(name: "coast", partner: other),
      ]
    )
    func first(_ id: PartnerID, _ node: String) -> (Int64?, String?, String?) {
      let settings = ThreePLSettings(
        nodes: [node],
        stock: [.init(sku: "SKU-1", node: node, onHand: 5)]
      )
      var bench = WarehouseBench(ThreePLFake(id: id, settings: settings, masterData: masterData))
      let answer = bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001"))
      bench.run(for: .seconds(86_400))
      return (
        answer.json["id"]?.int, bench.webhooks.first?.delivery,
        bench.fake.books(at: bench.now).parcels.first?.keys.first?.value
      )
    }
    let left = first(ShipBobSamples.partner, "east")
    let right = first(other, "coast")
    #expect(left.0 != right.0)
    #expect(left.1 != right.1)
    #expect(left.2 != right.2)
  }
}
