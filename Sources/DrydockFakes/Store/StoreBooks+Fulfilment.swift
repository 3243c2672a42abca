package import DrydockKernel

extension StoreBooks {
  /// What is asked of a fulfilment.
  package struct FulfilmentRequest: Hashable, Sendable {
    /// The units; nothing for all that is left.
    package var lines: [LineUnits]?
    package var tracking: Tracking?

    package init(lines: [LineUnits]? = nil, tracking: Tracking? = nil) {
      self.lines = lines
      self.tracking = tracking
    }
  }

  /// Notes that units of an order left.
  @discardableResult
  package mutating func fulfil(
    _ number: Int,
    _ request: FulfilmentRequest,
    at now: VirtualInstant
  ) throws(StoreRefusal) -> Fulfilment {
    let index = try index(number)
    if case .cancelled = orders[index].state { throw .fulfilsClosed(cancelled: true) }
    guard orders[index].hasFulfillable else { throw .fulfilsClosed(cancelled: false) }
    guard orders[index].fulfilments.count < StoreLimits.orderPartsMax else { throw .tooManyParts }
    let lines = try merged(request.lines, in: orders[index])
    for units in lines {
      orders[index].lines[units.line].fulfilled += units.quantity
      move(
        0,
        of: orders[index].lines[units.line].product,
        committed: -units.quantity,
        at: now
      )
    }
    let fulfilment = Fulfilment(
      ordinal: orders[index].fulfilments.count + 1,
      createdAt: now,
      updatedAt: now,
      lines: lines,
      tracking: request.tracking
    )
    orders[index].fulfilments.append(fulfilment)
    orders[index].updatedAt = now
    if archivesFulfilled, !orders[index].hasFulfillable { orders[index].state = .archived(at: now) }
    return fulfilment
  }

  /// Tells the customer where a parcel is; repeating what was told changes nothing.
  ///
  /// - Returns: The event's position in the order, from 1.
  package mutating func tell(
    _ status: ShipmentStatus,
    fulfilment ordinal: Int,
    of number: Int,
    at now: VirtualInstant
  ) throws(StoreRefusal) -> Int {
    let index = try index(number)
    guard orders[index].fulfilments.indices.contains(ordinal - 1) else {
      throw .unknownFulfilment
    }
    guard orders[index].events < StoreLimits.orderPartsMax else { throw .tooManyParts }
    orders[index].fulfilments[ordinal - 1].shipmentStatus = status
    orders[index].fulfilments[ordinal - 1].updatedAt = now
    orders[index].updatedAt = now
    orders[index].events += 1
    return orders[index].events
  }

  /// Returns the units of a request, one entry a line, in line order.
  private func merged(
    _ asked: [LineUnits]?,
    in order: Order
  ) throws(StoreRefusal) -> [LineUnits] {
    var units = order.lines.map { asked == nil ? $0.fulfillable : 0 }
    for entry in asked ?? [] {
      guard order.lines.indices.contains(entry.line) else { throw .unknownLine }
      guard entry.quantity > 0,
        entry.quantity <= order.lines[entry.line].fulfillable - units[entry.line]
      else { throw .fulfilsTooMany }
      units[entry.line] += entry.quantity
    }
    let lines = units.enumerated().compactMap { line, quantity in
      quantity > 0 ? LineUnits(line: line, quantity: quantity) : nil
    }
    guard !lines.isEmpty else { throw .fulfilsTooMany }
    return lines
  }
}
