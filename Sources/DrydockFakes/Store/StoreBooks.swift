package import DrydockExchange
package import DrydockKernel

/// What a store keeps: catalogue, orders with their payments, and what is available to sell.
///
///     placed ──▶ partly fulfilled ──▶ fulfilled, archived
///       │
///       └──▶ cancelled              only while nothing is fulfilled
///
/// Refunds are possible in every state, up to what was paid. All stock is at one location.
package struct StoreBooks: Sendable {
  /// Products, prices and tax.
  package let masterData: MasterData
  /// Whether an order is archived when all of it is fulfilled.
  package let archivesFulfilled: Bool
  /// The orders, in the order of placing.
  package internal(set) var orders: [Order] = []
  /// The stock of each product, in the catalogue's order.
  package internal(set) var levels: [StockLevel]
  /// How many checkouts were refused.
  package internal(set) var refusedCheckouts = 0
  var indexOfNumber: [Int: Int] = [:]
  var customers: [String: Int] = [:]
  private var stockWebhooks = 0
  private let productOfSKU: [String: Int]

  /// Creates books without orders.
  package init(masterData: MasterData, settings: StoreSettings, at start: VirtualInstant) {
    self.masterData = masterData
    archivesFulfilled = settings.archivesFulfilled
    var products: [String: Int] = [:]
    for (index, product) in masterData.products.enumerated() where products[product.sku] == nil {
      products[product.sku] = index
    }
    productOfSKU = products
    levels = masterData.products.map { _ in
      StockLevel(available: settings.stockOtherwise, updatedAt: start)
    }
    for level in settings.stock {
      if let product = products[level.sku] { levels[product].available = level.available }
    }
  }

  /// The stock of one product.
  package struct StockLevel: Hashable, Sendable {
    /// Units that the store offers; below zero after selling more than there were.
    package internal(set) var available: Int
    /// Units sold that did not ship.
    package internal(set) var committed = 0
    package internal(set) var updatedAt: VirtualInstant
  }

  /// The currency of all amounts.
  package var currency: CurrencyCode { masterData.currency }

  /// Returns the order with a number.
  package func order(_ number: Int) -> Order? {
    indexOfNumber[number].map { orders[$0] }
  }

  /// Returns the position of a SKU in the catalogue, from 0.
  package func product(sku: String) -> Int? {
    productOfSKU[sku]
  }

  /// Sets the instant at which the starting stock was counted.
  mutating func start(at now: VirtualInstant) {
    for product in levels.indices { levels[product].updatedAt = now }
  }

  /// Counts a checkout that was refused.
  mutating func refuseCheckout() {
    refusedCheckouts += 1
  }

  /// Counts a webhook about an order; returns how many there were before.
  mutating func countWebhook(_ number: Int) -> Int {
    guard let index = indexOfNumber[number] else { return 0 }
    orders[index].webhooks += 1
    return orders[index].webhooks - 1
  }

  /// Counts a webhook about stock; returns how many there were before.
  mutating func countStockWebhook() -> Int {
    stockWebhooks += 1
    return stockWebhooks - 1
  }

  /// Returns the position of an order, from 0.
  func index(_ number: Int) throws(StoreRefusal) -> Int {
    guard let index = indexOfNumber[number] else { throw .unknownOrder }
    return index
  }
}

// MARK: Stock

extension StoreBooks {
  /// Sets what is offered of the product at a position in the catalogue, whatever it was.
  package mutating func setAvailable(
    _ available: Int,
    of product: Int,
    at now: VirtualInstant
  ) throws(StoreRefusal) {
    guard levels.indices.contains(product) else { throw .unknownStock }
    levels[product].available = available
    levels[product].updatedAt = now
  }

  mutating func move(_ units: Int, of product: Int, committed: Int, at now: VirtualInstant) {
    levels[product].available += units
    levels[product].committed += committed
    if units != 0 { levels[product].updatedAt = now }
  }
}
