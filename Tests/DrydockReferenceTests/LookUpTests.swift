import DrydockExchange
import DrydockKernel
import Testing

@testable import DrydockReference

/// Every write whose answer is lost is looked up before it is repeated.
@Suite("Unknown outcomes") struct LookUpTests {
  static let writes = [
    "erp PUT", "3pl POST /2026-01/order", "store POST /admin/api/2026-04/fulfillments.json",
    "erp POST /services/rest/record/v1/salesOrder/4711/!transform/itemFulfillment",
    "erp POST /services/rest/record/v1/salesOrder/4711/!transform/invoice", "carrier POST",
  ]

  @Test("a write that timed out is looked up, found missing and repeated", arguments: writes)
  func lostRequest(write: String) {
    var driver = Driver()
    driver.partners.answers = [(write, .timedOut)]
    driver.playOrder()
    #expect(driver.count(.lookedUp) == 1)
    #expect(driver.count(.retryScheduled) == 1)
    #expect(driver.partners.doubles.isEmpty)
    #expect(driver.partners.made.count == 7)
    #expect(driver.order?.isClosed == true)
  }

  @Test(
    "an answer that makes no sense is an unknown outcome",
    arguments: [
      CallResult.connectionReset, .response(Response(500)), .response(Response(502)),
      .response(Response(408)), .response(Response(200, body: Array("<html>".utf8))),
    ]
  )
  func noSense(result: CallResult) {
    var driver = Driver()
    driver.partners.answers = [("3pl POST /2026-01/order", result)]
    driver.playOrder()
    #expect(driver.count(.lookedUp) == 1)
    #expect(driver.partners.doubles.isEmpty)
    #expect(driver.order?.isClosed == true)
  }

  @Test("what surely did not happen is repeated without looking")
  func refusedConnection() {
    var driver = Driver()
    driver.partners.answers = [("3pl POST /2026-01/order", .connectionRefused)]
    driver.playOrder()
    #expect(driver.count(.lookedUp) == 0)
    #expect(driver.count(.retryScheduled) == 1)
    #expect(driver.order?.isClosed == true)
  }

  @Test("a reference that exists is looked up, not taken for a refusal")
  func exists() {
    var driver = Driver()
    _ = driver.partners.answer(
      Driver.warehouse,
      Request(
        "POST",
        host: "",
        target: "/2026-01/order",
        body: Array(#"{"reference_id":"SHOP-1001"}"#.utf8)
      )
    )
    driver.playOrder()
    #expect(driver.count(.lookedUp) == 1)
    #expect(driver.count(.exceptionQueued) == 0)
    #expect(driver.order?.isClosed == true)
  }
}
