import DrydockExchange
import DrydockFakes
import DrydockJSON
import DrydockKernel
import Foundation
import Testing

/// Holds payloads against files: `UPDATE_GOLDEN=1` rewrites them.
struct WireGolden {
  let folder: URL

  init(beside file: String = #filePath) {
    folder = URL(filePath: file).deletingLastPathComponent().appending(path: "Golden")
  }

  func check(_ bytes: [UInt8], _ name: String) throws {
    let document = try JSONDocument.parse(bytes)
    var writer = JSONWriter(pretty: true)
    writer.value(document.root)
    let found = writer.text + "\n"
    let file = folder.appending(path: "\(name).json")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data(found.utf8).write(to: file)
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    #expect(found == expected, "\(name) differs from its golden file")
  }
}

@Suite("ShipBob payloads")
struct ShipBobGoldenTests {
  @Test("look as the platform's do, from the order to the graded return")
  func payloads() throws {
    let golden = WireGolden()
    var bench = ShipBobSamples.bench {
      $0.holds = [.init(order: 1002, reason: .address)]
      $0.grades = [.init(.sku("SKU-1"), .dispose, units: 1)]
    }
    let lines = [("SKU-1", 2), ("SKU-2", 1)]
    let created = bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001", lines))
    try golden.check(created.body, "order-create-response")
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1002"))
    try golden.check(
      try #require(bench.webhooks.last).request.body,
      "order-shipment-on-hold"
    )
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1003", [("SKU-2", 9)]))
    try golden.check(
      try #require(bench.webhooks.last).request.body,
      "order-shipment-exception"
    )
    bench.run(for: .seconds(86_400))
    let shipped = try #require(bench.webhooks("order-shipped").first)
    try golden.check(shipped.request.body, "order-shipped")
    let held = try #require(
      bench.call("GET", "/2026-01/order?ReferenceIds=SHOP-1002").json[0]?["id"]?.int
    )
    try golden.check(
      bench.call("POST", "/2026-01/order/\(held):cancel").body,
      "order-cancel-response"
    )
    try golden.check(
      bench.call("GET", "/2026-01/inventory-level").body,
      "inventory-levels-list-response"
    )
    let shipment = shipped.json["shipments"]?[0]?["id"]?.int
    let payload = ShipBobSamples.returned(
      "RMA-6042537-1001",
      [("SKU-1", 2)],
      tracking: "9400R",
      shipment: shipment
    )
    let returned = bench.call("POST", "/2026-01/return", payload)
    try golden.check(returned.body, "return-create-response")
    bench.give(.world(.parcelAtDock(ShipBobSamples.parcel("9400R", [("SKU-1", 2)]))))
    bench.run(for: .seconds(86_400))
    try golden.check(
      try #require(bench.webhooks("return-completed").first).request.body,
      "return-completed"
    )
  }
}
