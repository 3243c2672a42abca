import DrydockExchange
import DrydockFakes
import DrydockJSON
import DrydockKernel
import Testing

@Suite("3PL cancellation")
struct ThreePLCancelTests {
  @Test("cancels before picking and frees the stock")
  func early() throws {
    var bench = ShipBobSamples.bench()
    let order = bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001")).json
    let id = try #require(order["id"]?.int)
    let answer = bench.call("POST", "/2026-01/order/\(id):cancel")
    #expect(answer.status == 200)
    #expect(answer.json["status"]?.string == "Success")
    #expect(answer.json["order"]?["status"]?.string == "Cancelled")
    #expect(bench.webhooks.map(\.operation) == ["order-shipment-cancelled"])
    bench.run(for: .seconds(86_400))
    #expect(bench.facts(.shipmentCreated).isEmpty)
    #expect(bench.fake.books(at: bench.now).stock.allSatisfy { $0.committed == 0 })
    let again = bench.call("POST", "/2026-01/order/\(id):cancel")
    #expect(again.json["status"]?.string == "Success")
    #expect(bench.facts(.orderCancelled).count == 1)
  }

  @Test("loses the race from the moment of picking", arguments: [3_599, 3_600])
  func race(seconds: Int) throws {
    var bench = ShipBobSamples.bench()
    let order = bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001")).json
    let id = try #require(order["id"]?.int)
    bench.run(for: .seconds(seconds))
    let answer = bench.call("POST", "/2026-01/order/\(id):cancel")
    #expect(answer.status == 200)
    let isInTime = seconds < 3_600
    #expect(answer.json["status"]?.string == (isInTime ? "Success" : "Failure"))
    let result = answer.json["canceled_shipment_results"]?[0]
    #expect(result?["is_success"]?.bool == isInTime)
    #expect(result?["reason"]?.isNull == isInTime)
    bench.run(for: .seconds(86_400))
    #expect(bench.facts(.orderCancelled).count == (isInTime ? 1 : 0))
    #expect(bench.facts(.shipmentCreated).count == (isInTime ? 0 : 1))
  }

  @Test("cancels in part when one shipment is already picked")
  func partial() throws {
    var bench = ShipBobSamples.bench { $0.backorders = true }
    let order = bench.call(
      "POST",
      "/2026-01/order",
      ShipBobSamples.order("SHOP-1001", [("SKU-2", 6)], location: 211)
    ).json
    let id = try #require(order["id"]?.int)
    bench.run(for: .seconds(3_600))
    let answer = bench.call("POST", "/2026-01/order/\(id):cancel")
    #expect(answer.json["status"]?.string == "PartialSuccess")
    #expect(
      answer.json["canceled_shipment_results"]?.elements.map { $0["is_success"]?.bool }
        == [false, true]
    )
    #expect(bench.facts(.orderCancelled).isEmpty)
    bench.run(for: .seconds(86_400))
    let entry = bench.fake.books(at: bench.now).orders.first
    #expect(entry?.lines.first?.shipped == 4)
    #expect(entry?.lines.first?.cancelled == 2)
  }

  @Test("gives freed stock to the order that waits")
  func freesForOthers() throws {
    var bench = ShipBobSamples.bench()
    let first = bench.call(
      "POST",
      "/2026-01/order",
      ShipBobSamples.order("SHOP-1001", [("SKU-2", 4)])
    ).json
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1002", [("SKU-2", 1)]))
    let id = try #require(first["id"]?.int)
    bench.call("POST", "/2026-01/order/\(id):cancel")
    bench.run(for: .seconds(86_400))
    #expect(bench.facts(.shipmentCreated).map(\.links.first) == [.reference("SHOP-1002")])
  }
}
