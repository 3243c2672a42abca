import DrydockExchange

/// What a call to ShipBob asks for, by method and path.
///
/// - Source: ShipBob developer API 2026-01, reference of orders, inventory and returns.
enum ShipBobRoute: Hashable, Sendable {
  case orderCreate
  case orderRead(Substring)
  case ordersList
  case orderCancel(Substring)
  case inventoryLevelsList
  case inventoryLevelRead(Substring)
  case inventoryLevelsByLocation
  case returnCreate
  case returnRead(Substring)
  case returnsList
  case returnCancel(Substring)

  /// The version of the interface, which is the first segment of every path.
  static let version = "2026-01"

  /// Reads method and path; nothing where the platform has no such operation.
  init?(_ request: Request) {
    var segments = request.path.split(separator: "/", omittingEmptySubsequences: false)[...]
    guard segments.popFirst() == "", segments.popFirst() == Self.version[...],
      let collection = segments.popFirst(), segments.count <= 1
    else { return nil }
    let isGet = request.method == "GET"
    guard isGet || request.method == "POST" else { return nil }
    guard let identifier = segments.first else {
      switch (collection, isGet) {
      case ("order", true): self = .ordersList
      case ("order", false): self = .orderCreate
      case ("return", true): self = .returnsList
      case ("return", false): self = .returnCreate
      case ("inventory-level", true): self = .inventoryLevelsList
      default: return nil
      }
      return
    }
    if isGet {
      switch collection {
      case "order": self = .orderRead(identifier)
      case "return": self = .returnRead(identifier)
      case "inventory-level" where identifier == "locations": self = .inventoryLevelsByLocation
      case "inventory-level": self = .inventoryLevelRead(identifier)
      default: return nil
      }
    } else {
      guard identifier.hasSuffix(":cancel") else { return nil }
      switch collection {
      case "order": self = .orderCancel(identifier.dropLast(7))
      case "return": self = .returnCancel(identifier.dropLast(7))
      default: return nil
      }
    }
  }

  /// The name by which faults and reports know the operation.
  var operation: String {
    switch self {
    case .orderCreate: "order-create"
    case .orderRead: "order-read"
    case .ordersList: "orders-list"
    case .orderCancel: "order-cancel"
    case .inventoryLevelsList: "inventory-levels-list"
    case .inventoryLevelRead: "inventory-level-read"
    case .inventoryLevelsByLocation: "inventory-levels-by-location"
    case .returnCreate: "return-create"
    case .returnRead: "return-read"
    case .returnsList: "returns-list"
    case .returnCancel: "return-cancel"
    }
  }
}
