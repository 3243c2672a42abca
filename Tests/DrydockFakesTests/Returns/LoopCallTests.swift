import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockFakes

@Suite("Loop calls") struct LoopCallTests {
  private static let path = "/warehouse/return/6042537"
  private static let list =
    "/warehouse/return/list?from=2026-03-01T00:00:00Z&to=2026-03-31T00:00:00Z"

  /// Every route with a call that it takes, its operation, and what the call is about.
  static let routes: [(method: String, path: String, body: String?, name: String, entity: String)] =
    [
      (
        "GET", "/warehouse/return/details?return_id=6042537", nil, "return-read",
        "6042537 of 1001"
      ),
      ("GET", list, nil, "returns-list", ""),
      ("POST", "\(path)/process", "{}", "return-process", "6042537 of 1001"),
      ("POST", "\(path)/cancel", nil, "return-cancel", "6042537 of 1001"),
      ("POST", "\(path)/close", nil, "return-close", "6042537 of 1001"),
      ("POST", "\(path)/note", #"{"note":"box damaged"}"#, "return-note", "6042537 of 1001"),
      ("POST", "\(path)/flag", nil, "return-flag", "6042537 of 1001"),
      (
        "POST", "/dispositioning/grade", ReturnsDriver.grades([(59_160_001_001, "grade_a")]),
        "grade-create", "6042537 of 1001"
      ),
    ]

  @Test("every operation has a route here")
  func namesAll() {
    #expect(Self.routes.map(\.name) == LoopOperation.allCases.map(\.rawValue))
  }

  @Test("every route is described without changing anything", arguments: routes.indices)
  func describes(index: Int) {
    let route = Self.routes[index]
    var driver = ReturnsDriver()
    driver.request()
    let request = Request(
      route.method,
      host: "api.loopreturns.com",
      target: "/api/v1\(route.path)",
      headers: ["Content-Type": "application/json"],
      body: Array((route.body ?? "").utf8)
    )
    let before = driver.platform.ledger.returns
    #expect(
      driver.platform.describe(request)
        == OperationDescription(operation: route.name, entity: route.entity)
    )
    #expect(driver.platform.ledger.returns == before)
  }

  @Test("every route answers a right call and refuses a wrong key", arguments: routes.indices)
  func answers(index: Int) {
    let route = Self.routes[index]
    var driver = ReturnsDriver()
    driver.request()
    for key in [nil, "wrong"] {
      let refused = driver.call(route.method, route.path, route.body, key: key)
      #expect(refused.status == 401)
      #expect(
        driver.text(refused)
          == #"{"error":{"code":"401","http_code":"GEN-UNAUTHORIZED","#
          + #""message":"Unauthorized."}}"#
      )
    }
    #expect(driver.call(route.method, route.path, route.body).status == 200)
  }

  @Test(
    "unknown returns and paths are not found",
    arguments: [
      ("GET", "/warehouse/return/details?return_id=1"),
      ("GET", "/warehouse/return/details?return_id=x"),
      ("GET", "/warehouse/return/details?order_name=%234711"),
      ("POST", "/warehouse/return/6042599/process"), ("POST", "/warehouse/return/1/cancel"),
      ("POST", "/warehouse/return/6042599/close"), ("POST", "/warehouse/return/6042599/flag"),
      ("POST", "/warehouse/return/6042599/note"),
    ]
  )
  func refusesUnknownReturns(method: String, path: String) {
    var driver = ReturnsDriver()
    driver.request()
    let response = driver.call(method, path)
    #expect(response.status == 404)
    #expect(
      driver.text(response)
        == #"{"errors":{"message":"Return not found.","code":"NOT_FOUND"}}"#
    )
  }

  @Test("unknown paths and methods are refused")
  func refusesRoutes() {
    var driver = ReturnsDriver()
    #expect(driver.call("GET", "/shops").status == 404)
    #expect(driver.call("POST", "/warehouse/return/x/process").status == 404)
    #expect(driver.call("GET", "/warehouse/return/6042537/process").status == 405)
  }

  @Test("why a return is not settled has a shape of its own for each reason, with status 200")
  func refusesProcessing() {
    func process(_ prepare: (inout ReturnsDriver) -> Void) -> (Int, String) {
      var driver = ReturnsDriver()
      driver.requestWithLabel()
      prepare(&driver)
      let response = driver.call("POST", "/warehouse/return/6042537/process")
      #expect(driver.timers.isEmpty)
      return (response.status, driver.text(response))
    }
    #expect(
      process { $0.call("POST", "/warehouse/return/6042537/cancel") }
        == (
          200, #"{"message":"Return is cancelled and therefore cannot be processed."}"#
        )
    )
    #expect(
      process { $0.call("POST", "/warehouse/return/6042537/flag") }
        == (200, #"{"content":"Return is flagged and cannot be processed."}"#)
    )
    #expect(
      process { $0.call("POST", "/warehouse/return/6042537/close") }
        == (
          200,
          #"{"errors":{"message":"Return is closed and therefore cannot be processed.","#
            + #""code":"UNPROCESSABLE_RETURN"}}"#
        )
    )
    #expect(
      process { $0.give(.timer(TimerID("expire/1"))) }
        == (
          200,
          #"{"errors":{"message":"Return is expired and therefore cannot be processed.","#
            + #""code":"UNPROCESSABLE_RETURN"}}"#
        )
    )
  }

  @Test("acting on a return that is at its end is answered with no")
  func refusesActing() {
    var driver = ReturnsDriver()
    driver.request()
    driver.call("POST", "/warehouse/return/6042537/close")
    #expect(driver.facts.map(\.kind) == [.returnClosed])
    for action in ["close", "cancel", "flag"] {
      let response = driver.call("POST", "/warehouse/return/6042537/\(action)")
      #expect(response.status == 200)
      #expect(driver.text(response) == #""false""#)
      #expect(driver.facts.isEmpty && driver.webhooks.isEmpty)
    }
  }

  @Test("a return is found by its order too")
  func reads() throws {
    var driver = ReturnsDriver()
    driver.requestWithLabel()
    for query in [
      "return_id=6042537", "order_id=5678900001001", "order_name=%231001", "order_name=1001",
    ] {
      let made = try driver.json(
        driver.call("GET", "/warehouse/return/details?\(query)").body
      )
      #expect(made["id"]?.string == "6042537")
      #expect(made["created_at"]?.string == "2026-03-02T14:00:00.000Z")
      #expect(made["tracking_number"]?.string == ReturnsDriver.tracking)
    }
    #expect(driver.call("GET", "/warehouse/return/details").status == 422)
    #expect(driver.call("GET", "/warehouse/return/details?id=6042537").status == 422)
  }

  @Test("returns are listed by a range of dates, a state, and page by page")
  func lists() throws {
    var driver = ReturnsDriver()
    driver.request(number: 1)
    driver.now += .seconds(3_600)
    driver.request(number: 2)
    driver.request([("SKU-2", 1)], number: 3)
    driver.call("POST", "/warehouse/return/6042538/close")
    func list(_ query: String) throws -> [String?] {
      let body = driver.call("GET", "/warehouse/return/list?\(query)").body
      return try driver.json(body)["returns"]?.elements.map { $0["id"]?.string } ?? []
    }
    let range = "from=2026-03-02&to=2026-03-03"
    #expect(try list(range) == ["6042537", "6042538", "6042539"])
    #expect(try list(range + "&state=open") == ["6042537", "6042539"])
    #expect(
      try list("from=2026-03-02T14:30:00Z&to=2026-03-03&filter=updated_at")
        == ["6042538", "6042539"]
    )
    let first = try driver.json(
      driver.call("GET", "/warehouse/return/list?\(range)&paginate=true&pageSize=2").body
    )
    let next = try #require(first["nextPageUrl"]?.string)
    let path = try #require(next.split(separator: "/api/v1").last)
    let second = try driver.json(driver.call("GET", String(path)).body)
    #expect(second["returns"]?.elements.map { $0["id"]?.string } == ["6042539"])
    #expect(second["nextPageUrl"]?.isNull == true)
  }

  @Test(
    "wrong lists are refused",
    arguments: [
      "", "from=2026-03-02", "from=x&to=2026-03-03", "from=2026-03-03&to=2026-03-02",
      "from=2026-01-01&to=2026-06-30", "from=2026-03-02&to=2026-03-03&filter=id",
      "from=2026-03-02&to=2026-03-03&state=new", "from=2026-03-02&to=2026-03-03&page=1",
      "from=2026-03-02&to=2026-03-03&paginate=yes",
      "from=2026-03-02&to=2026-03-03&paginate=true&pageSize=751",
      "from=2026-03-02&to=2026-03-03&paginate=true&cursor=x",
    ]
  )
  func refusesLists(query: String) throws {
    var driver = ReturnsDriver()
    driver.request()
    let response = driver.call("GET", "/warehouse/return/list?\(query)")
    #expect(response.status == 422)
    #expect(try driver.json(response.body)["errors"]?.kind == .array)
  }

  @Test("grades are written all or none, and the last one counts")
  func grades() throws {
    var driver = ReturnsDriver()
    driver.request([("SKU-1", 2)])
    let answer = driver.call(
      "POST",
      "/dispositioning/grade",
      ReturnsDriver.grades([(59_160_001_001, "grade_a"), (59_160_001_002, "junk")])
    )
    #expect(answer.status == 200)
    #expect(try driver.json(answer.body)[1]?["condition_category"]?.string == "junk")
    #expect(driver.webhooks.map(\.operation) == ["return-updated"])
    let stranger = driver.call(
      "POST",
      "/dispositioning/grade",
      ReturnsDriver.grades([(59_160_001_001, "junk"), (59_160_009_001, "junk")])
    )
    #expect(stranger.status == 403)
    #expect(driver.platform.ledger.return(1)?.units.map(\.grade?.condition) == [.gradeA, .junk])
  }

  @Test(
    "wrong grades are refused",
    arguments: [
      "", "{}", "[]", #"{"items":[]}"#, #"{"items":[1]}"#, #"{"items":[{}]}"#,
      ReturnsDriver.grades([(59_160_001_001, "mint")]),
      ReturnsDriver.grades(Array(repeating: (59_160_001_001, "grade_a"), count: 21)),
      #"{"items":[{"line_item_id":"59160001001","condition_category":"junk","description":"d"}]}"#,
      #"{"items":[{"line_item_id":59160001001,"condition_category":"junk"}]}"#,
      #"{"items":[{"line_item_id":1,"condition_category":"junk","description":"d"}]}"#,
      #"{"items":[{"line_item_id":59160001001,"condition_category":"junk","description":"d","#
        + #""images":["1","2","3","4","5","6"]}]}"#,
      #"{"items":[{"line_item_id":59160001001,"condition_category":"junk","description":"d","#
        + #""inspected_at":"soon"}]}"#,
      #"{"items":[{"line_item_id":59160001001,"condition_category":"junk","description":"d","#
        + #""quality":1}]}"#,
    ]
  )
  func refusesGrades(body: String) {
    var driver = ReturnsDriver()
    driver.request()
    #expect(driver.call("POST", "/dispositioning/grade", body).status == 422)
    #expect(driver.webhooks.isEmpty)
  }

  @Test("notes need a text, and settling takes texts alone")
  func refusesTexts() {
    var driver = ReturnsDriver()
    driver.request()
    for body in ["", "{}", #"{"note":""}"#, #"{"note":1}"#, #"{"note":"n","by":"me"}"#] {
      #expect(driver.call("POST", "/warehouse/return/6042537/note", body).status == 422)
    }
    #expect(
      driver.call("POST", "/warehouse/return/6042537/process", #"{"a":1}"#).status == 422
    )
    #expect(
      driver.call("POST", "/warehouse/return/6042537/process", #"{"ERP":"IR-1"}"#).status == 200
    )
  }

  @Test("limits and refusals speak as the platform does")
  func refusals() {
    let platform = ReturnsDriver().platform
    let request = Request("GET", host: "api.loopreturns.com", target: "/")
    let usage = LimitUsage(limit: 300, used: 300, wait: .seconds(12))
    let throttled = platform.refusal(.throttled(usage), of: request)
    #expect(throttled.status == 429)
    #expect(throttled.headers["Retry-After"] == nil)
    #expect(platform.profile.limits == [.fixedWindow(limit: 300, per: .seconds(60))])
    #expect(platform.refusal(.unauthorised, of: request).status == 401)
    #expect(platform.refusal(.forbidden, of: request).status == 403)
    #expect(
      platform.refusal(.unavailable(status: 502, retryAfter: nil), of: request).status == 502
    )
    #expect(platform.refusal(.maintenancePage, of: request).status == 200)
  }
}
