import DrydockExchange
import DrydockJSON
import DrydockKernel

extension ShopifyDialect {
  /// Reads what staff write on an order.
  func edit(_ request: Request, of identifier: Int64) throws(ShopifyFailure) -> StoreBooks.Edit {
    let body = try ShopifyBody.member("order", of: request)
    try body.allow("id", "note", "tags")
    if let named = try body.integer("id"), named != identifier { throw .notFound }
    var edit = StoreBooks.Edit()
    if body.value["note"] != nil { edit.note = .replaced(try body.string("note")) }
    if let tags = try body.string("tags") {
      edit.tags = tags.split(separator: ",").map { Self.trimmed($0) }.filter { !$0.isEmpty }
    }
    return edit
  }

  /// Reads a cancellation; an empty body asks for one without a refund.
  func cancellation(_ request: Request) throws(ShopifyFailure) -> StoreBooks.Cancellation {
    guard !request.body.isEmpty else { return StoreBooks.Cancellation(reason: .other) }
    let body = try ShopifyBody.root(of: request, named: "order")
    try body.allow("amount", "currency", "reason", "restock", "email", "note")
    var cancellation = StoreBooks.Cancellation(reason: .other)
    if let text = try body.string("reason") {
      guard let reason = StoreBooks.CancelReason(rawValue: text) else {
        throw .invalid("reason", "is not included in the list")
      }
      cancellation.reason = reason
    }
    cancellation.amount = try body.money("amount", currency)
    if cancellation.amount != nil {
      guard let code = try body.string("currency") else {
        throw .invalid("currency", "can't be blank")
      }
      guard code == currency.code else { throw .invalid("currency", "is invalid") }
    }
    cancellation.restocks = try body.bool("restock") ?? false
    return cancellation
  }

  /// Reads a refund of an order.
  func refund(
    _ request: Request,
    of number: Int
  ) throws(ShopifyFailure) -> StoreBooks.RefundRequest {
    let body = try ShopifyBody.member("refund", of: request)
    try body.allow(
      "currency",
      "notify",
      "note",
      "shipping",
      "refund_line_items",
      "transactions",
      "discrepancy_reason",
      "processed_at"
    )
    if let code = try body.string("currency"), code != currency.code {
      throw .invalid("currency", "is invalid")
    }
    var refund = StoreBooks.RefundRequest()
    refund.note = try body.string("note")
    for line in try body.objects("refund_line_items") ?? [] {
      refund.lines.append(try refundLine(line, of: number))
    }
    for transaction in try body.objects("transactions") ?? [] {
      refund.amounts.append(try amount(transaction, of: number))
    }
    if let shipping = try body.object("shipping") {
      try shipping.allow("amount", "full_refund")
      refund.shipping = try shipping.money("amount", currency)
      if try shipping.bool("full_refund") == true { refund.shipping = masterData.shippingPrice }
    }
    return refund
  }

  private func refundLine(
    _ line: ShopifyBody,
    of number: Int
  ) throws(ShopifyFailure) -> StoreBooks.RefundRequest.Line {
    try line.allow("line_item_id", "quantity", "restock_type", "location_id")
    let identifier = try line.requiredInteger("line_item_id")
    guard let parts = ShopifyIdentifier.lineItem.parts(of: identifier), parts.number == number,
      parts.ordinal > 0
    else { throw .invalid("refund_line_items", "Line item is invalid") }
    let quantity = try line.requiredInteger("quantity")
    guard quantity > 0, quantity <= Int64(StoreLimits.lineUnitsMax) else {
      throw .invalid("refund_line_items", "Quantity must be greater than 0")
    }
    guard
      let restock = StoreBooks.Restock(rawValue: try line.string("restock_type") ?? "no_restock")
    else { throw .invalid("refund_line_items", "Restock type is not included in the list") }
    if let location = try line.integer("location_id"), location != masterData.shopifyLocation {
      throw .invalid("refund_line_items", "Location is invalid")
    }
    return StoreBooks.RefundRequest.Line(
      line: parts.ordinal - 1,
      quantity: Int(quantity),
      restock: restock
    )
  }

  private func amount(
    _ transaction: ShopifyBody,
    of number: Int
  ) throws(ShopifyFailure) -> Money {
    try transaction.allow("parent_id", "amount", "kind", "gateway", "currency", "order_id")
    guard try transaction.string("kind") == "refund" else {
      throw .invalid("transactions", "Kind must be refund")
    }
    // An order has one payment here, which a refund without a parent pays back too.
    if let parent = try transaction.integer("parent_id"),
      parent != ShopifyIdentifier.transaction(number, 1)
    {
      throw .invalid("transactions", "Parent is invalid")
    }
    guard let amount = try transaction.money("amount", currency), !amount.isNegative,
      !amount.isZero
    else { throw .invalid("transactions", "Amount must be greater than zero") }
    return amount
  }

  /// Reads a fulfilment: the number of its order, and what leaves.
  func fulfilment(
    _ request: Request
  ) throws(ShopifyFailure) -> (number: Int, request: StoreBooks.FulfilmentRequest) {
    let body = try ShopifyBody.member("fulfillment", of: request)
    try body.allow(
      "line_items_by_fulfillment_order",
      "tracking_info",
      "notify_customer",
      "message",
      "origin_address"
    )
    guard let groups = try body.objects("line_items_by_fulfillment_order"), !groups.isEmpty else {
      throw .invalid("line_items_by_fulfillment_order", "can't be blank")
    }
    guard groups.count == 1 else {
      throw .invalid("All fulfillment orders must be assigned to the same location.")
    }
    let group = groups[0]
    try group.allow("fulfillment_order_id", "fulfillment_order_line_items")
    let identifier = try group.requiredInteger("fulfillment_order_id")
    guard let parts = ShopifyIdentifier.fulfillmentOrder.parts(of: identifier),
      parts.ordinal == 1
    else { throw .notFound }
    var fulfilment = StoreBooks.FulfilmentRequest()
    if let lines = try group.objects("fulfillment_order_line_items"), !lines.isEmpty {
      fulfilment.lines = []
      for line in lines { fulfilment.lines?.append(try units(line, of: parts.number)) }
    }
    _ = try body.bool("notify_customer")
    fulfilment.tracking = try tracking(body)
    return (parts.number, fulfilment)
  }

  private func units(
    _ line: ShopifyBody,
    of number: Int
  ) throws(ShopifyFailure) -> StoreBooks.LineUnits {
    try line.allow("id", "quantity")
    let identifier = try line.requiredInteger("id")
    let quantity = try line.requiredInteger("quantity")
    guard let parts = ShopifyIdentifier.fulfillmentOrderLine.parts(of: identifier),
      parts.number == number, parts.ordinal > 0, quantity > 0,
      quantity <= Int64(StoreLimits.lineUnitsMax)
    else { throw .invalid("Invalid fulfillment order line item quantity requested.") }
    return StoreBooks.LineUnits(line: parts.ordinal - 1, quantity: Int(quantity))
  }

  private func tracking(_ body: ShopifyBody) throws(ShopifyFailure) -> StoreBooks.Tracking? {
    guard let tracking = try body.object("tracking_info") else { return nil }
    try tracking.allow("number", "company", "url")
    guard let number = try tracking.string("number"), !number.isEmpty else { return nil }
    return StoreBooks.Tracking(
      number: number,
      company: try tracking.string("company"),
      url: try tracking.string("url")
    )
  }

  /// Reads what the customer is to be told about a parcel.
  func event(
    _ request: Request,
    at now: VirtualInstant
  ) throws(ShopifyFailure) -> (
    status: StoreBooks.ShipmentStatus, message: String?, happenedAt: VirtualInstant
  ) {
    let body = try ShopifyBody.member("event", of: request)
    try body.allow(
      "status",
      "message",
      "happened_at",
      "estimated_delivery_at",
      "address1",
      "city",
      "province",
      "country",
      "zip",
      "latitude",
      "longitude"
    )
    guard let text = try body.string("status") else { throw .invalid("status", "can't be blank") }
    guard let status = StoreBooks.ShipmentStatus(rawValue: text) else {
      throw .invalid("status", "is not included in the list")
    }
    var happenedAt = now
    if let date = try body.string("happened_at") {
      guard let instant = VirtualInstant(parsing: date) else {
        throw .invalid("happened_at", "is not a valid date")
      }
      happenedAt = instant
    }
    return (status, try body.string("message"), happenedAt)
  }

  /// Reads a stock level to be set: the product's position in the catalogue, and the units.
  func level(
    _ request: Request,
    books: StoreBooks
  ) throws(ShopifyFailure) -> (product: Int, available: Int) {
    let body = try ShopifyBody.root(of: request, named: "inventory_level")
    try body.allow("location_id", "inventory_item_id", "available", "disconnect_if_necessary")
    guard let location = try body.integer("location_id") else {
      throw .missingRoot("location_id")
    }
    guard let item = try body.integer("inventory_item_id") else {
      throw .missingRoot("inventory_item_id")
    }
    guard let available = try body.integer("available") else { throw .missingRoot("available") }
    guard location == masterData.shopifyLocation, let product = product(ofItem: item) else {
      throw .notFound
    }
    guard abs(available) <= 1_000_000_000 else {
      throw .invalid("available", "must be less than or equal to 1000000000")
    }
    return (product, Int(available))
  }

  /// Returns the position of the product that an inventory item is, from 0.
  func product(ofItem item: Int64) -> Int? {
    // Items are numbered as the catalogue is.
    guard let first = masterData.products.first?.shopifyInventoryItem else { return nil }
    let (offset, overflow) = item.subtractingReportingOverflow(first)
    guard !overflow, offset >= 0, offset < masterData.products.count else { return nil }
    return Int(offset)
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
