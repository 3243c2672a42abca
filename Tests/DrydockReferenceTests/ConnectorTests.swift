import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockReference

/// The wire, both ways: what is sent for a canonical value, what is read from a payload.
@Suite("Connectors") struct ConnectorTests {
  private let configuration = Configuration(Driver.setup(), defects: [])

  private func body(_ request: Request?) throws -> JSONValue {
    try JSONDocument.parse(#require(request).body).root
  }

  private func order(_ text: String = PaperPartners().order()) throws -> CanonicalOrder {
    let store = try #require(configuration.store)
    return try store.order(Fields(parsing: Array(text.utf8)))
  }

  // MARK: Shopify

  @Test("the 3PL's calls name the channel that they were set up with, and page by its cursor")
  func warehouse() throws {
    let warehouse = ShipBobConnector(
      access: Access(
        PartnerAccess(
          description: PartnerDescription(
            id: Driver.warehouse,
            kind: .threePL,
            dialect: "shipbob",
            host: "h"
          ),
          credential: "c",
          webhookSecret: "s"
        )
      ),
      masterData: Driver.masterData,
      nodes: ["east", "west"],
      channel: "77",
      readsBareListsOnly: false
    )
    #expect(warehouse.readOrder(1).headers["shipbob_channel_id"] == "77")
    let first = warehouse.listStock(cursor: nil)
    #expect(first.target == "/2026-01/inventory-level/locations?PageSize=250")
    let next = PaperPartners.json(
      #"{"items":[],"next":"/2026-01/inventory-level/locations?PageSize=250&Cursor=a%2Fb"}"#
    )
    let cursor = try #require(warehouse.nextStock(in: next))
    #expect(cursor == "a/b")
    #expect(warehouse.listStock(cursor: cursor).target == first.target + "&Cursor=a%2Fb")
    #expect(warehouse.nextStock(in: PaperPartners.json(#"{"items":[],"next":null}"#)) == nil)
    #expect(warehouse.nextStock(in: PaperPartners.json("[]")) == nil)
  }

  @Test("a store's order is read with its lines, money, offset and tags")
  func readsOrder() throws {
    let order = try order(
      PaperPartners().order().replacing(#""tags":"""#, with: #""tags":"vip, cancel-requested""#)
    )
    #expect(order.key.reference == "SHOP-1001")
    #expect(order.total == Money(minorUnits: 4923, currency: .usd))
    #expect(order.lines.first?.unitPrice == Money(minorUnits: 1999, currency: .usd))
    #expect(order.placedAt == VirtualInstant(parsing: "2026-03-02T14:00:00Z"))
    #expect(order.isCancelRequested)
  }

  @Test(
    "an order without a member that is needed is unreadable, and says which",
    arguments: ["order_number", "currency", "line_items", "total_price", "updated_at"]
  )
  func unreadableOrder(member: String) throws {
    let text = PaperPartners().order().replacing(#""\#(member)""#, with: #""x""#)
    #expect(throws: Unreadable(member: member)) { try order(text) }
  }

  @Test("hostile amounts and quantities are refused, never added up")
  func hostileOrder() {
    let text = PaperPartners().order(quantity: 9_000_000_000)
    #expect(throws: Unreadable(member: "quantity")) { try order(text) }
    let rich = PaperPartners().order().replacing("49.23", with: "99999999999999999.99")
    #expect(throws: Unreadable(member: "total_price")) { try order(rich) }
  }

  @Test("the platform's published signature is accepted, and no other")
  func shopifySignature() throws {
    let text =
      #"{"id":820982911946154508,"admin_graphql_api_id":"gid://shopify/Order/820982911946154508","#
      + ##""name":"#9999","order_number":1234,"total_price":"404.95","currency":"USD","##
      + #""financial_status":"paid","fulfillment_status":null}"#
    let secret = "shpss_0123456789abcdef0123456789abcdef"
    let signature = "yFPa1y0LoQicJ+NJGtr9QDFse55YREXpeVWpVHVnhuY="
    let store = ShopifyConnector(
      access: Access(
        PartnerAccess(
          description: PartnerDescription(
            id: Driver.store,
            kind: .store,
            dialect: "shopify",
            host: "h"
          ),
          credential: "c",
          webhookSecret: secret
        )
      ),
      masterData: Driver.masterData,
      ignoresOffsets: false
    )
    var webhook = Request("POST", host: "", target: "/", body: Array(text.utf8))
    webhook.headers["X-Shopify-Hmac-Sha256"] = signature
    webhook.headers["X-Shopify-Webhook-Id"] = "w1"
    webhook.headers["X-Shopify-Topic"] = "orders/create"
    let identity = try #require(store.identity(of: webhook, trusting: false))
    #expect(identity.delivery == "w1")
    #expect(identity.topic == "orders/create")
    webhook.body.append(0x20)
    #expect(store.identity(of: webhook, trusting: false) == nil)
    #expect(store.identity(of: webhook, trusting: true) != nil)
  }

  @Test("the next page is taken from the Link header")
  func paging() throws {
    let store = try #require(configuration.store)
    let link =
      #"<https://s/orders.json?limit=250&page_info=abc>; rel="previous", "#
      + #"<https://s/orders.json?limit=250&page_info=xyz%3D>; rel="next""#
    #expect(store.nextPage(in: Response(200, headers: ["Link": link])) == "xyz=")
    #expect(store.nextPage(in: Response(200)) == nil)
    let next = store.listOrders(changedSince: .epoch, page: "xyz=")
    #expect(next.target == "/admin/api/2026-04/orders.json?limit=250&page_info=xyz%3D")
  }

  @Test("a shipment fills the fulfilment orders' lines, or says that they are too small")
  func fulfilmentLines() throws {
    let store = try #require(configuration.store)
    let text = """
      {"fulfillment_orders":[{"id":1,"status":"closed","line_items":[{"id":9,"variant_id":39072857,\
      "fulfillable_quantity":5}]},{"id":2,"status":"open","line_items":[{"id":3,\
      "variant_id":39072857,"fulfillable_quantity":2}]}]}
      """
    let answer = Response(200, body: Array(text.utf8))
    let two = try store.lines(for: shipment(units: 2), in: answer)
    #expect(two == [PreparedLine(fulfilmentOrder: 2, line: 3, quantity: 2)])
    #expect(try store.lines(for: shipment(units: 3), in: answer) == nil)
  }

  private func shipment(units: Int) -> CanonicalShipment {
    CanonicalShipment(
      id: 88,
      partner: Driver.warehouse,
      part: PartKey(order: OrderKey(number: 1001), part: 0),
      carrier: "USPS",
      tracking: "94001",
      lines: [SKUQuantity(sku: "SKU-1", quantity: units)],
      shippedAt: .epoch
    )
  }

  @Test(
    "the store's reasons are read in all their shapes",
    arguments: [
      (#"{"errors":"Not Found"}"#, "Not Found"),
      (#"{"errors":{"line_items":["can't be blank"]}}"#, "line_items can't be blank"),
      (#"{"errors":{"base":["too much"]}}"#, "too much"),
      (#"{"errors":{"order":"is missing"}}"#, "order is missing"), ("<html>", "status 422"),
    ]
  )
  func shopifyReasons(body: String, reason: String) throws {
    let store = try #require(configuration.store)
    #expect(store.reason(Response(422, body: Array(body.utf8))) == reason)
  }

  // MARK: NetSuite

  @Test("an order is put to the ERP under our reference, with exact amounts")
  func upsert() throws {
    let erp = try #require(configuration.erp)
    let request = erp.upsertOrder(try order(), node: Driver.masterData.nodes.first, token: "t")
    #expect(request.method == "PUT")
    #expect(
      request.target == "/services/rest/record/v1/salesOrder/eid:SHOP-1001?replace=item"
    )
    #expect(request.headers["Authorization"] == "Bearer t")
    let line = try body(request)["item"]?["items"]?[0]
    #expect(line?["amount"]?.number?.text == "39.98")
    #expect(line?["item"]?["id"]?.string == "2101")
    #expect(try body(request)["tranDate"]?.string == "2026-03-02")
  }

  @Test("a fulfilment names every line, also those that do not ship")
  func fulfilment() throws {
    let erp = try #require(configuration.erp)
    let lines = [
      NetSuiteConnector.DocumentLine(
        line: 1,
        sku: "SKU-1",
        quantity: 2,
        node: Driver.masterData.nodes.first
      ),
      NetSuiteConnector.DocumentLine(line: 4, sku: "SKU-2", quantity: 0),
    ]
    let request = erp.fulfil("4711", shipment(units: 2), lines: lines, key: "IF-88", token: "t")
    let items = try body(request)["item"]?["items"]
    #expect(items?[0]?["quantity"]?.int == 2)
    #expect(items?[1]?["itemReceive"]?.bool == false)
    #expect(try body(request)["externalId"]?.string == "IF-88")
  }

  @Test(
    "an order's status is read as letter, words and object",
    arguments: [
      (#"{"id":"1","status":"A"}"#, NetSuiteConnector.Order.Status.pendingApproval),
      (#"{"id":"1","status":{"id":"Pending Fulfillment","refName":"x"}}"#, .open),
      (#"{"id":"1","orderStatus":{"id":"G"}}"#, .open), (#"{"id":1,"status":"H"}"#, .ended),
      (#"{"id":"1","status":"Z"}"#, .unknown("Z")),
    ]
  )
  func status(text: String, status: NetSuiteConnector.Order.Status) throws {
    let erp = try #require(configuration.erp)
    #expect(try erp.order(in: Response(200, body: Array(text.utf8))).status == status)
  }

  @Test(
    "the ERP's error codes say more than the status",
    arguments: [
      ("CONCURRENCY_LIMIT_EXCEEDED", "x", Answer.throttled(wait: nil)),
      ("USER_ERROR", "This record already exists", .exists),
      ("RCRD_HAS_BEEN_CHANGED", "x", .conflict), ("NONEXISTENT_ID", "gone", .notFound("gone")),
      ("USER_ERROR", "no", .refused("no")),
    ]
  )
  func errors(code: String, detail: String, answer: Answer) throws {
    let erp = try #require(configuration.erp)
    let text = #"{"o:errorDetails":[{"o:errorCode":"\#(code)","detail":"\#(detail)"}]}"#
    #expect(erp.answer(.response(Response(400, body: Array(text.utf8)))) == answer)
  }

  @Test("a created record is named by where it is")
  func location() throws {
    let erp = try #require(configuration.erp)
    let response = Response(204, headers: ["Location": "https://h/record/v1/salesOrder/4711"])
    #expect(try erp.createdID(in: response) == "4711")
    #expect(throws: Unreadable(member: "Location")) { try erp.createdID(in: Response(204)) }
  }

  // MARK: ShipBob

  @Test("a 3PL's order is read with what left and what is stuck")
  func warehouseOrder() throws {
    let warehouse = try #require(configuration.warehouses.first)
    let text = PaperPartners().order3PL("SHOP-1001-2", shipped: true)
      .replacing(
        #""shipments":["#,
        with:
          #""shipments":[{"id":5,"status":"OnHold","status_details":[{"description":"address"}]},"#
      )
    let read = try warehouse.order(Fields(parsing: Array(text.utf8)))
    #expect(read.shipped.first?.part == PartKey(order: OrderKey(number: 1001), part: 2))
    #expect(read.shipped.first?.lines == [SKUQuantity(sku: "SKU-1", quantity: 2)])
    #expect(
      read.waiting == [WarehouseOrder.Waiting(id: 5, status: .onHold, reason: "address")]
    )
  }

  @Test("the standard's signature is accepted with or without padding, among others")
  func standardWebhooks() throws {
    let warehouse = try #require(configuration.warehouses.first)
    let body = Array("{}".utf8)
    let key = Base64.decode("secret") ?? Array("secret".utf8)
    let signature = Base64.encode(HMAC.sha256(Array("m.1.{}".utf8), key: key))
    for text in [signature, String(signature.prefix { $0 != "=" })] {
      let webhook = Request(
        "POST",
        host: "",
        target: "/",
        headers: [
          "webhook-id": "m", "webhook-timestamp": "1", "webhook-signature": "v1,AAAA v1,\(text)",
        ],
        body: body
      )
      #expect(warehouse.identity(of: webhook, trusting: false)?.delivery == "m")
    }
    let other = Request(
      "POST",
      host: "",
      target: "/",
      headers: [
        "webhook-id": "m", "webhook-timestamp": "2", "webhook-signature": "v1,\(signature)",
      ],
      body: body
    )
    #expect(warehouse.identity(of: other, trusting: false) == nil)
  }

  @Test(
    "a cancellation's answer is 200 either way, and the body decides",
    arguments: [
      ("Success", ShipBobConnector.Cancellation.success), ("PartialSuccess", .partial),
      ("Failure", .failure("picked")),
    ]
  )
  func cancellation(word: String, cancellation: ShipBobConnector.Cancellation) throws {
    let warehouse = try #require(configuration.warehouses.first)
    let text = #"{"status":"\#(word)","canceled_shipment_results":[{"reason":"picked"}]}"#
    #expect(
      try warehouse.cancellation(in: Response(200, body: Array(text.utf8))) == cancellation
    )
  }

  // MARK: EasyPost and Loop

  @Test("scans are put in the order in which they were made")
  func scans() throws {
    let carrier = try #require(configuration.carrier)
    let text = PaperPartners().tracker([
      ("2026-03-04T12:00:00Z", "delivered"), ("2026-03-02T18:00:00Z", "in_transit"),
      ("2026-03-03T18:00:00Z", "teleported"),
    ])
    let report = try carrier.report(in: Response(200, body: Array(text.utf8)))
    #expect(report.scans.map(\.status) == [.inTransit, nil, .delivered])
  }

  @Test(
    "the returns platform's reasons are read in all their shapes",
    arguments: [
      (#"{"errors":{"message":"no","code":"X"}}"#, "no"), (#"{"errors":["no"]}"#, "no"),
      (#"{"error":{"code":"401","message":"no"}}"#, "no"), (#"{"message":"no"}"#, "no"),
      (#"{"content":"no"}"#, "no"), ("true", "status 400"),
    ]
  )
  func loopReasons(body: String, reason: String) throws {
    let returns = try #require(configuration.returns)
    #expect(returns.reason(Response(400, body: Array(body.utf8))) == reason)
  }

  @Test("a refusal that comes with status 200 is a refusal")
  func politeRefusal() throws {
    let returns = try #require(configuration.returns)
    let text = #"{"content":"Return is flagged and cannot be processed."}"#
    #expect(
      returns.answer(.response(Response(200, body: Array(text.utf8))))
        == .refused("Return is flagged and cannot be processed.")
    )
    let fine = Response(200, body: Array("\"true\"".utf8))
    #expect(returns.answer(.response(fine)) == .success(fine))
  }

  // MARK: References

  @Test("references of parts and returns are read back")
  func references() {
    #expect(PartKey(reference: "SHOP-1001")?.part == 0)
    #expect(PartKey(reference: "SHOP-1001-2")?.reference == "SHOP-1001-2")
    for text in ["1001", "SHOP-", "SHOP-x", "SHOP-1001-0", "SHOP-1001-2-3", "ERP-1001"] {
      #expect(PartKey(reference: text) == nil, "\(text)")
    }
    #expect(
      ReturnRecord.key(inWarehouseReference: "RMA-6042537-1001") == ReturnKey(text: "6042537")
    )
    #expect(ReturnRecord.key(inWarehouseReference: "RTS-1") == nil)
  }

  @Test("parts of a line always add up to the line, tax included")
  func pricing() {
    let pricing = Pricing(masterData: Driver.masterData, usesFloatingPoint: false)
    let price = Money(minorUnits: 1999, currency: .usd)
    let whole = pricing.paid(7, after: 0, at: price)
    for cut in 0...7 {
      let parts =
        pricing.paid(cut, after: 0, at: price) + pricing.paid(7 - cut, after: cut, at: price)
      #expect(parts == whole)
    }
  }
}
