import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockFakes

@Suite("Shopify paging") struct ShopifyPagingTests {
  private func driver(orders: Int = 7) -> StoreDriver {
    var driver = StoreDriver()
    for number in 1001..<1001 + orders {
      driver.place([("SKU-1", 1)], number: number, label: "")
      driver.now += .seconds(60)
    }
    return driver
  }

  private func numbers(_ response: Response, _ driver: StoreDriver) throws -> [Int64] {
    let orders = try #require(try driver.json(response)["orders"])
    return orders.elements.compactMap { $0["order_number"]?.int }
  }

  /// Returns the path behind the version that a relation of the `Link` header leads to.
  private func link(_ relation: String, _ response: Response) -> String? {
    for part in (response.headers["Link"] ?? "").split(separator: ",") {
      guard part.contains("rel=\"\(relation)\"") else { continue }
      let address = part.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" }
      let prefix = "https://acme-dist.myshopify.com/admin/api/2026-04"
      return address.hasPrefix(prefix) ? String(address.dropFirst(prefix.count)) : nil
    }
    return nil
  }

  @Test("a list is walked forward and back by the links, newest first")
  func walks() throws {
    var driver = driver()
    let first = driver.call("GET", "/orders.json?status=any&limit=3")
    #expect(try numbers(first, driver) == [1007, 1006, 1005])
    #expect(link("previous", first) == nil)
    let second = driver.call("GET", try #require(link("next", first)))
    #expect(try numbers(second, driver) == [1004, 1003, 1002])
    let third = driver.call("GET", try #require(link("next", second)))
    #expect(try numbers(third, driver) == [1001])
    #expect(link("next", third) == nil)
    let back = driver.call("GET", try #require(link("previous", third)))
    #expect(try numbers(back, driver) == [1004, 1003, 1002])
    let start = driver.call("GET", try #require(link("previous", back)))
    #expect(try numbers(start, driver) == [1007, 1006, 1005])
    #expect(link("previous", start) == nil)
  }

  @Test("orders placed while a list is walked do not shift it")
  func isStable() throws {
    var driver = driver()
    let first = driver.call("GET", "/orders.json?status=any&limit=3")
    driver.place([("SKU-1", 1)], number: 1008, label: "")
    let second = driver.call("GET", try #require(link("next", first)))
    #expect(try numbers(second, driver) == [1004, 1003, 1002])
  }

  @Test("a cursor goes with limit alone")
  func refusesFiltersWithCursor() throws {
    var driver = driver()
    let first = driver.call("GET", "/orders.json?status=any&limit=3")
    let next = try #require(link("next", first))
    let response = driver.call("GET", next + "&status=any")
    #expect(response.status == 400)
    #expect(driver.text(response).contains("status cannot be passed"))
    for cursor in ["x", "eyJ9", "e30%3D"] {
      #expect(driver.call("GET", "/orders.json?page_info=\(cursor)").status == 400)
    }
  }

  @Test("closed and cancelled orders are missing unless the status says any")
  func defaultsToOpen() throws {
    var driver = driver(orders: 3)
    driver.call("POST", "/fulfillments.json", StoreDriver.fulfilment())
    driver.call("POST", "/orders/5678900001002/cancel.json", "{}")
    func list(_ query: String) throws -> [Int64] {
      try numbers(driver.call("GET", "/orders.json\(query)"), driver)
    }
    #expect(try list("") == [1003])
    #expect(try list("?status=any") == [1003, 1002, 1001])
    #expect(try list("?status=closed") == [1001])
    #expect(try list("?status=cancelled") == [1002])
    #expect(try list("?status=any&fulfillment_status=shipped") == [1001])
    #expect(try list("?status=any&ids=5678900001003,5678900001001") == [1003, 1001])
    #expect(try list("?status=any&name=%231002") == [1002])
    #expect(try list("?status=any&since_id=5678900001001") == [1002, 1003])
  }

  @Test("a poll by time of update sees what changed, to the second")
  func polls() throws {
    var driver = driver(orders: 3)  // placed at 14:00, 14:01 and 14:02
    func list(_ query: String) throws -> [Int64] {
      try numbers(driver.call("GET", "/orders.json?status=any&\(query)"), driver)
    }
    #expect(try list("updated_at_min=2026-03-02T14:01:00Z") == [1003, 1002])
    #expect(try list("updated_at_min=2026-03-02T09:01:00-05:00") == [1003, 1002])
    #expect(try list("updated_at_max=2026-03-02T14:01:00Z") == [1002, 1001])
    driver.call("PUT", "/orders/5678900001001.json", #"{"order":{"note":"n"}}"#)
    #expect(try list("updated_at_min=2026-03-02T14:03:00Z") == [1001])
    #expect(try list("created_at_min=2026-03-02T14:02:00Z") == [1003])
  }

  @Test(
    "wrong queries are refused",
    arguments: [
      "limit=0", "limit=251", "limit=many", "status=new", "updated_at_min=yesterday",
      "updated_at_min=2026-03-02T14:00:00+00:00", "ids=1,x", "since_id=-1", "update_at_min=x",
    ]
  )
  func refusesQueries(query: String) {
    var driver = driver(orders: 1)
    #expect(driver.call("GET", "/orders.json?\(query)").status == 400)
  }

  @Test("stock levels are paged too")
  func pagesStock() throws {
    var driver = driver(orders: 0)
    let first = driver.call("GET", "/inventory_levels.json?location_ids=655441491&limit=2")
    let second = driver.call("GET", try #require(link("next", first)))
    let levels = try #require(try driver.json(second)["inventory_levels"])
    #expect(levels.elements.map { $0["inventory_item_id"]?.int } == [808_950_813])
    #expect(link("next", second) == nil)
  }
}
