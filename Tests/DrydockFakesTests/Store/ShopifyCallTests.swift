import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockFakes

@Suite("Shopify calls") struct ShopifyCallTests {
  private static let order = "/orders/\(StoreDriver.order)"
  private static let level =
    #"{"location_id":655441491,"inventory_item_id":808950811,"available":5}"#

  /// Every route with a call that it takes, its operation, and what the call is about.
  static let routes: [(method: String, path: String, body: String?, name: String, entity: String)] =
    [
      ("GET", "/orders.json?status=any", nil, "orders-list", ""),
      ("GET", "\(order).json", nil, "order-read", "1001"),
      ("PUT", "\(order).json", #"{"order":{"note":"n"}}"#, "order-update", "1001"),
      ("POST", "\(order)/cancel.json", "{}", "order-cancel", "1001"),
      ("GET", "\(order)/fulfillment_orders.json", nil, "fulfillment-orders-list", "1001"),
      ("POST", "/fulfillments.json", StoreDriver.fulfilment(), "fulfillment-create", "1001"),
      (
        "POST", "/fulfillments/\(StoreDriver.fulfillment)/events.json",
        #"{"event":{"status":"in_transit"}}"#, "fulfillment-event-create", "1001"
      ),
      ("POST", "\(order)/refunds.json", StoreDriver.refund("1.00"), "refund-create", "1001"),
      ("GET", "\(order)/refunds.json", nil, "refunds-list", "1001"),
      (
        "GET", "/inventory_levels.json?location_ids=655441491", nil, "inventory-levels-list", ""
      ),
      ("POST", "/inventory_levels/set.json", level, "inventory-level-set", "SKU-1"),
    ]

  @Test("every operation has a route here")
  func namesAll() {
    #expect(Self.routes.map(\.name) == ShopifyOperation.allCases.map(\.rawValue))
  }

  @Test("every route is described without changing anything", arguments: routes.indices)
  func describes(index: Int) {
    let route = Self.routes[index]
    var driver = StoreDriver()
    driver.place()
    let request = Request(
      route.method,
      host: "acme-dist.myshopify.com",
      target: "/admin/api/2026-04\(route.path)",
      headers: ["Content-Type": "application/json"],
      body: Array((route.body ?? "").utf8)
    )
    let before = driver.store.ledger.orders
    #expect(
      driver.store.describe(request)
        == OperationDescription(operation: route.name, entity: route.entity)
    )
    #expect(driver.store.ledger.orders == before)
  }

  @Test("every route answers a right call and names request and version", arguments: routes.indices)
  func answers(index: Int) {
    let route = Self.routes[index]
    var driver = StoreDriver()
    driver.place()
    if route.name == "fulfillment-event-create" {
      driver.call("POST", "/fulfillments.json", StoreDriver.fulfilment())
    }
    let response = driver.call(route.method, route.path, route.body)
    #expect(response.isSuccess)
    #expect(response.headers["X-Shopify-API-Version"] == "2026-04")
    #expect(response.headers["Content-Type"] == "application/json; charset=utf-8")
    #expect(response.headers["X-Request-Id"]?.count == 36)
  }

  @Test("every route refuses a missing and a wrong token", arguments: routes.indices)
  func refusesTokens(index: Int) {
    let route = Self.routes[index]
    var driver = StoreDriver()
    driver.place()
    for token in [nil, "shpat_wrong"] {
      let response = driver.call(route.method, route.path, route.body, token: token)
      #expect(response.status == 401)
      #expect(
        driver.text(response)
          == #"{"errors":"[API] Invalid API key or access token "#
          + #"(unrecognized login or wrong password)"}"#
      )
      #expect(driver.facts.isEmpty)
    }
  }

  @Test(
    "unknown identifiers, paths and versions are not found",
    arguments: [
      ("GET", "/orders/1.json", nil), ("GET", "/orders/5678900009999.json", nil),
      ("GET", "/orders/abc.json", nil), ("PUT", "/orders/5678900009999.json", nil),
      ("POST", "/orders/5678900009999/cancel.json", nil),
      ("GET", "/orders/5678900009999/fulfillment_orders.json", nil),
      ("POST", "/orders/5678900009999/refunds.json", nil),
      ("GET", "/orders/5678900009999/refunds.json", nil),
      ("POST", "/fulfillments/5100100100009/events.json", #"{"event":{"status":"delivered"}}"#),
      ("POST", "/fulfillments/5100100100000/events.json", #"{"event":{"status":"delivered"}}"#),
      (
        "POST", "/fulfillments.json",
        #"{"fulfillment":{"line_items_by_fulfillment_order":[{"fulfillment_order_id":1}]}}"#
      ),
      (
        "POST", "/inventory_levels/set.json",
        #"{"location_id":655441491,"inventory_item_id":1,"available":5}"#
      ),
      (
        "POST", "/inventory_levels/set.json",
        #"{"location_id":1,"inventory_item_id":808950811,"available":5}"#
      ),
      ("GET", "/orders/-9223372036854775808.json", nil), ("GET", "/shop.json", nil),
    ] as [(String, String, String?)]
  )
  func refusesUnknown(method: String, path: String, body: String?) {
    var driver = StoreDriver()
    driver.place()
    let response = driver.call(method, path, body)
    #expect(response.status == 404)
    #expect(driver.text(response) == #"{"errors":"Not Found"}"#)
  }

  @Test("a path with another method is not acceptable")
  func refusesMethods() {
    var driver = StoreDriver()
    #expect(driver.call("DELETE", "/orders.json").status == 406)
    #expect(driver.call("POST", "/inventory_levels.json").status == 406)
  }

  @Test("a retired version is answered by the oldest served, and the answer says so")
  func resolvesVersions() {
    var driver = StoreDriver()
    driver.place()
    let path = "/orders/\(StoreDriver.order).json"
    for (asked, answered) in [
      ("2022-07", "2025-07"), ("2026-01", "2026-01"), ("unstable", "unstable"),
    ] {
      let response = driver.call("GET", path, version: asked)
      #expect(response.status == 200)
      #expect(response.headers["X-Shopify-API-Version"] == answered)
    }
    for version in ["2031-01", "2022-05", "v1", ""] {
      #expect(driver.call("GET", path, version: version).status == 404)
    }
  }

  @Test(
    "malformed bodies lack their root member",
    arguments: [
      ("PUT", "/orders/5678900001001.json", "order"),
      ("POST", "/fulfillments.json", "fulfillment"),
      ("POST", "/orders/5678900001001/refunds.json", "refund"),
    ]
  )
  func refusesMalformed(method: String, path: String, root: String) {
    var driver = StoreDriver()
    driver.place()
    for body in ["{", "[]", "{}", "{\"\(root)\":1}", "", "{\"\(root)\":{},\"more\":1}"] {
      let response = driver.call(method, path, body)
      #expect(response.status == 400)
      #expect(
        driver.text(response)
          == "{\"errors\":{\"\(root)\":\"Required parameter missing or invalid\"}}"
      )
    }
  }

  @Test(
    "wrong content is refused, and nothing changes",
    arguments: [
      ("PUT", "", #"{"order":{"tags":7}}"#), ("PUT", "", #"{"order":{"customer":{}}}"#),
      ("POST", "/cancel.json", #"{"reason":"bored"}"#),
      ("POST", "/cancel.json", #"{"amount":"10.00"}"#),
      ("POST", "/cancel.json", #"{"amount":"10.00","currency":"EUR"}"#),
      ("POST", "/cancel.json", #"{"amount":"10.001","currency":"USD"}"#),
      ("POST", "/cancel.json", #"{"amount":"999.00","currency":"USD"}"#),
      ("POST", "/refunds.json", #"{"refund":{}}"#),
      ("POST", "/refunds.json", #"{"refund":{"lines":[]}}"#),
      ("POST", "/refunds.json", StoreDriver.refund("62.77")),
      ("POST", "/refunds.json", StoreDriver.refund("-1.00")),
      ("POST", "/refunds.json", StoreDriver.refund("1.005")),
      ("POST", "/refunds.json", StoreDriver.refund(nil, lines: [("14200100100001", 3, "cancel")])),
      ("POST", "/refunds.json", StoreDriver.refund(nil, lines: [("14200100100001", 1, "return")])),
      ("POST", "/refunds.json", StoreDriver.refund(nil, lines: [("14200100100001", 0, "cancel")])),
      ("POST", "/refunds.json", StoreDriver.refund(nil, lines: [("14200100100009", 1, "cancel")])),
      ("POST", "/refunds.json", StoreDriver.refund(nil, lines: [("14200100200001", 1, "cancel")])),
      ("POST", "/refunds.json", StoreDriver.refund(nil, lines: [("14200100100001", 1, "shred")])),
      (
        "POST", "/refunds.json",
        #"{"refund":{"transactions":[{"parent_id":7,"amount":"1.00","kind":"refund"}]}}"#
      ),
      (
        "POST", "/refunds.json",
        #"{"refund":{"transactions":[{"parent_id":6900100100001,"amount":"1.00","kind":"sale"}]}}"#
      ),
    ]
  )
  func refusesWrongContent(method: String, path: String, body: String) throws {
    var driver = StoreDriver()
    driver.place()
    let before = driver.store.ledger.orders
    let response = driver.call(
      method,
      path.isEmpty ? "\(Self.order).json" : Self.order + path,
      body
    )
    #expect(response.status == 422)
    #expect(try driver.json(response)["errors"]?.kind == .object)
    #expect(driver.store.ledger.orders == before)
    #expect(driver.facts.isEmpty && driver.webhooks.isEmpty)
  }

  @Test("a fulfilment over the quantity left is refused")
  func refusesOverFulfilment() {
    var driver = StoreDriver()
    driver.place()
    let over = driver.call("POST", "/fulfillments.json", StoreDriver.fulfilment([(1, 3)]))
    #expect(over.status == 422)
    #expect(
      driver.text(over)
        == #"{"errors":{"base":["Invalid fulfillment order line item quantity requested."]}}"#
    )
    #expect(
      driver.call("POST", "/fulfillments.json", StoreDriver.fulfilment([(9, 1)])).status == 422
    )
    #expect(driver.call("POST", "/fulfillments.json", StoreDriver.fulfilment()).status == 201)
    let again = driver.call("POST", "/fulfillments.json", StoreDriver.fulfilment())
    #expect(
      driver.text(again)
        == #"{"errors":{"base":["Fulfillment order 6700100100001 has an unfulfillable status= "#
        + #"closed."]}}"#
    )
  }

  @Test("the same fulfilment twice ships twice while units are left: there is no idempotency")
  func fulfilsTwice() {
    var driver = StoreDriver()
    driver.place()
    for _ in 0..<2 {
      #expect(
        driver.call("POST", "/fulfillments.json", StoreDriver.fulfilment([(1, 1)])).status == 201
      )
      #expect(driver.facts.map(\.kind) == [.shipmentNotified])
    }
    #expect(
      driver.call("POST", "/fulfillments.json", StoreDriver.fulfilment([(1, 1)])).status == 422
    )
  }

  @Test("the same refund twice pays twice while money is left, then names what is left")
  func refundsTwice() {
    var driver = StoreDriver()
    driver.place()
    let body = StoreDriver.refund("30.00", note: "return 6042537")
    for ordinal in 1...2 {
      #expect(driver.call("POST", "\(Self.order)/refunds.json", body).status == 201)
      #expect(driver.facts.map(\.subject.value) == ["92810010000\(ordinal)"])
      #expect(driver.facts.map(\.parent) == [EntityKey("loop.return", "6042537")])
    }
    let response = driver.call("POST", "\(Self.order)/refunds.json", body)
    #expect(response.status == 422)
    #expect(
      driver.text(response)
        == #"{"errors":{"base":["Refund amount $30.00 is greater than net payment received "#
        + #"$2.76"]}}"#
    )
  }

  @Test("a refund states its lines and what becomes of the goods, and is announced")
  func refunds() throws {
    var driver = StoreDriver()
    driver.place()
    driver.call("POST", "/fulfillments.json", StoreDriver.fulfilment())
    let response = driver.call(
      "POST",
      "\(Self.order)/refunds.json",
      StoreDriver.refund("21.64", lines: [(StoreDriver.firstLine, 1, "return")])
    )
    #expect(response.status == 201)
    let fact = try #require(driver.facts.first)
    #expect(
      fact.lines == [
        FactLine(
          sku: "SKU-1",
          quantity: 1,
          amount: Money(minorUnits: 1_999, currency: .usd),
          detail: "restock"
        )
      ]
    )
    #expect(driver.webhooks.map(\.operation) == ["refunds-create", "orders-updated"])
    let refund = try #require(try driver.json(response)["refund"])
    #expect(refund["refund_line_items"]?[0]?["subtotal"]?.number?.text == "19.99")
    #expect(refund["refund_line_items"]?[0]?["total_tax"]?.number?.text == "1.65")
    #expect(refund["order_adjustments"]?.count == 0)
    #expect(refund["transactions"]?[0]?["amount"]?.string == "21.64")
  }

  @Test("a refund without money states no fact")
  func restocksAlone() {
    var driver = StoreDriver()
    driver.place()
    let response = driver.call(
      "POST",
      "\(Self.order)/refunds.json",
      StoreDriver.refund(nil, lines: [(StoreDriver.firstLine, 1, "cancel")])
    )
    #expect(response.status == 201)
    #expect(driver.facts.isEmpty)
    #expect(driver.webhooks.map(\.operation) == ["refunds-create", "orders-updated"])
  }

  @Test("a cancelled order states its end and the refund, and is announced three times")
  func cancels() throws {
    var driver = StoreDriver()
    driver.place()
    let response = driver.call(
      "POST",
      "\(Self.order)/cancel.json",
      #"{"amount":"62.76","currency":"USD","reason":"customer","restock":true}"#
    )
    #expect(response.status == 200)
    let answer = try driver.json(response)
    #expect(answer["notice"]?.string == "Order has been canceled")
    #expect(answer["order"]?["cancel_reason"]?.string == "customer")
    #expect(answer["order"]?["financial_status"]?.string == "refunded")
    #expect(answer["order"]?["fulfillment_status"]?.isNull == true)
    #expect(driver.facts.map(\.kind) == [.orderCancelled, .refundIssued])
    #expect(
      driver.webhooks.map(\.operation) == ["orders-cancelled", "refunds-create", "orders-updated"]
    )
    let events = driver.webhooks.map { $0.request.headers["X-Shopify-Event-Id"] }
    #expect(events.allSatisfy { $0 == events[0] })
    #expect(Set(driver.webhooks.map(\.delivery)).count == 3)
    let again = driver.call("POST", "\(Self.order)/cancel.json", "{}")
    #expect(
      driver.text(again) == #"{"errors":{"base":["Order has already been canceled"]}}"#
    )
  }

  @Test("an order that shipped cannot be cancelled")
  func refusesCancelling() {
    var driver = StoreDriver()
    driver.place()
    driver.call("POST", "/fulfillments.json", StoreDriver.fulfilment([(1, 1)]))
    let response = driver.call("POST", "\(Self.order)/cancel.json", "{}")
    #expect(response.status == 422)
    #expect(
      driver.text(response)
        == #"{"errors":{"base":["Cannot cancel an order with fulfilled line items"]}}"#
    )
  }

  @Test("an unshipped order is cancelled by a call without a body")
  func cancelsWithoutBody() {
    var driver = StoreDriver()
    driver.place()
    #expect(driver.call("POST", "\(Self.order)/cancel.json").status == 200)
    #expect(driver.facts.map(\.kind) == [.orderCancelled])
  }

  @Test("staff change note and tags")
  func updates() throws {
    var driver = StoreDriver()
    driver.place()
    let response = driver.call(
      "PUT",
      "\(Self.order).json",
      #"{"order":{"note":"fragile","tags":"vip, erp-posted ,"}}"#
    )
    let order = try #require(try driver.json(response)["order"])
    #expect(order["note"]?.string == "fragile")
    #expect(order["tags"]?.string == "vip, erp-posted")
    #expect(driver.webhooks.map(\.operation) == ["orders-updated"])
    driver.call("PUT", "\(Self.order).json", #"{"order":{"note":null}}"#)
    #expect(driver.store.ledger.order(1001)?.note == nil)
    #expect(driver.store.ledger.order(1001)?.tags == ["vip", "erp-posted"])
  }

  @Test("a customer is told where the parcel is, and may be told twice")
  func tells() throws {
    var driver = StoreDriver()
    driver.place()
    driver.call("POST", "/fulfillments.json", StoreDriver.fulfilment())
    let path = "/fulfillments/\(StoreDriver.fulfillment)/events.json"
    for _ in 0..<2 {
      let response = driver.call(
        "POST",
        path,
        #"{"event":{"status":"delivered","happened_at":"2026-03-02T10:00:00Z"}}"#
      )
      #expect(response.status == 201)
      let event = try #require(try driver.json(response)["fulfillment_event"])
      #expect(event["status"]?.string == "delivered")
      #expect(event["happened_at"]?.string == "2026-03-02T05:00:00-05:00")
    }
    for body in [
      #"{"event":{"status":"teleported"}}"#, #"{"event":{}}"#,
      #"{"event":{"status":"delivered","happened_at":"yesterday"}}"#,
    ] {
      #expect(driver.call("POST", path, body).status == 422)
    }
  }

  @Test("stock is set absolutely, and read back")
  func setsStock() throws {
    var driver = StoreDriver()
    for available in [5, 3, 3] {
      let response = driver.call(
        "POST",
        "/inventory_levels/set.json",
        #"{"location_id":655441491,"inventory_item_id":808950811,"available":\#(available)}"#
      )
      #expect(response.status == 200)
      #expect(try driver.json(response)["inventory_level"]?["available"]?.int == Int64(available))
      let fact = try #require(driver.facts.first)
      #expect(fact.kind == .stockPublished)
      #expect(fact.order == nil)
      #expect(fact.lines == [FactLine(sku: "SKU-1", quantity: available, node: "all")])
      #expect(fact.subject.value == "808950811/655441491/2026-03-02T09:00:00-05:00")
    }
    let response = driver.call(
      "GET",
      "/inventory_levels.json?inventory_item_ids=808950811,808950813"
    )
    let levels = try #require(try driver.json(response)["inventory_levels"])
    #expect(levels.elements.map { $0["available"]?.int } == [3, 100])
    for body in [
      #"{"location_id":655441491,"inventory_item_id":808950811}"#,
      #"{"inventory_item_id":808950811,"available":1}"#,
      #"{"location_id":655441491,"available":1}"#,
    ] {
      #expect(driver.call("POST", "/inventory_levels/set.json", body).status == 400)
    }
    #expect(
      driver.call(
        "POST",
        "/inventory_levels/set.json",
        #"{"location_id":655441491,"inventory_item_id":808950811,"available":"5"}"#
      ).status == 422
    )
    #expect(driver.call("GET", "/inventory_levels.json").status == 422)
  }
}
