import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockFakes

@Suite("ERP fulfilments, invoices, returns and credits")
struct ERPDocumentTests {
  private static let shipped = #"{"shipStatus":{"id":"C"},"item":{"items":["#
  private static let line = #"{"orderLine":1,"location":{"id":"6"},"#

  @Test("an order goes through every status from its lines alone")
  func statuses() throws {
    var bench = ERPBench()
    let order = try bench.order("SHOP-1001", [(1, 3)])
    var seen = [try bench.status(order)]
    let transform = "/salesOrder/\(order)/!transform"
    bench.send(
      "POST",
      "\(transform)/itemFulfillment",
      "\(Self.shipped)\(Self.line)\"quantity\":2}]}}"
    )
    seen.append(try bench.status(order))
    bench.send("POST", "\(transform)/invoice", "{}")
    seen.append(try bench.status(order))
    bench.send(
      "POST",
      "\(transform)/itemFulfillment",
      "\(Self.shipped)\(Self.line)\"quantity\":1}]}}"
    )
    seen.append(try bench.status(order))
    bench.send("POST", "\(transform)/invoice")
    seen.append(try bench.status(order))
    #expect(
      seen == [
        "Pending Fulfillment", "Pending Billing/Partially Fulfilled", "Partially Fulfilled",
        "Pending Billing", "Billed",
      ]
    )
    let entry = try #require(bench.fake.books(at: bench.now).orders.first)
    #expect(entry.status == "closed")
    #expect(entry.lines == [.init(sku: "SKU-1", ordered: 3, shipped: 3)])
    #expect(entry.charged == entry.total)
  }

  @Test("lines that a fulfilment does not name are shipped in full")
  func unnamedLines() throws {
    var bench = ERPBench()
    let order = try bench.order("SHOP-1001", [(1, 2), (2, 1), (3, 4)])
    bench.send(
      "POST",
      "/salesOrder/\(order)/!transform/itemFulfillment",
      #"""
      {"externalId":"IF-88","shipStatus":{"id":"C"},"item":{"items":[
      {"orderLine":1,"location":{"id":"6"},"quantity":1,"itemReceive":true},
      {"orderLine":2,"location":{"id":"6"}},
      {"orderLine":3,"itemReceive":false}]}}
      """#
    )
    let fact = try #require(bench.facts(.fulfilmentPosted).first)
    #expect(fact.order == EntityKey("netsuite.sales-order", order))
    #expect(fact.links == [.reference("IF-88")])
    #expect(
      fact.lines == [
        FactLine(sku: "SKU-1", quantity: 1, node: "east"),
        FactLine(sku: "SKU-2", quantity: 1, node: "east"),
      ]
    )
    #expect(bench.fake.records.units(ofProduct: 0, atNode: 0).onHand == 9)
    let missing = bench.send("POST", "/salesOrder/\(order)/!transform/itemFulfillment", "{}")
    #expect(
      ERPBench.detail(missing)
        == "Error while accessing resource: Please enter value(s) for: Location"
    )
  }

  @Test("only a shipped fulfilment moves stock and makes units billable")
  func stages() throws {
    var bench = ERPBench()
    let order = try bench.order()
    let picked = bench.send(
      "POST",
      "/salesOrder/\(order)/!transform/itemFulfillment",
      #"{"item":{"items":[{"orderLine":1,"location":{"id":"6"}}]}}"#
    )
    let fulfilment = try #require(ERPBench.id(picked))
    #expect(bench.facts(.fulfilmentPosted).isEmpty)
    #expect(bench.send("POST", "/salesOrder/\(order)/!transform/invoice").status == 400)
    #expect(
      bench.send("POST", "/salesOrder/\(order)/!transform/itemFulfillment", "{}").status == 400
    )
    let path = "/itemFulfillment/\(fulfilment)"
    #expect(bench.send("PATCH", path, #"{"shipStatus":{"id":"B"}}"#).status == 204)
    #expect(bench.send("PATCH", path, #"{"shipStatus":{"id":"A"}}"#).status == 400)
    #expect(bench.send("PATCH", path, #"{"shipStatus":{"id":"C"}}"#).status == 204)
    #expect(bench.facts(.fulfilmentPosted).map(\.subject.value) == [fulfilment])
    #expect(bench.fake.records.units(ofProduct: 0, atNode: 0).onHand == 8)
    #expect(bench.send("POST", "/salesOrder/\(order)/!transform/invoice").status == 204)
  }

  @Test("invoices of parts add up to the order, tax included, shipping on the first")
  func invoicesAddUp() throws {
    var bench = ERPBench()
    let order = try bench.order("SHOP-1001", [(3, 7), (1, 1)])
    var total = Money.zero(.usd)
    for quantity in [1, 1, 2, 3] {
      bench.send(
        "POST",
        "/salesOrder/\(order)/!transform/itemFulfillment",
        "\(Self.shipped)\(Self.line)\"quantity\":\(quantity)},"
          + #"{"orderLine":2,"location":{"id":"6"}}]}}"#
      )
      let response = bench.send("POST", "/salesOrder/\(order)/!transform/invoice")
      let invoice = try #require(ERPBench.id(response))
      let read = try bench.read("/invoice/\(invoice)")
      let text = try #require(read["total"]?.number?.text)
      total += try #require(Money(parsing: text, currency: .usd))
      let shipping = read["shippingCost"]?.number?.text
      #expect(
        shipping == (quantity == 1 && bench.facts(.invoicePosted).count == 1 ? "5.95" : "0.0")
      )
    }
    let text = try #require(bench.read("/salesOrder/\(order)")["total"]?.number?.text)
    #expect(total == Money(parsing: text, currency: .usd))
    #expect(bench.facts(.invoicePosted).compactMap(\.amount).reduce(.zero(.usd), +) == total)
    #expect(try bench.status(order) == "Billed")
  }

  @Test("nothing is billed twice or before it is fulfilled")
  func refusesOverbilling() throws {
    var bench = ERPBench()
    let order = try bench.order()
    let invoice = "/salesOrder/\(order)/!transform/invoice"
    #expect(bench.send("POST", invoice).status == 400)
    bench.fulfilAndBill(order)
    let again = bench.send("POST", invoice)
    #expect(
      ERPBench.detail(again)
        == "Error while accessing resource: You must enter at least one line item for this "
        + "transaction."
    )
    let more = bench.send(
      "POST",
      invoice,
      #"{"item":{"items":[{"orderLine":1,"quantity":1}]}}"#
    )
    #expect(
      ERPBench.json(more)?["o:errorDetails"]?[0]?["o:errorPath"]?.string
        == "item.items[0].quantity"
    )
  }

  @Test("billing in advance of fulfilment is a choice of the account")
  func billsInAdvance() throws {
    var bench = ERPBench { $0.billsInAdvance = true }
    let order = try bench.order()
    #expect(bench.send("POST", "/salesOrder/\(order)/!transform/invoice").status == 204)
  }

  @Test("a document's key is unique among its kind")
  func uniqueKeys() throws {
    var bench = ERPBench()
    let order = try bench.order("SHOP-1001", [(1, 4)])
    let body = #"""
      {"externalId":"IF-88","shipStatus":{"id":"C"},"item":{"items":[
      {"orderLine":1,"location":{"id":"6"},"quantity":1}]}}
      """#
    let path = "/salesOrder/\(order)/!transform/itemFulfillment"
    #expect(bench.send("POST", path, body).status == 204)
    let again = bench.send("POST", path, body)
    #expect(again.status == 400)
    #expect(ERPBench.code(again) == "DUP_RCRD")
    #expect(bench.facts(.fulfilmentPosted).count == 1)
    let invoice = bench.send(
      "POST",
      "/salesOrder/\(order)/!transform/invoice",
      #"{"externalId":"IF-88"}"#
    )
    #expect(invoice.status == 204)
  }

  @Test("a return is authorised, received with restock and scrap, and credited")
  func returns() throws {
    var bench = ERPBench()
    let order = try bench.order("SHOP-1001", [(1, 3)])
    bench.fulfilAndBill(order)
    let about = [HeaderField("X-Correlation-Id", "SHOP-1001")]
    let authorised = bench.send(
      "POST",
      "/salesOrder/\(order)/!transform/returnAuthorization",
      #"{"externalId":"RA-5","item":{"items":[{"orderLine":1,"quantity":2}]}}"#,
      headers: about
    )
    let authorisation = try #require(ERPBench.id(authorised))
    let receiptPath = "/returnAuthorization/\(authorisation)/!transform/itemReceipt"
    for (restock, key) in [("true", "IR-5a"), ("false", "IR-5b")] {
      let receipt = bench.send(
        "POST",
        receiptPath,
        #"{"externalId":"\#(key)","item":{"items":[{"orderLine":1,"quantity":1,"#
          + #""restock":\#(restock),"#
          + #""location":{"id":"7"}}]}}"#,
        headers: about
      )
      #expect(receipt.status == 204)
    }
    #expect(bench.send("POST", receiptPath).status == 400)
    #expect(bench.fake.records.units(ofProduct: 0, atNode: 1).onHand == 1)
    let receipts = bench.facts(.receiptPosted)
    #expect(receipts.map(\.lines.first?.detail) == ["restock", "scrap"])
    #expect(receipts.first?.parent == EntityKey("netsuite.return-authorization", authorisation))
    #expect(receipts.first?.links == [.reference("IR-5a"), .reference("SHOP-1001")])
    let credited = bench.send(
      "POST",
      "/returnAuthorization/\(authorisation)/!transform/creditMemo",
      #"{"externalId":"CM-9"}"#,
      headers: about
    )
    #expect(credited.status == 204)
    let credit = try #require(bench.facts(.creditPosted).first)
    // Two of three units: 50.00 and 4.12 of the line's 6.19 tax
    #expect(credit.amount?.decimalString == "54.12")
    #expect(credit.parent == EntityKey("netsuite.return-authorization", authorisation))
    let entry = try #require(bench.fake.books(at: bench.now).returns.first)
    #expect(entry.status == "closed")
    #expect(entry.lines == [.init(sku: "SKU-1", ordered: 2, returned: 2)])
  }

  @Test("credits of parts of a line add up to the line, tax included")
  func creditsAddUp() throws {
    var bench = ERPBench()
    let order = try bench.order("SHOP-1001", [(3, 7)], shipping: "0")
    bench.fulfilAndBill(order)
    for _ in 0..<7 {
      let authorised = bench.send(
        "POST",
        "/salesOrder/\(order)/!transform/returnAuthorization",
        #"{"item":{"items":[{"orderLine":1,"quantity":1}]}}"#
      )
      let id = try #require(ERPBench.id(authorised))
      #expect(bench.send("POST", "/returnAuthorization/\(id)/!transform/creditMemo").status == 204)
    }
    let sum = bench.facts(.creditPosted).compactMap(\.amount).reduce(.zero(.usd), +)
    #expect(sum == bench.facts(.invoicePosted).first?.amount)
  }

  @Test("a credit takes the amounts of its lines, gross or net, and never more than invoiced")
  func creditAmounts() throws {
    var bench = ERPBench()
    let order = try bench.order("SHOP-1001", [(1, 2)])
    bench.fulfilAndBill(order)
    let invoice = try #require(bench.facts(.invoicePosted).first?.subject.value)
    func body(_ key: String, _ lines: String) -> String {
      #"""
      {"externalId":"\#(key)","entity":{"id":"107"},
      "apply":{"items":[{"doc":{"id":"\#(invoice)"},"apply":true}]},
      "item":{"items":[\#(lines)]}}
      """#
    }
    let adjustment = #"{"item":{"id":"2100","refName":"Refund Adjustment"},"grossAmt":5.95}"#
    #expect(bench.send("POST", "/creditMemo", body("CM-1", adjustment)).status == 204)
    let net = #"{"item":{"id":"2101"},"quantity":1,"amount":25.0}"#
    #expect(bench.send("POST", "/creditMemo", body("CM-2", net)).status == 204)
    #expect(bench.facts(.creditPosted).map(\.amount?.decimalString) == ["5.95", "27.06"])
    #expect(
      bench.facts(.creditPosted).last?.lines == [
        FactLine(
          sku: "SKU-1",
          quantity: 1,
          amount: Money(minorUnits: 2706, currency: .usd)
        )
      ]
    )
    let wrong = #"{"item":{"id":"2101"},"quantity":1,"amount":25.0,"tax1Amt":1,"grossAmt":27.06}"#
    #expect(bench.send("POST", "/creditMemo", body("CM-3", wrong)).status == 400)
    let more = #"{"item":{"id":"2101"},"quantity":1,"grossAmt":27.07}"#
    let refused = bench.send("POST", "/creditMemo", body("CM-4", more))
    #expect(
      ERPBench.detail(refused)
        == "Error while accessing resource: The credit exceeds what is left of the invoiced "
        + "amount: 27.06"
    )
  }

  @Test("the next credits are refused when people say so")
  func refusesCredits() throws {
    var bench = ERPBench()
    let order = try bench.order()
    bench.fulfilAndBill(order)
    let invoice = try #require(bench.facts(.invoicePosted).first?.subject.value)
    bench.command(.refuseCredits(count: 2))
    let path = "/invoice/\(invoice)/!transform/creditMemo"
    #expect(ERPBench.code(bench.send("POST", path)) == "USER_ERROR")
    #expect(bench.send("POST", path).status == 400)
    #expect(bench.send("POST", path).status == 204)
    #expect(bench.facts(.creditPosted).count == 1)
  }

  @Test("an adjustment corrects stock and tells by how much")
  func adjusts() throws {
    var bench = ERPBench()
    let response = bench.send(
      "POST",
      "/inventoryAdjustment",
      #"""
      {"externalId":"ADJ-1","account":{"id":"154"},"inventory":{"items":[
      {"item":{"id":"2101","refName":"SKU-1"},"location":{"id":"6","refName":"east"},
      "adjustQtyBy":-3}]}}
      """#
    )
    #expect(response.status == 204)
    #expect(bench.fake.records.units(ofProduct: 0, atNode: 0).onHand == 7)
    let fact = try #require(bench.facts(.stockAdjusted).first)
    #expect(fact.lines == [FactLine(sku: "SKU-1", quantity: -3, node: "east")])
    #expect(fact.order == nil)
  }

  @Test("over-issue is refused where the account checks stock")
  func overissue() throws {
    var bench = ERPBench { $0.refusesOverissue = true }
    let order = try bench.order("SHOP-1001", [(1, 11)])
    let response = bench.send(
      "POST",
      "/salesOrder/\(order)/!transform/itemFulfillment",
      "\(Self.shipped)\(Self.line)\"quantity\":11}]}}"
    )
    #expect(ERPBench.code(response) == "USER_ERROR")
    #expect(bench.fake.records.units(ofProduct: 0, atNode: 0).onHand == 10)
  }

  @Test("no order of commands makes more go out, be billed or be credited than was ordered")
  func conservation() throws {
    let draws = Seed(20_260_302).draws(for: "erp-commands")
    for run in 0..<40 {
      var bench = ERPBench()
      let order = try bench.order("SHOP-\(1001 + run)", [(1, 5), (3, 9)])
      var authorisations: [String] = []
      for step in 0..<24 {
        let key = KeyedDraws.Key(entity: String(run), attempt: step, purpose: "command")
        let quantity = Int(draws.below(4, .init(entity: String(run), attempt: step, purpose: "n")))
        let line = 1 + Int(draws.below(2, .init(entity: String(run), attempt: step, purpose: "l")))
        let items =
          #"{"shipStatus":"C","item":{"items":[{"orderLine":\#(line),"quantity":\#(quantity),"#
          + #""location":"6"},{"orderLine":\#(3 - line),"itemReceive":false}]}}"#
        switch draws.below(5, key) {
        case 0, 1: bench.send("POST", "/salesOrder/\(order)/!transform/itemFulfillment", items)
        case 2: bench.send("POST", "/salesOrder/\(order)/!transform/invoice")
        case 3:
          let made = bench.send(
            "POST",
            "/salesOrder/\(order)/!transform/returnAuthorization",
            items
          )
          if let id = ERPBench.id(made) { authorisations.append(id) }
        default:
          if let id = authorisations.popLast() {
            bench.send(
              "POST",
              "/returnAuthorization/\(id)/!transform/itemReceipt",
              #"{"item":{"items":[{"orderLine":1,"location":"6"}]}}"#
            )
            bench.send("POST", "/returnAuthorization/\(id)/!transform/creditMemo")
          }
        }
      }
      let state = bench.fake.records.orders[0]
      for line in state.lines {
        #expect(line.fulfilled <= line.quantity && line.billed <= line.fulfilled)
        #expect(line.authorised <= line.fulfilled && line.received <= line.authorised)
      }
      #expect(state.credited <= state.invoiced)
      #expect(state.invoiced <= bench.fake.records.totals(of: state).total)
      let moved = bench.fake.records.units(ofProduct: 0, atNode: 0).onHand
      #expect(moved == 10 - state.lines[0].fulfilled + state.lines[0].received)
    }
  }
}
