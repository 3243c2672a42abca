import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockFakes

@Suite("Store fake") struct StoreFakeTests {
  @Test("an order states two facts, tells the returns platform, and is announced")
  func places() throws {
    var driver = StoreDriver()
    driver.place()
    #expect(driver.facts.map(\.kind) == [.orderPlaced, .paymentCaptured])
    let placed = try #require(driver.facts.first)
    #expect(placed.subject == EntityKey("shopify.order", StoreDriver.order))
    #expect(
      placed.links == [
        .reference("1001"), EntityKey("shopify.order-name", "#1001"), EntityKey("source", "A"),
      ]
    )
    #expect(placed.amount == Money(minorUnits: 6_276, currency: .usd))
    #expect(placed.lines.map(\.sku) == ["SKU-1", "SKU-2"])
    #expect(placed.lines.map(\.quantity) == [2, 1])
    #expect(driver.webhooks.map(\.operation) == ["orders-create"])
    #expect(driver.webhooks.map(\.entity) == ["1001"])
    guard case .orderPlaced(let copy)? = driver.events.first else {
      Issue.record("the returns platform heard nothing")
      return
    }
    #expect(copy.number == 1001)
    #expect(copy.lines.map(\.lineItem).map(String.init).first == StoreDriver.firstLine)
    #expect(copy.lines.map(\.tax.minorUnits) == [330, 103])
  }

  @Test("an update follows the creation, unless the settings say that it does not")
  func updatesAfterCreation() {
    var driver = StoreDriver()
    driver.place()
    let timers: [TimerID] = driver.outputs.compactMap {
      if case .wake(let timer, _, false) = $0 { timer } else { nil }
    }
    #expect(timers == [TimerID("orders-updated/1001")])
    driver.give(.timer(TimerID("orders-updated/1001")))
    #expect(driver.webhooks.map(\.operation) == ["orders-updated"])

    var settings = StoreSettings()
    settings.updatesAfterCreation = false
    var quiet = StoreDriver(settings)
    quiet.place()
    #expect(
      !quiet.outputs.contains { if case .wake = $0 { true } else { false } }
    )
  }

  @Test("an order for more than is available leaves no trace")
  func refusesAtCheckout() {
    var settings = StoreSettings()
    settings.stock = [.init(sku: "SKU-1", available: 1)]
    var driver = StoreDriver(settings)
    driver.place([("SKU-1", 2)])
    #expect(driver.outputs.isEmpty)
    #expect(driver.store.ledger.refusedCheckouts == 1)
    settings.oversells = true
    var overselling = StoreDriver(settings)
    overselling.place([("SKU-1", 2)])
    #expect(overselling.facts.count == 2)
  }

  @Test("a wish to cancel tags the order, once, and announces it")
  func requestsCancel() throws {
    var driver = StoreDriver()
    driver.place()
    driver.give(.command(.requestCancel(order: 1001, reason: "customer")))
    driver.give(.command(.requestCancel(order: 1001, reason: "customer")))
    #expect(driver.facts.isEmpty)
    let webhook = try #require(driver.webhooks.first)
    #expect(webhook.operation == "orders-updated")
    let order = try JSONDocument.parse(webhook.request.body).root
    #expect(order["tags"]?.string == "cancel-requested")
    #expect(order["note_attributes"]?[0]?["value"]?.string == "customer")
    driver.give(.command(.requestCancel(order: 4711, reason: "customer")))
    #expect(driver.outputs.isEmpty)
  }

  @Test("an order sent again is a new delivery of the same event content")
  func resends() throws {
    var driver = StoreDriver()
    driver.place()
    let first = try #require(driver.webhooks.first)
    driver.give(.command(.resendOrder(order: 1001)))
    let second = try #require(driver.webhooks.first)
    #expect(second.operation == "orders-create")
    #expect(second.request.body == first.request.body)
    #expect(second.delivery != first.delivery)
    #expect(driver.facts.isEmpty)
  }

  @Test("an exchange is an order of its own, paid with the credit of its return")
  func exchanges() throws {
    var driver = StoreDriver()
    driver.place()
    driver.give(
      .world(
        .exchangeAccepted(
          order: EntityKey("shopify.order", StoreDriver.order),
          returnKey: EntityKey("loop.return", "6042537"),
          lines: [
            .init(
              sku: "SKU-3",
              quantity: 1,
              unitPrice: Money(minorUnits: 1_999, currency: .usd)
            )
          ]
        )
      )
    )
    #expect(driver.facts.map(\.detail) == [nil, "credit"])
    let placed = try #require(driver.facts.first)
    #expect(placed.parent == EntityKey("loop.return", "6042537"))
    #expect(placed.links.first == .reference("9001"))
    #expect(placed.amount == Money(minorUnits: 2_164, currency: .usd))
    let webhook = try #require(driver.webhooks.first)
    let order = try JSONDocument.parse(webhook.request.body).root
    #expect(order["payment_gateway_names"]?[0]?.string == "exchange_credit")
    #expect(order["note_attributes"]?[0]?["value"]?.string == "#1001")
    #expect(order["note_attributes"]?[1]?["value"]?.string == "6042537")
    #expect(order["source_identifier"]?.string == "return-6042537")
    #expect(order["source_name"]?.string == "1662707")
  }

  @Test("a new token replaces the old one at once")
  func expiresToken() {
    var driver = StoreDriver()
    driver.place()
    driver.give(.command(.expireToken))
    #expect(driver.call("GET", "/orders/\(StoreDriver.order).json").status == 401)
    let fresh = driver.store.profile.credential
    #expect(
      driver.call("GET", "/orders/\(StoreDriver.order).json", token: fresh).status == 200
    )
  }

  @Test("stock is announced where the app asked for it, once a product")
  func announcesStock() {
    var settings = StoreSettings()
    settings.announcesStock = true
    var driver = StoreDriver(settings)
    driver.place([("SKU-1", 1), ("SKU-1", 1), ("SKU-2", 1)])
    #expect(
      driver.webhooks.map(\.operation)
        == ["orders-create", "inventory-levels-update", "inventory-levels-update"]
    )
    #expect(driver.webhooks.map(\.entity) == ["1001", "SKU-1", "SKU-2"])
    driver.call(
      "POST",
      "/inventory_levels/set.json",
      #"{"location_id":655441491,"inventory_item_id":808950811,"available":5}"#
    )
    #expect(driver.webhooks.map(\.operation) == ["inventory-levels-update"])
  }

  @Test("the same inputs and seed give the same outputs; another seed changes tokens alone")
  func isDeterministic() {
    func outputs(seed: UInt64) -> [[UInt8]] {
      var driver = StoreDriver(seed: seed)
      var bodies: [[UInt8]] = []
      driver.place()
      bodies += driver.webhooks.map(\.request.body)
      bodies += driver.webhooks.map { Array($0.delivery.utf8) }
      driver.call("POST", "/fulfillments.json", StoreDriver.fulfilment())
      bodies += driver.webhooks.map(\.request.body)
      let answer = driver.call(
        "POST",
        "/orders/\(StoreDriver.order)/refunds.json",
        StoreDriver.refund("10.00")
      )
      bodies.append(answer.body)
      bodies.append(Array((answer.headers["X-Request-Id"] ?? "").utf8))
      return bodies
    }
    #expect(outputs(seed: 7) == outputs(seed: 7))
    #expect(outputs(seed: 7) != outputs(seed: 8))
  }

  @Test("the books say what became of orders, stock and parcels")
  func inspects() {
    var driver = StoreDriver()
    driver.place()
    driver.place([("SKU-3", 1)], number: 1002, label: "B")
    driver.call("POST", "/fulfillments.json", StoreDriver.fulfilment())
    driver.call(
      "POST",
      "/orders/\(StoreDriver.order)/refunds.json",
      StoreDriver.refund("12.50", lines: [(StoreDriver.secondLine, 1, "return")])
    )
    let books = driver.store.books(at: driver.now)
    #expect(books.orders.map(\.status) == ["shipped", "open"])
    #expect(books.orders[0].lines.map(\.shipped) == [2, 1])
    #expect(books.orders[0].lines.map(\.returned) == [0, 1])
    #expect(books.orders[0].returned == Money(minorUnits: 1_250, currency: .usd))
    #expect(books.stock.map(\.available) == [98, 100, 99])
    #expect(books.stock.map(\.onHand) == [98, 100, 100])
    #expect(books.parcels.map(\.status) == ["pre-transit"])
    driver.call(
      "POST",
      "/fulfillments/\(StoreDriver.fulfillment)/events.json",
      #"{"event":{"status":"delivered"}}"#
    )
    #expect(driver.store.books(at: driver.now).orders[0].status == "delivered")
  }
}
