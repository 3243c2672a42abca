import DrydockExchange
import DrydockKernel
import Testing

@testable import DrydockReference

@Suite("Retry policy") struct RetryPolicyTests {
  @Test("waits double up to the longest, and each is stretched by the same share")
  func growth() {
    let policy = RetryPolicy()
    let waits = (1...12).map { policy.wait(after: $0, stretch: 0) }
    #expect(waits.prefix(4) == [.seconds(2), .seconds(4), .seconds(8), .seconds(16)])
    #expect(waits.last == .seconds(900))
    #expect(policy.wait(after: 1, stretch: 250) == .milliseconds(2500))
    for stretch in [UInt64(0), 100, 250, 9_999] {
      let stretched = (1...30).map { policy.wait(after: $0, stretch: stretch) }
      #expect(zip(stretched, stretched.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(stretched.allSatisfy { $0 <= .seconds(1125) })
    }
  }

  @Test("an errand's share is always the same, and errands differ")
  func shares() {
    let policy = RetryPolicy()
    let draws = Seed(1).draws(for: "integration")
    let shares = (1...50).map { policy.stretch(for: "release/SHOP-\($0)", draws: draws) }
    #expect(shares == (1...50).map { policy.stretch(for: "release/SHOP-\($0)", draws: draws) })
    #expect(shares.allSatisfy { $0 <= 250 })
    #expect(Set(shares).count > 20)
  }

  @Test("without backoff every wait is the same")
  func constant() {
    var policy = RetryPolicy()
    policy.constant = .seconds(1)
    #expect(policy.wait(after: 9, stretch: 0) == .seconds(1))
  }
}

@Suite("Circuit breaker") struct CircuitBreakerTests {
  private let start = VirtualInstant.epoch

  @Test("opens after five failures in a row, probes, and doubles its wait")
  func life() {
    var breaker = CircuitBreaker()
    for _ in 1...4 {
      let isOpen = breaker.failed(at: start)
      #expect(!isOpen)
    }
    #expect(breaker.admits(at: start) == start)
    let isOpen1 = breaker.failed(at: start)
    #expect(isOpen1)
    #expect(breaker.admits(at: start) == start + .seconds(30))
    breaker.called()
    #expect(breaker.admits(at: start) == nil)
    let later = start + .seconds(30)
    let isOpen2 = breaker.failed(at: later)
    #expect(!isOpen2)
    #expect(breaker.admits(at: later) == later + .seconds(60))
    breaker.called()
    let isClosed3 = breaker.succeeded()
    #expect(isClosed3)
    #expect(breaker.admits(at: later) == later)
    let isClosed4 = breaker.succeeded()
    #expect(!isClosed4)
  }

  @Test("a success in between starts the count again")
  func reset() {
    var breaker = CircuitBreaker()
    for _ in 1...4 { _ = breaker.failed(at: start) }
    _ = breaker.succeeded()
    for _ in 1...4 {
      let isOpen = breaker.failed(at: start)
      #expect(!isOpen)
    }
  }

  @Test("a failure of a call from before it opened changes nothing")
  func lateFailure() {
    var breaker = CircuitBreaker()
    for _ in 1...5 { _ = breaker.failed(at: start) }
    let isOpen5 = breaker.failed(at: start + .seconds(10))
    #expect(!isOpen5)
    #expect(breaker.admits(at: start) == start + .seconds(30))
  }
}

@Suite("Pacer") struct PacerTests {
  @Test("lets a burst go and then one each interval")
  func burst() {
    var pacer = Pacer(burst: 3, interval: .seconds(1))
    let start = VirtualInstant.epoch + .seconds(100)
    for _ in 1...3 {
      #expect(pacer.admits(at: start) == start)
      pacer.called(at: start)
    }
    #expect(pacer.admits(at: start) == start + .seconds(1))
    #expect(pacer.admits(at: start + .seconds(5)) == start + .seconds(5))
  }

  @Test("takes over how full the platform says that its bucket is")
  func fill() {
    var pacer = Pacer(burst: 30, interval: .milliseconds(500))
    let start = VirtualInstant.epoch + .seconds(100)
    pacer.fill(to: 38, at: start)
    #expect(pacer.admits(at: start) == start + .milliseconds(500) * 9)
  }
}

@Suite("Retry-After") struct RetryAfterTests {
  @Test(
    "is read in the words of every dialect",
    arguments: [
      ("Retry-After", "2.0", "", Duration.seconds(2)),
      ("x-retry-after", "25", "", .seconds(25)),
      ("X-Rate-Limit-Reset", "12", "", .seconds(12)),
      ("retry-after", "0.25", "", .milliseconds(250)),
      ("X-Other", "1", "Rate limit is exceeded. Try again in 25 seconds.", .seconds(25)),
    ]
  )
  func dialects(name: String, value: String, body: String, wait: Duration) {
    var headers = HeaderFields()
    headers.append(name, value)
    #expect(RetryAfter.wait(in: Response(429, headers: headers, body: Array(body.utf8))) == wait)
  }

  @Test("is nothing where nothing is said", arguments: ["", "soon", "-1", "1.2.3", "1.x"])
  func nothing(value: String) {
    let response = Response(429, headers: ["Retry-After": value], body: Array("slow down".utf8))
    #expect(RetryAfter.wait(in: response) == nil)
  }
}

@Suite("Answers") struct AnswerTests {
  @Test(
    "say what may be concluded",
    arguments: [
      (CallResult.connectionRefused, Answer.unavailable(wait: nil)),
      (.timedOut, .unknown("no answer in time")),
      (.connectionReset, .unknown("the connection broke")),
      (.response(Response(204)), .success(Response(204))),
      (.response(Response(401)), .unauthorised("why")),
      (.response(Response(404)), .notFound("why")),
      (.response(Response(408)), .unknown("the partner gave up waiting")),
      (.response(Response(409)), .conflict), (.response(Response(423)), .conflict),
      (.response(Response(422)), .refused("why")), (.response(Response(403)), .refused("why")),
      (.response(Response(429, headers: ["Retry-After": "3"])), .throttled(wait: .seconds(3))),
      (.response(Response(503)), .unavailable(wait: nil)),
      (.response(Response(500)), .unknown("status 500")),
      (.response(Response(302)), .unknown("status 302")),
    ]
  )
  func table(result: CallResult, answer: Answer) {
    #expect(Answer(result) { _ in "why" } == answer)
  }
}

@Suite("Delivery") struct DeliveryTests {
  @Test("a partner that asks for silence gets it")
  func obeysRetryAfter() {
    var driver = Driver()
    let throttled = PaperPartners.json(#"{"message":"Try again in 25 seconds."}"#, 429)
    driver.partners.answers = [("3pl POST", .response(throttled))]
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    let times = driver.requests.filter { $0.partner == Driver.warehouse }.map(\.at)
    #expect(times.count == 2)
    #expect((times.last ?? .epoch) - (times.first ?? .epoch) >= .seconds(25))
  }

  @Test("a refusal is never repeated")
  func neverRepeatsRefusals() {
    var driver = Driver()
    driver.partners.answers = [("3pl POST", .response(PaperPartners.json("{}", 400)))]
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    driver.pass(.seconds(3 * 86_400))
    #expect(driver.calls("3pl POST /2026-01/order") == 1)
    #expect(driver.notes.contains { $0.kind == .exceptionQueued && $0.owner == "fulfilment" })
  }

  @Test("an expired token is replaced once and the call repeated")
  func expiredToken() {
    var driver = Driver()
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    driver.partners.token = 2
    driver.warehouseSends("order.shipped", driver.partners.order3PL("SHOP-1001", shipped: true))
    driver.settle()
    #expect(driver.count(.tokenRefreshed) == 2)
    #expect(driver.partners.made["invoice INV-880001"] == 1)
  }

  @Test("a token is replaced before it ends")
  func refreshesEarly() {
    var driver = Driver()
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    driver.pass(.seconds(3590))
    driver.warehouseSends("order.shipped", driver.partners.order3PL("SHOP-1001", shipped: true))
    driver.settle()
    #expect(driver.count(.tokenRefreshed) == 2)
  }

  @Test("a partner that is down is asked ever less often, and everything goes on when it is back")
  func outage() {
    var driver = Driver()
    driver.partners.answers = Array(
      repeating: ("3pl POST", CallResult.connectionRefused),
      count: 12
    )
    driver.storeSends("orders/create", driver.partners.order())
    driver.settle()
    #expect(driver.count(.circuitOpened) == 1)
    #expect(driver.count(.circuitClosed) == 1)
    #expect(driver.count(.deferred) >= 1)
    #expect(driver.partners.made["3pl-order SHOP-1001"] == 1)
    let times = driver.requests.filter { $0.partner == Driver.warehouse }.map(\.at)
    let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
    #expect(zip(gaps, gaps.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test("what cannot be done is a dead letter, and reconciliation tries it again")
  func deadLetter() {
    var driver = Driver()
    driver.partners.answers = Array(
      repeating: ("store POST /admin/api/2026-04/fulfillments.json", .response(Response(500))),
      count: 12
    )
    driver.playOrder()
    #expect(driver.count(.deadLettered) == 1 || driver.order?.isClosed == true)
    driver.pass(.seconds(2 * 86_400))
    #expect(driver.partners.made["fulfillment 94001"] == 1)
  }

  @Test("at most four calls to the ERP are under way at a time")
  func slots() {
    var line = PartnerLine(
      partner: Driver.erp,
      slots: 4,
      pacer: Pacer(burst: 100, interval: .milliseconds(10))
    )
    let now = Driver.start
    for number in 1...6 {
      line.wait(ErrandNumber(number: number), until: now, isPoll: false, now: now)
    }
    var sent = 0
    while line.next(at: now) != nil {
      line.called(at: now)
      sent += 1
    }
    #expect(sent == 4)
    #expect(line.nextLook(after: now) == nil)
    line.ended()
    let next = line.next(at: now)
    #expect(next == ErrandNumber(number: 5))
  }
}
