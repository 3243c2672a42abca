import DrydockExchange
import DrydockKernel

/// Orders: taken in once, handed to the ERP, and moved on as far as they can go.
///
///     due ─▶ posted ─┬▶ accepted ─▶ planned ─▶ released ─▶ shipped ─▶ delivered
///                    ├▶ awaiting approval ─▶ accepted, or held with an exception
///     refused ◀──────┘
extension ReferenceIntegration {
  // MARK: Taking in

  /// Takes an order in, unless it is known.
  mutating func ingest(_ order: CanonicalOrder, isNews: Bool) {
    if journal[order.key] != nil, !has(.noDuplicateSuppression) {
      if isNews {
        note(.duplicateSuppressed, order: order.key, text: "order \(order.name) is known")
      }
      return update(order)
    }
    // An order that ended before we heard of it needs nothing from us.
    guard order.cancelledAt == nil, !order.isFulfilled else { return }
    journal.open(order, at: now)
    advance(order.key)
  }

  /// Takes over what the store changed about an order; an unknown one is asked for.
  mutating func update(_ order: CanonicalOrder) {
    guard let known = journal[order.key] else {
      guard order.cancelledAt == nil, !order.isFulfilled else { return }
      return ask(.fetchOrder(order.storeID))
    }
    if order.updatedAt < known.order.updatedAt, !has(.lastEventWins) {
      return note(
        .staleSuppressed,
        order: order.key,
        text: "order \(order.name) changed at \(known.order.updatedAt), not \(order.updatedAt)"
      )
    }
    journal.change(order.key) { record in
      record.order.updatedAt = order.updatedAt
      record.order.tags = order.tags
      record.order.cancelledAt = order.cancelledAt
      record.order.fulfilments = order.fulfilments
    }
    considerCancellation(order.key)
    advance(order.key)
  }

  /// Takes over an order that was asked for.
  mutating func concludeFetch(_ response: Response) throws(Unreadable) -> Conclusion {
    guard let store = configuration?.store else { return .done }
    let order = try store.order(in: response)
    ingest(order, isNews: false)
    return .done
  }

  // MARK: Moving on

  /// Asks for everything that is due for an order.
  ///
  /// It may be called at any time and any number of times: work is asked for by what it achieves.
  mutating func advance(_ key: OrderKey) {
    guard journal[key]?.isClosed == false else { return }
    switch journal[key]?.cancellation {
    case .requested, .granted: advanceCancellation(key)
    case .unwanted, .declined, .done, nil: break
    }
    // Looked up again: a wish that came too late lets the order go on.
    guard let record = journal[key] else { return }
    switch record.cancellation {
    case .unwanted, .declined: advanceFulfilment(key)
    case .requested, .granted, .done: break
    }
    for position in record.shipments.indices {
      advance(ShipmentKey(order: key, position: position))
    }
    if !Set(record.wantedTags).isSubset(of: record.order.tags) { ask(.tagOrder(key)) }
    closeIfComplete(key)
  }

  private mutating func advanceFulfilment(_ key: OrderKey) {
    guard let record = journal[key] else { return }
    switch record.acceptance {
    case .due:
      ask(.acceptOrder(key))
      if has(.releasesBeforeAcceptance) { release(key) }
    case .posted: ask(.confirmOrder(key))
    case .awaitingApproval: ask(.approveOrder(key))
    case .accepted:
      release(key)
      if has(.invoicesBeforeShipment), record.shipments.isEmpty { ask(.billAhead(key)) }
    case .held, .refused, .dropped: break
    }
  }

  private mutating func closeIfComplete(_ key: OrderKey) {
    guard let record = journal[key] else { return }
    switch record.cancellation {
    case .done: return journal.close(key)
    case .requested, .granted: return
    case .unwanted, .declined: break
    }
    guard !record.parts.isEmpty,
      record.parts.allSatisfy({ $0.state == .withdrawn || record.hasShipped($0) }),
      record.shipments.allSatisfy({ $0.isComplete }), !journal.exceptions.concerns(key)
    else { return }
    journal.close(key)
  }

  // MARK: Acceptance by the ERP

  func acceptanceRequest(_ errand: Errand, _ key: OrderKey) -> Request? {
    guard let erp = configuration?.erp, let record = journal[key] else { return nil }
    switch (errand.work, errand.step) {
    case (.acceptOrder, .act):
      guard record.acceptance == .due else { return nil }
      return erp.upsertOrder(record.order, node: firstNode, token: token)
    case (.acceptOrder, _), (.confirmOrder, _):
      return erp.readOrder(record.erpID ?? "eid:\(key.reference)", token: token)
    case (.approveOrder, .act):
      guard case .awaitingApproval(let id) = record.acceptance else { return nil }
      return erp.approveOrder(id, token: token)
    default: return record.erpID.map { erp.readOrder($0, token: token) }
    }
  }

  private var firstNode: MasterData.Node? {
    guard let configuration, let first = configuration.nodes.first else { return nil }
    return configuration.masterData.node(named: first.node)
  }

  mutating func concludeAcceptance(
    _ errand: Errand,
    _ key: OrderKey,
    _ response: Response
  ) throws(Unreadable) -> Conclusion {
    guard let erp = configuration?.erp else { return .done }
    if errand.step == .act, case .acceptOrder = errand.work {
      let id = try erp.createdID(in: response)
      journal.change(key) { $0.acceptance = .posted(id) }
      return .written
    }
    if errand.step == .act, case .approveOrder = errand.work { return .written }
    let order = try erp.order(in: response)
    if case .approveOrder = errand.work, order.status == .pendingApproval, errand.isUncertain {
      return .absent
    }
    accept(order, for: key)
    return .done
  }

  /// Takes over how an order is at the ERP.
  private mutating func accept(_ order: NetSuiteConnector.Order, for key: OrderKey) {
    journal.change(key) { $0.erpLines = order.lines }
    switch order.status {
    case .pendingApproval:
      switch journal[key]?.acceptance {
      case .awaitingApproval, .held: approvalRefused(key, erpID, "it still waits for approval")
      default: journal.change(key) { $0.acceptance = .awaitingApproval(order.id) }
      }
    case .open:
      journal.change(key) { record in
        if !record.isAccepted { record.acceptedAt = now }
        record.acceptance = .accepted(order.id)
        record.movedAt = now
      }
      resolve("approval/\(key.reference)", "order \(key.reference) is approved")
    case .ended:
      journal.change(key) { $0.acceptance = .accepted(order.id) }
      guard journal[key]?.cancellation == .unwanted else { return }
      journal.change(key) { $0.acceptance = .refused }
      raise(
        "closed/\(key.reference)",
        order: key,
        partner: erpID,
        owner: .customerService,
        "the ERP closed order \(key.reference), and nobody asked for it"
      )
    case .unknown(let word):
      guard !has(.swallowsUnknownStatus) else { return }
      raise(
        "status/\(key.reference)",
        order: key,
        partner: erpID,
        owner: .integration,
        "the ERP says that order \(key.reference) is '\(word)'"
      )
    }
  }

  private var erpID: PartnerID? { configuration?.erp?.access.partner }

  /// Puts an order that the ERP will not have in front of somebody: nothing goes to the 3PL.
  mutating func acceptanceRefused(_ key: OrderKey, _ partner: PartnerID, _ reason: String) {
    let owner = owner(of: reason)
    journal.change(key) { record in
      record.acceptance = .refused
      record.wantedTags.append("exception-\(owner.rawValue)")
    }
    raise(
      "refused/erp-order/\(key.reference)",
      order: key,
      partner: partner,
      owner: owner,
      "the ERP refused order \(key.reference): \(reason)"
    )
    advance(key)
  }

  /// Puts an order that the integration may not approve in front of somebody, and asks again later.
  mutating func approvalRefused(_ key: OrderKey, _ partner: PartnerID?, _ reason: String) {
    journal.change(key) { record in
      if let id = record.erpID { record.acceptance = .held(id) }
    }
    raise(
      "approval/\(key.reference)",
      order: key,
      partner: partner,
      owner: .credit,
      "order \(key.reference) waits for approval: \(reason)"
    )
  }

  /// Returns who can do something about a refusal, by what the ERP complains about.
  private func owner(of reason: String) -> Owner {
    let reason = reason.lowercased()
    let owners: [(words: [String], owner: Owner)] = [
      (["credit"], .credit),
      (["price", "rate", "amount", "tax"], .pricing),
      (["address", "zip", "postal", "country", "state", "city"], .customerService),
      (["item", "sku"], .catalogue),
    ]
    return owners.first { entry in entry.words.contains { reason.contains($0) } }?.owner
      ?? .customerService
  }

  /// Asks again about orders that wait for somebody's approval.
  mutating func askAboutHeldOrders() {
    for key in journal.openOrders {
      if case .held = journal[key]?.acceptance { ask(.confirmOrder(key)) }
    }
  }
}
