import DrydockExchange
import DrydockKernel

/// Stock: read from the 3PLs, published to the store, compared with the ERP.
///
///     sellable = fulfillable at all nodes − safety stock − promised to orders no 3PL knows of yet
extension ReferenceIntegration {
  /// Begins to publish stock, and asks again about orders that somebody must approve.
  mutating func publishStock() {
    guard let configuration else { return }
    wake(Self.publishTimer, after: configuration.policy.publishEvery, background: true)
    askAboutHeldOrders()
    memory.isPublishing = true
    for warehouse in configuration.warehouses {
      ask(.readStock(warehouse.access.partner, page: 0))
    }
  }

  /// Whether nobody waits for the stock that would be read.
  func isIdleRead(_ work: Work) -> Bool {
    if case .readStock = work { memory.waitingForStock.isEmpty } else { false }
  }

  func stockRequest(_ work: Work, _ step: Errand.Step) -> Request? {
    guard let configuration else { return nil }
    switch work {
    case .readStock(let partner, let page):
      let cursor = page == 0 ? nil : memory.stockPages[partner]?.next
      guard page == 0 || cursor != nil else { return nil }
      return configuration.warehouse(partner)?.listStock(cursor: cursor)
    case .readStoreStock(let page): return configuration.store?.listStock(page: page)
    case .publishStock(let sku):
      guard let product = configuration.masterData.product(sku: sku),
        let units = sellable(sku)
      else { return nil }
      return configuration.store?.setStock(units, of: product)
    case .adjustERPStock:
      guard step == .act else { return configuration.erp?.queryStock(token: token) }
      let differences = memory.reconciliation.differences
      guard !differences.isEmpty else { return nil }
      return configuration.erp?.adjustStock(
        differences,
        on: now,
        key: adjustmentKey,
        token: token
      )
    default: return configuration.erp?.queryStock(token: token)
    }
  }

  mutating func concludeStock(
    _ work: Work,
    _ step: Errand.Step,
    _ response: Response
  ) throws(Unreadable) -> Conclusion {
    guard let configuration else { return .done }
    switch work {
    case .readStock(let partner, let page):
      guard let warehouse = configuration.warehouse(partner) else { return .done }
      try read(response, from: warehouse, page: page)
    case .readStoreStock(let page):
      guard let store = configuration.store else { return .done }
      let levels = try store.stock(in: response)
      if page == 0 { memory.storeStock = [:] }
      for level in levels { memory.storeStock[level.sku] = level.quantity }
      if !isLastStorePage(page) { ask(.readStoreStock(page: page + 1)) }
    case .publishStock(let sku): memory.storeStock[sku] = sellable(sku)
    case .adjustERPStock where step == .act:
      note(.reconciled, text: "the ERP's stock was corrected by \(adjustmentKey)")
      memory.reconciliation.differences = []
    case .adjustERPStock:
      guard let erp = configuration.erp else { return .done }
      memory.reconciliation.differences = differences(
        from: try erp.stock(in: response),
        isWhole: erp.isWhole(response)
      )
      return memory.reconciliation.differences.isEmpty ? .done : .absent
    default:
      guard let erp = configuration.erp else { return .done }
      memory.reconciliation.differences = differences(
        from: try erp.stock(in: response),
        isWhole: erp.isWhole(response)
      )
      if !memory.reconciliation.differences.isEmpty { ask(.adjustERPStock) }
    }
    return .done
  }

  /// Takes a page of a 3PL's stock over; the reading counts when its last page came.
  private mutating func read(
    _ response: Response,
    from warehouse: ShipBobConnector,
    page: Int
  ) throws(Unreadable) {
    let partner = warehouse.access.partner
    let levels = try warehouse.stock(in: response)
    var pages = memory.stockPages[partner] ?? Memory.StockPages(at: now)
    if page == 0 { pages = Memory.StockPages(at: now) }
    pages.levels += levels
    if page + 1 < Limits.pages, let next = warehouse.nextStock(in: response) {
      pages.next = next
      memory.stockPages[partner] = pages
      ask(.readStock(partner, page: page + 1))
    } else {
      memory.stockPages[partner] = nil
      memory.stock[partner] = StockReading(at: pages.at, levels: pages.levels)
    }
  }

  /// Whether no products are left behind a page of the store's stock.
  func isLastStorePage(_ page: Int) -> Bool {
    let count = configuration?.masterData.products.count ?? 0
    return (page + 1) * ShopifyConnector.itemsPerQuestion >= count
  }

  /// Goes on with what waited for stock to be read.
  mutating func stockWasRead() {
    for key in memory.waitingForStock.sorted() { advance(key) }
    guard let configuration, memory.isPublishing,
      configuration.warehouses.allSatisfy({ isRecent($0.access.partner) })
    else { return }
    memory.isPublishing = false
    ask(.readStoreStock(page: 0))
  }

  private func isRecent(_ partner: PartnerID) -> Bool {
    memory.stock[partner].map { now - $0.at <= .seconds(300) } ?? false
  }

  /// Publishes the stock of every product that the store shows otherwise.
  mutating func publishDifferences() {
    for product in configuration?.masterData.products ?? [] {
      guard let units = sellable(product.sku), units != memory.storeStock[product.sku] else {
        continue
      }
      ask(.publishStock(product.sku))
    }
  }

  /// Units of a SKU that may be sold; nothing while a 3PL was not asked lately.
  func sellable(_ sku: String) -> Int? {
    guard let configuration else { return nil }
    var units = 0
    var oldest = now
    for warehouse in configuration.warehouses {
      let partner = warehouse.access.partner
      guard isRecent(partner), let reading = memory.stock[partner] else { return nil }
      oldest = min(oldest, reading.at)
      for level in reading.levels where level.sku == sku {
        units += has(.publishesPhysicalStock) ? level.onHand : level.fulfillable
      }
    }
    guard !has(.publishesPhysicalStock) else { return units }
    if !has(.ignoresSafetyStock) { units -= configuration.policy.safetyStock }
    for key in journal.openOrders {
      units -= journal[key]?.unreleasedUnits(of: sku, since: oldest - Self.stockLag) ?? 0
    }
    return max(0, units)
  }

  // MARK: The ERP's stock

  private var adjustmentKey: String {
    "ADJ-\((memory.reconciliation.startedAt ?? now).description(.date))"
  }

  /// Compares the ERP's stock with the 3PLs', leaving out what is on its way into the books.
  ///
  /// What an answer that breaks off does not say is left alone: no row is no zero there.
  private func differences(
    from levels: [StockLevel],
    isWhole: Bool
  ) -> [NetSuiteConnector.StockDifference] {
    guard let configuration else { return [] }
    let busy = busySKUs
    var differences: [NetSuiteConnector.StockDifference] = []
    for warehouse in configuration.warehouses {
      guard isRecent(warehouse.access.partner),
        let reading = memory.stock[warehouse.access.partner]
      else { continue }
      for level in reading.levels where !busy.contains(level.sku) {
        let row = levels.first { $0.sku == level.sku && $0.node == level.node }
        guard let known = row?.onHand ?? (isWhole ? 0 : nil), level.onHand != known,
          let product = configuration.masterData.product(sku: level.sku),
          let node = configuration.masterData.node(named: level.node)
        else { continue }
        differences.append(
          NetSuiteConnector.StockDifference(
            product: product,
            node: node,
            units: level.onHand - known
          )
        )
      }
    }
    return differences
  }

  /// SKUs that move at this moment: a difference in them may only be a matter of minutes.
  private var busySKUs: Set<String> {
    var busy: Set<String> = []
    for key in journal.openOrders {
      guard let record = journal[key] else { continue }
      let isMoving =
        record.parts.contains { $0.warehouseID != nil && !record.hasShipped($0) }
        || record.shipments.contains { entry in
          entry.fulfilment == nil || now - entry.shipment.shippedAt < .seconds(86_400)
        }
      if isMoving { busy.formUnion(record.order.lines.map(\.sku)) }
    }
    for key in journal.openReturns {
      guard let record = journal.returns[key], record.receipt != nil else { continue }
      if record.origin == .sender || record.postedReceipts.isEmpty {
        busy.formUnion(record.lines.map(\.sku))
      }
    }
    return busy
  }
}
