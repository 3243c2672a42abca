import DrydockExchange
package import DrydockKernel

/// Taking on and cancelling orders.
extension ThreePLBooks {
  /// What became of a new order.
  package enum Creation: Hashable, Sendable {
    /// It is in the books at this position.
    case created(Int)
    /// An order of this reference exists.
    case duplicate
  }

  /// Takes on an order: promises stock to it and starts its shipments.
  package mutating func create(_ details: NewOrder, at now: VirtualInstant) -> Creation {
    guard orderIndex[details.reference] == nil else { return .duplicate }
    let position = orders.count
    orders.append(
      Order(
        id: orderBase + Int64(position) + 1,
        created: now,
        details: details,
        shipments: []
      )
    )
    orderIndex[details.reference] = position
    record(
      .orderReleased,
      at: now,
      subject: key(ofOrder: position),
      order: key(ofOrder: position),
      links: [.reference(details.reference)],
      lines: details.lines.map {
        FactLine(sku: products[$0.product].sku, quantity: $0.quantity)
      }
    )
    for portion in portions(of: details) {
      addShipment(portion, order: position, at: now)
    }
    return .created(position)
  }

  /// Creates a product that nobody has stock of, as the platform does for unknown references.
  package mutating func addProduct(sku: String, name: String) -> Int {
    let number = Int64(products.count + 1)
    products.append(
      Product(sku: sku, name: name, id: 15_319_516 + number, inventory: 20_104_983 + number)
    )
    productIndex[sku] = products.count - 1
    stock.append(contentsOf: repeatElement(Stock(), count: nodes.count))
    return products.count - 1
  }

  /// What one node shall send, and whether it waits in silence for stock.
  private struct Portion {
    var node: Int
    var lines: [ShipmentLine]
    var isBackorder = false
  }

  /// Divides an order over nodes: one that has all of it, else as many as it takes.
  private func portions(of details: NewOrder) -> [Portion] {
    var needs: [ShipmentLine] = []
    for line in details.lines {
      if let index = needs.firstIndex(where: { $0.product == line.product }) {
        needs[index].quantity += line.quantity
      } else {
        needs.append(ShipmentLine(product: line.product, quantity: line.quantity, allocated: 0))
      }
    }
    let candidates = details.node.map { [$0] } ?? Array(nodes.indices)
    for node in candidates where needs.allSatisfy({ fits($0.product, $0.quantity, node) }) {
      return [Portion(node: node, lines: needs)]
    }
    guard let first = candidates.first else { return [] }
    let all = needs
    var portions: [Portion] = []
    for node in settings.splitsAcrossNodes ? candidates : [first] {
      let lines = take(from: node, &needs)
      if !lines.isEmpty { portions.append(Portion(node: node, lines: lines)) }
    }
    guard !needs.isEmpty else { return portions }
    // Without backorders nothing leaves before everything is there.
    guard settings.backorders else { return [Portion(node: first, lines: all)] }
    return portions + [Portion(node: first, lines: needs, isBackorder: true)]
  }

  private func fits(_ product: Int, _ quantity: Int, _ node: Int) -> Bool {
    stock(product: product, node: node).available >= quantity
  }

  /// Takes from the needs what a node has.
  private func take(from node: Int, _ needs: inout [ShipmentLine]) -> [ShipmentLine] {
    var lines: [ShipmentLine] = []
    for index in needs.indices {
      let units = min(
        needs[index].quantity,
        max(0, stock(product: needs[index].product, node: node).available)
      )
      guard units > 0 else { continue }
      needs[index].quantity -= units
      lines.append(ShipmentLine(product: needs[index].product, quantity: units, allocated: 0))
    }
    needs.removeAll { $0.quantity == 0 }
    return lines
  }

  private mutating func addShipment(_ portion: Portion, order: Int, at now: VirtualInstant) {
    let position = shipments.count
    let reference = orders[order].details.reference
    shipments.append(
      Shipment(
        id: shipmentBase + Int64(position) + 1,
        order: order,
        node: portion.node,
        lines: portion.lines,
        state: .waiting(isException: false),
        created: now,
        updated: now,
        hold: settings.holds.first { OrderReference.names(reference, number: $0.order) }
      )
    )
    orders[order].shipments.append(position)
    allocate(position, at: now)
    if shipments[position].isAllocated {
      start(position, at: now)
    } else if portion.isBackorder {
      waiting.append(position)
    } else {
      becomeShort(position, at: now)
    }
  }

  // MARK: Cancelling

  /// What became of a request to cancel an order.
  package struct Cancellation: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
      case success
      case failure
      case partialSuccess
    }

    /// What became of one shipment.
    package struct Result: Hashable, Sendable {
      package var shipment: Int
      package var isCancelled: Bool
    }

    package var outcome: Outcome
    package var results: [Result]
  }

  /// Cancels those shipments of an order that nobody has picked yet.
  package mutating func cancelOrder(_ position: Int, at now: VirtualInstant) -> Cancellation {
    var results: [Cancellation.Result] = []
    for shipment in orders[position].shipments {
      if shipments[shipment].state.isBeforePicking { cancelShipment(shipment, at: now) }
      let isCancelled = shipments[shipment].state == .cancelled
      results.append(Cancellation.Result(shipment: shipment, isCancelled: isCancelled))
    }
    let cancelled = results.count(where: \.isCancelled)
    let outcome: Cancellation.Outcome =
      cancelled == results.count ? .success : cancelled == 0 ? .failure : .partialSuccess
    if outcome == .success, !orders[position].isCancelled {
      orders[position].isCancelled = true
      record(
        .orderCancelled,
        at: now,
        subject: key(ofOrder: position),
        order: key(ofOrder: position),
        links: [.reference(orders[position].details.reference)]
      )
    }
    return Cancellation(outcome: outcome, results: results)
  }

  mutating func cancelShipment(_ position: Int, at now: VirtualInstant) {
    if shipments[position].isWaiting { waiting.removeAll { $0 == position } }
    let node = shipments[position].node
    for line in shipments[position].lines.indices {
      let units = shipments[position].lines[line].allocated
      let product = shipments[position].lines[line].product
      stock[self.position(product: product, node: node)].committed -= units
      shipments[position].lines[line].allocated = 0
    }
    shipments[position].state = .cancelled
    shipments[position].updated = now
    effects.append(.cancel(timer(ofShipment: position)))
    effects.append(.shipment(.cancelled, position))
    allocateWaiting(at: now)
  }
}
