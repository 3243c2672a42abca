import DrydockExchange
import DrydockFakes
import DrydockJSON
import DrydockKernel
import Testing

@Suite("3PL stock")
struct ThreePLStockTests {
  @Test("shows a new order in its levels a minute later")
  func lag() {
    var bench = ShipBobSamples.bench()
    bench.call("POST", "/2026-01/order", ShipBobSamples.order("SHOP-1001"))
    func fulfillable(_ response: Response) -> Int64? {
      response.json["items"]?[0]?["total_fulfillable_quantity"]?.int
    }
    #expect(fulfillable(bench.call("GET", "/2026-01/inventory-level")) == 14)
    bench.run(for: .seconds(59))
    #expect(fulfillable(bench.call("GET", "/2026-01/inventory-level")) == 14)
    bench.run(for: .seconds(1))
    let levels = bench.call("GET", "/2026-01/inventory-level")
    #expect(fulfillable(levels) == 12)
    let first = levels.json["items"]?[0]
    #expect(first?["total_on_hand_quantity"]?.int == 14)
    #expect(first?["total_committed_quantity"]?.int == 2)
  }

  @Test("keeps quality hold apart from what can be fulfilled")
  func held() {
    var bench = ShipBobSamples.bench()
    let level = bench.call("GET", "/2026-01/inventory-level?SearchBy=sku-2").json["items"]?[0]
    #expect(level?["total_on_hand_quantity"]?.int == 4)
    #expect(level?["total_exception_quantity"]?.int == 1)
    #expect(level?["total_fulfillable_quantity"]?.int == 4)
    let entry = bench.fake.books(at: bench.now).stock.first { $0.sku == "SKU-2" }
    #expect(entry?.onHand == 5)
    #expect(entry?.available == 4)
  }

  @Test("shows every location by itself, and pages")
  func locations() {
    var bench = ShipBobSamples.bench()
    let all = bench.call("GET", "/2026-01/inventory-level/locations")
    #expect(
      all.json["items"]?[0]?["locations"]?.elements.map { $0["on_hand_quantity"]?.int }
        == [10, 4]
    )
    let page = bench.call("GET", "/2026-01/inventory-level?PageSize=1")
    #expect(page.json["items"]?.count == 1)
    let next = page.json["next"]?.string
    #expect(next == "/2026-01/inventory-level?PageSize=1&Cursor=2")
    let rest = bench.call("GET", next ?? "")
    #expect(rest.json["items"]?[0]?["sku"]?.string == "SKU-2")
    #expect(rest.json["next"]?.isNull == true)
  }

  @Test("never loses more than there is")
  func floor() {
    var bench = ShipBobSamples.bench()
    bench.give(.command(.adjustStock(sku: "SKU-1", node: "west", by: -9, reason: "fire")))
    #expect(bench.facts(.stockAdjusted).first?.lines.map(\.quantity) == [-4])
    #expect(bench.facts(.stockAdjusted).first?.detail == "fire")
    bench.give(.command(.adjustStock(sku: "SKU-9", node: "west", by: 1, reason: "?")))
    #expect(bench.facts.count == 1)
  }

  /// What the facts say about the units of each SKU and node.
  private struct Ledger {
    var units: [String: Int] = [:]

    mutating func add(_ sku: String, _ node: String, _ units: Int) {
      self.units["\(sku) \(node)", default: 0] += units
    }
  }

  @Test("is conserved under any commands", arguments: 1...12)
  func conserved(seed: Int) throws {
    let draws = Seed(UInt64(seed)).draws(for: "stock")
    var bench = ShipBobSamples.bench { settings in
      settings.backorders = seed % 2 == 0
      settings.shortPicks = [.init(order: 1_003, sku: "SKU-1", missing: 1)]
      settings.holds = [.init(order: 1_005, reason: .manual, lasts: .seconds(9_000))]
      settings.grades = [
        .init(.returned(1), .quarantine), .init(.sku("SKU-2"), .dispose, units: 1),
      ]
    }
    var orders: [Int64] = []
    for step in 0..<80 {
      func draw(_ bound: UInt64, _ purpose: String) -> Int {
        Int(draws.below(bound, KeyedDraws.Key(attempt: step, purpose: purpose)))
      }
      let sku = "SKU-\(1 + draw(2, "sku"))"
      switch draw(6, "what") {
      case 0, 1:
        let payload = ShipBobSamples.order(
          "SHOP-\(1_001 + orders.count)",
          [(sku, 1 + draw(6, "units")), ("SKU-1", 1)],
          location: [nil, 211, 212][draw(3, "where")]
        )
        let answer = bench.call("POST", "/2026-01/order", payload)
        orders.append(try #require(answer.json["id"]?.int))
      case 2:
        guard !orders.isEmpty else { continue }
        bench.call(
          "POST",
          "/2026-01/order/\(orders[draw(UInt64(orders.count), "which")]):cancel"
        )
      case 3:
        let node = ["east", "west"][draw(2, "where")]
        let units = draw(9, "units") - 4
        bench.give(.command(.adjustStock(sku: sku, node: node, by: units, reason: "count")))
      case 4:
        let tracking = "9400-\(step)"
        bench.call(
          "POST",
          "/2026-01/return",
          ShipBobSamples.returned("RMA-\(step)-1001", [(sku, 2)], tracking: tracking)
        )
        let there = 1 + draw(3, "there")
        bench.give(.world(.parcelAtDock(ShipBobSamples.parcel(tracking, [(sku, there)]))))
      default: bench.run(for: .seconds(600 * draw(20, "time")))
      }
      if step % 8 == 0 { checkInvariants(bench) }
    }
    bench.run(for: .seconds(5 * 86_400))
    checkInvariants(bench)
  }

  /// Checks each entry by itself, and all of them against the facts.
  private func checkInvariants(_ bench: WarehouseBench<ThreePLFake>) {
    var ledger = Ledger()
    for line in ShipBobSamples.settings.stock { ledger.add(line.sku, line.node, line.onHand) }
    for fact in bench.facts {
      for line in fact.lines {
        switch fact.kind {
        case .stockAdjusted: ledger.add(line.sku, line.node ?? "", line.quantity)
        case .shipmentCreated: ledger.add(line.sku, line.node ?? "", -line.quantity)
        case .returnGraded where line.detail == "restock" || line.detail == "hold":
          ledger.add(line.sku, "east", line.quantity)
        default: break
        }
      }
    }
    for entry in bench.fake.books(at: bench.now).stock {
      let said = ledger.units["\(entry.sku) \(entry.node)", default: 0]
      #expect(entry.onHand == said, "\(entry.sku) at \(entry.node)")
      #expect(entry.onHand == entry.available + entry.committed + entry.held)
      #expect(entry.available >= 0, "\(entry.sku) at \(entry.node)")
      #expect(entry.committed >= 0 && entry.held >= 0)
    }
  }
}
