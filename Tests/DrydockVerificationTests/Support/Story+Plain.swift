import DrydockExchange
import DrydockKernel

/// The parts that most stories begin with: an order as it should go, and its return.
extension Story {
  /// Stock at the only 3PL and at the store.
  mutating func stock(
    onHand: Int = 10,
    committed: Int = 0,
    held: Int = 0,
    sku: String = "SKU-1",
    shown: Int? = nil,
    booked: Int? = nil
  ) {
    let available = onHand - committed - held
    books(
      BooksSnapshot(
        partner: .threePL,
        kind: .threePL,
        stock: [
          BooksSnapshot.StockEntry(
            sku: sku,
            node: "east",
            onHand: onHand,
            committed: committed,
            held: held,
            available: available
          )
        ]
      )
    )
    if let shown {
      books(
        BooksSnapshot(
          partner: .store,
          kind: .store,
          stock: [
            BooksSnapshot.StockEntry(sku: sku, node: "all", onHand: shown, available: shown)
          ]
        )
      )
    }
    if let booked {
      books(
        BooksSnapshot(
          partner: .erp,
          kind: .erp,
          stock: [
            BooksSnapshot.StockEntry(sku: sku, node: "east", onHand: booked, available: booked)
          ]
        )
      )
    }
  }

  /// An order of 2 units for 20.00, told to the integration.
  mutating func place(_ number: String = "1001", _ units: Int = 2, _ total: Money = 20.dollars) {
    webhook(
      from: .store,
      telling: [.placed(number, [units.of()], total), .captured(number, total)]
    )
    after("1 min")
  }

  /// The ERP takes the order.
  mutating func accept(_ number: String = "1001", as entry: String = "so1", _ units: Int = 2) {
    call(
      "sales-order-upsert",
      at: .erp,
      "PUT",
      about: "SHOP-\(number)",
      headers: ["X-Correlation-Id": "SHOP-\(number)"],
      telling: [.accepted(entry, "SHOP-\(number)", [units.of()], (units * 10).dollars)]
    )
    after("1 min")
  }

  /// The 3PL takes the order.
  mutating func release(_ number: String = "1001", as release: String = "w1", _ units: Int = 2) {
    call(
      "order-create",
      at: .threePL,
      about: "SHOP-\(number)",
      headers: ["X-Correlation-Id": "SHOP-\(number)"],
      telling: [.released(release, "SHOP-\(number)", [units.of()])]
    )
    after("2 h")
  }

  /// The 3PL ships.
  mutating func ship(
    _ shipment: String = "s1",
    of release: String = "w1",
    _ tracking: String = "T1",
    _ units: Int = 2
  ) {
    webhook(from: .threePL, telling: [.shipped(shipment, of: release, tracking, [units.of()])])
    after("1 min")
  }

  /// Store, ERP and carrier hear of a shipment.
  mutating func tell(
    _ shipment: String = "s1",
    _ tracking: String = "T1",
    order: String = "1001",
    entry: String = "so1",
    _ units: Int = 2
  ) {
    let headers: HeaderFields = ["X-Correlation-Id": "SHOP-\(order)"]
    call(
      "fulfillment-create",
      at: .store,
      about: shipment,
      headers: headers,
      telling: [.told("f-\(shipment)", order: order, tracking, [units.of()])]
    )
    call(
      "item-fulfillment-create",
      at: .erp,
      about: shipment,
      headers: headers,
      telling: [.fulfilled("if-\(shipment)", of: entry, [units.of()])]
    )
    call(
      "invoice-create",
      at: .erp,
      about: shipment,
      headers: headers,
      telling: [.invoiced("inv-\(shipment)", of: entry, [units.of()], (units * 10).dollars)]
    )
    call(
      "tracker-create",
      at: .carrier,
      about: tracking,
      headers: headers,
      telling: [.tracked("tr-\(shipment)", tracking)]
    )
    after("1 day")
  }

  /// The carrier delivers.
  mutating func deliver(_ tracking: String = "T1") {
    webhook(from: .carrier, telling: [.scanned(tracking)])
    after("1 day")
    webhook(from: .carrier, telling: [.delivered(tracking)])
    after("1 min")
  }

  /// The whole of an order that goes as it should.
  mutating func plainOrder() {
    place()
    accept()
    release()
    ship()
    tell()
    deliver()
  }

  /// A return of one unit for 10.00, up to its inspection.
  mutating func sendBack(_ disposition: String = "restock", received: Int = 1) {
    webhook(
      from: .returns,
      telling: [.requested("r1", [1.of(for: 10.dollars)], 10.dollars, label: "B1")]
    )
    call(
      "return-authorization-create",
      at: .erp,
      about: "r1",
      telling: [.authorised("ra1", [1.of()])]
    )
    call("return-create", at: .threePL, about: "r1", telling: [.expected("wr1", [1.of()])])
    after("3 days")
    webhook(from: .threePL, telling: [.received("wr1")])
    after("2 h")
    let lines =
      received > 0 ? [received.of("SKU-1", disposition)] : [1.of("SKU-1", "missing")]
    webhook(from: .threePL, telling: [.graded("wr1", lines)])
    after("1 min")
  }

  /// What follows an inspection: receipt, refund and credit.
  mutating func settle(_ amount: Money = 10.dollars, _ disposition: String = "restock") {
    call(
      "item-receipt-create",
      at: .erp,
      about: "r1",
      telling: [.receipted("ir1", [1.of("SKU-1", disposition)])]
    )
    call(
      "refund-create",
      at: .store,
      about: "r1",
      telling: [.refunded("rf1", for: "r1", [1.of("SKU-1", disposition)], amount)]
    )
    call(
      "credit-memo-create",
      at: .erp,
      about: "r1",
      telling: [.credited("cm1", for: "rf1", amount)]
    )
    webhook(from: .returns, telling: [.closed("r1")])
    after("1 min")
  }

  /// The whole of a return that goes as it should.
  mutating func plainReturn() {
    sendBack()
    settle()
  }

  /// The partners' books of the plain order at the end.
  mutating func closingBooks(
    store: BooksSnapshot.OrderEntry? = nil,
    erp: BooksSnapshot.OrderEntry? = nil,
    threePL: BooksSnapshot.OrderEntry? = nil
  ) {
    let store = store ?? .atStore()
    let erp = erp ?? .inERP()
    let threePL = threePL ?? .atThreePL()
    books(BooksSnapshot(partner: .store, kind: .store, orders: [store]))
    books(BooksSnapshot(partner: .erp, kind: .erp, orders: [erp]))
    books(BooksSnapshot(partner: .threePL, kind: .threePL, orders: [threePL]))
  }
}

extension BooksSnapshot.OrderEntry {
  static func atStore(
    _ status: String = "closed",
    shipped: Int = 2,
    charged: Money = 20.dollars,
    returned: Money = 0.dollars
  ) -> Self {
    entry(EntityKey("store", "1001"), status, shipped, charged, returned)
  }

  static func inERP(
    _ status: String = "closed",
    shipped: Int = 2,
    charged: Money = 20.dollars,
    returned: Money = 0.dollars
  ) -> Self {
    entry(EntityKey("erp", "so1"), status, shipped, charged, returned)
  }

  static func atThreePL(_ status: String = "delivered", shipped: Int = 2) -> Self {
    entry(EntityKey("3pl", "w1"), status, shipped, nil, nil)
  }

  private static func entry(
    _ key: EntityKey,
    _ status: String,
    _ shipped: Int,
    _ charged: Money?,
    _ returned: Money?
  ) -> Self {
    Self(
      keys: [key],
      status: status,
      lines: [BooksSnapshot.LineEntry(sku: "SKU-1", ordered: 2, shipped: shipped)],
      total: charged,
      charged: charged,
      returned: returned
    )
  }
}
