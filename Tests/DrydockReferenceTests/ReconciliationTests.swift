import DrydockExchange
import DrydockKernel
import Testing

@testable import DrydockReference

@Suite("Reconciliation") struct ReconciliationTests {
  @Test("an order whose webhook never came is found the next day")
  func missedOrder() {
    var driver = Driver()
    driver.pass(.seconds(25 * 3600))
    #expect(driver.partners.made["salesOrder SHOP-1001"] == 1)
    #expect(driver.notes.contains { $0.kind == .reconciled && $0.order != nil })
  }

  @Test("a shipment whose webhook never came is found by the reference")
  func missedShipment() {
    var driver = Driver()
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    driver.partners.answers = [
      (
        "3pl GET /2026-01/order",
        .response(
          PaperPartners.json("[\(driver.partners.order3PL("SHOP-1001", shipped: true))]")
        )
      )
    ]
    driver.pass(.seconds(25 * 3600))
    #expect(driver.partners.made["invoice INV-880001"] == 1)
    #expect(driver.partners.doubles.isEmpty)
  }

  @Test("with the defect 'no-reconciliation' nothing is asked for")
  func none() {
    var driver = Driver(defects: [.noReconciliation])
    driver.pass(.seconds(25 * 3600))
    #expect(driver.calls("store GET /admin/api/2026-04/orders.json") == 0)
  }

  @Test("an order that nobody moves for a week is put in front of somebody")
  func stalled() {
    var driver = Driver()
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    driver.pass(.seconds(9 * 86_400))
    #expect(driver.notes.contains { $0.kind == .exceptionQueued && $0.owner == "fulfilment" })
  }

  @Test(
    "what the ERP's answer about stock does not reach is not taken for zero",
    arguments: [(true, 0), (false, 1)]
  )
  func partialStock(hasMore: Bool, adjustments: Int) {
    var driver = Driver()
    driver.partners.answers = [
      // An order that is under way would move the stock.
      ("store GET /admin/api/2026-04/orders", .response(PaperPartners.json(#"{"orders":[]}"#))),
      (
        "erp POST /services/rest/query",
        .response(PaperPartners.json(#"{"hasMore":\#(hasMore),"items":[]}"#))
      ),
    ]
    driver.pass(.seconds(25 * 3600))
    #expect(driver.calls("erp POST /services/rest/record/v1/inventoryAdjustment") == adjustments)
  }
}
