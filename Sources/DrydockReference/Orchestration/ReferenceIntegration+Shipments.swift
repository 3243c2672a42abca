import DrydockExchange
import DrydockKernel

/// What left a 3PL: told to the store, billed at the ERP, followed until it is delivered.
extension ReferenceIntegration {
  // MARK: From the 3PL

  /// Takes over what a 3PL says about an order.
  ///
  /// It may say so before it has answered the release: the reference tells whose order it is.
  /// With `isPush` it says by itself that something left; without, it answers a question.
  mutating func take(_ order: WarehouseOrder, from partner: PartnerID, isPush: Bool) {
    let now = now
    guard let key = PartKey(reference: order.reference), journal[key.order] != nil,
      let part = part(key), part.partner == partner
    else {
      return raise(
        "stray/\(partner)/\(order.reference)",
        order: nil,
        partner: partner,
        owner: .fulfilment,
        "\(partner) knows an order '\(order.reference)' that was not released to it"
      )
    }
    if part.state == .planned || part.state == .withdrawn && order.status != .cancelled {
      change(key) {
        $0.state = .released(order.id)
        $0.releasedAt = now
      }
      journal.change(key.order) { $0.movedAt = now }
      _ = journal.outbox.withdraw(.releasePart(key))
    }
    var isNews = false
    for shipment in order.shipped where add(shipment) { isNews = true }
    for waiting in order.waiting { trouble(waiting, key, partner) }
    noteShortage(of: order, key, partner)
    if case .unknown(let word) = order.status, !has(.swallowsUnknownStatus) {
      raise(
        "status/\(order.reference)",
        order: key.order,
        partner: partner,
        owner: .integration,
        "\(partner) says that \(order.reference) is '\(word)'"
      )
    }
    if isPush, !isNews, !order.shipped.isEmpty {
      note(
        .duplicateSuppressed,
        order: key.order,
        partner: partner,
        text: "the shipments of \(order.reference) are known"
      )
    }
    if isPush, order.shipped.isEmpty {
      ask(.listWarehouseOrders(partner, page: 0), after: .seconds(900))
    }
    advance(key.order)
  }

  /// Takes a shipment in; returns false when it is known.
  private mutating func add(_ shipment: CanonicalShipment) -> Bool {
    if journal.shipment(shipment.id, at: shipment.partner) != nil, !has(.noDuplicateSuppression) {
      return false
    }
    guard journal.add(shipment) != nil else { return false }
    journal.change(shipment.part.order) { $0.movedAt = now }
    resolve("waiting/\(shipment.id)", "shipment \(shipment.id) left")
    return true
  }

  /// Takes over what a 3PL says about one shipment.
  mutating func takeShipment(
    _ report: ShipBobConnector.ShipmentReport,
    of topic: String,
    from partner: PartnerID
  ) {
    guard let key = PartKey(reference: report.reference), journal[key.order] != nil else { return }
    switch report.progress {
    case .shipped(let shipment):
      if add(shipment) { advance(key.order) }
      guard report.isDelivered, let known = journal.shipment(shipment.id, at: partner) else {
        return
      }
      delivered(known)
    case .waiting(let waiting): trouble(waiting, key, partner)
    case .underWay: resolve("waiting/\(report.id)", "shipment \(report.id) goes on")
    }
    advance(key.order)
  }

  /// Puts goods in front of somebody that a 3PL did not send although it is done with the order.
  private mutating func noteShortage(
    of order: WarehouseOrder,
    _ key: PartKey,
    _ partner: PartnerID
  ) {
    guard order.status == .fulfilled, let record = journal[key.order], let part = part(key),
      !record.hasShipped(part)
    else { return }
    raise(
      "short/\(key.reference)",
      order: key.order,
      partner: partner,
      owner: .customerService,
      "\(partner) sent less of \(key.reference) than was ordered"
    )
  }

  /// Puts a shipment that is stuck in front of somebody.
  private mutating func trouble(
    _ waiting: WarehouseOrder.Waiting,
    _ key: PartKey,
    _ partner: PartnerID
  ) {
    let topic = "waiting/\(waiting.id)"
    let owner: Owner
    switch waiting.status {
    case .exception: owner = .fulfilment
    case .onHold: owner = .customerService
    case .cancelled:
      guard !isWithdrawing(key) else { return }
      owner = .customerService
    case .unknown: owner = .integration
    }
    guard !has(.swallowsUnknownStatus) else { return }
    raise(
      topic,
      order: key.order,
      partner: partner,
      owner: owner,
      "shipment \(waiting.id) of \(key.reference) does not leave: \(waiting.reason)"
    )
  }

  // MARK: To everybody else

  /// Asks for everything that is due for a shipment.
  mutating func advance(_ key: ShipmentKey) {
    guard let record = journal[key.order], let entry = journal[key] else { return }
    if entry.tracker == nil { ask(.trackParcel(key)) }
    if entry.storeFulfilment == nil { ask(.notifyShipment(key)) }
    if record.isAccepted || record.erpID != nil {
      if entry.fulfilment == nil {
        ask(.postFulfilment(key))
      } else if entry.invoice == nil, !has(.invoicesBeforeShipment) {
        ask(.postInvoice(key))
      }
    }
    if entry.status == .delivered, !entry.isDeliveryNotified, entry.storeFulfilment != nil {
      ask(.notifyDelivery(key))
    }
  }

  func storeRequest(_ errand: Errand, _ key: ShipmentKey) -> Request? {
    guard let store = configuration?.store, let record = journal[key.order],
      let entry = journal[key]
    else { return nil }
    switch (errand.work, errand.step) {
    case (.notifyShipment, .look), (.notifyDelivery, .look):
      return store.readOrder(record.order.storeID)
    case (.notifyShipment, .prepare): return store.listFulfilmentOrders(of: record.order.storeID)
    case (.notifyShipment, .act):
      return store.createFulfilment(entry.shipment, lines: errand.prepared)
    default:
      guard !entry.isDeliveryNotified, let fulfilment = entry.storeFulfilment else { return nil }
      return store.createFulfilmentEvent(entry.status, fulfilment: fulfilment)
    }
  }

  mutating func concludeStore(
    _ errand: Errand,
    _ key: ShipmentKey,
    _ response: Response
  ) throws(Unreadable) -> Conclusion {
    guard let store = configuration?.store, let entry = journal[key] else { return .done }
    switch (errand.work, errand.step) {
    case (.notifyShipment, .look):
      let known = try store.order(in: response).fulfilments
      guard let found = known.first(where: { $0.tracking == entry.shipment.tracking }) else {
        return .absent
      }
      journal.change(key) { $0.storeFulfilment = found.id }
    case (.notifyShipment, .prepare):
      guard let lines = try store.lines(for: entry.shipment, in: response) else {
        return .refused("the store has fewer units left to fulfil")
      }
      return .prepared(lines)
    case (.notifyShipment, .act):
      let id = try store.fulfilmentID(in: response)
      journal.change(key) { $0.storeFulfilment = id }
    case (.notifyDelivery, .look):
      let known = try store.order(in: response).fulfilments
      guard known.contains(where: { $0.id == entry.storeFulfilment && $0.isDelivered }) else {
        return .absent
      }
      journal.change(key) { $0.isDeliveryNotified = true }
    default: journal.change(key) { $0.isDeliveryNotified = true }
    }
    return .done
  }

  func postingRequest(_ errand: Errand, _ key: ShipmentKey) -> Request? {
    guard let configuration, let erp = configuration.erp, let record = journal[key.order],
      let entry = journal[key], let id = record.erpID
    else { return nil }
    let isInvoice = errand.work == .postInvoice(key)
    let document: NetSuiteConnector.Document = isInvoice ? .invoice : .itemFulfillment
    let name = "\(isInvoice ? "INV" : "IF")-\(entry.shipment.id)"
    guard errand.step == .act else { return erp.readDocument(document, name, token: token) }
    let lines = documentLines(of: key, in: record)
    if !isInvoice {
      return erp.fulfil(id, entry.shipment, lines: lines, key: name, token: token)
    }
    return erp.bill(
      id,
      lines: lines,
      on: entry.shipment.shippedAt,
      key: name,
      token: token
    )
  }

  /// Returns a shipment as units of the ERP's order lines, all of them named.
  private func documentLines(
    of key: ShipmentKey,
    in record: OrderRecord
  ) -> [NetSuiteConnector.DocumentLine] {
    let shipment = record.shipments[key.position].shipment
    let part = record.parts.first { $0.key == shipment.part }
    let node = part.flatMap { configuration?.masterData.node(named: $0.node) }
    var left: [String: Int] = [:]
    for line in shipment.lines { left[line.sku, default: 0] += line.quantity }
    let isWhole = has(.splitsWithoutTotals) && record.parts.count > 1
    return record.order.lines.enumerated().map { index, line in
      // The first line of a SKU takes what it can hold, the next the rest.
      let units = isWhole ? line.quantity : min(left[line.sku] ?? 0, line.quantity)
      left[line.sku] = (left[line.sku] ?? 0) - units
      let number = record.erpLines.indices.contains(index) ? record.erpLines[index] : index + 1
      return NetSuiteConnector.DocumentLine(
        line: number,
        sku: line.sku,
        quantity: units,
        node: node
      )
    }
  }

  mutating func concludePosting(
    _ errand: Errand,
    _ key: ShipmentKey,
    _ response: Response
  ) throws(Unreadable) -> Conclusion {
    guard let erp = configuration?.erp else { return .done }
    let id = try errand.step == .act ? erp.createdID(in: response) : erp.recordID(in: response)
    journal.change(key) { entry in
      if errand.work == .postInvoice(key) { entry.invoice = id } else { entry.fulfilment = id }
    }
    return .done
  }

  // MARK: On the road

  func trackingRequest(_ errand: Errand, _ key: ShipmentKey) -> Request? {
    guard let carrier = configuration?.carrier, let entry = journal[key] else { return nil }
    if case .readParcel = errand.work { return entry.tracker.map { carrier.readTracker($0) } }
    return errand.step == .act
      ? carrier.createTracker(entry.shipment) : carrier.findTrackers(entry.shipment.tracking)
  }

  mutating func concludeTracking(
    _ errand: Errand,
    _ key: ShipmentKey,
    _ response: Response
  ) throws(Unreadable) -> Conclusion {
    guard let carrier = configuration?.carrier else { return .done }
    if errand.step == .look {
      guard let report = try carrier.firstReport(in: response) else { return .absent }
      take(report, isPush: false)
    } else {
      take(try carrier.report(in: response), isPush: false)
    }
    return .done
  }

  /// Takes over what a carrier says about a parcel: every scan so far, in the order they were made.
  mutating func take(_ report: ParcelReport, isPush: Bool) {
    guard let key = journal.shipment(tracking: report.tracking), let entry = journal[key] else {
      return  // a parcel of somebody else, or a return's
    }
    if entry.tracker == nil { journal.change(key) { $0.tracker = report.tracker } }
    guard let last = report.scans.last else { return }
    let isOld = report.scans.count <= entry.scans && last.at <= entry.lastScan ?? .epoch
    if isOld, !has(.lastEventWins) {
      guard isPush else { return }
      let isSame = report.scans.count == entry.scans && last.at == entry.lastScan
      return note(
        isSame ? .duplicateSuppressed : .staleSuppressed,
        order: key.order,
        partner: configuration?.carrier?.access.partner,
        text: "the scan of \(report.tracking) at \(last.at) is \(isSame ? "known" : "old news")"
      )
    }
    journal.change(key) {
      $0.scans = max($0.scans, report.scans.count)
      $0.lastScan = max($0.lastScan ?? .epoch, last.at)
    }
    journal.change(key.order) { $0.movedAt = now }
    settle(report, key, entry)
    advance(key.order)
  }

  /// Draws the conclusion from a parcel's scans.
  private mutating func settle(
    _ report: ParcelReport,
    _ key: ShipmentKey,
    _ entry: OrderRecord.Shipment
  ) {
    if !has(.lastEventWins), report.scans.contains(where: { $0.status == .delivered }) {
      return delivered(key)  // whatever was scanned behind it
    }
    guard let last = report.scans.last else { return }
    guard let status = last.status else {
      guard !has(.swallowsUnknownStatus) else { return }
      return raise(
        "scan/\(report.tracking)",
        order: key.order,
        owner: .integration,
        "the carrier says '\(last.text)' of \(report.tracking), which nobody expects"
      )
    }
    if entry.status == .delivered, status != .delivered, !has(.lastEventWins) { return }
    journal.change(key) { $0.status = status }
    if has(.lastEventWins), entry.isDeliveryNotified, status != entry.status {
      journal.change(key) { $0.isDeliveryNotified = false }
      ask(.notifyDelivery(key))
    }
    let topic = "delivery/\(report.tracking)"
    switch status {
    case .delivered: delivered(key)
    case .failed, .returning:
      guard !has(.swallowsUnknownStatus) else { return }
      raise(
        topic,
        order: key.order,
        partner: configuration?.carrier?.access.partner,
        owner: .customerService,
        "parcel \(report.tracking): \(last.text)"
      )
    case .lost:
      guard !has(.swallowsUnknownStatus) else { return }
      raise(
        "lost/\(report.tracking)",
        order: key.order,
        partner: configuration?.carrier?.access.partner,
        owner: .claims,
        "parcel \(report.tracking) is lost: \(last.text)"
      )
      openLoss(of: key)
    case .labelled, .inTransit, .outForDelivery, .availableForPickup, .returned: break
    }
  }

  /// Notes that a parcel arrived.
  private mutating func delivered(_ key: ShipmentKey) {
    guard let entry = journal[key] else { return }
    journal.change(key) { $0.status = .delivered }
    resolve("delivery/\(entry.shipment.tracking)", "parcel \(entry.shipment.tracking) arrived")
    advance(key)
  }
}

extension OrderRecord.Shipment {
  /// Whether everybody knows of it and it reached its end.
  var isComplete: Bool {
    storeFulfilment != nil && fulfilment != nil && invoice != nil
      && (status == .delivered ? isDeliveryNotified : status.isEnd)
  }
}
