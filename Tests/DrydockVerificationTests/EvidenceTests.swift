import DrydockExchange
import DrydockKernel
@testable import DrydockVerification
import Testing

@Suite("Evidence")
struct EvidenceTests {
  private func read(_ tell: (inout Story) -> Void) -> Evidence {
    var story = Story()
    tell(&story)
    return Evidence.read(story.trace, catalog: TestCatalog.catalog).0
  }

  @Test("puts the events of an exchange together")
  func readsExchanges() throws {
    let evidence = read { story in
      story.call("order-create", at: .threePL, takes: .seconds(2), ends: .answerLost)
      story.webhook(from: .store, "d7", isSigned: false)
      story.call("order-create", at: .threePL, ends: .refused)
    }
    try #require(evidence.exchanges.count == 3)
    let lost = evidence.exchanges[0]
    #expect(lost.isCall && lost.isWrite && lost.exchange.arrived)
    #expect(lost.arrivedAt == Story.start + .seconds(1))
    #expect(lost.concludedAt == Story.start + .seconds(2))
    #expect(lost.exchange.response?.status == 200)
    #expect(lost.exchange.outcome == .unknown)
    #expect(lost.taughtAt == nil)
    let webhook = evidence.exchanges[1]
    #expect(!webhook.isCall && webhook.isUnsigned)
    #expect(webhook.delivery == "d7")
    #expect(webhook.requestContract == "store/event/1.0")
    #expect(evidence.exchanges[2].exchange.outcome == .refused)
    #expect(evidence.exchange(ExchangeID(2))?.delivery == "d7")
    #expect(evidence.exchange(ExchangeID(99)) == nil)
  }

  @Test("joins store, ERP, 3PL, carrier and returns into one order by the keys they share")
  func joinsOrder() throws {
    let evidence = read { story in
      story.plainOrder()
      story.plainReturn()
      story.place("1002")
      story.release("1002", as: "w2")
    }
    #expect(evidence.orders.map(\.name) == ["1001", "1002"])
    let kinds = Set(evidence.orders[0].facts.map { evidence.facts[$0].fact.kind })
    #expect(kinds.count == 20)
    #expect(evidence.orders[1].facts.count == 3)
    #expect(evidence.order(labelled: "order 1002")?.name == "1002")
  }

  @Test(
    "joins a decorated reference to the store's order that it names",
    arguments: ["SHOP-1001", "#1001", "SHOP-1001-2", "RMA-r1-1001", "PO 1001/B", "1001"]
  )
  func joinsReference(_ reference: String) {
    let evidence = read { story in
      story.place("1001")
      story.place("1002")
      story.happens(.released("w1", reference, [2.of()]))
    }
    #expect(evidence.orders.count == 2)
    #expect(evidence.has(.orderReleased, evidence.orders[0]))
  }

  @Test(
    "does not join what names no order, or a longer number",
    arguments: ["SHOP-10010", "SHOP-999", "X1001"]
  )
  func leavesApart(_ reference: String) {
    let evidence = read { story in
      story.place("1001")
      story.happens(.released("w1", reference, [2.of()]))
    }
    #expect(evidence.orders.count == 2)
  }

  @Test("an exchange order is an order of its own")
  func keepsExchangesApart() {
    let evidence = read { story in
      story.plainOrder()
      story.webhook(from: .returns, telling: [.requested("r1", [1.of()], as: "exchange")])
      story.webhook(from: .store, telling: [.placed("9001", [1.of()], for: "r1")])
    }
    #expect(evidence.orders.map(\.name) == ["1001", "9001"])
  }

  @Test("gives exchanges to orders by fact, then by entity, then by correlation header")
  func assignsExchanges() {
    let evidence = read { story in
      story.place("1001")
      story.place("1002")
      story.call("a", at: .erp, headers: [:], telling: [.accepted("so1", "SHOP-1001")])
      story.call("b", at: .erp, about: "SHOP-1002", headers: ["X-Correlation-Id": "SHOP-1001"])
      story.call("c", at: .erp, headers: ["X-Correlation-Id": "SHOP-1002"])
      story.call("d", at: .erp, headers: [:])
      story.note(.lookedUp, order: "1002")
    }
    #expect(evidence.exchanges.map(\.order) == [0, 1, 0, 1, 1, nil])
    #expect(evidence.orders[1].notes.count == 1)
  }

  @Test("keeps the first and the last books of each partner")
  func keepsBooks() {
    let evidence = read { story in
      story.stock(onHand: 10, shown: 10)
      story.stock(onHand: 7)
      story.stock(onHand: 5)
    }
    #expect(evidence.openingBooks.map { $0.stock[0].onHand } == [10])
    #expect(evidence.books(of: .threePL).map { $0.stock[0].onHand } == [5])
    #expect(evidence.books(of: .store).count == 1)
  }

  @Test("knows when the integration asked for a fact, and when it learned of one")
  func knowsAsking() throws {
    let evidence = read { story in
      story.place()
      story.call(
        "order-create",
        at: .threePL,
        telling: [.released("w1", [2.of()])],
        takes: .seconds(10),
        ends: .answerLost
      )
      story.call(
        "order-read",
        at: .threePL,
        "GET",
        telling: [.released("w1", [2.of()])],
        isInBooks: false,
        takes: .seconds(10)
      )
      story.happens(.shipped("s1", "T1", [2.of()]))
    }
    let placed = try #require(evidence.first(.orderPlaced, of: evidence.orders[0]))
    let released = try #require(evidence.first(.orderReleased, of: evidence.orders[0]))
    let shipped = try #require(evidence.first(.shipmentCreated, of: evidence.orders[0]))
    let sent = Story.start + .milliseconds(60_100)
    #expect(evidence.asked(placed) == nil)
    #expect(evidence.learned(placed) == Story.start + .milliseconds(100))
    #expect(evidence.asked(released) == sent)
    #expect(released.happened == sent + .seconds(5))
    #expect(evidence.learned(released) == sent + .seconds(20))
    #expect(evidence.learned(shipped) == nil)
    #expect(!evidence.isTooEarly(released, before: placed))
    #expect(evidence.isTooEarly(placed, before: shipped))
  }

  @Test("without a clock nothing is too early")
  func needsAClock() {
    let evidence = read { story in
      story.happens(.placed("1001", [2.of()]))
    }
    var fact = evidence.facts[0].fact
    fact.at = .epoch
    let early = ObservedFact(fact: fact, statements: [ObservedFact.Statement(at: .epoch)])
    #expect(early.happened == nil)
    #expect(!evidence.isTooEarly(early, before: evidence.facts[0]))
    #expect(!evidence.isTooEarly(evidence.facts[0], before: early))
  }

  @Test("a message that a fault damaged is neither checked nor believed")
  func ignoresDamage() {
    let evidence = read { story in
      story.webhook(
        from: .store,
        telling: [.placed("1001", [2.of()])],
        isInBooks: false,
        effect: "body truncated at 1/2"
      )
    }
    #expect(evidence.facts.isEmpty)
  }

  @Test("counts messages that no contract recognises, by what they are")
  func countsUnrecognised() {
    let evidence = read { story in
      story.call("a", at: .erp, "GET")
      story.call("a", at: .erp, "GET")
    }
    #expect(
      evidence.messages.unrecognised == [
        Verdict.MessageCount.Unrecognised(what: "erp.example GET /calls/a", count: 2)
      ]
    )
  }
}

@Suite("Fact ledger")
struct FactLedgerTests {
  @Test("one fact stated by books, webhook, duplicate and poll stands once")
  func statesOnce() {
    var ledger = FactLedger()
    var fact = Fact.shipped("s1", "T1", [2.of()])
    fact.at = Story.start
    ledger.state(fact, at: Story.start, exchange: nil)
    for number in 1...3 { ledger.state(fact, at: Story.start, exchange: ExchangeID(number)) }
    #expect(ledger.entries.count == 1)
    #expect(ledger.entries[0].statements.count == 4)
    #expect(
      ledger.entries[0].statements.compactMap(\.exchange) == [1, 2, 3].map { ExchangeID($0) }
    )
  }

  @Test("what one statement leaves out another fills in, and the earliest instant counts")
  func fillsIn() {
    var ledger = FactLedger()
    var bare = Fact.invoiced("i1", [])
    bare.at = Story.start + .seconds(5)
    bare.order = nil
    bare.links = []
    var full = Fact.invoiced("i1", [2.of()], 20.dollars)
    full.at = Story.start
    ledger.state(bare, at: Story.start + .seconds(5), exchange: nil)
    ledger.state(full, at: Story.start + .seconds(9), exchange: ExchangeID(1))
    let fact = ledger.entries[0].fact
    #expect(fact.at == Story.start)
    #expect(fact.order == full.order)
    #expect(fact.lines == full.lines)
    #expect(fact.amount == full.amount)
    #expect(fact.links == full.links)
    #expect(ledger.entries[0].statements[0].at == Story.start + .seconds(5))
  }

  @Test("two kinds about one thing are two facts, and so are two things of one kind")
  func keepsApart() {
    var ledger = FactLedger()
    for fact in [
      Fact.placed("1001", []), .captured("1001", 1.dollars), .placed("1002", []),
    ] {
      ledger.state(fact, at: Story.start, exchange: nil)
    }
    #expect(ledger.entries.count == 3)
  }
}
