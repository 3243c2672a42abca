import DrydockExchange
import DrydockFakes
import DrydockJSON
import DrydockKernel
import Testing

@Suite("3PL returns")
struct ThreePLReturnTests {
  private static let reference = "RMA-6042537-1001"

  @Test("expects, receives, inspects and restocks")
  func restock() throws {
    var bench = ShipBobSamples.bench()
    let created = bench.call(
      "POST",
      "/2026-01/return",
      ShipBobSamples.returned(Self.reference, tracking: "9400R")
    )
    #expect(created.status == 201)
    #expect(created.json["status"]?.string == "AwaitingArrival")
    bench.give(.world(.parcelAtDock(ShipBobSamples.parcel("9400R"))))
    bench.run(for: .seconds(86_400))
    #expect(
      bench.webhooks.map(\.operation) == ["return-created", "return-updated", "return-completed"]
    )
    #expect(bench.facts.map(\.kind) == [.returnExpected, .returnReceived, .returnGraded])
    #expect(
      bench.facts(.returnGraded).first?.lines
        == [FactLine(sku: "SKU-1", quantity: 1, detail: "restock")]
    )
    let stock = bench.fake.books(at: bench.now).stock.first { $0.node == "east" }
    #expect(stock?.onHand == 11)
    #expect(bench.webhooks.last?.json["status"]?.string == "Completed")
  }

  @Test(
    "grades as the scenario says",
    arguments: [
      (ThreePLSettings.Disposition.restock, "restock", 12, 0),
      (.quarantine, "hold", 12, 2), (.dispose, "scrap", 10, 0), (.missing, "missing", 10, 0),
    ]
  )
  func grades(
    disposition: ThreePLSettings.Disposition,
    word: String,
    onHand: Int,
    held: Int
  ) {
    var bench = ShipBobSamples.bench { $0.grades = [.init(.returned(1), disposition)] }
    bench.call(
      "POST",
      "/2026-01/return",
      ShipBobSamples.returned(Self.reference, [("SKU-1", 2)], tracking: "9400R")
    )
    bench.give(.world(.parcelAtDock(ShipBobSamples.parcel("9400R", [("SKU-1", 2)]))))
    bench.run(for: .seconds(86_400))
    #expect(bench.facts(.returnGraded).first?.lines.map(\.detail) == [word])
    let stock = bench.fake.books(at: bench.now).stock.first { $0.node == "east" }
    #expect(stock?.onHand == onHand)
    #expect(stock?.held == held)
  }

  @Test("splits a line over what was done with it, and counts what is missing or too many")
  func splits() throws {
    var bench = ShipBobSamples.bench {
      $0.grades = [.init(.sku("SKU-1"), .dispose, units: 1)]
    }
    bench.call(
      "POST",
      "/2026-01/return",
      ShipBobSamples.returned(Self.reference, [("SKU-1", 3)], tracking: "9400R")
    )
    bench.give(
      .world(.parcelAtDock(ShipBobSamples.parcel("9400R", [("SKU-1", 2), ("SKU-2", 1)])))
    )
    bench.run(for: .seconds(86_400))
    let lines = try #require(bench.facts(.returnGraded).first?.lines)
    #expect(lines.map(\.detail) == ["scrap", "restock", "missing", "hold"])
    #expect(lines.map(\.quantity) == [1, 1, 1, 1])
    let taken = bench.webhooks.last?.json["inventory"]?[0]?["action_taken"]
    #expect(
      taken?.elements.compactMap { $0["action"]?.string } == ["Dispose", "Restock", "Missing"]
    )
  }

  @Test("does what the merchant asked for where inspection finds nothing else")
  func requested() {
    var bench = ShipBobSamples.bench()
    bench.call(
      "POST",
      "/2026-01/return",
      ShipBobSamples.returned(Self.reference, tracking: "9400R", action: "Quarantine")
    )
    bench.give(.world(.parcelAtDock(ShipBobSamples.parcel("9400R"))))
    bench.run(for: .seconds(86_400))
    #expect(bench.facts(.returnGraded).first?.lines.map(\.detail) == ["hold"])
  }

  @Test("matches a parcel that arrives before its papers")
  func early() {
    var bench = ShipBobSamples.bench()
    bench.give(.world(.parcelAtDock(ShipBobSamples.parcel("9400R"))))
    #expect(bench.facts.isEmpty)
    bench.call(
      "POST",
      "/2026-01/return",
      ShipBobSamples.returned(Self.reference, tracking: "9400R")
    )
    #expect(bench.facts.map(\.kind) == [.returnExpected])
    bench.run(for: .zero)
    #expect(bench.facts.map(\.kind) == [.returnExpected, .returnReceived])
    #expect(bench.webhooks.map { $0.json["status"]?.string } == ["Awaiting Arrival", "Arrived"])
  }

  @Test("finds the return of a parcel by the order when nobody told the tracking number")
  func untracked() {
    var bench = ShipBobSamples.bench()
    bench.call("POST", "/2026-01/return", ShipBobSamples.returned(Self.reference))
    bench.give(.world(.parcelAtDock(ShipBobSamples.parcel("9400R", reference: "SHOP-1002"))))
    #expect(bench.facts(.returnReceived).isEmpty)
    bench.give(.world(.parcelAtDock(ShipBobSamples.parcel("9400S", reference: "#1001"))))
    #expect(bench.facts(.returnReceived).count == 1)
  }

  @Test("opens a record by itself for a parcel that nobody could deliver")
  func returnToSender() throws {
    var bench = ShipBobSamples.bench()
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001"))
    bench.run(for: .seconds(86_400))
    guard case .parcelTendered(let parcel) = bench.events.first else {
      Issue.record("no parcel was tendered")
      return
    }
    bench.give(.world(.parcelAtDock(parcel)))
    bench.give(.world(.parcelEnded(tracking: parcel.tracking, ending: .returnedToSender)))
    bench.run(for: .seconds(86_400))
    let created = try #require(bench.webhooks("return-created").first)
    #expect(created.json["return_type"]?.string == "ReturnToSender")
    #expect(created.json["store_order_id"]?.string == "SHOP-1001")
    #expect(created.json["shipment_tracking_number"]?.string == parcel.tracking)
    #expect(bench.facts(.returnGraded).first?.lines.map(\.quantity) == [2])
    let expected = try #require(bench.facts(.returnExpected).first)
    #expect(OrderReference.names(expected.order?.value ?? "", number: 1001))
    #expect(expected.parent == bench.facts(.shipmentCreated).first?.subject)
    let stock = bench.fake.books(at: bench.now).stock.first { $0.node == "east" }
    #expect(stock?.onHand == 10)
  }

  @Test("reports a receipt again as a new delivery")
  func receiveAgain() {
    var bench = ShipBobSamples.bench()
    bench.call(
      "POST",
      "/2026-01/return",
      ShipBobSamples.returned(Self.reference, tracking: "9400R")
    )
    bench.give(.command(.receiveAgain(return: 1)))
    bench.give(.world(.parcelAtDock(ShipBobSamples.parcel("9400R"))))
    bench.run(for: .seconds(86_400))
    bench.give(.command(.receiveAgain(return: 1)))
    bench.give(.command(.receiveAgain(return: 2)))
    let completed = bench.webhooks("return-completed")
    #expect(completed.count == 2)
    #expect(completed[0].request.body == completed[1].request.body)
    #expect(completed[0].delivery != completed[1].delivery)
  }

  @Test("refuses a second return of the same reference, and cancels one that is not there yet")
  func duplicateAndCancel() throws {
    var bench = ShipBobSamples.bench()
    let payload = ShipBobSamples.returned(Self.reference, tracking: "9400R")
    let id = try #require(bench.call("POST", "/2026-01/return", payload).json["id"]?.int)
    let again = bench.call("POST", "/2026-01/return", payload)
    #expect(again.status == 422)
    #expect(again.json["errors"]?.count == 1)
    #expect(again.json["stackTrace"]?.isNull == true)
    #expect(bench.call("POST", "/2026-01/return/\(id):cancel").status == 200)
    #expect(bench.call("POST", "/2026-01/return/\(id):cancel").status == 422)
    let read = bench.call("GET", "/2026-01/return/\(id)")
    #expect(read.json["status"]?.string == "Cancelled")
  }
}
