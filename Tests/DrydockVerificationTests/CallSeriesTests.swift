import DrydockExchange
import DrydockKernel
@testable import DrydockVerification
import Testing

@Suite("Call series")
struct CallSeriesTests {
  private func exchange(_ status: Int, _ headers: HeaderFields = [:]) -> ObservedExchange {
    let attempt = Attempt(
      exchange: ExchangeID(1),
      from: .integration,
      to: .erp,
      kind: .erp,
      channel: .http,
      operation: "a",
      entity: "",
      number: 1
    )
    let request = Request("POST", host: "erp.example", target: "/a")
    var exchange = Exchange(attempt: attempt, request: request, sentAt: Story.start)
    exchange.result = .response(Response(status, headers: headers))
    exchange.answeredAt = Story.start
    return ObservedExchange(ObservedExchange.Draft(exchange))
  }

  @Test("the same request again is one series, whatever its headers say; a copy is none")
  func groups() {
    var story = Story()
    for key in ["a", "b"] { story.call("x", at: .erp, headers: ["Idempotency-Key": key]) }
    story.call("x", at: .erp, isCopy: true)
    story.call("x", at: .erp, body: "other")
    story.call("y", at: .erp, body: "x ")
    let evidence = Evidence.read(story.trace, catalog: TestCatalog.catalog).0
    #expect(CallSeries.repeated(in: evidence).map(\.calls) == [[0, 1]])
  }

  @Test(
    "reads the wait that a partner asks for",
    arguments: [
      ("10", "10 s"), ("2.0", "2 s"), ("0", "0 s"), ("Mon, 02 Mar 2026 00:00:30 GMT", "30 s"),
      ("Sun, 01 Mar 2026 23:59:00 GMT", "0 s"), ("soon", nil), ("-5", nil), ("", nil),
    ] as [(String, String?)]
  )
  func readsWait(_ text: String, _ wait: String?) {
    #expect(exchange(429, ["Retry-After": text]).retryAfter?.shortDescription == wait)
  }

  @Test("tells refusals for good from those that may pass")
  func knowsRefusals() {
    for status in [400, 404, 410, 422] { #expect(exchange(status).isRefusedForGood) }
    for status in [200, 302, 401, 403, 408, 409, 423, 429, 500, 503] {
      #expect(!exchange(status).isRefusedForGood)
    }
  }

  @Test("an allowance says which SKU is short, and takes hostile numbers")
  func allows() {
    var left = UnitAllowance([2.of(), 1.of("SKU-2")])
    #expect(left.take([1.of(), 1.of("SKU-2")]) == nil)
    let short = left.take([3.of()])
    #expect(short?.sku == "SKU-1" && short?.excess == 2)
    for _ in 1...1000 { left.add([Int.max.of()]) }
    #expect(left["SKU-1"] > 0)
    #expect([Int.max.of(), Int.max.of()].units == 2_000_000_000_000)
    let most = Money(minorUnits: .max, currency: .usd)
    #expect(most.adding(most) == most)
  }
}
