import DrydockExchange
import DrydockKernel
import Testing

@testable import DrydockReference

/// Each defect does what its name says; that rules catch it is shown by the scenarios.
@Suite("Defects") struct DefectTests {
  @Test("have names in kebab-case and one line each")
  func names() {
    #expect(ReferenceDefect.allCases.count >= 20)
    for defect in ReferenceDefect.allCases {
      #expect(defect.rawValue.allSatisfy { $0.isLowercase || $0 == "-" }, "\(defect)")
      #expect(!defect.summary.isEmpty && !defect.summary.contains("\n"), "\(defect)")
    }
    #expect(Set(ReferenceDefect.allCases.map(\.summary)).count == ReferenceDefect.allCases.count)
  }

  private func played(
    _ defect: ReferenceDefect,
    _ before: (inout Driver) -> Void = { _ in }
  )
    -> Driver
  {
    var driver = Driver(defects: [defect])
    before(&driver)
    driver.playOrder()
    driver.playReturn()
    return driver
  }

  @Test("no-idempotency-key creates by POST without our identifier")
  func noKey() {
    let driver = played(.noIdempotencyKey)
    #expect(driver.calls("erp POST /services/rest/record/v1/salesOrder") >= 1)
    #expect(driver.calls("erp PUT") == 0)
  }

  @Test("timeout-is-failure repeats without looking")
  func timeout() {
    let driver = played(.timeoutIsFailure) { $0.partners.answers = [("carrier POST", .timedOut)] }
    #expect(driver.count(.lookedUp) == 0)
    #expect(driver.calls("carrier POST") == 2)
  }

  @Test("loses-correlation sends no identifier")
  func correlation() {
    let driver = played(.losesCorrelation)
    #expect(driver.requests.allSatisfy { $0.request.headers["X-Correlation-Id"] == nil })
  }

  @Test("trusts-unsigned-webhooks believes anybody")
  func unsigned() {
    var driver = Driver(defects: [.trustsUnsignedWebhooks])
    driver.storeSends("orders/create", driver.partners.order(), signature: "AAAA")
    driver.settle()
    #expect(driver.responses == [200])
    #expect(driver.partners.made["salesOrder SHOP-1001"] == 1)
  }

  @Test("retries-refusals repeats a refusal")
  func refusals() {
    var driver = Driver(defects: [.retriesRefusals])
    driver.partners.answers = [("3pl POST", .response(PaperPartners.json("{}", 400)))]
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    #expect(driver.calls("3pl POST") == 2)
  }

  @Test("no-backoff tries again after five seconds")
  func backoff() {
    var driver = Driver(defects: [.noBackoff])
    driver.partners.answers = Array(repeating: ("3pl POST", .connectionRefused), count: 4)
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    let times = driver.requests.filter { $0.partner == Driver.warehouse }.map(\.at)
    let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
    #expect(gaps.allSatisfy { $0 <= .milliseconds(5_300) })
  }

  @Test("drops-while-down forgets what it wanted")
  func drops() {
    var driver = Driver(defects: [.dropsWhileDown])
    driver.partners.answers = [("3pl POST", .connectionRefused)]
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    #expect(driver.calls("3pl POST") == 1)
    #expect(driver.count(.retryScheduled) == 0)
  }

  @Test("refunds-exchanges pays although other goods are sent")
  func exchanges() {
    var driver = Driver(defects: [.refundsExchanges])
    driver.playOrder()
    driver.playReturn(exchange: "39072857")
    #expect(driver.partners.made["refund return 6042537"] == 1)
  }

  @Test("skips-credit posts no credit memo")
  func credit() {
    let driver = played(.skipsCredit)
    #expect(!driver.partners.made.keys.contains { $0.hasPrefix("creditMemo") })
  }

  @Test("publishes-physical-stock shows what is on the shelf")
  func stock() {
    let policy = IntegrationPolicy(publishEvery: .seconds(900))
    for (defects, shown) in [([], "stock 10"), ([.publishesPhysicalStock], "stock 12")]
      as [(Set<ReferenceDefect>, String)]
    {
      var driver = Driver(defects: defects, policy: policy)
      driver.partners.shownStock = 7
      driver.pass(.seconds(1_200))
      #expect(driver.partners.made[shown] == 1, "\(driver.partners.made)")
    }
  }

  @Test("exceptions-without-owner names nobody")
  func owners() {
    var driver = Driver(defects: [.exceptionsWithoutOwner])
    driver.partners.answers = [("erp PUT", .response(PaperPartners.json("{}", 400)))]
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    #expect(driver.notes.last { $0.kind == .exceptionQueued }?.owner == "")
  }

  @Test("floating-point-money is off by a cent")
  func money() {
    let pricing = Pricing(masterData: Driver.masterData, usesFloatingPoint: true)
    let exact = Pricing(masterData: Driver.masterData, usesFloatingPoint: false)
    let differs = (1...200).contains { cents in
      let price = Money(minorUnits: Int64(cents * 7 + 99), currency: .usd)
      return pricing.paid(3, after: 0, at: price) != exact.paid(3, after: 0, at: price)
    }
    #expect(differs)
  }
}
