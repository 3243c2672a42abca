import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockFakes

@Suite("NetSuite lists and queries")
struct NetSuiteQueryTests {
  @Test("stock per item and location, as text under lower-case names")
  func stock() throws {
    var bench = ERPBench()
    let answer = bench.query(
      "SELECT item, BUILTIN.DF(item) AS sku, location, quantityOnHand, quantityAvailable "
        + "FROM InventoryItemLocations WHERE location = 6 AND quantityonhand > 5 ORDER BY item DESC"
    )
    #expect(answer.status == 200)
    #expect(
      ERPBench.text(answer) == """
        {"links":[{"rel":"self","href":"https://1234567.suitetalk.api.netsuite.com/services/rest/\
        query/v1/suiteql?limit=1000&offset=0"}],"count":2,"hasMore":false,"items":[{"links":[],\
        "item":"2103","sku":"SKU-3","location":"6","quantityonhand":"100","quantityavailable":\
        "100"},{"links":[],"item":"2101","sku":"SKU-1","location":"6","quantityonhand":"10",\
        "quantityavailable":"10"}],"offset":0,"totalResults":2}
        """
    )
  }

  @Test("orders changed since an instant, to the minute")
  func changedSince() throws {
    var bench = ERPBench()
    _ = try bench.order("SHOP-1001")
    bench.now = ERPBench.start + .seconds(600 + 35)
    _ = try bench.order("SHOP-1002")
    let query =
      "SELECT id, externalid, status, TO_CHAR(lastmodifieddate, 'YYYY-MM-DD HH24:MI:SS') AS "
      + "changed "
      + "FROM transaction WHERE type = 'SalesOrd' AND lastmodifieddate >= TO_TIMESTAMP("
      + "'2026-03-02 09:10:00', 'YYYY-MM-DD HH24:MI:SS') ORDER BY id"
    let rows = try #require(ERPBench.json(bench.query(query))?["items"])
    #expect(rows.count == 1)
    #expect(rows[0]?["externalid"]?.string == "SHOP-1002")
    #expect(rows[0]?["status"]?.string == "B")
    #expect(rows[0]?["changed"]?.string == "2026-03-02 09:10:00")
    // Seconds are not kept, so a poll from the middle of the minute misses the change.
    let late = query.replacing("09:10:00", with: "09:10:20")
    #expect(ERPBench.json(bench.query(late))?["count"]?.int == 0)
  }

  @Test("finds documents by their keys; days are written as the user's format")
  func byExternalID() throws {
    var bench = ERPBench()
    let order = try bench.order("SHOP-1001")
    bench.fulfilAndBill(order)
    let answer = bench.query(
      "SELECT t.id, t.type, t.trandate, t.foreigntotal, BUILTIN.DF(t.status) AS statusname "
        + "FROM transaction t WHERE t.externalid IN ('SHOP-1001', 'SHOP-9') OR 1 = 1"
    )
    #expect(answer.status == 400)
    let rows = try #require(
      ERPBench.json(
        bench.query(
          "SELECT t.id, t.type, t.trandate, t.foreigntotal, BUILTIN.DF(t.status) AS statusname "
            + "FROM transaction t WHERE t.externalid IN ('SHOP-1001', 'SHOP-9')"
        )
      )?["items"]
    )
    #expect(rows.count == 1)
    #expect(rows[0]?["id"]?.string == order)
    #expect(rows[0]?["type"]?.string == "SalesOrd")
    #expect(rows[0]?["trandate"]?.string == "03/02/2026")
    #expect(rows[0]?["foreigntotal"]?.string == "60.07")
    #expect(rows[0]?["statusname"]?.string == "Sales Order : Billed")
  }

  @Test("pages of queries and lists are cut by limit and offset")
  func pages() throws {
    var bench = ERPBench()
    for number in 1001...1005 { _ = try bench.order("SHOP-\(number)") }
    let query = bench.query("SELECT id FROM transaction", suffix: "?limit=2&offset=2")
    let page = try #require(ERPBench.json(query))
    #expect(page["count"]?.int == 2)
    #expect(page["hasMore"]?.bool == true)
    #expect(page["totalResults"]?.int == 5)
    #expect(
      page["links"]?.elements.compactMap { $0["rel"]?.string }
        == ["first", "previous", "next", "last", "self"]
    )
    let list = try bench.read("/salesOrder?limit=2&offset=4")
    #expect(list["items"]?.elements.compactMap { $0["id"]?.string } == ["4715"])
    #expect(list["hasMore"]?.bool == false)
    for (name, query) in [
      ("offset", "limit=2&offset=3"), ("limit", "limit=1001"), ("limit", "limit=x"),
    ] {
      let refused = bench.send("GET", "/salesOrder?\(query)")
      #expect(refused.status == 400)
      #expect(
        ERPBench.json(refused)?["o:errorDetails"]?[0]?["o:errorQueryParam"]?.string == name
      )
    }
  }

  @Test(
    "lists by condition",
    arguments: [
      (#"externalId IS "SHOP-1002""#, ["4712"]),
      (#"email IS alex.morgan@example.com AND externalId IS SHOP-1001"#, ["4711"]),
      (#"lastModifiedDate AFTER "03/02/2026""#, ["4712"]),
      (#"lastModifiedDate ON_OR_AFTER "3/2/2026""#, ["4711", "4712"]),
      (#"createdDate BEFORE "3/3/2026""#, ["4711"]),
      (#"tranDate ON "3/4/2026""#, []),
    ]
  )
  func listConditions(query: String, found: [String]) throws {
    var bench = ERPBench()
    _ = try bench.order("SHOP-1001")
    bench.now = ERPBench.start + .seconds(86_400)
    bench.signIn()
    _ = try bench.order("SHOP-1002")
    let list = try bench.read("/salesOrder?q=\(PercentEncoding.encode(query))")
    #expect(list["items"]?.elements.compactMap { $0["id"]?.string } == found)
  }

  @Test(
    "refuses queries that the fake does not understand as the platform does",
    arguments: [
      ("SELECT id FROM customer", "Invalid search type: customer."),
      (
        "SELECT nothing FROM transaction",
        "Search error occurred: Unknown identifier 'nothing'. Available identifiers are: "
          + "{transaction=transaction}."
      ),
      ("SELECT * FROM transaction", "Search error occurred: Invalid or unsupported search."),
      ("DROP TABLE transaction", "Search error occurred: Invalid or unsupported search."),
      (
        "SELECT id FROM transaction WHERE trandate > TO_DATE('soon', 'YYYY-MM-DD')",
        "Search error occurred: Invalid or unsupported search."
      ),
      ("", "Search error occurred: Invalid or unsupported search."),
      ("SELECT id FROM transaction WHERE id = 'x", ""),
    ]
  )
  func refusesQueries(query: String, message: String) {
    var bench = ERPBench()
    let answer = bench.query(query)
    guard !message.isEmpty else {
      #expect(answer.status == 200)
      return
    }
    #expect(answer.status == 400)
    #expect(ERPBench.code(answer) == "INVALID_PARAMETER")
    #expect(
      ERPBench.detail(answer)
        == "Invalid search query. Detailed unprocessed description follows. " + message
    )
  }

  @Test("a query needs the header that says its result is transient")
  func preferTransient() {
    var bench = ERPBench()
    let answer = bench.send(
      "POST",
      NetSuiteRoute.queryPath,
      #"{"q":"SELECT id FROM transaction"}"#
    )
    #expect(answer.status == 400)
    #expect(ERPBench.json(answer)?["o:errorDetails"]?[0]?["o:errorHeader"]?.string == "Prefer")
  }

  @Test("a read shows the members asked for, and enumerations bare where that is asked for")
  func fields() throws {
    var bench = ERPBench()
    let order = try bench.order()
    let read = try bench.read("/salesOrder/\(order)?fields=tranId,status")
    #expect(read.members.map(\.name) == ["links", "tranId", "status"])
    let bare = try bench.read("/salesOrder/\(order)?simpleEnumFormat=true")
    #expect(bare["status"]?.string == "Pending Fulfillment")
    #expect(bare["orderStatus"]?.string == "B")
    let plain = try bench.read("/salesOrder/\(order)")
    #expect(plain["item"]?.members.map(\.name) == ["links"])
  }
}
