import DrydockExchange
import DrydockJSON
import DrydockKernel

/// The store's side of the border: calls of the Shopify Admin REST API.
///
/// - Source: Shopify Admin REST API 2026-04.
struct ShopifyConnector: Hashable, Sendable {
  let access: Access
  let masterData: MasterData
  /// The defect `local-time-as-utc`: takes a date's digits for UTC, whatever its offset says.
  let ignoresOffsets: Bool

  private static let base = "/admin/api/2026-04"

  var headers: HeaderFields { ["X-Shopify-Access-Token": access.credential] }

  func get(_ path: String) -> Request { access.get(Self.base + path, headers) }

  func send(_ method: String, _ path: String, _ body: (inout JSONWriter) -> Void) -> Request {
    var writer = JSONWriter()
    writer.object { body(&$0) }
    return access.send(method, Self.base + path, headers, body: writer.bytes)
  }

  // MARK: Orders

  /// Asks for one order.
  func readOrder(_ id: Int64) -> Request { get("/orders/\(id).json") }

  /// Asks for the orders that changed since an instant, oldest first, or for the next page of them.
  func listOrders(changedSince instant: VirtualInstant, page: String?) -> Request {
    if let page { return get("/orders.json?limit=250&page_info=\(PercentEncoding.encode(page))") }
    var since = instant.description
    if ignoresOffsets { since = since.dropLast() + "-05:00" }
    let encoded = PercentEncoding.encode(since)
    return get("/orders.json?status=any&limit=250&updated_at_min=\(encoded)")
  }

  /// Returns the cursor of the next page.
  ///
  /// - Source: RFC 8288, `<…?page_info=xyz>; rel="next"`.
  func nextPage(in response: Response) -> String? {
    for link in (response.headers["Link"] ?? "").split(separator: ",")
    where link.contains("rel=\"next\"") {
      guard let start = link.firstIndex(of: "<"), let end = link.firstIndex(of: ">") else {
        continue
      }
      let target = String(link[link.index(after: start)..<end])
      return Request("GET", host: access.host, target: target).queryItem("page_info")
    }
    return nil
  }

  /// Writes the tags of an order, all of them.
  func writeTags(_ tags: [String], of id: Int64) -> Request {
    send("PUT", "/orders/\(id).json") { body in
      body.memberObject("order") {
        $0.member("id", id)
        $0.member("tags", tags.joined(separator: ", "))
      }
    }
  }

  /// Cancels an order and pays back what was paid.
  func cancel(_ order: CanonicalOrder) -> Request {
    send("POST", "/orders/\(order.storeID)/cancel.json") {
      $0.member("amount", order.total.decimalString)
      $0.member("currency", order.total.currency.code)
      $0.member("reason", "customer")
      $0.member("restock", true)
    }
  }

  // MARK: Shipments

  /// Asks for the fulfilment orders of an order.
  func listFulfilmentOrders(of id: Int64) -> Request {
    get("/orders/\(id)/fulfillment_orders.json")
  }

  /// Picks the lines of fulfilment orders that a shipment fills.
  ///
  /// - Returns: Nothing when the store has fewer units left to fulfil than the shipment holds.
  func lines(
    for shipment: CanonicalShipment,
    in response: Response
  ) throws(Unreadable) -> [PreparedLine]? {
    var needed: [String: Int] = [:]
    for line in shipment.lines { needed[line.sku, default: 0] += line.quantity }
    var lines: [PreparedLine] = []
    for order in try Fields(parsing: response.body).list("fulfillment_orders") {
      guard ["open", "in_progress"].contains(order.optionalText("status") ?? "") else { continue }
      let id = try order.integer("id")
      for line in order.list("line_items") {
        let variant = try line.integer("variant_id")
        guard let sku = masterData.product(\.shopifyVariant, is: variant)?.sku,
          let need = needed[sku], need > 0
        else { continue }
        let units = min(need, try line.quantity("fulfillable_quantity"))
        guard units > 0 else { continue }
        needed[sku] = need - units
        lines.append(
          PreparedLine(fulfilmentOrder: id, line: try line.integer("id"), quantity: units)
        )
      }
    }
    return needed.values.allSatisfy { $0 == 0 } ? lines : nil
  }

  /// Tells the store, and through it the customer, that goods left.
  func createFulfilment(_ shipment: CanonicalShipment, lines: [PreparedLine]) -> Request {
    var orders: [Int64] = []
    for line in lines where !orders.contains(line.fulfilmentOrder) {
      orders.append(line.fulfilmentOrder)
    }
    return send("POST", "/fulfillments.json") { body in
      body.memberObject("fulfillment") { fulfilment in
        fulfilment.memberArray("line_items_by_fulfillment_order") { array in
          for order in orders {
            array.object { entry in
              entry.member("fulfillment_order_id", order)
              entry.memberArray("fulfillment_order_line_items") { items in
                for line in lines where line.fulfilmentOrder == order {
                  items.object {
                    $0.member("id", line.line)
                    $0.member("quantity", line.quantity)
                  }
                }
              }
            }
          }
        }
        fulfilment.memberObject("tracking_info") {
          $0.member("company", shipment.carrier)
          $0.member("number", shipment.tracking)
        }
        fulfilment.member("notify_customer", true)
      }
    }
  }

  /// Reads the identifier of a fulfilment that was created.
  func fulfilmentID(in response: Response) throws(Unreadable) -> Int64 {
    try Fields(parsing: response.body)["fulfillment"].integer("id")
  }

  /// Tells the store what became of a parcel.
  func createFulfilmentEvent(_ status: ParcelStatus, fulfilment: Int64) -> Request {
    send("POST", "/fulfillments/\(fulfilment)/events.json") { body in
      body.memberObject("event") { $0.member("status", Self.word(for: status)) }
    }
  }

  private static func word(for status: ParcelStatus) -> String {
    switch status {
    case .labelled: "label_printed"
    case .inTransit: "in_transit"
    case .outForDelivery: "out_for_delivery"
    case .availableForPickup: "ready_for_pickup"
    case .delivered: "delivered"
    case .returning, .returned, .failed, .lost: "failure"
    }
  }

  // MARK: Stock

  /// How many products one question about stock may name.
  ///
  /// - Source: Shopify, InventoryLevel, `inventory_item_ids`.
  static let itemsPerQuestion = 50

  /// Asks for the stock that the store shows, of so many products at a time.
  func listStock(page: Int) -> Request {
    let items = masterData.products.dropFirst(page * Self.itemsPerQuestion)
      .prefix(Self.itemsPerQuestion).map { String($0.shopifyInventoryItem) }
    return get(
      "/inventory_levels.json?location_ids=\(masterData.shopifyLocation)"
        + "&inventory_item_ids=\(items.joined(separator: ","))&limit=250"
    )
  }

  /// Reads the stock that the store shows, by SKU.
  func stock(in response: Response) throws(Unreadable) -> [SKUQuantity] {
    var levels: [SKUQuantity] = []
    for level in try Fields(parsing: response.body).list("inventory_levels") {
      let item = try level.integer("inventory_item_id")
      guard let sku = masterData.product(\.shopifyInventoryItem, is: item)?.sku,
        let available = level.optionalInteger("available"), abs(available) <= Limits.quantity
      else { continue }
      levels.append(SKUQuantity(sku: sku, quantity: Int(available)))
    }
    return levels
  }

  /// Sets the stock that the store shows.
  func setStock(_ available: Int, of product: MasterData.Product) -> Request {
    send("POST", "/inventory_levels/set.json") {
      $0.member("location_id", masterData.shopifyLocation)
      $0.member("inventory_item_id", product.shopifyInventoryItem)
      $0.member("available", available)
    }
  }

  /// Reads an instant as the store writes it, `2026-03-02T09:00:00-05:00`.
  func instant(_ name: String, in fields: Fields) throws(Unreadable) -> VirtualInstant {
    guard ignoresOffsets else { return try fields.instant(name) }
    let digits = String(try fields.text(name).prefix(19))
    guard let instant = VirtualInstant(parsing: digits + "Z") else {
      throw Unreadable(member: name)
    }
    return instant
  }
}
