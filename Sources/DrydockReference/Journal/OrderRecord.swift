import DrydockExchange
import DrydockKernel

/// Everything the integration knows about an order and has done about it.
struct OrderRecord: Hashable, Sendable {
  var order: CanonicalOrder
  var acceptance = Acceptance.due
  /// The ERP's numbers of the lines, in line order.
  var erpLines: [Int] = []
  /// When the ERP took it; from then on the customer waits for the 3PL.
  var acceptedAt: VirtualInstant?
  var parts: [Part] = []
  var shipments: [Shipment] = []
  var cancellation = Cancellation.unwanted
  /// Tags that the store must show.
  var wantedTags: [String] = []
  /// Units of each line that were refunded, in line order.
  var refundedUnits: [Int]
  /// When anything last happened to it.
  var movedAt: VirtualInstant
  var isClosed = false

  init(order: CanonicalOrder, at now: VirtualInstant) {
    self.order = order
    refundedUnits = order.lines.map { _ in 0 }
    movedAt = now
  }

  /// How far the ERP is.
  enum Acceptance: Hashable, Sendable {
    /// It has not been told.
    case due
    /// It has the order; whether it accepts it is not known.
    case posted(String)
    /// It waits for an approval, which was asked for.
    case awaitingApproval(String)
    /// It waits for an approval that the integration may not give.
    case held(String)
    case accepted(String)
    /// It will not have it.
    case refused
    /// It was never told, and never will be.
    case dropped
  }

  /// How far a wish to cancel is.
  enum Cancellation: Hashable, Sendable {
    /// Nobody asked.
    case unwanted
    /// Somebody asked; what was released is being withdrawn.
    case requested
    /// Nothing will ship: ERP and store are being told.
    case granted(closedInERP: Bool, cancelledInStore: Bool)
    /// Nothing shipped and everybody knows.
    case done
    /// Too late: the order goes on.
    case declined
  }

  /// Goods that one node ships.
  struct Part: Hashable, Sendable {
    let key: PartKey
    var node: String
    var partner: PartnerID
    var lines: [SKUQuantity]
    var state = State.planned
    var releasedAt: VirtualInstant?

    enum State: Hashable, Sendable {
      case planned
      case released(Int64)
      /// Taken back, or never to be sent.
      case withdrawn
      /// Somebody wanted to take it back, and the 3PL was faster.
      case kept(Int64)
      /// The 3PL refused it.
      case refused
    }

    /// The 3PL's identifier, once it has the part.
    var warehouseID: Int64? {
      switch state {
      case .released(let id), .kept(let id): id
      default: nil
      }
    }
  }

  /// A shipment and who knows of it.
  struct Shipment: Hashable, Sendable {
    let shipment: CanonicalShipment
    /// The store's fulfilment.
    var storeFulfilment: Int64?
    /// The ERP's item fulfilment.
    var fulfilment: String?
    /// The ERP's invoice.
    var invoice: String?
    /// The carrier's tracker.
    var tracker: String?
    var status = ParcelStatus.labelled
    /// The time of the newest scan.
    var lastScan: VirtualInstant?
    var scans = 0
    var isDeliveryNotified = false

    init(_ shipment: CanonicalShipment) {
      self.shipment = shipment
    }
  }

  /// The ERP's identifier, once it has the order.
  var erpID: String? {
    switch acceptance {
    case .posted(let id), .awaitingApproval(let id), .held(let id), .accepted(let id): id
    case .due, .refused, .dropped: nil
    }
  }

  /// Whether the ERP accepted it.
  var isAccepted: Bool {
    if case .accepted = acceptance { true } else { false }
  }

  /// The position of the line with a SKU.
  func line(of sku: String) -> Int? {
    order.lines.firstIndex { $0.sku == sku }
  }

  /// Units of a SKU that left in shipments, up to a position.
  func shippedUnits(of sku: String, before position: Int? = nil) -> Int {
    shipments.prefix(position ?? shipments.count).reduce(0) { sum, entry in
      sum + entry.shipment.lines.reduce(0) { $0 + ($1.sku == sku ? $1.quantity : 0) }
    }
  }

  /// Whether everything in a part has left.
  func hasShipped(_ part: Part) -> Bool {
    part.lines.allSatisfy { line in
      let left = shipments.reduce(0) { sum, entry in
        guard entry.shipment.part == part.key else { return sum }
        return sum
          + entry.shipment.lines.reduce(0) { $0 + ($1.sku == line.sku ? $1.quantity : 0) }
      }
      return left >= line.quantity
    }
  }

  /// Units of a SKU that are promised to the order and that no 3PL has been told of.
  ///
  /// An order that the ERP refused keeps its units: it was paid, and somebody may put it right.
  func unreleasedUnits(of sku: String, since instant: VirtualInstant) -> Int {
    switch cancellation {
    case .granted, .done: return 0
    case .unwanted, .requested, .declined: break
    }
    guard !parts.isEmpty else {
      return order.lines.reduce(0) { $0 + ($1.sku == sku ? $1.quantity : 0) }
    }
    return parts.reduce(0) { sum, part in
      switch part.state {
      case .planned: break
      case .released, .kept: guard let at = part.releasedAt, at > instant else { return sum }
      case .withdrawn, .refused: return sum
      }
      return sum + part.lines.reduce(0) { $0 + ($1.sku == sku ? $1.quantity : 0) }
    }
  }
}
