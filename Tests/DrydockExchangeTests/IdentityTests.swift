import DrydockExchange
import DrydockKernel
import Testing

@Suite("Keys, facts and attempts")
struct IdentityTests {
  private func instant(_ seconds: Int64) -> VirtualInstant {
    VirtualInstant(nanosecondsSinceEpoch: seconds * 1_000_000_000)
  }

  // MARK: Keys

  @Test("a key of a number is the key of its text")
  func numbers() {
    #expect(EntityKey("shopify.order", 450_789_469) == EntityKey("shopify.order", "450789469"))
    #expect(EntityKey("shopify.order", Int64.min).value == "-9223372036854775808")
    #expect(EntityKey("netsuite.item", 7).description == "netsuite.item:7")
  }

  @Test("keys of one value in two namespaces are two keys")
  func namespaces() {
    #expect(EntityKey.reference("SHOP-1001") == EntityKey("reference", "SHOP-1001"))
    #expect(EntityKey.tracking("1Z") == EntityKey("tracking", "1Z"))
    #expect(EntityKey.reference("1Z") != EntityKey.tracking("1Z"))
    #expect(EntityKey("a", "b:c") != EntityKey("a:b", "c"))
    #expect(EntityKey.reference("shop-1001") != EntityKey.reference("SHOP-1001"))
  }

  @Test("keys are ordered by namespace, then by value as text")
  func order() {
    let keys = [
      EntityKey("shopify.order", 10), EntityKey("netsuite.item", 9), EntityKey("netsuite.item", 10),
      EntityKey("shopify", "z"),
    ]
    #expect(
      keys.sorted().map(\.description) == [
        "netsuite.item:10", "netsuite.item:9", "shopify:z", "shopify.order:10",
      ]
    )
    for left in keys {
      for right in keys { #expect((left < right) == (!(right < left) && left != right)) }
    }
  }

  // MARK: Facts

  @Test("statements of one kind about one subject are one fact, whoever makes them and when")
  func oneFact() {
    let subject = EntityKey("shipbob.shipment", 88)
    let first = Fact(.shipmentCreated, by: PartnerID("3pl"), at: instant(1), subject: subject)
    let again = Fact(
      .shipmentCreated,
      by: PartnerID("erp"),
      at: instant(9),
      subject: subject,
      order: .reference("1001"),
      lines: [FactLine(sku: "SKU-1", quantity: 2)],
      amount: .zero(.usd),
      detail: "late"
    )
    #expect(first != again)
    #expect(first.identity == again.identity)
    let next = Fact(
      .shipmentCreated,
      by: PartnerID("3pl"),
      at: instant(1),
      subject: EntityKey("shipbob.shipment", 89)
    )
    let other = Fact(.shipmentTracked, by: PartnerID("3pl"), at: instant(1), subject: subject)
    #expect(Set([first, again, next, other].map(\.identity)).count == 3)
  }

  @Test("every kind of fact is a thing and what happened to it, and no two have one name")
  func kinds() {
    let names = FactKind.allCases.map(\.rawValue)
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(name.wholeMatch(of: /[a-z]+\.[a-z]+/) != nil, "\(name)")
      #expect(FactKind(rawValue: name)?.rawValue == name)
    }
    #expect(FactKind(rawValue: "Order.Placed") == nil)
  }

  // MARK: Attempts

  private func attempt(from: String, to: String) -> Attempt {
    Attempt(
      exchange: ExchangeID(1),
      from: PartnerID(from),
      to: PartnerID(to),
      kind: .erp,
      channel: .http,
      operation: "sales-order-upsert",
      entity: "SHOP-1001",
      number: 1
    )
  }

  @Test("the partner of an attempt is the side that is not the integration")
  func partner() {
    #expect(attempt(from: "integration", to: "erp").partner == PartnerID("erp"))
    #expect(attempt(from: "store", to: "integration").partner == PartnerID("store"))
  }

  @Test("an exchange that has just been sent has reached nobody and may yet do anything")
  func sent() {
    let request = Request("GET", host: "erp.example", target: "/")
    var exchange = Exchange(
      attempt: attempt(from: "integration", to: "erp"),
      request: request,
      sentAt: instant(5)
    )
    #expect(!exchange.arrived && exchange.response == nil && exchange.result == nil)
    #expect(exchange.outcome == .unknown)
    exchange.result = .connectionRefused
    #expect(exchange.outcome == .refused)
  }

  @Test("exchanges are ordered by number, partners by name")
  func orders() {
    #expect([ExchangeID(10), ExchangeID(9)].min() == ExchangeID(9))
    #expect(ExchangeID(10).description == "10")
    #expect([PartnerID("erp"), PartnerID("3pl")].min() == PartnerID("3pl"))
    #expect(PartnerID.integration.description == "integration")
  }

  @Test("the words of a reference are its runs of letters and digits")
  func words() {
    #expect(OrderReference.words(of: "RMA-7 of #1001") == ["RMA", "7", "of", "1001"])
    #expect(OrderReference.words(of: "Größe 5") == ["Größe", "5"])
    #expect(OrderReference.words(of: "--").isEmpty)
  }
}
