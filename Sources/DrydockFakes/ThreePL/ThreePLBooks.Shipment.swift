import DrydockExchange
package import DrydockKernel

extension ThreePLBooks {
  /// What one node sends for an order.
  package struct Shipment: Hashable, Sendable {
    package var id: Int64
    /// The order's position.
    package var order: Int
    package var node: Int
    package var lines: [ShipmentLine]
    package var state: ShipmentState
    package var created: VirtualInstant
    package var updated: VirtualInstant
    /// When the warehouse said it would be labelled; unknown while stock is missing.
    package var promised: VirtualInstant?
    package var labelled: VirtualInstant?
    package var delivered: VirtualInstant?
    /// The tracking number, from the label on.
    package var tracking: String?
    /// Whether people hold it once its stock is there.
    var hold: ThreePLSettings.Hold?

    var isWaiting: Bool {
      if case .waiting = state { true } else { false }
    }

    var isAllocated: Bool { lines.allSatisfy { $0.allocated == $0.quantity } }
  }

  /// Units of a product in a shipment.
  package struct ShipmentLine: Hashable, Sendable {
    package var product: Int
    package var quantity: Int
    /// The units that are promised to it.
    package var allocated: Int
  }

  /// Where a shipment is.
  ///
  ///      ┌────stock is lost────┐
  ///      ▼                     │
  ///     waiting ─stock is there┴▶ processing ─▶ picked ─▶ labelled ─▶ tendered ─▶ ended
  ///      │                     ▲      │
  ///      │          onHold ────┘      │
  ///      └──────────────┴─────────────┴─▶ cancelled
  package enum ShipmentState: Hashable, Sendable {
    /// Stock is missing; an exception says so, a backorder waits in silence.
    case waiting(isException: Bool)
    /// People hold it.
    case onHold(ThreePLSettings.HoldReason)
    /// It waits to be picked.
    case processing
    /// It was picked: too late to cancel.
    case picked
    /// It is packed and has a label: the platform calls that shipped.
    case labelled
    /// A carrier has it.
    case tendered
    /// Its journey is over.
    case ended(WorldEvent.ParcelEnding)
    case cancelled

    /// Whether nothing was taken from a shelf yet.
    package var isBeforePicking: Bool {
      switch self {
      case .waiting, .onHold, .processing: true
      case .picked, .labelled, .tendered, .ended, .cancelled: false
      }
    }

    /// Whether the platform calls it complete.
    package var isLabelled: Bool {
      switch self {
      case .labelled, .tendered, .ended: true
      case .waiting, .onHold, .processing, .picked, .cancelled: false
      }
    }
  }

  /// The timer of a shipment's next stage.
  func timer(ofShipment position: Int) -> TimerID { TimerID("shipment \(position)") }

  /// The timer of a return's inspection.
  func timer(ofReturn position: Int) -> TimerID { TimerID("return \(position)") }

  /// Returns the lines of a shipment for a fact.
  func factLines(ofShipment position: Int) -> [FactLine] {
    let shipment = shipments[position]
    return shipment.lines.map { line in
      FactLine(
        sku: products[line.product].sku,
        quantity: line.quantity,
        node: nodes[shipment.node].name
      )
    }
  }

  /// Returns the keys that join a shipment's facts to its order.
  func links(ofShipment position: Int) -> [EntityKey] {
    let shipment = shipments[position]
    var links = [EntityKey.reference(orders[shipment.order].details.reference)]
    if let tracking = shipment.tracking { links.append(.tracking(tracking)) }
    return links
  }
}
