import DrydockExchange
package import DrydockKernel

/// Goods that come back: announced, at the dock, inspected.
extension ThreePLBooks {
  /// Takes on an announced return; nothing if one of this reference exists.
  package mutating func create(_ details: NewReturn, at now: VirtualInstant) -> Int? {
    guard returnIndex[details.reference] == nil else { return nil }
    let position = add(
      Return(
        id: returnBase + Int64(returns.count) + 1,
        kind: .regular,
        reference: details.reference,
        node: details.node,
        lines: details.lines,
        tracking: details.tracking,
        shipment: details.shipment,
        state: .awaiting,
        created: now
      ),
      at: now
    )
    // The parcel may have been faster than its papers.
    if let stray = strayParcels.firstIndex(where: { belongs($0, to: position) }) {
      arrives(strayParcels.remove(at: stray), at: position)
    }
    return position
  }

  private mutating func add(_ returned: Return, at now: VirtualInstant) -> Int {
    let position = returns.count
    returns.append(returned)
    returnIndex[returned.reference] = position
    if let tracking = returned.tracking { returnByTracking[tracking] = position }
    record(
      .returnExpected,
      at: now,
      subject: key(ofReturn: position),
      order: .reference(returned.reference),
      links: links(ofReturn: position),
      parent: returned.shipment.map { key(ofShipment: $0) },
      lines: returned.lines.map {
        FactLine(sku: products[$0.product].sku, quantity: $0.quantity)
      }
    )
    effects.append(.returned(.created, position))
    return position
  }

  /// Returns the keys that join a return's facts to its order.
  private func links(ofReturn position: Int) -> [EntityKey] {
    let returned = returns[position]
    var links = [EntityKey.reference(returned.reference)]
    if let shipment = returned.shipment {
      links.append(.reference(orders[shipments[shipment].order].details.reference))
    }
    if let tracking = returned.tracking { links.append(.tracking(tracking)) }
    return links
  }

  /// Takes a return out of the books while its parcel is not there; tells whether it could.
  package mutating func cancelReturn(_ position: Int, at now: VirtualInstant) -> Bool {
    guard returns[position].state == .awaiting else { return false }
    returns[position].state = .cancelled
    returns[position].cancelled = now
    effects.append(.returned(.updated, position))
    return true
  }

  // MARK: At the dock

  /// Takes in a parcel that came back: an announced return, or one of our own undelivered.
  package mutating func parcelAtDock(_ parcel: WorldEvent.Parcel, at now: VirtualInstant) {
    if let shipment = shipmentByTracking[parcel.tracking] {
      return takeBack(parcel, shipment: shipment, at: now)
    }
    guard parcel.isReturn else { return }
    guard let found = returnByTracking[parcel.tracking] ?? match(parcel) else {
      strayParcels.append(parcel)
      return
    }
    arrive(parcel, at: found, now)
  }

  /// Returns the return that waits for a parcel: by its papers, else by the order they name.
  private func match(_ parcel: WorldEvent.Parcel) -> Int? {
    let candidates = returns.indices.filter { belongs(parcel, to: $0) }
    return candidates.first { returns[$0].reference == parcel.reference } ?? candidates.first
  }

  /// Tells whether a parcel may be the one that a return waits for.
  private func belongs(_ parcel: WorldEvent.Parcel, to position: Int) -> Bool {
    let returned = returns[position]
    guard returned.state == .awaiting else { return false }
    if let tracking = returned.tracking { return tracking == parcel.tracking }
    let words = OrderReference.words(of: parcel.reference)
    return words.contains { word in
      Int(word) != nil && OrderReference.words(of: returned.reference).contains(word)
    }
  }

  /// Opens a record for a parcel that could not be delivered; nobody announced it.
  private mutating func takeBack(
    _ parcel: WorldEvent.Parcel,
    shipment: Int,
    at now: VirtualInstant
  ) {
    let sent = shipments[shipment]
    let reference = "RTS-\(sent.id)-\(orders[sent.order].details.reference)"
    guard returnIndex[reference] == nil else { return }
    if case .tendered = sent.state { shipments[shipment].state = .ended(.returnedToSender) }
    let position = add(
      Return(
        id: returnBase + Int64(returns.count) + 1,
        kind: .returnToSender,
        reference: reference,
        node: sent.node,
        lines: sent.lines.map { ReturnLine(product: $0.product, quantity: $0.quantity) },
        tracking: parcel.tracking,
        shipment: shipment,
        state: .awaiting,
        created: now
      ),
      at: now
    )
    arrives(parcel, at: position)
  }

  /// Lets a parcel that is there already be taken in next, when its record has been told of.
  private mutating func arrives(_ parcel: WorldEvent.Parcel, at position: Int) {
    returns[position].parcelAtDock = parcel
    effects.append(.wake(timer(ofReturn: position), after: .zero))
  }

  private mutating func arrive(
    _ parcel: WorldEvent.Parcel,
    at position: Int,
    _ now: VirtualInstant
  ) {
    guard returns[position].state == .awaiting else { return }
    returns[position].state = .arrived
    returns[position].arrived = now
    if returns[position].tracking == nil { returns[position].tracking = parcel.tracking }
    returnByTracking[parcel.tracking] = position
    returns[position].contents = parcel.lines.compactMap { line in
      productIndex[line.sku].map { Contents(product: $0, quantity: line.quantity) }
    }
    record(
      .returnReceived,
      at: now,
      subject: key(ofReturn: position),
      order: .reference(returns[position].reference),
      links: links(ofReturn: position),
      parent: returns[position].shipment.map { key(ofShipment: $0) }
    )
    effects.append(.returned(.updated, position))
    let begins =
      settings.alwaysOpen ? now : settings.calendar.nextOpen(onOrAfter: now) ?? now
    returns[position].processing = begins
    let inspected = done(settings.inspectAfter, after: begins)
    effects.append(.wake(timer(ofReturn: position), after: inspected - now))
  }

  // MARK: Inspection

  /// Takes a return one stage further, when its timer is due.
  package mutating func advanceReturn(_ position: Int, at now: VirtualInstant) {
    guard returns.indices.contains(position) else { return }
    switch returns[position].state {
    case .awaiting:
      if let parcel = returns[position].parcelAtDock { arrive(parcel, at: position, now) }
    case .arrived: inspect(position, at: now)
    case .completed, .cancelled: break
    }
  }

  /// Inspects what is in a return's parcel and puts it where it belongs.
  private mutating func inspect(_ position: Int, at now: VirtualInstant) {
    grade(position)
    returns[position].state = .completed
    returns[position].completed = now
    var lines: [FactLine] = []
    for line in returns[position].lines {
      let place = self.position(product: line.product, node: returns[position].node)
      for taken in line.taken {
        lines.append(
          FactLine(
            sku: products[line.product].sku,
            quantity: taken.quantity,
            detail: taken.disposition.grade
          )
        )
        switch taken.disposition {
        case .restock: stock[place].onHand += taken.quantity
        case .quarantine:
          stock[place].onHand += taken.quantity
          stock[place].held += taken.quantity
        case .dispose, .missing: break
        }
      }
    }
    record(
      .returnGraded,
      at: now,
      subject: key(ofReturn: position),
      order: .reference(returns[position].reference),
      links: links(ofReturn: position),
      parent: returns[position].shipment.map { key(ofShipment: $0) },
      lines: lines
    )
    effects.append(.returned(.completed, position))
    allocateWaiting(at: now)
  }

  /// Decides what becomes of each unit: of those expected, those that are missing, those too many.
  private mutating func grade(_ position: Int) {
    var contents = returns[position].contents
    let number = self.number(ofReturn: position)
    for index in returns[position].lines.indices {
      let line = returns[position].lines[index]
      var there = 0
      if let found = contents.firstIndex(where: { $0.product == line.product }) {
        there = min(line.quantity, contents[found].quantity)
        contents[found].quantity -= there
      }
      returns[position].lines[index].taken = dispositions(
        of: line,
        units: there,
        returned: number
      )
      let absent = line.quantity - there
      if absent > 0 {
        returns[position].lines[index].take(.missing, absent)
      }
    }
    for surplus in contents where surplus.quantity > 0 {
      let taken = [Taken(disposition: .quarantine, quantity: surplus.quantity)]
      returns[position].lines.append(
        ReturnLine(product: surplus.product, quantity: 0, taken: taken)
      )
    }
  }

  private func dispositions(of line: ReturnLine, units: Int, returned: Int?) -> [Taken] {
    guard units > 0 else { return [] }
    let sku = products[line.product].sku
    let usual = line.requested ?? .restock
    let grade = settings.grades.first { grade in
      switch grade.subject {
      case .returned(let number): number == returned
      case .sku(let graded): graded == sku
      }
    }
    guard let grade else { return [Taken(disposition: usual, quantity: units)] }
    let graded = min(grade.units ?? units, units)
    var taken = [Taken(disposition: grade.disposition, quantity: graded)]
    if graded < units { taken.append(Taken(disposition: usual, quantity: units - graded)) }
    return taken
  }

  /// Returns a return's number in the order of asking, as far as the 3PL can know it.
  ///
  /// Its reference names the returns platform's identifier, which holds the number; announced
  /// returns of other references count from 1.
  private func number(ofReturn position: Int) -> Int? {
    guard returns[position].kind == .regular else { return nil }
    for word in OrderReference.words(of: returns[position].reference) {
      if let id = Int64(word), let number = LoopIdentifier.number(ofReturn: id) { return number }
    }
    return returns[...position].count { $0.kind == .regular }
  }

  /// Says once more that a return was received and graded.
  package mutating func receiveAgain(return number: Int) {
    for position in returns.indices
    where returns[position].state == .completed && self.number(ofReturn: position) == number {
      effects.append(.returned(.completed, position))
    }
  }
}

extension ThreePLBooks.ReturnLine {
  /// Adds units to what was done with the line.
  fileprivate mutating func take(_ disposition: ThreePLSettings.Disposition, _ units: Int) {
    if let index = taken.firstIndex(where: { $0.disposition == disposition }) {
      taken[index].quantity += units
    } else {
      taken.append(ThreePLBooks.Taken(disposition: disposition, quantity: units))
    }
  }
}

extension ThreePLSettings.Disposition {
  /// The neutral word for what inspection found.
  package var grade: String {
    switch self {
    case .restock: "restock"
    case .quarantine: "hold"
    case .dispose: "scrap"
    case .missing: "missing"
    }
  }
}
