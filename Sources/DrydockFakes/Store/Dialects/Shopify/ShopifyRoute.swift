import DrydockExchange

/// The calls that Shopify's Admin API takes here, and what each is called in drydock.
enum ShopifyOperation: String, CaseIterable, Hashable, Sendable {
  case ordersList = "orders-list"
  case orderRead = "order-read"
  case orderUpdate = "order-update"
  case orderCancel = "order-cancel"
  case fulfillmentOrdersList = "fulfillment-orders-list"
  case fulfillmentCreate = "fulfillment-create"
  case fulfillmentEventCreate = "fulfillment-event-create"
  case refundCreate = "refund-create"
  case refundsList = "refunds-list"
  case inventoryLevelsList = "inventory-levels-list"
  case inventoryLevelSet = "inventory-level-set"

  /// The method that asks for it.
  var method: String {
    switch self {
    case .ordersList, .orderRead, .fulfillmentOrdersList, .refundsList, .inventoryLevelsList: "GET"
    case .orderUpdate: "PUT"
    case .orderCancel, .fulfillmentCreate, .fulfillmentEventCreate, .refundCreate,
      .inventoryLevelSet:
      "POST"
    }
  }

  /// The path behind the version; `*` stands for an identifier.
  var template: [String] {
    switch self {
    case .ordersList: ["orders.json"]
    case .orderRead, .orderUpdate: ["orders", "*.json"]
    case .orderCancel: ["orders", "*", "cancel.json"]
    case .fulfillmentOrdersList: ["orders", "*", "fulfillment_orders.json"]
    case .fulfillmentCreate: ["fulfillments.json"]
    case .fulfillmentEventCreate: ["fulfillments", "*", "events.json"]
    case .refundCreate, .refundsList: ["orders", "*", "refunds.json"]
    case .inventoryLevelsList: ["inventory_levels.json"]
    case .inventoryLevelSet: ["inventory_levels", "set.json"]
    }
  }
}

/// What a request's method and path ask for.
enum ShopifyRoute: Hashable, Sendable {
  /// A call, with the version as written and the identifier in the path, if it has one.
  case operation(ShopifyOperation, version: String, identifier: Int64)
  /// A path that exists, with a method it does not take.
  case wrongMethod
  /// No such path.
  case unknown

  /// Reads the route of a request.
  init(_ request: Request) {
    let segments = request.path.split(separator: "/", omittingEmptySubsequences: false)
    // "", "admin", "api", version, rest
    guard segments.count >= 5, segments[0].isEmpty, segments[1] == "admin", segments[2] == "api"
    else {
      self = .unknown
      return
    }
    var isKnown = false
    for (operation, template) in Self.templates {
      guard let identifier = Self.match(segments[4...], template) else { continue }
      isKnown = true
      if operation.method == request.method {
        self = .operation(operation, version: String(segments[3]), identifier: identifier)
        return
      }
    }
    self = isKnown ? .wrongMethod : .unknown
  }

  private static let templates = ShopifyOperation.allCases.map { ($0, $0.template) }

  /// Returns the identifier in a path that fits a template; 0 where the template has none.
  private static func match(_ path: ArraySlice<Substring>, _ template: [String]) -> Int64? {
    guard path.count == template.count else { return nil }
    var identifier: Int64 = 0
    for (segment, part) in zip(path, template) {
      guard part.hasPrefix("*") else {
        guard segment == part else { return nil }
        continue
      }
      let suffix = part.dropFirst()
      guard segment.hasSuffix(suffix) else { return nil }
      let digits = segment.dropLast(suffix.count)
      guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
        let number = Int64(digits)
      else { return nil }
      identifier = number
    }
    return identifier
  }
}
