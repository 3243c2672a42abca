import DrydockExchange
package import DrydockKernel

extension ThreePLBooks {
  /// Units of one SKU at one node.
  ///
  ///     on hand = available + committed + held         picked is part of committed
  package struct Stock: Hashable, Sendable {
    package var onHand = 0
    package var committed = 0
    package var picked = 0
    package var held = 0
    package var awaiting = 0

    /// Units that an order could still get.
    package var available: Int { onHand - committed - held }
  }

  /// Committed units that stock levels do not show yet.
  struct LevelChange: Hashable, Sendable {
    var visibleAt: VirtualInstant
    var position: Int
    var units: Int
  }

  /// What the platform shows of a SKU at a node.
  package struct Level: Hashable, Sendable {
    package var onHand = 0
    package var committed = 0
    package var exception = 0
    package var awaiting = 0
    package var backordered = 0

    package static func + (left: Level, right: Level) -> Level {
      Level(
        onHand: left.onHand + right.onHand,
        committed: left.committed + right.committed,
        exception: left.exception + right.exception,
        awaiting: left.awaiting + right.awaiting,
        backordered: left.backordered + right.backordered
      )
    }
  }

  func position(product: Int, node: Int) -> Int { product * nodes.count + node }

  /// Returns the stock of a product at a node.
  package func stock(product: Int, node: Int) -> Stock {
    stock[position(product: product, node: node)]
  }

  /// Returns what the platform shows of every product, by product, then node.
  ///
  /// Orders of the last minute do not show yet. Units in quality hold count as exception, not as on
  /// hand, so that what can be fulfilled is always on hand less committed.
  package func levels(at now: VirtualInstant) -> [Level] {
    var levels = stock.map { stock in
      Level(
        onHand: stock.onHand - stock.held,
        committed: stock.committed,
        exception: stock.held,
        awaiting: stock.awaiting
      )
    }
    for change in levelChanges where change.visibleAt > now {
      levels[change.position].committed = max(0, levels[change.position].committed - change.units)
    }
    for shipment in waiting {
      for line in shipments[shipment].lines where line.allocated < line.quantity {
        let position = position(product: line.product, node: shipments[shipment].node)
        levels[position].backordered += line.quantity - line.allocated
      }
    }
    return levels
  }

  /// Commits units to a shipment; stock levels show it later.
  mutating func commit(_ units: Int, product: Int, node: Int, at now: VirtualInstant) {
    guard units > 0 else { return }
    let position = position(product: product, node: node)
    stock[position].committed += units
    if settings.levelLag > .zero {
      if let first = levelChanges.first, first.visibleAt <= now {
        levelChanges.removeAll { $0.visibleAt <= now }
      }
      levelChanges.append(
        LevelChange(visibleAt: now + settings.levelLag, position: position, units: units)
      )
    }
  }

  /// Changes what is on hand without an order, and frees or takes back promises accordingly.
  ///
  /// Units that were picked or are in no other way there to lose stay: the fact says how many went.
  package mutating func adjust(
    sku: String,
    node name: String,
    by units: Int,
    reason: String,
    at now: VirtualInstant
  ) {
    guard let product = productIndex[sku],
      let node = nodes.firstIndex(where: { $0.name == name })
    else { return }
    let position = position(product: product, node: node)
    let change = max(units, stock[position].picked - stock[position].onHand)
    stock[position].onHand += change
    recordAdjustment(product: product, node: node, by: change, reason: reason, at: now)
    if change > 0 {
      stock[position].awaiting = max(0, stock[position].awaiting - change)
      allocateWaiting(at: now)
    } else {
      takeBackPromises(product: product, node: node, at: now)
      stock[position].held = min(
        stock[position].held,
        stock[position].onHand - stock[position].committed
      )
    }
  }

  mutating func recordAdjustment(
    product: Int,
    node: Int,
    by units: Int,
    reason: String,
    at now: VirtualInstant
  ) {
    adjustments += 1
    record(
      .stockAdjusted,
      at: now,
      subject: EntityKey(names.adjustment, orderBase + Int64(adjustments)),
      lines: [FactLine(sku: products[product].sku, quantity: units, node: nodes[node].name)],
      detail: reason
    )
  }

  /// Takes units from the youngest shipments until no more is promised than there is.
  private mutating func takeBackPromises(product: Int, node: Int, at now: VirtualInstant) {
    let position = position(product: product, node: node)
    var excess = stock[position].committed - stock[position].onHand
    for shipment in shipments.indices.reversed() where excess > 0 {
      guard shipments[shipment].node == node, shipments[shipment].state.isBeforePicking else {
        continue
      }
      var taken = 0
      for line in shipments[shipment].lines.indices
      where shipments[shipment].lines[line].product == product {
        let units = min(excess - taken, shipments[shipment].lines[line].allocated)
        shipments[shipment].lines[line].allocated -= units
        taken += units
      }
      guard taken > 0 else { continue }
      excess -= taken
      stock[position].committed -= taken
      if !shipments[shipment].isWaiting { becomeShort(shipment, at: now) }
    }
  }
}
