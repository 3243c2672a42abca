import DrydockExchange
import DrydockKernel
import Testing

@testable import DrydockReference

@Suite("Order flow") struct OrderFlowTests {
  @Test("an order goes to the ERP, the 3PL, back to the store and the ERP, and to the carrier")
  func happyPath() {
    var driver = Driver()
    driver.playOrder()
    #expect(
      driver.partners.made == [
        "salesOrder SHOP-1001": 1, "3pl-order SHOP-1001": 1, "fulfillment 94001": 1,
        "itemFulfillment IF-880001": 1, "invoice INV-880001": 1, "tracker 94001": 1,
        "delivery-event": 1,
      ]
    )
    #expect(driver.order?.isClosed == true)
    #expect(driver.integration.journal.outbox.count == 0)
    #expect(driver.responses == [200, 200, 200, 200])
    #expect(driver.notes.allSatisfy { $0.kind == .tokenRefreshed })
  }

  @Test("every call about an order carries its correlation identifier")
  func correlates() {
    var driver = Driver()
    driver.playOrder()
    let others = driver.requests.filter { $0.request.headers["X-Correlation-Id"] != "SHOP-1001" }
    #expect(others.allSatisfy { $0.request.path.hasSuffix("/token") })
  }

  @Test("nothing goes to the 3PL before the ERP took the order")
  func waitsForAcceptance() {
    var driver = Driver()
    driver.partners.answers = [
      ("erp PUT", .response(PaperPartners.json("{}", 503))),
      ("erp PUT", .response(PaperPartners.json("{}", 503))),
    ]
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    let accepted = driver.partners.calls.lastIndex { $0.hasPrefix("erp PUT") }
    let released = driver.partners.calls.firstIndex { $0.hasPrefix("3pl POST") }
    #expect(accepted != nil && released != nil && (accepted ?? 0) < (released ?? 0))
    #expect(driver.calls("erp PUT") == 3)
  }

  @Test(
    "an order that the ERP refuses goes to its owner, not to the 3PL",
    arguments: [
      ("Customer is on credit hold", "credit"), ("The rate differs", "pricing"),
      ("Please enter value(s) for: Zip", "customer-service"),
    ]
  )
  func refusal(reason: String, owner: String) {
    var driver = Driver()
    let body = #"{"o:errorDetails":[{"o:errorCode":"USER_ERROR","detail":"\#(reason)"}]}"#
    driver.partners.answers = [("erp PUT", .response(PaperPartners.json(body, 400)))]
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    #expect(driver.calls("erp PUT") == 1)
    #expect(driver.calls("3pl POST") == 0)
    #expect(driver.notes.last { $0.kind == .exceptionQueued }?.owner == owner)
    #expect(driver.partners.tags == "exception-\(owner)")
  }

  @Test("an order that is sent again as a new delivery is suppressed by its number")
  func repeatedOrder() {
    var driver = Driver()
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    driver.storeSends("orders/create", driver.partners.order(), delivery: "d2")
    driver.settle()
    #expect(driver.count(.duplicateSuppressed) == 1)
    #expect(driver.partners.made["salesOrder SHOP-1001"] == 1)
    #expect(driver.calls("erp PUT") == 1)
  }

  @Test("a delivery that comes again is suppressed by its identifier, and answered 200")
  func repeatedDelivery() {
    var driver = Driver()
    driver.storeSends("orders/create", driver.partners.order())
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    #expect(driver.responses == [200, 200])
    #expect(driver.count(.duplicateSuppressed) == 1)
  }

  @Test("a webhook with a wrong signature is refused and changes nothing")
  func wrongSignature() {
    var driver = Driver()
    driver.storeSends("orders/create", driver.partners.order(), signature: "AAAA")
    driver.settle()
    #expect(driver.responses == [401])
    #expect(driver.count(.signatureRefused) == 1)
    #expect(driver.partners.calls.isEmpty)
  }

  @Test("an update that comes before its order makes the order be asked for")
  func updateFirst() {
    var driver = Driver()
    driver.storeSends("orders/updated", driver.partners.order())
    driver.settle()
    #expect(driver.calls("store GET /admin/api/2026-04/orders/5678900001001.json") == 1)
    #expect(driver.partners.made["salesOrder SHOP-1001"] == 1)
  }

  @Test("an older update is suppressed as stale")
  func staleUpdate() {
    var driver = Driver()
    driver.storeSends(
      "orders/create",
      driver.partners.order(updatedAt: "2026-03-02T10:00:00-05:00")
    )
    driver.settle()
    driver.storeSends("orders/updated", driver.partners.order(), delivery: "d2")
    driver.settle()
    #expect(driver.count(.staleSuppressed) == 1)
  }

  @Test("a shipment that is told before the release was answered is matched by its reference")
  func shipmentFirst() {
    var driver = Driver()
    driver.partners.answers = [("3pl POST /2026-01/order", .timedOut)]
    driver.storeSends("orders/create", driver.partners.order())
    driver.pass(.seconds(1))
    driver.warehouseSends("order.shipped", driver.partners.order3PL("SHOP-1001", shipped: true))
    driver.settle()
    #expect(driver.order?.shipments.count == 1)
    #expect(driver.partners.made["3pl-order SHOP-1001"] == nil)
    #expect(driver.partners.doubles.isEmpty)
  }

  @Test("shipments that are confirmed again change nothing")
  func confirmedAgain() {
    var driver = Driver()
    driver.playOrder()
    driver.warehouseSends(
      "order.shipped",
      driver.partners.order3PL("SHOP-1001", shipped: true),
      delivery: "msg_9"
    )
    driver.settle()
    #expect(driver.count(.duplicateSuppressed) == 1)
    #expect(driver.partners.doubles.isEmpty)
  }

  @Test("a scan that comes late does not undo a delivery")
  func lateScan() {
    var driver = Driver()
    driver.playOrder()
    driver.carrierSends([Driver.scans[0]], delivery: "evt_3")
    driver.settle()
    #expect(driver.count(.staleSuppressed) == 1)
    #expect(driver.order?.shipments.first?.status == .delivered)
  }

  @Test("a webhook that makes no sense is answered and put in front of somebody")
  func nonsense() {
    var driver = Driver()
    driver.storeSends("orders/create", #"{"id":1}"#)
    driver.settle()
    #expect(driver.responses == [200])
    #expect(driver.notes.last?.kind == .exceptionQueued)
    #expect(driver.notes.last?.owner == "integration")
  }

  @Test("a word that nobody knows is put in front of somebody")
  func unknownStatus() {
    var driver = Driver()
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    driver.warehouseSends("order.shipped", driver.partners.order3PL("SHOP-1001", shipped: true))
    driver.settle()
    driver.carrierSends([("2026-03-02T18:00:00Z", "teleported")], delivery: "evt_1")
    driver.settle()
    #expect(driver.notes.last?.kind == .exceptionQueued)
  }
}
