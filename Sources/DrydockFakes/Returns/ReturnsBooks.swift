package import DrydockExchange
package import DrydockKernel

/// What a returns platform keeps: orders that may come back, returns, labels and grades.
///
///     asked ─▶ open ──process──▶ processing ──▶ closed
///       │       │ ▲                  │
///       │       │ └──── failed ──────┘
///       │       ├── cancel ──▶ cancelled        its units may be returned again
///       │       └── no scan in 28 days ──▶ expired
///       └────▶ review ◀── flag                  a person has to look
///
/// Approval is part of asking, unless the settings want a person.
package struct ReturnsBooks: Sendable {
  let masterData: MasterData
  let settings: ReturnsSettings
  /// The orders, as they were told.
  package internal(set) var orders: [Order] = []
  /// The returns, in the order of asking.
  package internal(set) var returns: [Return] = []
  /// How many requests were refused.
  package internal(set) var refusedRequests = 0
  private var indexOfOrder: [Int: Int] = [:]
  private var indexOfKey: [EntityKey: Int] = [:]
  private var indexOfReturn: [Int: Int] = [:]
  var indexOfTracking: [String: Int] = [:]
  var failuresLeft: Int

  /// Creates books without orders.
  package init(masterData: MasterData, settings: ReturnsSettings) {
    self.masterData = masterData
    self.settings = settings
    failuresLeft = settings.processingFailures
  }

  /// Copies an order from the store; a second copy changes nothing.
  package mutating func copy(_ order: WorldEvent.StoreOrder) {
    guard indexOfKey[order.key] == nil else { return }
    indexOfKey[order.key] = orders.count
    indexOfOrder[order.number] = orders.count
    orders.append(Order(copy: order, claimed: order.lines.map { _ in 0 }))
  }

  /// Notes that units of an order were fulfilled.
  package mutating func fulfil(_ key: EntityKey) {
    if let index = indexOfKey[key] { orders[index].isFulfilled = true }
  }

  /// Returns the return with a number.
  package func `return`(_ number: Int) -> Return? {
    indexOfReturn[number].map { returns[$0] }
  }

  /// Returns the position of a return, from 0.
  func index(_ number: Int) throws(ReturnsRefusal) -> Int {
    guard let index = indexOfReturn[number] else { throw .unknownReturn }
    return index
  }

  /// Counts a webhook about a return; returns how many there were before.
  mutating func countWebhook(_ number: Int) -> Int {
    guard let index = indexOfReturn[number] else { return 0 }
    returns[index].webhooks += 1
    return returns[index].webhooks - 1
  }

  mutating func refuseRequest() {
    refusedRequests += 1
  }
}

// MARK: Asking

extension ReturnsBooks {
  /// Makes a return of what a customer wants to send back.
  @discardableResult
  package mutating func request(
    _ asked: StoryCommand.RequestedReturn,
    at now: VirtualInstant
  ) throws(ReturnsRefusal) -> Return {
    guard indexOfReturn[asked.number] == nil,
      (1...ReturnsLimits.returnNumberMax).contains(asked.number)
    else { throw .numberTaken }
    guard let order = indexOfOrder[asked.order] else { throw .unknownOrder }
    guard orders[order].isFulfilled || !settings.requiresFulfilment else { throw .notFulfilled }
    if let sku = asked.exchangeFor, masterData.product(sku: sku) == nil {
      throw .unknownProduct(sku: sku)
    }
    var claimed = orders[order].claimed
    let units = try units(
      of: asked.lines,
      from: order,
      isExchange: asked.exchangeFor != nil,
      claimed: &claimed
    )
    orders[order].claimed = claimed
    let currency = orders[order].copy.currency
    let made = Return(
      number: asked.number,
      label: asked.label,
      order: order,
      reason: asked.reason,
      exchangeSKU: asked.exchangeFor,
      createdAt: now,
      fee: settings.handlingFee.flatMap { $0.currency == currency ? $0 : nil } ?? .zero(currency),
      units: units,
      state: settings.approvesAutomatically ? .open : .review,
      updatedAt: now,
      labelUpdatedAt: now
    )
    indexOfReturn[asked.number] = returns.count
    returns.append(made)
    return made
  }

  private func units(
    of lines: [StoryCommand.Line],
    from order: Int,
    isExchange: Bool,
    claimed: inout [Int]
  ) throws(ReturnsRefusal) -> [Unit] {
    var units: [Unit] = []
    for asked in lines {
      let sold = orders[order].copy.lines
      guard sold.contains(where: { $0.sku == asked.sku }) else {
        throw .unknownProduct(sku: asked.sku)
      }
      guard (1...ReturnsLimits.returnUnitsMax).contains(asked.quantity),
        units.count + asked.quantity <= ReturnsLimits.returnUnitsMax
      else { throw .badQuantity(sku: asked.sku) }
      for _ in 0..<asked.quantity {
        let line = sold.indices.first {
          sold[$0].sku == asked.sku && claimed[$0] < sold[$0].quantity
        }
        guard let line else { throw .badQuantity(sku: asked.sku) }
        let price = sold[line].unitPrice
        // All partners tax a line as a whole, so a unit's share depends on those before it.
        let tax = masterData.tax(onUnits: 1, after: claimed[line], at: price)
        claimed[line] += 1
        units.append(
          Unit(
            ordinal: units.count + 1,
            line: line,
            sku: asked.sku,
            price: price,
            tax: tax,
            refund: isExchange ? .zero(price.currency) : price + tax
          )
        )
      }
    }
    guard !units.isEmpty else { throw .badQuantity(sku: "") }
    return units
  }
}
