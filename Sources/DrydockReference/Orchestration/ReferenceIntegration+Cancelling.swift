import DrydockExchange
import DrydockKernel

/// A wish to cancel: a race with the warehouse, which may be lost.
///
///     requested ─┬▶ nothing released ───────────────▶ granted ─▶ ERP and store told ─▶ done
///                ├▶ released ─▶ 3PL takes it back ──▶ granted
///                └▶ released ─▶ 3PL was faster ─────▶ declined: the order goes on
extension ReferenceIntegration {
  /// Starts to cancel an order that somebody wants cancelled.
  mutating func considerCancellation(_ key: OrderKey) {
    guard let record = journal[key], record.cancellation == .unwanted, !has(.ignoresCancel) else {
      return
    }
    let isCancelled = record.order.cancelledAt != nil
    guard record.order.isCancelRequested || isCancelled else { return }
    guard record.shipments.isEmpty, !record.isClosed else { return decline(key) }
    journal.change(key) { $0.cancellation = .requested }
  }

  /// Whether a part is being taken back, so that the 3PL's cancellation of it is no news.
  func isWithdrawing(_ key: PartKey) -> Bool {
    switch journal[key.order]?.cancellation {
    case .requested, .granted, .done: true
    default: false
    }
  }

  /// Takes back what was released, and tells everybody when nothing is left to ship.
  mutating func advanceCancellation(_ key: OrderKey) {
    guard let record = journal[key] else { return }
    if case .granted = record.cancellation { return completeCancellation(key) }
    guard stopAcceptance(key) else { return }
    for part in record.parts {
      switch part.state {
      case .planned:
        if journal.outbox.withdraw(.releasePart(part.key)) {
          change(part.key) { $0.state = .withdrawn }
        }
      case .released: ask(.withdrawPart(part.key))
      case .withdrawn, .kept, .refused: break
      }
    }
    decideCancellation(key)
  }

  /// Makes sure that the ERP either has the order or never will; returns whether that is known.
  private mutating func stopAcceptance(_ key: OrderKey) -> Bool {
    guard journal[key]?.acceptance == .due else { return true }
    guard journal.outbox.withdraw(.acceptOrder(key)) else { return false }
    journal.change(key) { $0.acceptance = .dropped }
    return true
  }

  private mutating func decideCancellation(_ key: OrderKey) {
    guard let record = journal[key], record.cancellation == .requested else { return }
    let isKept = record.parts.contains { if case .kept = $0.state { true } else { false } }
    let isOpen = record.parts.contains { part in
      switch part.state {
      case .planned, .released: true
      case .withdrawn, .kept, .refused: false
      }
    }
    guard !isOpen else { return }
    if isKept || !record.shipments.isEmpty { return decline(key) }
    journal.change(key) { record in
      record.cancellation = .granted(
        closedInERP: record.erpID == nil,
        cancelledInStore: record.order.cancelledAt != nil
      )
      record.movedAt = now
    }
    completeCancellation(key)
  }

  private mutating func completeCancellation(_ key: OrderKey) {
    guard case .granted(let closedInERP, let cancelledInStore) = journal[key]?.cancellation else {
      return
    }
    if !closedInERP { ask(.closeOrder(key)) }
    if !cancelledInStore { ask(.cancelInStore(key)) }
    guard closedInERP, cancelledInStore else { return }
    journal.change(key) { $0.cancellation = .done }
    for topic in ["refused/erp-order/\(key.reference)", "approval/\(key.reference)"] {
      resolve(topic, "order \(key.reference) is cancelled")
    }
    journal.close(key)
  }

  /// Lets an order go on although somebody wanted it cancelled.
  private mutating func decline(_ key: OrderKey) {
    guard let record = journal[key] else { return }
    journal.change(key) { record in
      record.cancellation = .declined
      record.wantedTags.append("cancel-declined")
    }
    if record.order.cancelledAt != nil || record.parts.contains(where: { $0.state == .withdrawn }) {
      raise(
        "cancel/\(key.reference)",
        order: key,
        owner: .customerService,
        "a part of \(key.reference) was taken back and a part of it ships"
      )
    }
    // Also an order at its end must show that the wish came too late.
    if record.isClosed { ask(.tagOrder(key)) }
  }

  // MARK: At the 3PL

  func withdrawalRequest(_ errand: Errand, _ key: PartKey) -> Request? {
    guard let part = part(key), case .released(let id) = part.state,
      let warehouse = configuration?.warehouse(part.partner)
    else { return nil }
    return errand.step == .act ? warehouse.cancelOrder(id) : warehouse.readOrder(id)
  }

  mutating func concludeWithdrawal(
    _ errand: Errand,
    _ key: PartKey,
    _ response: Response
  ) throws(Unreadable) -> Conclusion {
    guard let warehouse = configuration?.warehouse(errand.partner) else { return .done }
    if errand.step == .look {
      let order = try warehouse.order(in: response)
      guard order.status == .cancelled else {
        take(order, from: errand.partner, isPush: false)
        return .absent
      }
      change(key) { $0.state = .withdrawn }
      return .done
    }
    switch try warehouse.cancellation(in: response) {
    case .success: change(key) { $0.state = .withdrawn }
    case .failure: keep(key)
    case .partial:
      keep(key)
      raise(
        "cancel/\(key.reference)",
        order: key.order,
        partner: errand.partner,
        owner: .customerService,
        "\(errand.partner) took back a part of \(key.reference)"
      )
    }
    return .done
  }

  private mutating func keep(_ key: PartKey) {
    change(key) { part in
      if case .released(let id) = part.state { part.state = .kept(id) }
    }
  }

  mutating func withdrawalRefused(_ key: PartKey) {
    keep(key)
    advance(key.order)
  }

  // MARK: At the ERP and the store

  func cancellationRequest(_ errand: Errand, _ key: OrderKey) -> Request? {
    guard let configuration, let record = journal[key] else { return nil }
    switch (errand.work, errand.step) {
    case (.closeOrder, .act):
      return record.erpID.flatMap { id in
        configuration.erp?.closeOrder(id, lines: record.erpLines, token: token)
      }
    case (.closeOrder, _):
      return configuration.erp?.readOrder(
        record.erpID ?? "eid:\(key.reference)",
        token: token
      )
    case (.cancelInStore, .act): return configuration.store?.cancel(record.order)
    case (.tagOrder, .act):
      let tags = record.order.tags + record.wantedTags.filter { !record.order.tags.contains($0) }
      return configuration.store?.writeTags(tags, of: record.order.storeID)
    default: return configuration.store?.readOrder(record.order.storeID)
    }
  }

  mutating func concludeCancellation(
    _ errand: Errand,
    _ key: OrderKey,
    _ response: Response
  ) throws(Unreadable) -> Conclusion {
    guard let configuration, let store = configuration.store else { return .done }
    switch (errand.work, errand.step) {
    case (.closeOrder, .look):
      guard try configuration.erp?.order(in: response).status == .ended else { return .absent }
      granted(key, closedInERP: true)
    case (.closeOrder, _): granted(key, closedInERP: true)
    case (.cancelInStore, .look):
      guard try store.order(in: response).cancelledAt != nil else { return .absent }
      granted(key, cancelledInStore: true)
    case (.cancelInStore, _): granted(key, cancelledInStore: true)
    case (_, .look):
      let tags = try store.order(in: response).tags
      journal.change(key) { $0.order.tags = tags }
      let isWritten = Set(journal[key]?.wantedTags ?? []).isSubset(of: tags)
      return isWritten ? .done : .absent
    default:
      journal.change(key) { record in
        record.order.tags += record.wantedTags.filter { !record.order.tags.contains($0) }
      }
    }
    return .done
  }

  private mutating func granted(
    _ key: OrderKey,
    closedInERP: Bool = false,
    cancelledInStore: Bool = false
  ) {
    journal.change(key) { record in
      guard case .granted(let erp, let store) = record.cancellation else { return }
      record.cancellation = .granted(
        closedInERP: erp || closedInERP,
        cancelledInStore: store || cancelledInStore
      )
      record.movedAt = now
    }
  }
}
