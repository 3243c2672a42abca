import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockFakes

@Suite("ERP orders")
struct ERPOrderTests {
  @Test("a new order is accepted with its lines and total and pends fulfilment")
  func createsOrder() throws {
    var bench = ERPBench()
    let order = try bench.order("SHOP-1001", [(1, 2), (2, 1)])
    #expect(try bench.status(order) == "Pending Fulfillment")
    let fact = try #require(bench.facts.first)
    #expect(fact.kind == .orderAccepted)
    #expect(fact.subject == EntityKey("netsuite.sales-order", order))
    #expect(fact.order == fact.subject)
    #expect(fact.links == [.reference("SHOP-1001")])
    #expect(
      fact.lines == [FactLine(sku: "SKU-1", quantity: 2), FactLine(sku: "SKU-2", quantity: 1)]
    )
    // 50.00 + 4.12 tax, 40.00 + 3.30 tax, 5.95 shipping
    #expect(fact.amount?.decimalString == "103.37")
  }

  @Test("the same PUT twice leaves one order; with replace its lines stay, without they double")
  func duplicatePut() throws {
    var bench = ERPBench()
    let first = try bench.order()
    let again = bench.send(
      "PUT",
      "/salesOrder/eid:SHOP-1001?replace=item",
      ERPBench.orderBody([(1, 2)])
    )
    #expect(again.status == 204)
    #expect(ERPBench.id(again) == first)
    #expect(bench.fake.records.orders.count == 1)
    #expect(bench.fake.records.orders[0].lines.count == 1)
    #expect(bench.facts(.orderAccepted).count == 1)
    let third = try bench.order()
    #expect(third == first)
    #expect(bench.fake.records.orders[0].lines.map(\.quantity) == [2, 2])
    #expect(bench.facts(.orderAccepted).last?.lines.count == 2)
  }

  @Test("the same POST twice makes two orders unless a key forbids it")
  func duplicatePost() throws {
    var bench = ERPBench()
    let body = ERPBench.orderBody([(1, 1)])
    #expect(bench.send("POST", "/salesOrder", body).status == 204)
    let second = bench.send(
      "POST",
      "/salesOrder",
      body,
      headers: [HeaderField("X-NetSuite-Idempotency-Key", "1f2c9e54-0c58-4b3c-9a53-2f0d1f4f7b11")]
    )
    #expect(second.status == 204)
    #expect(bench.fake.records.orders.count == 2)
    let keyed = body.replacing(#"{"entity""#, with: #"{"externalId":"SHOP-7","entity""#)
    #expect(bench.send("POST", "/salesOrder", keyed).status == 204)
    let refused = bench.send("POST", "/salesOrder", keyed)
    #expect(refused.status == 400)
    #expect(
      ERPBench.detail(refused)
        == "Error while accessing resource: This record already exists"
    )
    #expect(bench.facts(.orderRefused).isEmpty)
  }

  @Test("an order that waits for approval is not fulfilled before somebody approves it")
  func approval() throws {
    var bench = ERPBench { $0.approvesAutomatically = false }
    let order = try bench.order()
    #expect(try bench.status(order) == "Pending Approval")
    let early = bench.send("POST", "/salesOrder/\(order)/!transform/itemFulfillment", "{}")
    #expect(early.status == 400)
    #expect(ERPBench.code(early) == "USER_ERROR")
    let approved = bench.send(
      "PATCH",
      "/salesOrder/\(order)",
      #"{"orderStatus":{"id":"B"}}"#
    )
    #expect(approved.status == 204)
    #expect(try bench.status(order) == "Pending Fulfillment")
    _ = try bench.order("SHOP-1002")
    bench.command(.approveOrder(order: 1002))
    #expect(bench.fake.records.orders[1].isApproved)
  }

  @Test("closing every line cancels the order, once; it takes no more changes")
  func cancels() throws {
    var bench = ERPBench()
    let order = try bench.order("SHOP-1001", [(1, 2), (2, 1)])
    bench.send(
      "PATCH",
      "/salesOrder/\(order)",
      #"{"item":{"items":[{"line":1,"isClosed":true}]}}"#
    )
    #expect(bench.facts(.orderCancelled).isEmpty)
    let both = #"{"item":{"items":[{"line":1,"isClosed":true},{"line":2,"isClosed":true}]}}"#
    #expect(bench.send("PATCH", "/salesOrder/\(order)", both).status == 204)
    #expect(bench.send("PATCH", "/salesOrder/\(order)", both).status == 204)
    #expect(bench.facts(.orderCancelled).map(\.subject.value) == [order])
    #expect(try bench.status(order) == "Closed")
    let late = bench.send(
      "PUT",
      "/salesOrder/eid:SHOP-1001?replace=item",
      ERPBench.orderBody([(1, 2)])
    )
    #expect(ERPBench.code(late) == "USER_ERROR")
    let fulfilment = bench.send("POST", "/salesOrder/\(order)/!transform/itemFulfillment", "{}")
    #expect(fulfilment.status == 400)
  }

  @Test("line numbers keep the distance that settings ask for")
  func lineNumbers() throws {
    var bench = ERPBench { $0.lineNumberStep = 3 }
    let order = try bench.order("SHOP-1001", [(1, 1), (2, 1), (3, 1)])
    let lines = try bench.read("/salesOrder/\(order)?expandSubResources=true")["item"]?["items"]
    #expect(lines?.elements.compactMap { $0["line"]?.int } == [1, 4, 7])
  }

  @Test("a replaced list of lines may drop and move only lines that no document refers to")
  func replacesLines() throws {
    var bench = ERPBench()
    let order = try bench.order("SHOP-1001", [(1, 1), (2, 1)])
    let path = "/salesOrder/\(order)?replace=item"
    let swapped = #"{"item":{"items":[{"line":2},{"line":1}]}}"#
    #expect(bench.send("PATCH", path, swapped).status == 204)
    #expect(bench.fake.records.orders[0].lines.map(\.number) == [2, 1])
    bench.send(
      "POST",
      "/salesOrder/\(order)/!transform/itemFulfillment",
      #"""
      {"shipStatus":{"id":"C"},"item":{"items":[{"orderLine":1,"location":"6"},
      {"orderLine":2,"itemReceive":false}]}}
      """#
    )
    let moved = #"{"item":{"items":[{"line":1},{"line":2}]}}"#
    #expect(
      ERPBench.detail(bench.send("PATCH", path, moved))
        == "Error while accessing resource: Line 1 cannot be deleted: it is linked to other "
        + "transactions."
    )
    #expect(bench.send("PATCH", path, #"{"item":{"items":[{"line":2}]}}"#).status == 400)
    #expect(bench.send("PATCH", path, #"{"item":{"items":[{"line":2},{"line":2}]}}"#).status == 400)
    #expect(bench.fake.records.orders[0].lines.map(\.fulfilled) == [0, 1])
  }

  struct RefusalCase: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var change: @Sendable (inout ERPSettings) -> Void = { _ in }
    var body: String
    var code = "USER_ERROR"
    var detail: String
    var path: String?
  }

  static let refusals: [RefusalCase] = [
    RefusalCase(
      testDescription: "no customer",
      body: #"{"item":{"items":[{"item":{"id":"2101"},"quantity":1}]}}"#,
      detail: "Please enter value(s) for: Customer",
      path: "entity"
    ),
    RefusalCase(
      testDescription: "no lines",
      body: #"{"entity":{"id":"107"}}"#,
      detail: "Please enter value(s) for: Items",
      path: "item"
    ),
    RefusalCase(
      testDescription: "no quantity",
      body: #"{"entity":"107","item":{"items":[{"item":"2101"}]}}"#,
      detail: "Please enter value(s) for: Quantity",
      path: "item.items[0].quantity"
    ),
    RefusalCase(
      testDescription: "unknown item",
      body: #"{"entity":{"id":107},"item":{"items":[{"item":{"id":9999},"quantity":1}]}}"#,
      code: "INVALID_CONTENT",
      detail: "You have entered an Invalid Field Value 9999 for the following field: item",
      path: "item.items[0].item"
    ),
    RefusalCase(
      testDescription: "unknown customer",
      body: #"{"entity":{"id":"4"},"item":{"items":[{"item":{"id":"2101"},"quantity":1}]}}"#,
      code: "INVALID_CONTENT",
      detail: "You have entered an Invalid Field Value 4 for the following field: entity",
      path: "entity"
    ),
    RefusalCase(
      testDescription: "no postal code",
      body: #"""
        {"entity":{"id":"107"},"shippingAddress":{"city":"Portland","country":{"id":"US"}},
        "item":{"items":[{"item":{"id":"2101"},"quantity":1}]}}
        """#,
      detail: "Please enter value(s) for: Zip",
      path: "shippingAddress.zip"
    ),
    RefusalCase(
      testDescription: "refused country",
      change: { $0.refusesCountries = ["US"] },
      body: ERPBench.orderBody([(1, 1)]),
      detail: "A workflow exception was thrown: deliveries to US are not allowed."
    ),
    RefusalCase(
      testDescription: "rate off the price list",
      change: { $0.checksPrices = true },
      body: #"""
        {"entity":{"id":"107"},"item":{"items":[{"item":{"id":"2101"},"quantity":1,"rate":24.5}]}}
        """#,
      detail: "The rate 24.50 of SKU-1 in line 1 differs from the price list: 25.00"
    ),
    RefusalCase(
      testDescription: "credit hold",
      change: { $0.customers = [.init(email: "alex.morgan@example.com", isHeld: true)] },
      body: ERPBench.orderBody([(1, 1)]),
      detail: "Customer alex.morgan@example.com is on credit hold."
    ),
    RefusalCase(
      testDescription: "credit limit",
      change: {
        $0.customers = [
          .init(
            email: "alex.morgan@example.com",
            creditLimit: Money(minorUnits: 3000, currency: .usd)
          )
        ]
      },
      body: ERPBench.orderBody([(1, 1)]),
      detail: "Customer alex.morgan@example.com exceeds the credit limit."
    ),
    RefusalCase(
      testDescription: "closed period",
      change: { $0.closedBefore = CivilDate(parsing: "2026-03-01") },
      body: #"""
        {"entity":{"id":"107"},"tranDate":"2026-02-28",
        "item":{"items":[{"item":{"id":"2101"},"quantity":1}]}}
        """#,
      detail: "You cannot create or change a transaction in a closed accounting period."
    ),
    RefusalCase(
      testDescription: "text for a number",
      body: #"{"entity":{"id":"107"},"item":{"items":[{"item":{"id":"2101"},"quantity":"2"}]}}"#,
      code: "INVALID_CONTENT",
      detail: "You have entered an Invalid Field Value 2 for the following field: quantity",
      path: "item.items[0].quantity"
    ),
  ]

  @Test("refuses an order and says why", arguments: refusals)
  func refuses(_ refusal: RefusalCase) throws {
    var bench = ERPBench(signedIn: true, refusal.change)
    let response = bench.send("PUT", "/salesOrder/eid:SHOP-1001", refusal.body)
    #expect(response.status == 400)
    let error = try #require(ERPBench.json(response)?["o:errorDetails"]?[0])
    #expect(error["detail"]?.string == "Error while accessing resource: " + refusal.detail)
    #expect(error["o:errorCode"]?.string == refusal.code)
    if let path = refusal.path { #expect(error["o:errorPath"]?.string == path) }
    #expect(bench.fake.records.orders.isEmpty)
    let fact = try #require(bench.facts.first)
    #expect(fact.kind == .orderRefused)
    #expect(fact.subject == EntityKey("netsuite.refusal", "SHOP-1001"))
    #expect(fact.detail == refusal.code)
  }

  @Test("a credit hold set by people refuses the next order and lets the one after its end pass")
  func creditHold() throws {
    var bench = ERPBench()
    bench.command(.setCreditHold(customer: "alex.morgan@example.com", held: true))
    let body = ERPBench.orderBody([(1, 1)])
    #expect(bench.send("PUT", "/salesOrder/eid:SHOP-1001", body).status == 400)
    bench.command(.setCreditHold(customer: "alex.morgan@example.com", held: false))
    #expect(bench.send("PUT", "/salesOrder/eid:SHOP-1001", body).status == 204)
  }

  @Test("a credit limit counts what is open and frees what is cancelled or credited")
  func creditLimit() throws {
    var bench = ERPBench {
      $0.customers = [
        .init(
          email: "alex.morgan@example.com",
          creditLimit: Money(minorUnits: 7000, currency: .usd)
        )
      ]
    }
    let first = try bench.order("SHOP-1001", [(1, 2)])
    let body = ERPBench.orderBody([(3, 5)])
    #expect(bench.send("PUT", "/salesOrder/eid:SHOP-1002", body).status == 400)
    bench.send(
      "PATCH",
      "/salesOrder/\(first)",
      #"{"item":{"items":[{"line":1,"isClosed":true}]}}"#
    )
    #expect(bench.send("PUT", "/salesOrder/eid:SHOP-1002", body).status == 204)
  }

  @Test("stock is promised to approved orders that name a node")
  func commitment() throws {
    var bench = ERPBench()
    let body = #"""
      {"entity":{"id":"107"},"location":{"id":"6"},
      "item":{"items":[{"item":{"id":"2101"},"quantity":4}]}}
      """#
    #expect(bench.send("PUT", "/salesOrder/eid:SHOP-1001", body).status == 204)
    #expect(bench.fake.records.units(ofProduct: 0, atNode: 0) == (10, 4))
    let order = bench.fake.records.orders[0].head.id
    bench.send(
      "POST",
      "/salesOrder/\(order)/!transform/itemFulfillment",
      #"{"shipStatus":"C","item":{"items":[{"orderLine":1,"quantity":3}]}}"#
    )
    #expect(bench.fake.records.units(ofProduct: 0, atNode: 0) == (7, 1))
    bench.send(
      "PATCH",
      "/salesOrder/\(order)",
      #"{"item":{"items":[{"line":1,"isClosed":true}]}}"#
    )
    #expect(bench.fake.records.units(ofProduct: 0, atNode: 0) == (7, 0))
    let entry = bench.fake.books(at: bench.now).stock.first { $0.sku == "SKU-1" }
    #expect(entry?.onHand == 7)
    #expect(entry?.available == 7)
  }
}
