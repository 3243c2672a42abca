import DrydockExchange
import DrydockKernel

/// Goods that left a node in one parcel.
struct CanonicalShipment: Hashable, Sendable {
  /// The 3PL's identifier.
  var id: Int64
  /// The 3PL that sent it.
  var partner: PartnerID
  /// The part of an order that it belongs to.
  var part: PartKey
  var carrier: String
  var tracking: String
  var lines: [SKUQuantity]
  var shippedAt: VirtualInstant
}

/// What a 3PL says about one of our orders.
struct WarehouseOrder: Hashable, Sendable {
  var id: Int64
  var reference: String
  var status: Status
  /// The shipments that have left.
  var shipped: [CanonicalShipment]
  /// The shipments that have not left, and why.
  var waiting: [Waiting]

  enum Status: Hashable, Sendable {
    case open
    case fulfilled
    case cancelled
    case unknown(String)
  }

  /// A shipment that is stuck.
  struct Waiting: Hashable, Sendable {
    var id: Int64
    var status: WarehouseTrouble
    var reason: String
  }
}

/// What can be wrong with a shipment at a 3PL before it leaves.
enum WarehouseTrouble: Hashable, Sendable {
  /// Goods are missing, or cannot be allocated.
  case exception
  /// Somebody must look at it.
  case onHold
  /// It will not be sent.
  case cancelled
  /// A word we have never seen.
  case unknown(String)
}

/// Where a parcel is.
enum ParcelStatus: String, Hashable, Sendable {
  case labelled
  case inTransit = "in transit"
  case outForDelivery = "out for delivery"
  case availableForPickup = "available for pickup"
  case delivered
  case returning = "returning to sender"
  /// Back where it came from.
  case returned = "returned to sender"
  case failed
  case lost

  /// Whether the carrier is done with it.
  var isEnd: Bool { self == .delivered || self == .lost || self == .returned }
}

/// What a carrier says about a parcel.
struct ParcelReport: Hashable, Sendable {
  /// The carrier's identifier of the tracker.
  var tracker: String
  var tracking: String
  /// The scans, oldest first by the time they were made.
  var scans: [Scan]

  struct Scan: Hashable, Sendable {
    var at: VirtualInstant
    /// Nothing when the carrier used a word we have never seen.
    var status: ParcelStatus?
    /// The carrier's own words.
    var text: String
  }
}
