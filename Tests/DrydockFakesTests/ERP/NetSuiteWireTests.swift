import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockFakes

@Suite("NetSuite on the wire")
struct NetSuiteWireTests {
  // MARK: Tokens

  @Test("a token is bought with the client assertion and lives for an hour")
  func tokenLife() throws {
    var bench = ERPBench(signedIn: false)
    let answer = bench.send(ERPBench.tokenRequest(credential: "erp-client-assertion"))
    #expect(answer.status == 200)
    let json = try #require(ERPBench.json(answer))
    #expect(json["expires_in"]?.string == "3600")
    #expect(json["token_type"]?.string == "bearer")
    bench.token = json["access_token"]?.string
    bench.now = ERPBench.start + .seconds(3599)
    #expect(bench.send("GET", "/salesOrder").status == 200)
    bench.now = ERPBench.start + .seconds(3600)
    let late = bench.send("GET", "/salesOrder")
    #expect(late.status == 401)
    #expect(ERPBench.code(late) == "INVALID_LOGIN")
    bench.signIn()
    #expect(bench.send("GET", "/salesOrder").status == 200)
  }

  @Test("a withdrawn token is refused at once; two tokens are good side by side")
  func tokenRevoked() {
    var bench = ERPBench()
    let first = bench.token
    bench.signIn()
    #expect(bench.token != first)
    #expect(bench.send("GET", "/salesOrder").status == 200)
    bench.token = first
    #expect(bench.send("GET", "/salesOrder").status == 200)
    bench.command(.expireToken)
    #expect(bench.send("GET", "/salesOrder").status == 401)
  }

  @Test(
    "the token endpoint says what is wrong with a form",
    arguments: [
      ("grant_type=client_credentials", 400, "invalid_request"),
      ("", 400, "invalid_request"),
      ("grant_type=password", 400, "unsupported_grant_type"),
      (
        "grant_type=client_credentials&client_assertion=guess&client_assertion_type="
          + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer", 401,
        "invalid_client"
      ),
    ]
  )
  func tokenErrors(form: String, status: Int, code: String) {
    var bench = ERPBench(signedIn: false)
    var request = ERPBench.tokenRequest(credential: "")
    request.body = Array(form.utf8)
    let answer = bench.send(request)
    #expect(answer.status == status)
    #expect(ERPBench.json(answer)?["error"]?.string == code)
  }

  // MARK: Routes

  /// Method, path below the record base, and the operation that it is.
  static let routes: [(method: String, path: String, operation: String)] = [
    ("POST", NetSuiteRoute.queryPath, "suiteql-query"),
    ("PUT", "/salesOrder/eid:SHOP-1001", "sales-order-upsert"),
    ("POST", "/salesOrder", "sales-order-create"),
    ("GET", "/salesOrder/4711", "sales-order-read"),
    ("GET", "/salesorder/eid:SHOP-1001", "sales-order-read"),
    ("PATCH", "/salesOrder/4711", "sales-order-update"),
    ("POST", "/salesOrder/4711/!transform/itemFulfillment", "item-fulfillment-create"),
    ("PATCH", "/itemFulfillment/4712", "item-fulfillment-update"),
    ("POST", "/salesOrder/4711/!transform/invoice", "invoice-create"),
    ("POST", "/salesOrder/4711/!transform/returnAuthorization", "return-authorization-create"),
    ("POST", "/returnAuthorization/4712/!transform/itemReceipt", "item-receipt-create"),
    ("POST", "/returnAuthorization/4712/!transform/creditMemo", "credit-memo-create"),
    ("POST", "/invoice/4712/!transform/creditMemo", "credit-memo-create"),
    ("POST", "/creditMemo", "credit-memo-create"),
    ("POST", "/inventoryAdjustment", "inventory-adjustment-create"),
    ("GET", "/invoice/eid:INV-88", "record-read"),
    ("GET", "/itemFulfillment/4712", "record-read"),
    ("GET", "/returnAuthorization/4712", "record-read"),
    ("GET", "/itemReceipt/4712", "record-read"),
    ("GET", "/creditMemo/4712", "record-read"),
    ("GET", "/salesOrder?limit=5", "records-list"),
  ]

  @Test("names the operation of every route", arguments: routes)
  func describes(method: String, path: String, operation: String) {
    let bench = ERPBench()
    let request = bench.request(method, path)
    #expect(bench.fake.describe(request).operation == operation)
  }

  @Test("refuses every route without a good token", arguments: routes)
  func unauthorised(method: String, path: String, operation: String) {
    var bench = ERPBench()
    bench.token = "someone-else"
    let answer = bench.send(method, path, "{}")
    #expect(answer.status == 401)
    #expect(ERPBench.code(answer) == "INVALID_LOGIN")
    #expect(answer.headers["Content-Type"]?.contains("type=error") == true)
    #expect(bench.facts.isEmpty)
  }

  @Test("says that a record is not there", arguments: routes)
  func missing(method: String, path: String, operation: String) {
    guard path.contains("/47") || path.contains("eid:INV") else { return }
    var bench = ERPBench()
    let answer = bench.send(method, path, "{}")
    #expect(answer.status == 404)
    #expect(ERPBench.code(answer) == "NONEXISTENT_ID")
    #expect(
      ERPBench.json(answer)?["o:errorDetails"]?[0]?["o:errorUrl"]?.string == ERPBench.base + path
    )
  }

  @Test("refuses a body that is no object", arguments: routes, ["{", "[]", "\"text\""])
  func malformed(route: (method: String, path: String, operation: String), body: String) {
    guard route.method != "GET" else { return }
    var bench = ERPBench()
    let answer = bench.send(
      route.method,
      route.path,
      body,
      headers: [HeaderField("Prefer", "transient")]
    )
    #expect(answer.status == 400)
    #expect(ERPBench.code(answer) == "INVALID_REQUEST")
  }

  @Test("refuses paths and methods that the account does not have")
  func unknownRoutes() {
    var bench = ERPBench()
    #expect(bench.send("GET", "/purchaseOrder/1").status == 404)
    #expect(bench.send("GET", "/services/rest/nowhere").status == 404)
    #expect(bench.send("POST", "/salesOrder/1/!transform/cashSale", "{}").status == 404)
    #expect(bench.send("DELETE", "/salesOrder/4711").status == 405)
    #expect(bench.send("PUT", "/salesOrder/4711", "{}").status == 405)
    #expect(bench.fake.describe(bench.request("DELETE", "/salesOrder/1")).operation == "unknown")
  }

  @Test("refuses a body in another format, and asynchronous processing")
  func headers() {
    var bench = ERPBench()
    var request = bench.request("POST", "/salesOrder", ERPBench.orderBody([(1, 1)]))
    request.headers["Content-Type"] = "text/plain"
    #expect(bench.send(request).status == 415)
    let asynchronous = bench.send(
      "POST",
      "/salesOrder",
      ERPBench.orderBody([(1, 1)]),
      headers: [HeaderField("Prefer", "respond-async")]
    )
    #expect(ERPBench.code(asynchronous) == "INVALID_HEADER")
    #expect(bench.fake.records.orders.isEmpty)
  }

  // MARK: Naming what a call is about

  @Test("names the order, and behind it the document, that a call is about")
  func entities() throws {
    var bench = ERPBench()
    let order = try bench.order("SHOP-1001")
    let about = [HeaderField("X-Correlation-Id", "SHOP-1001")]
    let cases: [(String, String, String, String)] = [
      ("PUT", "/salesOrder/eid:SHOP-1001", "{}", "SHOP-1001"),
      ("POST", "/salesOrder", #"{"externalId":"SHOP-1002"}"#, "SHOP-1002"),
      ("GET", "/salesOrder/\(order)", "", "SHOP-1001"),
      (
        "POST", "/salesOrder/\(order)/!transform/invoice", #"{"externalId":"INV-88"}"#,
        "SHOP-1001 INV-88"
      ),
      ("GET", "/invoice/eid:INV-88", "", "SHOP-1001 INV-88"),
      ("POST", "/creditMemo", #"{"externalId":"CM-9"}"#, "SHOP-1001 CM-9"),
      ("POST", NetSuiteRoute.queryPath, "", ""),
    ]
    for (method, path, body, entity) in cases {
      let request = bench.request(method, path, body, headers: about)
      #expect(bench.fake.describe(request).entity == entity, "\(method) \(path)")
    }
    let plain = bench.request("GET", "/invoice/eid:INV-88")
    #expect(bench.fake.describe(plain).entity == "INV-88")
    bench.send(
      "POST",
      "/salesOrder/\(order)/!transform/itemFulfillment",
      #"{"externalId":"IF-88","item":{"items":[{"orderLine":1,"location":"6"}]}}"#
    )
    let byID = bench.request("GET", "/itemFulfillment/4712")
    #expect(bench.fake.describe(byID).entity == "SHOP-1001 IF-88")
  }

  // MARK: Unknown names

  @Test("drops a misspelt name with a warning, or refuses it where that is asked for")
  func unknownNames() throws {
    let body = ERPBench.orderBody([(1, 1)]).replacing(
      #"{"entity""#,
      with: #"{"custbody_note":"x","shipstatuss":"C","entity""#
    )
    var bench = ERPBench()
    let taken = bench.send("PUT", "/salesOrder/eid:SHOP-1001", body)
    #expect(taken.status == 204)
    #expect(
      taken.headers["Warning"] == "299 - \"Unknown reference or field name: shipstatuss\""
    )
    func header(_ value: String) -> [HeaderField] {
      [HeaderField("X-NetSuite-PropertyNameValidation", value)]
    }
    let refused = bench.send(
      "PUT",
      "/salesOrder/eid:SHOP-1002",
      body,
      headers: header("Error")
    )
    #expect(refused.status == 400)
    #expect(ERPBench.detail(refused) == "Unknown reference or field name: shipstatuss")
    #expect(bench.fake.records.orders.count == 1)
    let ignored = bench.send("PUT", "/salesOrder/eid:SHOP-1003", body, headers: header("Ignore"))
    #expect(ignored.status == 204)
    #expect(ignored.headers["Warning"] == nil)
    let odd = bench.send("PUT", "/salesOrder/eid:SHOP-1004", body, headers: header("strict"))
    #expect(ERPBench.code(odd) == "INVALID_HEADER")
  }

  // MARK: Refusals before the books

  @Test("refuses before the books as the platform's edge does")
  func refusals() {
    let fake = ERPBench().fake
    let request = Request("GET", host: ERPBench.host, target: "/services/rest/record/v1/salesOrder")
    func answer(_ refusal: Refusal) -> Response { fake.refusal(refusal, of: request) }
    let throttled = answer(.throttled(LimitUsage(limit: 5, used: 5, wait: .seconds(1))))
    #expect(throttled.status == 429)
    #expect(ERPBench.code(throttled) == "CONCURRENCY_LIMIT_EXCEEDED")
    #expect(ERPBench.json(throttled)?["title"]?.string == "Bad Request")
    #expect(throttled.headers["Retry-After"] == nil)
    #expect(ERPBench.code(answer(.unauthorised)) == "INVALID_LOGIN")
    #expect(answer(.forbidden).status == 403)
    #expect(ERPBench.code(answer(.unavailable(status: 500, retryAfter: nil))) == "UNEXPECTED_ERROR")
    let down = answer(.unavailable(status: 503, retryAfter: .milliseconds(1500)))
    #expect(down.status == 503)
    #expect(down.headers["Retry-After"] == "2")
    #expect(down.headers["Content-Type"] == "text/html; charset=UTF-8")
    #expect(answer(.maintenancePage).status == 200)
  }

  @Test("has a concurrency limit of five, no webhooks, and takes its time")
  func profile() {
    let profile = ERPBench().fake.profile
    #expect(profile.limits == [.concurrency(limit: 5)])
    #expect(profile.webhookSecret.isEmpty)
    #expect(profile.latency == .milliseconds(400) ... .milliseconds(2500))
    #expect(profile.description.kind == .erp)
    #expect(profile.description.dialect == "netsuite")
  }

  // MARK: Hostile input

  @Test("garbled bodies are answered, and never change the sum of what is there")
  func garbled() throws {
    let draws = Seed(11).draws(for: "garbled")
    for round in 0..<400 {
      var bench = ERPBench()
      for (index, call) in NetSuiteGoldenTests.calls.enumerated() {
        func drawn(_ purpose: String, below bound: Int) -> Int {
          let key = KeyedDraws.Key(entity: String(round), attempt: index, purpose: purpose)
          return Int(draws.below(UInt64(bound), key))
        }
        var request = bench.request(call.method, call.path, call.body)
        if !request.body.isEmpty, drawn("whether", below: 4) == 0 {
          let position = drawn("where", below: request.body.count)
          let pieces = [
            "9", "-", "0", "\"", "{", "null", "99999999999999999999", "e300", "]", "\\u",
          ]
          let piece = pieces[drawn("what", below: pieces.count)]
          let end = min(request.body.count, position + drawn("length", below: 6))
          request.body.replaceSubrange(position..<end, with: piece.utf8)
        }
        let answer = bench.send(request)
        #expect([200, 204, 400, 404].contains(answer.status))
      }
      for order in bench.fake.records.orders { #expect(order.credited <= order.invoiced) }
    }
  }

  // MARK: Determinism

  @Test("the same calls give the same bytes and facts")
  func deterministic() throws {
    let first = try NetSuiteGoldenTests.orderLife(.y2023)
    let second = try NetSuiteGoldenTests.orderLife(.y2023)
    #expect(first == second)
  }
}
