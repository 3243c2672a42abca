import DrydockKernel

/// Which orders a list holds: open ones, unless it says otherwise.
struct ShopifyOrderFilter {
  private enum Status: String {
    case open, closed, cancelled, any
  }

  static let names = [
    "status", "ids", "name", "since_id", "created_at_min", "created_at_max", "updated_at_min",
    "updated_at_max", "financial_status", "fulfillment_status",
  ]

  private var status = Status.open
  private var numbers: [Int]?
  private var name: String?
  private var created: (VirtualInstant?, VirtualInstant?)
  private var updated: (VirtualInstant?, VirtualInstant?)
  private var financialStatus: String?
  private var fulfillmentStatus: String?
  /// The list runs from here upwards; else from the newest order downwards.
  let since: Int64?

  init(_ query: ShopifyQuery) throws(ShopifyFailure) {
    if let text = query["status"] {
      guard let status = Status(rawValue: text) else {
        throw ShopifyFailure(400, .member("status", "Invalid value."))
      }
      self.status = status
    }
    numbers = try query.identifiers("ids")?.compactMap {
      ShopifyIdentifier.order.parts(of: $0)?.number
    }
    name = query["name"]
    created = (try query.instant("created_at_min"), try query.instant("created_at_max"))
    updated = (try query.instant("updated_at_min"), try query.instant("updated_at_max"))
    financialStatus = query["financial_status"].flatMap { $0 == "any" ? nil : $0 }
    fulfillmentStatus = query["fulfillment_status"].flatMap { $0 == "any" ? nil : $0 }
    if let text = query["since_id"] {
      guard let identifier = Int64(text), identifier >= 0 else {
        throw ShopifyFailure(400, .member("since_id", "Invalid value."))
      }
      since = identifier
    } else {
      since = nil
    }
  }

  func matches(_ order: StoreBooks.Order) -> Bool {
    switch (status, order.state) {
    case (.any, _), (.open, .open), (.closed, .archived), (.cancelled, .cancelled): break
    default: return false
    }
    // The platform keeps whole seconds.
    guard Self.lies(order.updatedAt, in: updated), Self.lies(order.placedAt, in: created) else {
      return false
    }
    if let numbers, !numbers.contains(order.number) { return false }
    if let name, name != "#\(order.number)", name != String(order.number) { return false }
    if let since, ShopifyIdentifier.order(order.number) <= since { return false }
    guard financialStatus != nil || fulfillmentStatus != nil else { return true }
    let totals = ShopifyTotals(order)
    if let financialStatus, financialStatus != totals.financialStatus { return false }
    switch fulfillmentStatus {
    case nil: return true
    case "unshipped", "unfulfilled": return totals.fulfillmentStatus == nil
    case "shipped": return totals.fulfillmentStatus == "fulfilled"
    default: return totals.fulfillmentStatus == fulfillmentStatus
    }
  }

  private static func lies(
    _ instant: VirtualInstant,
    in range: (VirtualInstant?, VirtualInstant?)
  ) -> Bool {
    let whole = VirtualInstant(secondsSinceEpoch: instant.secondsSinceEpoch)
    if let low = range.0, whole < low { return false }
    if let high = range.1, whole > high { return false }
    return true
  }
}
