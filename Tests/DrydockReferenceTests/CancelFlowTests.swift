import DrydockExchange
import DrydockKernel
import Testing

@testable import DrydockReference

@Suite("Cancel flow") struct CancelFlowTests {
  private func requestCancel(_ driver: inout Driver) {
    driver.partners.tags = "cancel-requested"
    driver.storeSends(
      "orders/updated",
      driver.partners.order(updatedAt: "2026-03-02T09:30:00-05:00"),
      delivery: "cancel"
    )
    driver.settle()
  }

  @Test("an order that nobody released is cancelled at once")
  func unreleased() {
    var driver = Driver()
    driver.partners.answers = Array(
      repeating: ("erp POST /services/rest/auth", CallResult.connectionRefused),
      count: 3
    )
    driver.storeSends("orders/create", driver.partners.order())
    driver.pass(.milliseconds(500))
    requestCancel(&driver)
    #expect(driver.partners.made == ["store-cancel": 1])
    #expect(driver.order?.cancellation == .done)
  }

  @Test("an order that the 3PL gives back is closed at the ERP and cancelled in the store")
  func released() {
    var driver = Driver()
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    requestCancel(&driver)
    #expect(driver.partners.made["3pl-cancel"] == 1)
    #expect(driver.partners.made["store-cancel"] == 1)
    #expect(driver.calls("erp PATCH") == 1)
    #expect(driver.order?.isClosed == true)
  }

  @Test("an order that the 3PL keeps goes on and says so in the store")
  func raceLost() {
    var driver = Driver()
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    driver.partners.answers = [
      (
        "3pl POST /2026-01/order/",
        .response(
          PaperPartners.json(
            #"{"status":"Failure","canceled_shipment_results":[{"reason":"picked"}]}"#
          )
        )
      )
    ]
    requestCancel(&driver)
    #expect(driver.order?.cancellation == .declined)
    #expect(driver.partners.tags == "cancel-requested, cancel-declined")
    #expect(driver.partners.made["store-cancel"] == nil)
    driver.warehouseSends("order.shipped", driver.partners.order3PL("SHOP-1001", shipped: true))
    driver.settle()
    #expect(driver.partners.made["invoice INV-880001"] == 1)
  }

  @Test("a wish that comes after the shipment is declined without asking the 3PL")
  func tooLate() {
    var driver = Driver()
    driver.playOrder()
    requestCancel(&driver)
    #expect(driver.partners.made["3pl-cancel"] == nil)
    #expect(driver.partners.tags.contains("cancel-declined"))
  }

  @Test("a cancellation whose answer was lost is looked up")
  func lostAnswer() {
    var driver = Driver()
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    driver.partners.answers = [
      ("store POST /admin/api/2026-04/orders/5678900001001/cancel.json", .timedOut)
    ]
    requestCancel(&driver)
    #expect(driver.partners.made["store-cancel"] == 1)
    #expect(driver.count(.lookedUp) == 1)
    #expect(driver.order?.cancellation == .done)
  }

  @Test("with the defect 'ignores-cancel' a wish is not acted upon")
  func ignored() {
    var driver = Driver(defects: [.ignoresCancel])
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    requestCancel(&driver)
    #expect(driver.partners.made["3pl-cancel"] == nil)
  }
}
