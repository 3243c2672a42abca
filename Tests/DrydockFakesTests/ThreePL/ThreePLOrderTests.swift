import DrydockExchange
import DrydockFakes
import DrydockJSON
import DrydockKernel
import Testing

@Suite("3PL orders")
struct ThreePLOrderTests {
  @Test("goes from the order to the carrier within one working day")
  func plainOrder() throws {
    var bench = ShipBobSamples.bench()
    let created = bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001"))
    #expect(created.status == 201)
    bench.run(to: "2026-03-02T20:00:00Z")
    #expect(
      bench.facts.map(\.kind)
        == [.orderReleased, .stockReserved, .linePicked, .shipmentCreated]
    )
    let shipped = try #require(bench.webhooks("order-shipped").first)
    #expect(shipped.json["status"]?.string == "Fulfilled")
    #expect(shipped.json["shipments"]?[0]?["status"]?.string == "Completed")
    // 14:00 UTC is 09:00 in New York: taken on at once, picked in an hour, labelled in another
    // half.
    #expect(bench.webhookTimes == [VirtualInstant(parsing: "2026-03-02T15:30:00Z")])
    guard case .parcelTendered(let parcel) = bench.events.first else {
      Issue.record("no parcel was tendered")
      return
    }
    #expect(parcel.lines == [StoryCommand.Line(sku: "SKU-1", quantity: 2)])
    let number = shipped.json["shipments"]?[0]?["tracking"]?["tracking_number"]?.string
    #expect(parcel.tracking == number)
    #expect(parcel.tracking.count == 22)
    #expect(parcel.tracking.hasPrefix("9400"))
  }

  @Test(
    "ships on the next working day what arrives after the cut-off",
    arguments: [
      // 15:00 in New York is the cut-off, 20:00 UTC before daylight saving.
      ("2026-03-02T20:00:00Z", "2026-03-02T21:30:00Z"),
      ("2026-03-02T20:00:01Z", "2026-03-03T14:30:00Z"),
      // Before opening, work starts at eight.
      ("2026-03-02T05:00:00Z", "2026-03-02T14:30:00Z"),
      // Friday evening, Saturday and Sunday wait for Monday, when the clock has changed.
      ("2026-03-06T21:00:00Z", "2026-03-09T13:30:00Z"),
      ("2026-03-07T15:00:00Z", "2026-03-09T13:30:00Z"),
      ("2026-03-08T20:00:00Z", "2026-03-09T13:30:00Z"),
    ]
  )
  func cutoff(arrival: String, shipment: String) {
    var bench = ShipBobSamples.bench(at: arrival)
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001"))
    bench.run(for: .seconds(5 * 86_400))
    #expect(bench.webhookTimes == [VirtualInstant(parsing: shipment)])
  }

  @Test("works through the night where it never closes")
  func alwaysOpen() {
    var bench = ShipBobSamples.bench(at: "2026-03-07T23:00:00Z") { $0.alwaysOpen = true }
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001"))
    bench.run(for: .seconds(86_400))
    #expect(bench.webhookTimes == [VirtualInstant(parsing: "2026-03-08T00:30:00Z")])
  }

  @Test("picks in waves from opening")
  func waves() {
    var bench = ShipBobSamples.bench(at: "2026-03-02T14:10:00Z") {
      $0.waveEvery = .seconds(7_200)
    }
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001"))
    bench.run(for: .seconds(86_400))
    // Waves begin at 08:00, 10:00, …: 09:10 in New York waits for 10:00, which is 15:00 UTC.
    #expect(bench.webhookTimes == [VirtualInstant(parsing: "2026-03-02T16:30:00Z")])
  }

  @Test("does not finish work outside its hours")
  func closes() {
    var bench = ShipBobSamples.bench(at: "2026-03-02T19:59:00Z") {
      $0.pickAfter = .seconds(4 * 3600)
    }
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001"))
    bench.run(for: .seconds(86_400))
    #expect(bench.webhookTimes == [VirtualInstant(parsing: "2026-03-03T13:30:00Z")])
  }

  @Test("refuses a second order of the same reference with the documented body")
  func duplicate() {
    var bench = ShipBobSamples.bench()
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001"))
    let again = bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001"))
    #expect(again.status == 422)
    #expect(again.text == #"{"":["Cannot insert order with existing ReferenceId"]}"#)
    #expect(bench.facts(.orderReleased).count == 1)
    let found = bench.call("GET", "/2026-01/order?ReferenceIds=SHOP-1001,SHOP-9")
    #expect(found.json.count == 1)
  }

  @Test("prefers one node that has everything, and splits only where none has")
  func split() {
    var bench = ShipBobSamples.bench()
    let whole = bench.call(
      "POST",
      "/2026-01/order",
      ShipBobSamples.order("SHOP-1001", [("SKU-1", 9)])
    )
    #expect(whole.json["shipments"]?.count == 1)
    let parts = bench.call(
      "POST",
      "/2026-01/order",
      ShipBobSamples.order("SHOP-1002", [("SKU-1", 5)])
    )
    let shipments = parts.json["shipments"]
    #expect(shipments?.count == 2)
    #expect(shipments?[0]?["location"]?["name"]?.string == "east")
    #expect(
      shipments?[0]?["products"]?[0]?["inventory_items"]?[0]?["quantity"]?.int == 1
    )
    #expect(shipments?[1]?["location"]?["id"]?.int == 212)
    bench.run(for: .seconds(86_400))
    #expect(bench.webhooks("order-shipped").count == 3)
    #expect(bench.facts(.shipmentCreated).count == 3)
  }

  @Test("keeps to the location that an order names")
  func pinned() {
    var bench = ShipBobSamples.bench()
    let created = bench.call(
      "POST",
      "/2026-01/order",
      ShipBobSamples.order("SHOP-1001", [("SKU-1", 5)], location: 212)
    )
    #expect(created.json["status"]?.string == "Exception")
    #expect(created.json["shipments"]?.count == 1)
    let unknown = bench.call(
      "POST",
      "/2026-01/order",
      ShipBobSamples.order("SHOP-1002", location: 99)
    )
    #expect(unknown.status == 422)
    #expect(unknown.text == #"{"LocationId":["Location 99 is not valid."]}"#)
  }

  @Test("says that a short order is an exception, and ships it when stock arrives")
  func exception() throws {
    var bench = ShipBobSamples.bench()
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001", [("SKU-2", 6)]))
    bench.run(for: .seconds(86_400))
    let exception = try #require(bench.webhooks("order-shipment-exception").first)
    #expect(exception.json["status"]?.string == "Exception")
    #expect(exception.json["status_details"]?[0]?["name"]?.string == "OutOfStock")
    #expect(bench.webhooks.count == 1)
    #expect(bench.facts(.orderHeld).map(\.detail) == ["out-of-stock"])
    bench.give(.command(.adjustStock(sku: "SKU-2", node: "east", by: 2, reason: "receipt")))
    bench.run(for: .seconds(86_400))
    #expect(bench.webhooks("order-shipped").count == 1)
    #expect(bench.facts(.stockReserved).count == 1)
  }

  @Test("ships what is there and the rest later, where it takes backorders")
  func backorder() {
    var bench = ShipBobSamples.bench { $0.backorders = true }
    let created = bench.call(
      "POST",
      "/2026-01/order",
      ShipBobSamples.order("SHOP-1001", [("SKU-2", 6)], location: 211)
    )
    #expect(created.json["shipments"]?.count == 2)
    #expect(
      created.json["shipments"]?[1]?["estimated_fulfillment_date_status"]?.string
        == "AwaitingInventoryAllocation"
    )
    bench.run(for: .seconds(86_400))
    #expect(bench.webhooks.map(\.operation) == ["order-shipped"])
    #expect(bench.webhooks.last?.json["status"]?.string == "PartiallyFulfilled")
    bench.give(.command(.adjustStock(sku: "SKU-2", node: "east", by: 5, reason: "receipt")))
    bench.run(for: .seconds(2 * 86_400))
    #expect(bench.webhooks.map(\.operation) == ["order-shipped", "order-shipped"])
    #expect(bench.webhooks.last?.json["status"]?.string == "Fulfilled")
    #expect(bench.facts(.shipmentCreated).map { $0.lines.map(\.quantity) } == [[4], [2]])
  }

  @Test("holds an order as told and lets it go after a while")
  func hold() {
    var bench = ShipBobSamples.bench {
      $0.holds = [.init(order: 1001, reason: .address, lasts: .seconds(7_200))]
    }
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001"))
    #expect(bench.webhooks.map(\.operation) == ["order-shipment-on-hold"])
    #expect(bench.webhooks.last?.request.headers["x-webhook-topic"] == "order.shipment.on_hold")
    #expect(bench.facts(.orderHeld).map(\.detail) == ["address"])
    bench.run(for: .seconds(86_400))
    #expect(bench.webhooks.map(\.operation) == ["order-shipment-on-hold", "order-shipped"])
  }

  @Test("ships fewer units when a picker does not find them, and corrects its stock")
  func shortPick() {
    var bench = ShipBobSamples.bench {
      $0.shortPicks = [.init(order: 1001, sku: "SKU-1", missing: 1)]
    }
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001", [("SKU-1", 3)]))
    bench.run(for: .seconds(86_400))
    #expect(bench.facts(.shipmentCreated).first?.lines.map(\.quantity) == [2])
    #expect(bench.facts(.stockAdjusted).first?.lines.map(\.quantity) == [-1])
    let stock = bench.fake.books(at: bench.now).stock.first { $0.sku == "SKU-1" }
    #expect(stock?.onHand == 7)
    #expect(stock?.committed == 0)
  }

  @Test("puts the wrong goods into a parcel without saying so")
  func misShip() {
    var bench = ShipBobSamples.bench {
      $0.misShips = [.init(order: 1001, sku: "SKU-1", instead: "SKU-2")]
    }
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001"))
    bench.run(for: .seconds(86_400))
    #expect(bench.facts(.shipmentCreated).first?.lines.map(\.sku) == ["SKU-1"])
    guard case .parcelTendered(let parcel) = bench.events.first else { return }
    #expect(parcel.lines.map(\.sku) == ["SKU-2"])
  }

  @Test("takes a promise back when stock is lost")
  func drift() {
    var bench = ShipBobSamples.bench()
    bench.call(
      "POST",
      "/2026-01/order",
      ShipBobSamples.order("SHOP-1001", [("SKU-1", 8)], location: 211)
    )
    bench.give(.command(.adjustStock(sku: "SKU-1", node: "east", by: -4, reason: "theft")))
    #expect(bench.webhooks.map(\.operation) == ["order-shipment-exception"])
    bench.run(for: .seconds(86_400))
    #expect(bench.facts(.shipmentCreated).isEmpty)
    bench.give(.command(.adjustStock(sku: "SKU-1", node: "east", by: 2, reason: "found")))
    bench.run(for: .seconds(86_400))
    #expect(bench.facts(.shipmentCreated).count == 1)
  }

  @Test("confirms again as a new delivery with the same content")
  func confirmAgain() throws {
    var bench = ShipBobSamples.bench()
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001"))
    bench.run(for: .seconds(86_400))
    bench.give(.command(.confirmAgain(order: 1001)))
    let shipped = bench.webhooks("order-shipped")
    #expect(shipped.count == 2)
    #expect(shipped[0].delivery != shipped[1].delivery)
    #expect(bench.facts(.shipmentCreated).count == 1)
  }

  @Test("tells when a parcel was delivered, and nothing when it was lost")
  func delivery() {
    var bench = ShipBobSamples.bench()
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001"))
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1002"))
    bench.run(for: .seconds(86_400))
    let trackings = bench.fake.books(at: bench.now).parcels.compactMap {
      $0.keys.first { $0.namespace == "tracking" }?.value
    }
    bench.give(.world(.parcelEnded(tracking: trackings[0], ending: .delivered)))
    bench.give(.world(.parcelEnded(tracking: trackings[0], ending: .delivered)))
    bench.give(.world(.parcelEnded(tracking: trackings[1], ending: .lost)))
    bench.give(.world(.parcelEnded(tracking: "1Z-unknown", ending: .lost)))
    #expect(bench.webhooks("order-shipment-delivered").count == 1)
    #expect(
      bench.fake.books(at: bench.now).orders.map(\.status) == ["delivered", "shipped"]
    )
  }

  @Test("tells of the tracking number later where the scenario says so")
  func lateTracking() {
    var bench = ShipBobSamples.bench { $0.lateTracking = [1001] }
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001"))
    bench.run(for: .seconds(86_400))
    let told = bench.webhooks("order-shipped").first?.json["shipments"]?[0]?["tracking"]
    #expect(told?.isNull == true)
    let read = bench.call("GET", "/2026-01/order?ReferenceIds=SHOP-1001")
    #expect(read.json[0]?["shipments"]?[0]?["tracking"]?.kind == .object)
  }
}
