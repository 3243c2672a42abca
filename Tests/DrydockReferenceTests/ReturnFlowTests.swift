import DrydockExchange
import DrydockKernel
import Testing

@testable import DrydockReference

@Suite("Return flow") struct ReturnFlowTests {
  private func delivered(
    _ defects: Set<ReferenceDefect> = [],
    _ policy: IntegrationPolicy = .init()
  )
    -> Driver
  {
    var driver = Driver(defects: defects, policy: policy)
    driver.playOrder()
    return driver
  }

  private func refundBody(_ driver: Driver) -> String {
    let refund = driver.requests.last {
      $0.request.path.hasSuffix("refunds.json") && $0.request.method == "POST"
    }
    return String(decoding: refund?.request.body ?? [], as: UTF8.self)
  }

  @Test("a return is authorised, announced, graded, received, refunded, credited and settled")
  func happyPath() {
    var driver = delivered()
    driver.playReturn()
    for name in [
      "returnAuthorization RA-6042537", "3pl-return", "grade", "itemReceipt IR-6042537",
      "refund return 6042537", "process",
    ] {
      #expect(driver.partners.made[name] == 1, "\(name)")
    }
    #expect(driver.partners.made.keys.contains { $0.hasPrefix("creditMemo CM-") })
    #expect(driver.integration.journal.openReturns.isEmpty)
  }

  @Test("what was paid for the unit goes back, tax included and shipping not")
  func amount() {
    var driver = delivered()
    driver.playReturn()
    // 19.99 and 1.65 of tax: the first of two units whose taxes add up to 3.30.
    #expect(refundBody(driver).contains(#""amount":"21.64""#))
    #expect(refundBody(driver).contains(#""restock_type":"return""#))
  }

  @Test("a receipt that is reported again refunds nothing")
  func receivedTwice() {
    var driver = delivered()
    driver.playReturn()
    driver.warehouseSends(
      "return.completed",
      driver.partners.receipt("RMA-6042537-1001", status: "Completed"),
      delivery: "msg_3"
    )
    driver.settle()
    #expect(driver.count(.duplicateSuppressed) == 1)
    #expect(driver.partners.doubles.isEmpty)
  }

  @Test("scrap is refunded, not put on the shelf")
  func scrap() {
    var driver = delivered()
    driver.returnsSends(driver.partners.loopReturn())
    driver.settle()
    driver.warehouseSends(
      "return.completed",
      driver.partners.receipt("RMA-6042537-1001", status: "Completed", action: "Dispose"),
      delivery: "msg_2"
    )
    driver.settle()
    #expect(refundBody(driver).contains(#""restock_type":"no_restock""#))
    let receipt = driver.requests.last { $0.request.path.hasSuffix("itemReceipt") }
    let body = String(decoding: receipt?.request.body ?? [], as: UTF8.self)
    #expect(body.contains(#""restock":false"#))
  }

  @Test("goods that are missing are not refunded, and somebody must look")
  func missing() {
    var driver = delivered()
    driver.returnsSends(driver.partners.loopReturn())
    driver.settle()
    driver.warehouseSends(
      "return.completed",
      driver.partners.receipt("RMA-6042537-1001", status: "Completed", action: "Missing"),
      delivery: "msg_2"
    )
    driver.settle()
    #expect(driver.calls("store POST /admin/api/2026-04/orders/5678900001001/refunds.json") == 0)
    #expect(driver.notes.contains { $0.kind == .exceptionQueued && $0.owner == "customer-service" })
  }

  @Test("an exchange is settled without a refund")
  func exchange() {
    var driver = delivered()
    driver.playReturn(exchange: "39072857")
    #expect(driver.partners.made["process"] == 1)
    #expect(!driver.partners.made.keys.contains { $0.hasPrefix("refund") })
  }

  @Test("a refund at the first scan is not repeated at the receipt")
  func firstScan() {
    var driver = delivered([], IntegrationPolicy(refundMoment: .firstScan))
    driver.returnsSends(driver.partners.loopReturn())
    driver.settle()
    #expect(driver.partners.made["refund return 6042537"] == nil)
    let moving = driver.partners.loopReturn().replacing("\"new\"", with: "\"in_transit\"")
    driver.returnsSends(moving)
    driver.settle()
    #expect(driver.partners.made["refund return 6042537"] == 1)
    driver.warehouseSends(
      "return.completed",
      driver.partners.receipt("RMA-6042537-1001", status: "Completed"),
      delivery: "msg_2"
    )
    driver.settle()
    #expect(driver.partners.doubles.isEmpty)
    #expect(driver.partners.made.keys.contains { $0.hasPrefix("creditMemo") })
  }

  @Test("a refund whose answer was lost is found by its note")
  func lostRefund() {
    var driver = delivered()
    driver.returnsSends(driver.partners.loopReturn())
    driver.settle()
    driver.partners.answers = [
      ("store POST /admin/api/2026-04/orders/5678900001001/refunds.json", .timedOut)
    ]
    driver.warehouseSends(
      "return.completed",
      driver.partners.receipt("RMA-6042537-1001", status: "Completed"),
      delivery: "msg_2"
    )
    driver.settle()
    #expect(driver.count(.lookedUp) == 1)
    #expect(driver.partners.made["refund return 6042537"] == 1)
  }

  @Test("a credit memo that is refused goes to finance and is tried again by reconciliation")
  func creditRefused() {
    var driver = delivered()
    driver.returnsSends(driver.partners.loopReturn())
    driver.settle()
    let refusal = #"{"o:errorDetails":[{"o:errorCode":"USER_ERROR","detail":"closed period"}]}"#
    driver.partners.answers = [
      (
        "erp POST /services/rest/record/v1/returnAuthorization",
        .response(PaperPartners.json(refusal, 400))
      ),
      (
        "erp POST /services/rest/record/v1/returnAuthorization",
        .response(PaperPartners.json(refusal, 400))
      ),
    ]
    driver.warehouseSends(
      "return.completed",
      driver.partners.receipt("RMA-6042537-1001", status: "Completed"),
      delivery: "msg_2"
    )
    driver.settle()
    #expect(driver.notes.contains { $0.kind == .exceptionQueued && $0.owner == "finance" })
    #expect(driver.count(.replayed) == 0)
    driver.pass(.seconds(2 * 86_400))
    #expect(driver.count(.replayed) >= 1)
    #expect(driver.count(.exceptionResolved) >= 1)
    #expect(driver.partners.doubles.isEmpty)
  }
}
