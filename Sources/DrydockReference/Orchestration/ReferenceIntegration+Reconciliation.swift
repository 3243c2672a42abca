import DrydockExchange
import DrydockKernel

/// Once a day: what do the partners know that we missed, and what did we give up?
extension ReferenceIntegration {
  /// Begins to compare our records with the partners' books.
  mutating func reconcile() {
    guard let configuration else { return }
    wake(Self.reconcileTimer, after: configuration.policy.reconcileEvery, background: true)
    guard !has(.noReconciliation) else { return }
    memory.reconciliation = Memory.Reconciliation(startedAt: now)
    note(.reconciled, text: "the partners' books are compared with ours")
    replayDeadLetters()
    noteStalledOrders()
    ask(.listStoreOrders(page: 0))
    ask(.listReturns)
    for warehouse in configuration.warehouses {
      let partner = warehouse.access.partner
      let count = openReferences(at: partner).count
      for page in 0..<pages(count) { ask(.listWarehouseOrders(partner, page: page)) }
      for page in 0..<pages(openReceipts(at: partner).count) {
        ask(.listReceipts(partner, page: page))
      }
      ask(.readStock(partner, page: 0), after: Self.settling)
    }
    for key in openParcels { ask(.readParcel(key)) }
    ask(.readERPStock, after: Self.settling + .seconds(60))
  }

  /// How long what reconciliation found is given to settle before stock is compared.
  private static let settling: Duration = .seconds(600)

  private func pages(_ count: Int) -> Int {
    min(Limits.pages, (count + Limits.referencesPerQuestion - 1) / Limits.referencesPerQuestion)
  }

  // MARK: What is open

  /// The references of parts that a 3PL has and has not shipped in full.
  private func openReferences(at partner: PartnerID) -> [String] {
    journal.openOrders.flatMap { key -> [String] in
      guard let record = journal[key] else { return [] }
      return record.parts.filter { part in
        part.partner == partner && part.warehouseID != nil && !record.hasShipped(part)
      }.map(\.key.reference)
    }
  }

  /// The references of returns that a 3PL expects.
  private func openReceipts(at partner: PartnerID) -> [String] {
    journal.openReturns.compactMap { key in
      guard let record = journal.returns[key], record.announcement != nil, record.receipt == nil,
        warehouse(of: record)?.partner == partner
      else { return nil }
      return record.warehouseReference
    }
  }

  /// Parcels that have not reached their end.
  private var openParcels: [ShipmentKey] {
    journal.openOrders.flatMap { key in
      (journal[key]?.shipments ?? []).enumerated().compactMap { position, entry in
        entry.status.isEnd || entry.tracker == nil
          ? nil : ShipmentKey(order: key, position: position)
      }
    }
  }

  // MARK: Questions and answers

  func reconciliationRequest(_ work: Work) -> Request? {
    guard let configuration else { return nil }
    let since = (journal.reconciledUntil ?? now) - .seconds(3600)
    switch work {
    case .listStoreOrders(let page):
      let cursor = memory.reconciliation.cursors[page]
      guard page == 0 || cursor != nil else { return nil }
      return configuration.store?.listOrders(changedSince: since, page: cursor)
    case .listWarehouseOrders(let partner, let page):
      let references = openReferences(at: partner)
        .dropFirst(page * Limits.referencesPerQuestion).prefix(Limits.referencesPerQuestion)
      guard !references.isEmpty else { return nil }
      return configuration.warehouse(partner)?.findOrders(Array(references))
    case .listReceipts(let partner, let page):
      let references = openReceipts(at: partner)
        .dropFirst(page * Limits.referencesPerQuestion).prefix(Limits.referencesPerQuestion)
      guard !references.isEmpty else { return nil }
      return configuration.warehouse(partner)?.findReturns(Array(references))
    default: return configuration.returns?.listReturns(from: since, to: now)
    }
  }

  mutating func concludeReconciliation(
    _ work: Work,
    _ response: Response
  ) throws(Unreadable) -> Conclusion {
    guard let configuration else { return .done }
    switch work {
    case .listStoreOrders(let page):
      guard let store = configuration.store else { return .done }
      for order in try store.orders(in: response) { compare(order) }
      if let next = store.nextPage(in: response), page < Limits.pages {
        memory.reconciliation.cursors[page + 1] = next
        ask(.listStoreOrders(page: page + 1))
      } else {
        journal.reconciledUntil = memory.reconciliation.startedAt ?? journal.reconciledUntil
      }
    case .listWarehouseOrders(let partner, _):
      let orders = try configuration.warehouse(partner)?.orders(in: response) ?? []
      for order in orders { compare(order, partner) }
    case .listReceipts(let partner, _):
      let receipts = try configuration.warehouse(partner)?.receipts(in: response) ?? []
      for receipt in receipts where receipt.isComplete {
        note(
          .reconciled,
          partner: partner,
          text: "the receipt of \(receipt.reference) was missed"
        )
        take(receipt, isPush: false)
      }
    default:
      for key in try configuration.returns?.keys(in: response) ?? [] {
        guard journal.returns[key]?.isClosed != true else { continue }
        ask(.fetchReturn(key))
      }
    }
    return .done
  }

  private mutating func compare(_ order: CanonicalOrder) {
    guard journal[order.key] == nil else { return update(order) }
    guard order.cancelledAt == nil, !order.isFulfilled else { return }
    ingest(order, isNews: false)
    note(.reconciled, order: order.key, text: "the store's order \(order.name) was missed")
  }

  private mutating func compare(_ order: WarehouseOrder, _ partner: PartnerID) {
    let missed = order.shipped.filter { journal.shipment($0.id, at: partner) == nil }
    take(order, from: partner, isPush: false)
    for shipment in missed {
      note(
        .reconciled,
        order: shipment.part.order,
        partner: partner,
        text: "shipment \(shipment.id) of \(order.reference) was missed"
      )
    }
  }

  // MARK: What was given up

  /// How often one dead letter is replayed before it is left to people.
  private static let replaysMax = 3

  /// Keeps work that was refused to be tried once more when people had time to act.
  mutating func keepForReplay(_ errand: Errand, _ reason: String) {
    journal.bury(
      DeadLetter(
        work: errand.work,
        partner: errand.partner,
        order: errand.order,
        reason: reason,
        isUncertain: false,
        replays: 0
      )
    )
  }

  private mutating func replayDeadLetters() {
    for letter in journal.deadLetters where letter.replays < Self.replaysMax {
      journal.replayed(letter.work)
      note(
        .replayed,
        order: letter.order,
        partner: letter.partner,
        text: "'\(letter.work.name)' is tried again: \(letter.reason)"
      )
      ask(letter.work, looksFirst: letter.isUncertain)
    }
  }

  /// After this time without any news an order is put in front of somebody.
  private static let stallsAfter: Duration = .seconds(7 * 86_400)

  private mutating func noteStalledOrders() {
    for key in journal.openOrders {
      guard let record = journal[key], now - record.movedAt > Self.stallsAfter,
        !journal.exceptions.concerns(key)
      else { continue }
      raise(
        "stalled/\(key.reference)",
        order: key,
        owner: .fulfilment,
        "nothing has happened to \(key.reference) since \(record.movedAt)"
      )
    }
  }
}
