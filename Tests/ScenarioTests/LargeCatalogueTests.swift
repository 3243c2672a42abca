import DrydockExchange
import DrydockPlayer
import DrydockReference
import DrydockReports
import DrydockScenarios
import DrydockVerification
import Testing

/// More products than one page of any platform holds.
@Suite("Large catalogue", .timeLimit(.minutes(10)))
struct LargeCatalogueTests {
  @Test("of 300 products all stock is read, page by page, and published")
  func pages() throws {
    let skus = (1...300).map { "P-\($0)" }
    let text = """
      {
        "scenario": "300 products in two nodes",
        "because": "stock comes in pages, and the last product is on the last of them",
        "partners": { "3pl": { "dialect": "shipbob", "nodes": ["east", "west"] } },
        "products": [
          \(skus.map { #"{ "sku": "\#($0)", "name": "\#($0)", "price": "10.00" }"# }
            .joined(separator: ", "))
        ],
        "given": {
          "stock": [
            \(skus.map { #"{ "sku": "\#($0)", "node": "west", "onHand": 5 }"# }
              .joined(separator: ", "))
          ]
        },
        "when": [
          {
            "at": "day 1 14:00", "store": "order placed", "order": "A",
            "lines": [{ "sku": "P-300", "quantity": 2 }]
          }
        ],
        "then": [
          { "order": "A", "reaches": "delivered", "within": "6 days" },
          { "stock": "3pl", "sku": "P-300", "node": "west", "onHand": 3 },
          { "stock": "store", "sku": "P-300", "available": 3 }
        ]
      }
      """
    let scenario = try Scenario.read(Array(text.utf8), file: "large.json").get()
    let run = ScenarioPlayer(catalog: PackageFiles.catalog)
      .play(scenario, against: ReferenceIntegration())
    #expect(run.verdict.outcome == .passed, "\(TextReport().details(of: run))")
    let targets = run.trace.events.compactMap { event -> String? in
      guard case .sent(_, let request) = event.content else { return nil }
      return request.target
    }
    let warehouse = targets.filter { $0.contains("/inventory-level") }
    #expect(warehouse.contains { $0.hasSuffix("PageSize=250") })
    #expect(warehouse.contains { $0.hasSuffix("PageSize=250&Cursor=2") })
    #expect(!warehouse.contains { $0.hasSuffix("Cursor=3") })
    // Six questions about fifty products each.
    let store = targets.filter { $0.contains("/inventory_levels.json") }
    #expect(Set(store).count == 6)
    #expect(store.count % 6 == 0)
  }
}
