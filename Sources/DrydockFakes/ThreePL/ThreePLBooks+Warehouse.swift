import DrydockExchange
package import DrydockKernel

/// What happens to a shipment in the warehouse: stock, hold, wave, pick, pack, label, dock.
extension ThreePLBooks {
  // MARK: Stock

  /// Promises what is available to a shipment that lacks it.
  mutating func allocate(_ position: Int, at now: VirtualInstant) {
    let node = shipments[position].node
    for line in shipments[position].lines.indices {
      let needed =
        shipments[position].lines[line].quantity - shipments[position].lines[line].allocated
      guard needed > 0 else { continue }
      let product = shipments[position].lines[line].product
      let units = min(needed, max(0, stock(product: product, node: node).available))
      commit(units, product: product, node: node, at: now)
      shipments[position].lines[line].allocated += units
    }
  }

  /// Promises stock that became free to the shipments that wait for it, oldest first.
  mutating func allocateWaiting(at now: VirtualInstant) {
    guard !waiting.isEmpty else { return }
    let candidates = waiting
    for position in candidates {
      allocate(position, at: now)
      guard shipments[position].isAllocated else { continue }
      waiting.removeAll { $0 == position }
      start(position, at: now)
    }
  }

  /// Makes a shipment wait for stock, and says so.
  mutating func becomeShort(_ position: Int, at now: VirtualInstant) {
    shipments[position].state = .waiting(isException: true)
    shipments[position].promised = nil
    shipments[position].updated = now
    waiting.append(position)
    effects.append(.cancel(timer(ofShipment: position)))
    recordHeld(position, "out-of-stock", at: now)
    effects.append(.shipment(.exception, position))
  }

  private mutating func recordHeld(_ position: Int, _ why: String, at now: VirtualInstant) {
    let order = shipments[position].order
    record(
      .orderHeld,
      at: now,
      subject: key(ofShipment: position),
      order: key(ofOrder: order),
      links: [.reference(orders[order].details.reference)],
      detail: why
    )
  }

  // MARK: Time

  /// Returns when work on what arrives now begins: at once, or after the cut-off at the next
  /// opening.
  package func taken(on now: VirtualInstant) -> VirtualInstant {
    guard !settings.alwaysOpen, let cutoff = settings.calendar.nextCutoff(onOrAfter: now) else {
      return now
    }
    let day = settings.calendar.zone.civil(of: cutoff).0
    let opens = settings.calendar.hours(of: day)?.opens ?? now
    return max(now, opens)
  }

  /// Returns when work that takes a while is done: within the hours of the warehouse.
  func done(_ duration: Duration, after instant: VirtualInstant) -> VirtualInstant {
    let end = instant + duration
    return settings.alwaysOpen ? end : settings.calendar.nextOpen(onOrAfter: end) ?? end
  }

  /// Returns the beginning of the wave that picks what is taken on at an instant.
  private func wave(for instant: VirtualInstant) -> VirtualInstant {
    guard let every = settings.waveEvery, every > .zero else { return instant }
    let day = settings.calendar.zone.civil(of: instant).0
    let first =
      settings.alwaysOpen
      ? VirtualInstant.epoch : settings.calendar.hours(of: day)?.opens ?? instant
    let length = every.wholeNanoseconds
    let since = instant.nanoseconds(since: first)
    guard since > 0 else { return first }
    let waves = (since + length - 1) / length
    return first.advanced(byNanoseconds: waves * length)
  }

  // MARK: Stages

  /// Starts a shipment whose stock is there: on hold if people hold it, else towards picking.
  mutating func start(_ position: Int, at now: VirtualInstant) {
    let order = shipments[position].order
    record(
      .stockReserved,
      at: now,
      subject: key(ofShipment: position),
      order: key(ofOrder: order),
      links: [.reference(orders[order].details.reference)],
      lines: factLines(ofShipment: position)
    )
    shipments[position].updated = now
    guard let hold = shipments[position].hold else { return process(position, at: now) }
    shipments[position].state = .onHold(hold.reason)
    recordHeld(position, hold.reason.rawValue, at: now)
    effects.append(.shipment(.onHold, position))
    if let lasts = hold.lasts {
      effects.append(.wake(timer(ofShipment: position), after: lasts))
    }
  }

  private mutating func process(_ position: Int, at now: VirtualInstant) {
    let begins = wave(for: taken(on: now))
    let picked = done(settings.pickAfter, after: begins)
    shipments[position].state = .processing
    shipments[position].updated = now
    shipments[position].promised = done(settings.packAfter, after: picked)
    effects.append(.wake(timer(ofShipment: position), after: picked - now))
  }

  /// Takes a shipment one stage further, when its timer is due.
  package mutating func advanceShipment(_ position: Int, at now: VirtualInstant) {
    guard shipments.indices.contains(position) else { return }
    switch shipments[position].state {
    case .onHold:
      shipments[position].hold = nil
      process(position, at: now)
    case .processing: pick(position, at: now)
    case .picked: label(position, at: now)
    case .labelled: tender(position, at: now)
    case .waiting, .tendered, .ended, .cancelled: break
    }
  }

  private mutating func pick(_ position: Int, at now: VirtualInstant) {
    let order = shipments[position].order
    missUnits(position, at: now)
    if shipments[position].lines.isEmpty {
      shipments[position].state = .processing
      return cancelShipment(position, at: now)
    }
    for line in shipments[position].lines {
      let place = self.position(product: line.product, node: shipments[position].node)
      stock[place].picked += line.quantity
    }
    shipments[position].state = .picked
    shipments[position].updated = now
    record(
      .linePicked,
      at: now,
      subject: key(ofShipment: position),
      order: key(ofOrder: order),
      links: [.reference(orders[order].details.reference)],
      lines: factLines(ofShipment: position)
    )
    let labelled = done(settings.packAfter, after: now)
    effects.append(.wake(timer(ofShipment: position), after: labelled - now))
  }

  /// Takes out of a shipment what the pickers do not find, and out of the stock as well.
  private mutating func missUnits(_ position: Int, at now: VirtualInstant) {
    guard !settings.shortPicks.isEmpty else { return }
    let reference = orders[shipments[position].order].details.reference
    let node = shipments[position].node
    for miss in settings.shortPicks where OrderReference.names(reference, number: miss.order) {
      for line in shipments[position].lines.indices {
        let product = shipments[position].lines[line].product
        guard products[product].sku == miss.sku else { continue }
        let units = min(miss.missing, shipments[position].lines[line].quantity)
        shipments[position].lines[line].quantity -= units
        shipments[position].lines[line].allocated -= units
        let place = self.position(product: product, node: node)
        stock[place].committed -= units
        stock[place].onHand -= units
        recordAdjustment(product: product, node: node, by: -units, reason: "not found", at: now)
      }
    }
    shipments[position].lines.removeAll { $0.quantity == 0 }
  }

  private mutating func label(_ position: Int, at now: VirtualInstant) {
    let order = shipments[position].order
    for line in shipments[position].lines {
      let place = self.position(product: line.product, node: shipments[position].node)
      stock[place].onHand -= line.quantity
      stock[place].committed -= line.quantity
      stock[place].picked -= line.quantity
    }
    let tracking = trackingNumber(ofShipment: position)
    shipments[position].tracking = tracking
    shipmentByTracking[tracking] = position
    shipments[position].state = .labelled
    shipments[position].labelled = now
    shipments[position].updated = now
    record(
      .shipmentCreated,
      at: now,
      subject: key(ofShipment: position),
      order: key(ofOrder: order),
      links: links(ofShipment: position),
      lines: factLines(ofShipment: position)
    )
    effects.append(.shipment(.shipped, position))
    let tendered = done(settings.shipAfter, after: now)
    effects.append(.wake(timer(ofShipment: position), after: tendered - now))
  }

  private mutating func tender(_ position: Int, at now: VirtualInstant) {
    let shipment = shipments[position]
    let details = orders[shipment.order].details
    shipments[position].state = .tendered
    let lines = shipment.lines.map { line in
      let sku = products[line.product].sku
      let wrong = settings.misShips.first {
        $0.sku == sku && OrderReference.names(details.reference, number: $0.order)
      }
      return StoryCommand.Line(sku: wrong?.instead ?? sku, quantity: line.quantity)
    }
    let recipient = details.recipient
    effects.append(
      .tendered(
        WorldEvent.Parcel(
          tracking: shipment.tracking ?? "",
          carrier: settings.carrier,
          reference: details.reference,
          isReturn: false,
          lines: lines,
          to: StoryCommand.Address(
            name: recipient.name,
            street: recipient.address1,
            city: recipient.city,
            provinceCode: recipient.state ?? "",
            zip: recipient.zip ?? "",
            countryCode: recipient.country
          )
        )
      )
    )
  }

  /// Learns how a parcel's journey ended.
  package mutating func parcelEnded(
    _ tracking: String,
    _ ending: WorldEvent.ParcelEnding,
    at now: VirtualInstant
  ) {
    guard let position = shipmentByTracking[tracking],
      shipments[position].state == .tendered
    else { return }
    shipments[position].state = .ended(ending)
    guard ending == .delivered else { return }
    shipments[position].delivered = now
    shipments[position].updated = now
    if settings.reportsDelivery { effects.append(.shipment(.delivered, position)) }
  }

  /// Says once more that the shipments of an order were shipped.
  package mutating func confirmAgain(order number: Int) {
    for order in orders where OrderReference.names(order.details.reference, number: number) {
      for shipment in order.shipments where shipments[shipment].state.isLabelled {
        effects.append(.shipment(.shipped, shipment))
      }
    }
  }

  // MARK: Labels

  /// Returns the number on a shipment's label, in the form of the carrier.
  private func trackingNumber(ofShipment position: Int) -> String {
    let serial = UInt64(shipments[position].id)
    switch settings.carrier {
    case "UPS": return "1ZDD\(padded(trackingPrefix, 2))03\(padded(serial, 10))"
    case "FedEx": return "79\(padded(serial, 10))"
    default:
      let digits = "9400136\(padded(trackingPrefix, 4))\(padded(serial, 10))"
      return digits + String(checkDigit(of: digits))
    }
  }

  private func padded(_ number: UInt64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits.suffix(width)
  }

  /// The last digit of a USPS label: what is missing to ten, every second digit counted threefold.
  private func checkDigit(of digits: String) -> Int {
    var sum = 0
    for (index, digit) in digits.utf8.reversed().enumerated() {
      sum += Int(digit - UInt8(ascii: "0")) * (index % 2 == 0 ? 3 : 1)
    }
    return (10 - sum % 10) % 10
  }
}
