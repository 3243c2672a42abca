import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockFakes

@Suite("Returns fake") struct ReturnsFakeTests {
  @Test("a return states a fact and is announced; its label comes later, and more is announced")
  func requests() throws {
    var driver = ReturnsDriver()
    driver.request()
    let fact = try #require(driver.facts.first)
    #expect(driver.facts.count == 1)
    #expect(fact.kind == .returnRequested)
    #expect(fact.subject == EntityKey("loop.return", "6042537"))
    #expect(fact.order == ReturnsDriver.orderKey)
    #expect(fact.amount == Money(minorUnits: 2_164, currency: .usd))
    #expect(fact.detail == "refund")
    #expect(
      fact.lines == [
        FactLine(sku: "SKU-1", quantity: 1, amount: Money(minorUnits: 2_164, currency: .usd))
      ]
    )
    #expect(driver.webhooks.map(\.operation) == ["return-created"])
    #expect(driver.webhooks.map(\.entity) == ["6042537 of 1001"])
    #expect(driver.timers == ["label/1"])

    driver.give(.timer(TimerID("label/1")))
    #expect(driver.webhooks.map(\.operation) == ["label-created", "return-updated"])
    #expect(driver.timers == ["expire/1"])
    guard case .returnLabelIssued(let parcel)? = driver.events.first else {
      Issue.record("the carrier heard nothing")
      return
    }
    #expect(parcel.tracking == ReturnsDriver.tracking)
    #expect(parcel.tracking.count == 22)
    #expect(parcel.reference == "RMA-6042537-1001")
    #expect(parcel.isReturn)
    #expect(parcel.lines == [.init(sku: "SKU-1", quantity: 1)])
  }

  @Test("a parcel handed over before its label waits for it")
  func handsOver() {
    var driver = ReturnsDriver()
    driver.request()
    driver.give(.command(.shipReturn(return: 1)))
    #expect(driver.events.isEmpty)
    driver.give(.timer(TimerID("label/1")))
    #expect(driver.events.last == .returnTendered(tracking: ReturnsDriver.tracking))

    var later = ReturnsDriver()
    later.requestWithLabel()
    later.give(.command(.shipReturn(return: 1)))
    #expect(later.events == [.returnTendered(tracking: ReturnsDriver.tracking)])
    later.give(.command(.shipReturn(return: 9)))
    #expect(later.outputs.isEmpty)
  }

  @Test("scans change the label, end its expiry, and are announced once")
  func scans() throws {
    var driver = ReturnsDriver()
    driver.requestWithLabel()
    driver.give(.world(.returnScanned(tracking: ReturnsDriver.tracking)))
    #expect(driver.webhooks.map(\.operation) == ["label-updated", "return-updated"])
    #expect(driver.cancelled == ["expire/1"])
    let label = try driver.json(try #require(driver.webhooks.first).request.body)
    #expect(label["label_status"]?.string == "in_transit")
    driver.give(.world(.returnScanned(tracking: ReturnsDriver.tracking)))
    #expect(driver.outputs.isEmpty)
    driver.give(.world(.parcelEnded(tracking: ReturnsDriver.tracking, ending: .delivered)))
    #expect(driver.webhooks.count == 2)
    driver.give(.world(.parcelEnded(tracking: "1Z5R89", ending: .delivered)))
    #expect(driver.outputs.isEmpty)
  }

  @Test("a return that is never shipped expires")
  func expires() throws {
    var driver = ReturnsDriver()
    driver.requestWithLabel()
    driver.give(.timer(TimerID("expire/1")))
    #expect(driver.webhooks.map(\.operation) == ["return-updated"])
    let made = try driver.json(try #require(driver.webhooks.first).request.body)
    #expect(made["state"]?.string == "expired")
    driver.give(.command(.shipReturn(return: 1)))
    #expect(driver.outputs.isEmpty)
  }

  @Test("settling is asked for, happens later, and closes the return")
  func settles() throws {
    var driver = ReturnsDriver()
    driver.requestWithLabel()
    let response = driver.call("POST", "/warehouse/return/6042537/process", "{}")
    #expect(response.status == 200)
    #expect(driver.text(response) == #""true""#)
    #expect(driver.timers == ["process/1"])
    #expect(driver.facts.isEmpty)
    #expect(
      driver.text(driver.call("POST", "/warehouse/return/6042537/process")) == #""true""#
    )
    #expect(driver.timers.isEmpty)
    driver.give(.timer(TimerID("process/1")))
    #expect(driver.facts.map(\.kind) == [.returnClosed])
    #expect(driver.webhooks.map(\.operation) == ["return-closed", "return-updated"])
    #expect(driver.events.isEmpty)
    driver.give(.timer(TimerID("process/1")))
    #expect(driver.outputs.isEmpty)
  }

  @Test("an exchange has the store make an order, for what the old one cost")
  func exchanges() {
    var driver = ReturnsDriver()
    driver.requestWithLabel(exchangeFor: "SKU-3")
    driver.call("POST", "/warehouse/return/6042537/process")
    driver.give(.timer(TimerID("process/1")))
    #expect(driver.facts.map(\.detail) == ["exchange"])
    #expect(
      driver.events == [
        .exchangeAccepted(
          order: ReturnsDriver.orderKey,
          returnKey: EntityKey("loop.return", "6042537"),
          lines: [
            .init(
              sku: "SKU-3",
              quantity: 1,
              unitPrice: Money(minorUnits: 1_999, currency: .usd)
            )
          ]
        )
      ]
    )
  }

  @Test("a settlement that fails says so, and the return stays open")
  func fails() throws {
    var settings = ReturnsSettings()
    settings.processingFailures = 1
    var driver = ReturnsDriver(settings)
    driver.requestWithLabel()
    driver.call("POST", "/warehouse/return/6042537/process")
    driver.give(.timer(TimerID("process/1")))
    #expect(driver.facts.isEmpty)
    #expect(driver.webhooks.map(\.operation) == ["return-processing-failed"])
    let body = try #require(driver.webhooks.first).request.body
    #expect(
      String(decoding: body, as: UTF8.self)
        == #"{"topic":"return.processing","trigger":"return.processing.failed","#
        + #""return_id":6042537,"return_state":"open","message":"Return failed to process","#
        + #""source":"warehouse"}"#
    )
  }

  @Test("a return that is withdrawn is not settled any more")
  func withdraws() {
    var driver = ReturnsDriver()
    driver.requestWithLabel()
    driver.call("POST", "/warehouse/return/6042537/process")
    driver.give(.command(.cancelReturn(return: 1)))
    #expect(driver.webhooks.map(\.operation) == ["return-updated"])
    #expect(driver.cancelled.contains("process/1"))
    driver.give(.timer(TimerID("process/1")))
    #expect(driver.outputs.isEmpty)
    driver.give(.command(.cancelReturn(return: 1)))
    #expect(driver.outputs.isEmpty)
  }

  @Test("a request that cannot be made leaves no trace, and neither do others' steps")
  func ignores() {
    var driver = ReturnsDriver()
    driver.request([("SKU-1", 9)])
    #expect(driver.outputs.isEmpty)
    #expect(driver.platform.ledger.refusedRequests == 1)
    driver.give(.command(.approveOrder(order: 1001)))
    driver.give(.world(.returnTendered(tracking: "x")))
    driver.give(.timer(TimerID("unknown")))
    #expect(driver.outputs.isEmpty)
  }

  @Test("the same order told twice is one order")
  func copiesOnce() {
    var driver = ReturnsDriver()
    let copy = driver.platform.ledger.orders[0].copy
    driver.give(.world(.orderPlaced(copy)))
    #expect(driver.platform.ledger.orders.count == 1)
  }

  @Test("the same inputs give the same outputs")
  func isDeterministic() {
    func outputs() -> [Webhook] {
      var driver = ReturnsDriver()
      driver.request()
      var webhooks = driver.webhooks
      driver.give(.timer(TimerID("label/1")))
      webhooks += driver.webhooks
      return webhooks
    }
    #expect(outputs() == outputs())
    #expect(Set(outputs().map(\.delivery)).count == 3)
  }

  @Test("the books say what became of returns and their parcels")
  func inspects() {
    var driver = ReturnsDriver()
    driver.requestWithLabel()
    driver.call(
      "POST",
      "/dispositioning/grade",
      ReturnsDriver.grades([(59_160_001_001, "grade_a")])
    )
    let books = driver.platform.books(at: driver.now)
    #expect(books.returns.map(\.status) == ["graded"])
    #expect(books.returns[0].lines.map(\.returned) == [1])
    #expect(books.returns[0].keys.contains(.tracking(ReturnsDriver.tracking)))
    #expect(books.parcels.map(\.status) == ["pre-transit"])
  }
}
