import DrydockExchange
import DrydockKernel
@testable import DrydockVerification
import Testing

@Suite("Trace assembler")
struct TraceAssemblerTests {
  private let assembler = TraceAssembler(catalog: TestCatalog.catalog)

  private func exchange(
    _ record: Int,
    host: String,
    _ target: String,
    at second: Int?,
    telling facts: [Fact] = []
  ) -> RecordedExchange {
    var exchange = RecordedExchange(
      record: record,
      request: Request("POST", host: host, target: target),
      response: Response(200, body: TestCatalog.body(facts))
    )
    exchange.sentAt = second.map { Story.start + .seconds($0) }
    return exchange
  }

  @Test("says who spoke by what the contracts recognise, and counts strangers")
  func namesParties() {
    var webhook = exchange(2, host: "integration.example", "/webhooks/store", at: 1)
    webhook.request.body = TestCatalog.body([.placed("1001", [2.of()])])
    let assembly = assembler.assemble([
      Recording(
        title: "one",
        exchanges: [
          exchange(1, host: "erp.example", "/calls/a", at: 2), webhook,
          exchange(3, host: "cdn.example", "/logo.png", at: 3),
          exchange(4, host: "cdn.example", "/logo.png", at: 4),
        ]
      )
    ])
    #expect(assembly.strangers.map(\.host) == ["cdn.example"])
    #expect(assembly.strangers.map(\.count) == [2])
    #expect(assembly.trace.partners.map(\.id.name) == ["store", "erp"])
    let evidence = Evidence.read(assembly.trace, catalog: TestCatalog.catalog).0
    #expect(evidence.exchanges.map(\.isCall) == [false, true])
    #expect(evidence.exchanges.map { $0.exchange.attempt.channel } == [.webhook, .http])
    #expect(evidence.ending == .open)
  }

  @Test("joins recordings in order of instant; what has none stays behind its neighbour")
  func ordersByInstant() {
    let first = Recording(
      title: "erp",
      exchanges: [
        exchange(1, host: "erp.example", "/calls/late", at: 10),
        exchange(2, host: "erp.example", "/calls/behind", at: nil),
      ]
    )
    let second = Recording(
      title: "store",
      exchanges: [exchange(1, host: "store.example", "/calls/early", at: 5)]
    )
    let trace = assembler.assemble([first, second]).trace
    let targets = trace.events.compactMap { event in
      if case .sent(_, let request) = event.content { request.target } else { nil }
    }
    #expect(targets == ["/calls/early", "/calls/late", "/calls/behind"])
  }

  @Test("a recording without instants is judged without a clock, and breaches nothing by it")
  func judgesWithoutClock() {
    var shipped = Fact.shipped("s1", "T1", [2.of()])
    shipped.at = Story.start
    let recording = Recording(
      title: "no clock",
      exchanges: [
        exchange(
          1,
          host: "store.example",
          "/calls/a",
          at: nil,
          telling: [.placed("1001", [2.of()])]
        ),
        exchange(2, host: "3pl.example", "/calls/b", at: nil, telling: [.released("w1", [2.of()])]),
        exchange(3, host: "3pl.example", "/calls/c", at: nil, telling: [shipped]),
        exchange(
          4,
          host: "erp.example",
          "/calls/d",
          at: nil,
          telling: [.accepted("so1", "SHOP-1001", [2.of()]), .invoiced("i1", [2.of()])]
        ),
      ]
    )
    let trace = assembler.assemble([recording]).trace
    let verdict = Verifier(catalog: TestCatalog.catalog).judge(trace)
    #expect(verdict.findings.map(\.text) == [])
    #expect(verdict.orders.map(\.name) == ["1001"])
  }
}
