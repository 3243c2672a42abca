package import DrydockExchange
import DrydockKernel

/// What a 3PL keeps: stock per SKU and node, orders and their shipments, returns.
///
///     order ─┬▶ shipment at node A ─▶ picked ─▶ labelled ─▶ tendered ─▶ delivered
///            └▶ shipment at node B …
///
/// It takes typed commands and leaves effects; how they look on the wire is the dialect's.
package struct ThreePLBooks: Sendable {
  /// The namespaces by which the platform's entities are known.
  package struct Names: Hashable, Sendable {
    package var order: String
    package var shipment: String
    package var returned: String
    package var adjustment: String

    package init(order: String, shipment: String, returned: String, adjustment: String) {
      self.order = order
      self.shipment = shipment
      self.returned = returned
      self.adjustment = adjustment
    }
  }

  /// A product under the platform's identifiers.
  package struct Product: Hashable, Sendable {
    package var sku: String
    package var name: String
    package var id: Int64
    package var inventory: Int64
  }

  /// A place that ships, under the platform's identifier.
  package struct Node: Hashable, Sendable {
    package var name: String
    package var center: Int64
  }

  /// What a change of the books asks its fake to do.
  package enum Effect: Sendable {
    case fact(Fact)
    case wake(TimerID, after: Duration)
    case cancel(TimerID)
    case tendered(WorldEvent.Parcel)
    /// A webhook about a shipment, by its position.
    case shipment(ShipmentNews, Int)
    /// A webhook about a return, by its position.
    case returned(ReturnNews, Int)
  }

  /// What there is to say about a shipment.
  package enum ShipmentNews: Hashable, Sendable {
    case shipped
    case exception
    case onHold
    case cancelled
    case delivered
  }

  /// What there is to say about a return.
  package enum ReturnNews: Hashable, Sendable {
    case created
    case updated
    case completed
  }

  /// The facts that no payload of the platform carries.
  package static let bookOnlyFacts: Set<FactKind> = [.linePicked, .stockAdjusted]

  let partner: PartnerID
  let names: Names
  let settings: ThreePLSettings
  package let nodes: [Node]
  package internal(set) var products: [Product]
  var productIndex: [String: Int]

  /// Stock by product, then node.
  var stock: [Stock]
  var levelChanges: [LevelChange] = []
  var adjustments = 0

  package internal(set) var orders: [Order] = []
  var orderIndex: [String: Int] = [:]
  package internal(set) var shipments: [Shipment] = []
  var shipmentByTracking: [String: Int] = [:]
  /// The shipments that lack stock, oldest first.
  var waiting: [Int] = []

  package internal(set) var returns: [Return] = []
  var returnIndex: [String: Int] = [:]
  var returnByTracking: [String: Int] = [:]
  /// Return parcels at the dock that no return was announced for.
  var strayParcels: [WorldEvent.Parcel] = []

  /// What the last changes ask for, in order.
  package var effects: [Effect] = []

  let orderBase: Int64
  let shipmentBase: Int64
  let returnBase: Int64
  let trackingPrefix: UInt64

  package init(
    partner: PartnerID,
    names: Names,
    settings: ThreePLSettings,
    masterData: MasterData
  ) {
    self.partner = partner
    self.names = names
    self.settings = settings
    nodes = settings.nodes.map { name in
      Node(name: name, center: masterData.node(named: name)?.shipbobCenter ?? 0)
    }
    products = masterData.products.map { product in
      Product(
        sku: product.sku,
        name: product.name,
        id: 15_319_516 + Int64(product.number),
        inventory: product.shipbobInventory
      )
    }
    productIndex = [:]
    for (index, product) in products.enumerated() { productIndex[product.sku] = index }
    stock = Array(repeating: Stock(), count: products.count * nodes.count)
    // Two 3PLs of one run have different nodes, and so never the same identifiers.
    let share = settings.nodes.compactMap { masterData.node(named: $0)?.number }.min() ?? 0
    orderBase = 100_000_000 + Int64(share) * 10_000_000
    shipmentBase = 200_000_000 + Int64(share) * 10_000_000
    returnBase = 3_000_000 + Int64(share) * 100_000
    trackingPrefix = UInt64(share) % 100
    for line in settings.stock {
      guard let product = productIndex[line.sku],
        let node = nodes.firstIndex(where: { $0.name == line.node })
      else { continue }
      let position = product * nodes.count + node
      stock[position].onHand += line.onHand
      stock[position].held += line.held
      stock[position].awaiting += line.awaiting
    }
  }

  // MARK: Looking up

  /// Returns the position of an order by the platform's identifier.
  package func order(id: Int64) -> Int? {
    position(id, from: orderBase, count: orders.count)
  }

  /// Returns the position of an order by the reference it was given.
  package func order(reference: String) -> Int? { orderIndex[reference] }

  /// Returns the position of a shipment by the platform's identifier.
  package func shipment(id: Int64) -> Int? {
    position(id, from: shipmentBase, count: shipments.count)
  }

  /// Returns the position of a return by the platform's identifier.
  package func returned(id: Int64) -> Int? {
    position(id, from: returnBase, count: returns.count)
  }

  /// Returns the position of a return by the reference it was given.
  package func returned(reference: String) -> Int? { returnIndex[reference] }

  /// Returns the position of a product by its SKU.
  package func product(sku: String) -> Int? { productIndex[sku] }

  /// Returns the position of a node by the platform's identifier.
  package func node(center: Int64) -> Int? { nodes.firstIndex { $0.center == center } }

  private func position(_ id: Int64, from base: Int64, count: Int) -> Int? {
    let position = id - base - 1
    return position >= 0 && position < Int64(count) ? Int(position) : nil
  }

  // MARK: Keys and facts

  func key(ofOrder position: Int) -> EntityKey { EntityKey(names.order, orders[position].id) }

  func key(ofShipment position: Int) -> EntityKey {
    EntityKey(names.shipment, shipments[position].id)
  }

  func key(ofReturn position: Int) -> EntityKey {
    EntityKey(names.returned, returns[position].id)
  }

  mutating func record(
    _ kind: FactKind,
    at now: VirtualInstant,
    subject: EntityKey,
    order: EntityKey? = nil,
    links: [EntityKey] = [],
    parent: EntityKey? = nil,
    lines: [FactLine] = [],
    detail: String? = nil
  ) {
    effects.append(
      .fact(
        Fact(
          kind,
          by: partner,
          at: now,
          subject: subject,
          order: order,
          links: links,
          parent: parent,
          lines: lines,
          detail: detail
        )
      )
    )
  }

  /// Returns the effects of the last changes and forgets them.
  package mutating func takeEffects() -> [Effect] {
    defer { effects.removeAll(keepingCapacity: true) }
    return effects
  }
}
