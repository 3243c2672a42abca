import DrydockExchange
import DrydockKernel

/// Goods on their way back, from the customer's wish to money or other goods.
///
///     asked for ─▶ authorised, announced ─▶ received ─▶ graded, posted, refunded ─▶ settled
///
/// Three kinds walk it: what a customer returns, what could not be delivered, and what was lost.
extension ReferenceIntegration {
  // MARK: Taking in

  /// Takes over what the returns platform says about a return.
  mutating func take(_ details: CanonicalReturn) {
    guard journal.returns[details.key] == nil else { return update(details) }
    guard details.state == .open || details.state == .inReview else { return }
    guard let order = journal.order(inStore: details.storeOrder), let record = journal[order] else {
      return raise(
        "return/\(details.key.text)",
        order: nil,
        owner: .customerService,
        "return \(details.key.text) is for an order that is not known"
      )
    }
    var entry = ReturnRecord(
      key: details.key,
      origin: .customer,
      order: order,
      lines: details.lines,
      at: now
    )
    entry.isExchange = details.isExchange
    entry.tracking = details.tracking
    entry.isUnderWay = details.isUnderWay
    journal.open(entry)
    let isOver = details.lines.contains { line in
      let asked = details.lines.reduce(0) { $0 + ($1.sku == line.sku ? $1.quantity : 0) }
      return asked > record.shippedUnits(of: line.sku)
    }
    if isOver {
      raise(
        "return/\(details.key.text)",
        order: order,
        owner: .customerService,
        "return \(details.key.text) asks for more than was shipped"
      )
    }
    advance(details.key)
  }

  private mutating func update(_ details: CanonicalReturn) {
    journal.change(details.key) { record in
      record.tracking = details.tracking ?? record.tracking
      record.isUnderWay = record.isUnderWay || details.isUnderWay
      record.movedAt = now
      switch details.state {
      case .closed: record.isClosed = true
      case .cancelled, .expired: record.isCancelled = true
      case .open, .inReview, .unknown: break
      }
    }
    if details.state == .closed {
      resolve("refused/process-return/\(details.key.text)", "return \(details.key.text) is closed")
    }
    if case .unknown(let word) = details.state, !has(.swallowsUnknownStatus) {
      raise(
        "return-status/\(details.key.text)",
        order: journal.returns[details.key]?.order,
        owner: .integration,
        "return \(details.key.text) is '\(word)', which nobody expects"
      )
    }
    advance(details.key)
  }

  mutating func concludeReturnFetch(_ response: Response) throws(Unreadable) -> Conclusion {
    guard let returns = configuration?.returns else { return .done }
    take(try returns.details(in: response))
    return .done
  }

  /// Puts a settlement that failed at the returns platform in front of somebody.
  mutating func processingFailed(_ key: ReturnKey, _ reason: String) {
    raise(
      "process/\(key.text)",
      order: journal.returns[key]?.order,
      owner: .customerService,
      "return \(key.text) could not be settled: \(reason)"
    )
  }

  /// Takes over what a 3PL says about a return.
  ///
  /// With `isPush` it says by itself that the return is complete; without, it answers a question.
  mutating func take(_ receipt: ReturnReceipt, isPush: Bool) {
    if receipt.isReturnToSender { openReturnToSender(receipt) }
    let key =
      receipt.isReturnToSender
      ? ReturnKey(text: "RTS-\(receipt.id)")
      : ReturnRecord.key(inWarehouseReference: receipt.reference)
    guard let key, let record = journal.returns[key] else {
      return raise(
        "stray-return/\(receipt.id)",
        order: nil,
        partner: receipt.partner,
        owner: .customerService,
        "\(receipt.partner) has a return '\(receipt.reference)' that nobody announced"
      )
    }
    journal.change(key) { $0.announcement = $0.announcement ?? receipt.id }
    _ = journal.outbox.withdraw(.expectReturn(key))
    guard receipt.isComplete else { return advance(key) }
    if record.receipt != nil {
      if isPush, !has(.refundOnEveryReceipt), !has(.noDuplicateSuppression) {
        note(
          .duplicateSuppressed,
          order: record.order,
          partner: receipt.partner,
          text: "the receipt of return \(key.text) is known"
        )
      }
      if has(.refundOnEveryReceipt), isPush {
        journal.change(key) { $0.refund = nil }
        advance(key)
      }
      return
    }
    journal.change(key) {
      $0.receipt = receipt
      $0.movedAt = now
    }
    noteMissing(in: receipt, key, record.order)
    advance(key)
  }

  private mutating func noteMissing(in receipt: ReturnReceipt, _ key: ReturnKey, _ order: OrderKey)
  {
    let missing = receipt.lines.filter { $0.received < $0.expected }
    guard !missing.isEmpty else { return }
    let text = missing.map { "\($0.expected - $0.received) of \($0.sku)" }
    raise(
      "missing/\(key.text)",
      order: order,
      partner: receipt.partner,
      owner: .customerService,
      "return \(key.text) lacks \(text.joined(separator: ", "))"
    )
  }

  /// Opens a return for a parcel of ours that came back.
  private mutating func openReturnToSender(_ receipt: ReturnReceipt) {
    let key = ReturnKey(text: "RTS-\(receipt.id)")
    guard journal.returns[key] == nil,
      let shipment = receipt.shipment.flatMap({ journal.shipment($0, at: receipt.partner) })
        ?? receipt.tracking.flatMap({ journal.shipment(tracking: $0) })
    else { return }
    open(key, origin: .sender, shipment)
    journal.change(shipment) { $0.status = .returned }
    raise(
      "delivery/\(journal[shipment]?.shipment.tracking ?? "")",
      order: shipment.order,
      owner: .customerService,
      "a parcel of \(shipment.order.reference) came back undelivered"
    )
  }

  /// Opens a refund for a parcel that never arrived anywhere.
  mutating func openLoss(of shipment: ShipmentKey) {
    guard let entry = journal[shipment] else { return }
    let key = ReturnKey(text: "LOST-\(entry.shipment.tracking)")
    guard journal.returns[key] == nil else { return }
    open(key, origin: .lost, shipment)
    advance(key)
  }

  private mutating func open(
    _ key: ReturnKey,
    origin: ReturnRecord.Origin,
    _ shipment: ShipmentKey
  ) {
    guard let record = journal[shipment.order], let entry = journal[shipment] else { return }
    let lines = entry.shipment.lines.compactMap { line -> CanonicalReturn.Line? in
      guard let index = record.line(of: line.sku) else { return nil }
      return CanonicalReturn.Line(
        id: 0,
        storeLine: record.order.lines[index].storeLine,
        sku: line.sku,
        quantity: line.quantity
      )
    }
    var opened = ReturnRecord(
      key: key,
      origin: origin,
      order: shipment.order,
      lines: lines,
      at: now
    )
    opened.shipment = shipment
    journal.open(opened)
  }

  // MARK: Moving on

  /// Asks for everything that is due for a return.
  mutating func advance(_ key: ReturnKey) {
    guard let record = journal.returns[key], let order = journal[record.order] else { return }
    if record.isCancelled, record.receipt == nil { return journal.close(key) }
    let isBilled = order.shipments.allSatisfy { $0.invoice != nil }
    if record.origin != .lost, record.authorisation == nil, isBilled { ask(.authoriseReturn(key)) }
    if record.origin == .customer, record.announcement == nil, record.tracking != nil {
      ask(.expectReturn(key))
    }
    if isRefundDue(record) { ask(.refund(key)) }
    advanceReceipt(record)
    if isCreditDue(record, isBilled: isBilled) { ask(.postCredit(key)) }
    closeIfSettled(record)
  }

  /// Asks for what follows from the goods being back.
  private mutating func advanceReceipt(_ record: ReturnRecord) {
    guard record.receipt != nil else { return }
    let key = record.key
    if record.origin == .customer, !record.isGraded { ask(.gradeReturn(key)) }
    if record.authorisation != nil {
      for part in [1, 2] where record.postedReceipts[part] == nil {
        if receiptLines(record, part: part).contains(where: { $0.quantity > 0 }) {
          ask(.postReceipt(key, part: part))
        }
      }
    }
    let isSettled = record.isExchange ? !has(.refundsExchanges) : record.refund != nil
    let isEmpty = record.lines.allSatisfy { record.received(of: $0.sku) == 0 }
    if record.origin == .customer, record.isGraded, isSettled, !isEmpty, !record.isProcessed,
      !record.isClosed
    {
      ask(.processReturn(key))
    }
  }

  private func isRefundDue(_ record: ReturnRecord) -> Bool {
    guard record.refund == nil, !record.isExchange || has(.refundsExchanges),
      let policy = configuration?.policy
    else { return false }
    let isAtFirstScan = policy.refundMoment == .firstScan && record.isUnderWay
    guard record.origin == .lost || record.receipt != nil || isAtFirstScan else { return false }
    return !refundLines(record).isEmpty
  }

  private func isCreditDue(_ record: ReturnRecord, isBilled: Bool) -> Bool {
    guard record.credit == nil, record.refund != nil, isBilled, !has(.skipsCredit) else {
      return false
    }
    return record.origin == .lost || isReceiptPosted(record)
  }

  private func isReceiptPosted(_ record: ReturnRecord) -> Bool {
    record.receipt != nil
      && [1, 2].allSatisfy { part in
        record.postedReceipts[part] != nil
          || receiptLines(record, part: part).allSatisfy { $0.quantity == 0 }
      }
  }

  private mutating func closeIfSettled(_ record: ReturnRecord) {
    guard let record = journal.returns[record.key] else { return }
    let isPaid = record.isExchange || record.credit != nil
    switch record.origin {
    case .customer:
      guard record.isClosed || record.isProcessed, isPaid, isReceiptPosted(record) else { return }
    case .sender: guard isPaid else { return }
    case .lost: guard isPaid else { return }
    }
    if let shipment = record.shipment, let entry = journal[shipment] {
      let tracking = entry.shipment.tracking
      resolve("delivery/\(tracking)", "what was in \(tracking) is paid back")
      resolve("lost/\(tracking)", "what was in \(tracking) is paid back")
    }
    journal.close(record.key)
    advance(record.order)
  }

  // MARK: 3PL and returns platform

  /// The 3PL and node that goods come back to: those that they left from.
  func warehouse(of record: ReturnRecord) -> (partner: PartnerID, node: String, shipment: Int64)? {
    guard let order = journal[record.order] else { return nil }
    let entry =
      order.shipments.first { entry in
        entry.shipment.lines.contains { line in record.lines.contains { $0.sku == line.sku } }
      } ?? order.shipments.first
    guard let entry, let part = order.parts.first(where: { $0.key == entry.shipment.part }) else {
      return nil
    }
    return (part.partner, part.node, entry.shipment.id)
  }

  func returnRequest(_ errand: Errand, _ key: ReturnKey) -> Request? {
    guard let configuration, let record = journal.returns[key] else { return nil }
    switch (errand.work, errand.step) {
    case (.expectReturn, .act):
      guard let warehouse = warehouse(of: record) else { return nil }
      return configuration.warehouse(errand.partner)?.createReturn(
        record,
        node: warehouse.node,
        shipment: warehouse.shipment
      )
    case (.expectReturn, _):
      return configuration.warehouse(errand.partner)?.findReturns([record.warehouseReference])
    case (.gradeReturn, .act): return configuration.returns?.grade(record, at: now)
    case (.processReturn, .act):
      guard !record.isClosed else { return nil }
      return configuration.returns?.process(key)
    default: return configuration.returns?.readReturn(key)
    }
  }

  mutating func concludeReturn(
    _ errand: Errand,
    _ key: ReturnKey,
    _ response: Response
  ) throws(Unreadable) -> Conclusion {
    guard let configuration else { return .done }
    switch (errand.work, errand.step) {
    case (.expectReturn, .act):
      let id = try configuration.warehouse(errand.partner)?.returnID(in: response)
      journal.change(key) { $0.announcement = id }
    case (.expectReturn, _):
      let found = try configuration.warehouse(errand.partner)?.receipts(in: response) ?? []
      guard let receipt = found.first else { return .absent }
      take(receipt, isPush: false)
    case (.gradeReturn, .act): journal.change(key) { $0.isGraded = true }
    case (.processReturn, .act): journal.change(key) { $0.isProcessed = true }
    case (.processReturn, _):
      let details = try configuration.returns?.details(in: response)
      guard details?.state == .closed else { return .absent }
      journal.change(key) {
        $0.isProcessed = true
        $0.isClosed = true
      }
    default: return .absent  // grading again changes nothing
    }
    return .done
  }
}
