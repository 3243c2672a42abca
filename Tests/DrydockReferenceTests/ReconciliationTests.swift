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
}
