import DrydockExchange
import DrydockKernel

/// From an accepted order to parts at nodes, and from parts to 3PLs.
extension ReferenceIntegration {
  /// Plans an order that is not planned, and releases what is planned.
  mutating func release(_ key: OrderKey) {
    if journal[key]?.parts.isEmpty == true { plan(key) }
    rerouteWhatWaitsTooLong(key)
    for part in journal[key]?.parts ?? [] where part.state == .planned {
      ask(.releasePart(part.key))
    }
  }

  /// The record of a part.
  func part(_ key: PartKey) -> OrderRecord.Part? {
    journal[key.order]?.parts.first { $0.key == key }
  }

  /// Changes a part in place.
  mutating func change(_ key: PartKey, _ body: (inout OrderRecord.Part) -> Void) {
    journal.change(key.order) { record in
      guard let index = record.parts.firstIndex(where: { $0.key == key }) else { return }
      body(&record.parts[index])
    }
  }

  // MARK: Planning

  /// Decides which nodes ship an order: one that has all of it, else as many as it takes.
  private mutating func plan(_ key: OrderKey) {
    guard let configuration, let record = journal[key] else { return }
    let nodes = configuration.nodes
    guard let first = nodes.first else { return }
    let lines = merged(record.order.lines.map { SKUQuantity(sku: $0.sku, quantity: $0.quantity) })
    guard nodes.count > 1 else {
      return setParts(of: key, [(first.partner, first.node, lines)])
    }
    var usable: [(partner: PartnerID, node: String)] = []
    var isWaiting = false
    for node in nodes {
      if isFresh(node.partner) {
        if !isWaiting, covers(node.node, at: node.partner, lines) {
          if node.partner != first.partner, !isFresh(first.partner) {
            note(
              .rerouted,
              order: key,
              partner: node.partner,
              text: "\(first.partner) is down: \(node.node) ships \(key.reference)"
            )
          }
          return setParts(of: key, [(node.partner, node.node, lines)])
        }
        usable.append(node)
      } else if !hasWaitedTooLong(key) {
        isWaiting = true
      }
    }
    guard !isWaiting, let best = usable.first else { return waitForStock(key) }
    if configuration.policy.splitsOrders {
      setParts(of: key, split(lines, over: usable))
    } else {
      setParts(of: key, [(best.partner, best.node, lines)])
    }
  }

  /// Returns lines with one entry a SKU.
  private func merged(_ lines: [SKUQuantity]) -> [SKUQuantity] {
    var merged: [SKUQuantity] = []
    for line in lines {
      if let index = merged.firstIndex(where: { $0.sku == line.sku }) {
        merged[index].quantity += line.quantity
      } else {
        merged.append(line)
      }
    }
    return merged
  }

  /// Takes from each node what it has; what nobody has waits at the first.
  private func split(
    _ lines: [SKUQuantity],
    over nodes: [(partner: PartnerID, node: String)]
  ) -> [(PartnerID, String, [SKUQuantity])] {
    var needed = lines
    var parts: [(partner: PartnerID, node: String, lines: [SKUQuantity])] = []
    for node in nodes {
      var taken: [SKUQuantity] = []
      for index in needed.indices {
        let units = min(
          needed[index].quantity,
          available(needed[index].sku, node.node, node.partner)
        )
        guard units > 0 else { continue }
        needed[index].quantity -= units
        taken.append(SKUQuantity(sku: needed[index].sku, quantity: units))
      }
      if !taken.isEmpty { parts.append((node.partner, node.node, taken)) }
    }
    let missing = needed.filter { $0.quantity > 0 }
    guard !missing.isEmpty else { return parts }
    if parts.isEmpty, let first = nodes.first { return [(first.partner, first.node, missing)] }
    parts[0].lines = merged(parts[0].lines + missing)
    return parts
  }

  private mutating func setParts(
    of key: OrderKey,
    _ plan: [(PartnerID, String, [SKUQuantity])]
  ) {
    memory.waitingForStock.remove(key)
    journal.change(key) { record in
      record.parts = plan.enumerated().map { index, part in
        OrderRecord.Part(
          key: PartKey(order: key, part: plan.count == 1 ? 0 : index + 1),
          node: part.1,
          partner: part.0,
          lines: part.2
        )
      }
    }
    for part in plan {
      for line in part.2 { promise(line.quantity, of: line.sku, at: part.1) }
    }
  }

  // MARK: Stock that plans are made from

  private func isFresh(_ partner: PartnerID) -> Bool {
    memory.stock[partner].map { now - $0.at <= .seconds(60) } ?? false
  }

  private func covers(_ node: String, at partner: PartnerID, _ lines: [SKUQuantity]) -> Bool {
    lines.allSatisfy { available($0.sku, node, partner) >= $0.quantity }
  }

  /// Units that a node can promise: what the reading shows, less what was promised too late for it.
  private func available(_ sku: String, _ node: String, _ partner: PartnerID) -> Int {
    guard let reading = memory.stock[partner],
      let level = reading.level(of: sku, at: node)
    else { return 0 }
    let promised = memory.promises.reduce(0) { sum, promise in
      promise.node == node && promise.sku == sku && promise.at > reading.at - Self.stockLag
        ? sum + promise.quantity : sum
    }
    return max(0, level.fulfillable - promised)
  }

  /// How long a 3PL may take to show a promise in its stock.
  static let stockLag: Duration = .seconds(120)

  private mutating func promise(_ quantity: Int, of sku: String, at node: String) {
    memory.promises.removeAll { now - $0.at > Self.stockLag * 2 }
    memory.promises.append(Memory.Promise(at: now, node: node, sku: sku, quantity: quantity))
  }

  private mutating func waitForStock(_ key: OrderKey) {
    guard let configuration else { return }
    if memory.waitingForStock.insert(key).inserted { wakeForReroute(key) }
    for warehouse in configuration.warehouses where !isFresh(warehouse.access.partner) {
      ask(.readStock(warehouse.access.partner, page: 0))
    }
  }

  // MARK: Another 3PL

  /// Whether an order has waited for its 3PL as long as policy allows.
  private func hasWaitedTooLong(_ key: OrderKey) -> Bool {
    guard let configuration, let since = journal[key]?.acceptedAt else { return false }
    return now >= since + configuration.policy.rerouteAfter
  }

  /// Asks to be woken when an order has waited too long.
  mutating func wakeForReroute(_ key: OrderKey) {
    guard let configuration, configuration.warehouses.count > 1,
      let since = journal[key]?.acceptedAt
    else { return }
    let due = since + configuration.policy.rerouteAfter
    guard due > now else { return }
    wake(Self.rerouteTimer(key), after: due - now)
  }

  /// Hands parts to another 3PL whose own has been down too long.
  ///
  /// Only where every attempt is known not to have happened: a part whose release may have been
  /// taken stays, or two parcels might leave.
  private mutating func rerouteWhatWaitsTooLong(_ key: OrderKey) {
    guard let configuration, hasWaitedTooLong(key), let record = journal[key] else { return }
    for part in record.parts where part.state == .planned && isDown(part.partner) {
      let others = configuration.nodes.filter { $0.partner != part.partner && !isDown($0.partner) }
      guard !others.isEmpty, journal.outbox[.releasePart(part.key)]?.mayHaveHappened != true
      else { continue }
      guard
        let node = others.first(where: {
          isFresh($0.partner) && covers($0.node, at: $0.partner, part.lines)
        })
      else {
        waitForStock(key)
        continue
      }
      guard journal.outbox.withdraw(.releasePart(part.key)) else { continue }
      change(part.key) {
        $0.partner = node.partner
        $0.node = node.node
      }
      memory.waitingForStock.remove(key)
      for line in part.lines { promise(line.quantity, of: line.sku, at: node.node) }
      note(
        .rerouted,
        order: key,
        partner: node.partner,
        text: "\(part.partner) is down: \(node.node) ships \(part.key.reference)"
      )
    }
  }

  private func isDown(_ partner: PartnerID) -> Bool {
    memory.lines[partner]?.breaker.isOpen ?? false
  }

  /// Reacts to work that has to wait because its partner did not take it.
  mutating func delayed(_ work: Work) {
    if case .releasePart(let part) = work { wakeForReroute(part.order) }
  }

  // MARK: Release

  func releaseRequest(_ errand: Errand, _ key: PartKey) -> Request? {
    guard let part = part(key), let record = journal[key.order], part.state == .planned,
      let warehouse = configuration?.warehouse(errand.partner)
    else { return nil }
    switch errand.step {
    case .act:
      return warehouse.createOrder(
        part,
        of: record.order,
        value: value(of: part, in: record),
        reference: key.reference
      )
    case .look, .prepare: return warehouse.findOrders([key.reference])
    }
  }

  /// What the goods of a part are worth.
  private func value(of part: OrderRecord.Part, in record: OrderRecord) -> Money {
    if has(.splitsWithoutTotals) { return record.order.total }
    return part.lines.reduce(.zero(record.order.total.currency)) { sum, line in
      guard let index = record.line(of: line.sku) else { return sum }
      return sum + record.order.lines[index].unitPrice * line.quantity
    }
  }

  mutating func concludeRelease(
    _ errand: Errand,
    _ key: PartKey,
    _ response: Response
  ) throws(Unreadable) -> Conclusion {
    guard let warehouse = configuration?.warehouse(errand.partner) else { return .done }
    if errand.step == .act {
      take(try warehouse.order(in: response), from: errand.partner, isPush: false)
      return .done
    }
    let orders = try warehouse.orders(in: response)
    guard let order = orders.first(where: { $0.reference == key.reference }) else { return .absent }
    take(order, from: errand.partner, isPush: false)
    return .done
  }

  mutating func releaseRefused(_ key: PartKey, _ partner: PartnerID, _ reason: String) {
    change(key) { $0.state = .refused }
    raise(
      "refused/release/\(key.reference)",
      order: key.order,
      partner: partner,
      owner: .fulfilment,
      "\(partner) refused \(key.reference): \(reason)"
    )
    considerCancellation(key.order)
    advance(key.order)
  }
}
