import DrydockExchange
import DrydockFaults
import Testing

@Suite("Match")
struct MatchTests {
  @Test(
    "reads the short form and writes it back",
    arguments: [
      "*", "erp", "3pl-west", "erp.http", "*.webhook", "3pl.webhook.order-shipped",
      "erp.http.sales-order-*", "erp.*.sales-order-upsert",
    ]
  )
  func readsShortForm(text: String) throws {
    let match = try #require(Match(parsing: text))
    #expect(match.description == text)
  }

  @Test(
    "refuses what is not a short form",
    arguments: [
      "", ".", "erp.", "ERP", "erp.post", "erp.http.", "erp.http.a.b", "erp.http.a*b", "er*",
      "erp.http.order shipped", "erp..x",
    ]
  )
  func refusesOthers(text: String) {
    #expect(Match(parsing: text) == nil)
  }

  @Test("a star stands for any partner, channel or operation")
  func starsMatchAnything() throws {
    let call = Attempt.call(1)
    for text in ["*", "*.*", "erp.*", "*.http.*", "erp.http.*", "erp.*.sales-order-upsert"] {
      #expect(try #require(Match(parsing: text)).matches(call), "\(text)")
    }
  }

  @Test("an operation matches exactly, or by its beginning before a star")
  func matchesOperations() throws {
    let call = Attempt.call(1)
    #expect(try #require(Match(parsing: "erp.http.sales-order-*")).matches(call))
    #expect(try #require(Match(parsing: "erp.http.sales-order")).matches(call) == false)
    #expect(try #require(Match(parsing: "erp.http.invoice-*")).matches(call) == false)
  }

  @Test("the partner is the side that is not the integration")
  func matchesPartnerOnBothSides() throws {
    let match = try #require(Match(parsing: "3pl"))
    #expect(match.matches(.webhook(1)))
    #expect(match.matches(.call(1, to: "3pl")))
    #expect(!match.matches(.call(1, to: "erp")))
  }

  @Test("every given part must hold")
  func allPartsMustHold() {
    let match = Match(
      partner: PartnerID("erp"),
      kind: .erp,
      channel: .http,
      operation: "sales-order-*",
      entity: "SHOP-*",
      order: 1001,
      attempt: 2
    )
    #expect(match.matches(.call(1, number: 2)))
    #expect(!match.matches(.call(1, number: 1)))
    #expect(!match.matches(.call(1, entity: "SHOP-1002", number: 2)))
    #expect(!match.matches(.call(1, entity: "RMA-1001", number: 2)))
    #expect(!match.matches(.call(1, to: "erp-2", number: 2)))
    var ofOtherKind = match
    ofOtherKind.kind = .store
    #expect(!ofOtherKind.matches(.call(1, number: 2)))
  }

  @Test("an order is found in the reference that names it, as a whole word")
  func findsOrders() {
    let match = Match(order: 1001)
    #expect(match.matches(.call(1, entity: "SHOP-1001-2")))
    #expect(match.matches(.call(1, entity: "#1001")))
    #expect(!match.matches(.call(1, entity: "SHOP-10011")))
    #expect(!match.matches(.call(1, entity: "")))
  }

  @Test("what the short form cannot say follows it")
  func describesAllParts() {
    let match = Match(
      partner: PartnerID("erp"),
      kind: .erp,
      operation: "invoice-*",
      entity: "IF-*",
      order: 7,
      attempt: 2
    )
    #expect(match.description == "erp.*.invoice-*, any erp, entity IF-*, order 7, attempt 2")
  }
}
