import DrydockKernel

/// An order as the integration understands it, whatever store it came from.
struct CanonicalOrder: Hashable, Sendable {
  var key: OrderKey
  /// The store's identifier.
  var storeID: Int64
  /// The name that people see, such as `#1001`.
  var name: String
  var placedAt: VirtualInstant
  var updatedAt: VirtualInstant
  var customer: String
  var address: Address
  var lines: [Line]
  /// The delivery the customer chose: `standard` or `express`.
  var shippingMethod: String
  var shippingPrice: Money
  var tax: Money
  var total: Money
  var tags: [String]
  var cancelledAt: VirtualInstant?
  /// Whether the store counts everything as fulfilled.
  var isFulfilled: Bool
  var fulfilments: [Fulfilment]

  /// One line: so many units of one SKU at one price.
  struct Line: Hashable, Sendable {
    /// The store's identifier of the line.
    var storeLine: Int64
    var sku: String
    var quantity: Int
    /// The price of one unit, without tax.
    var unitPrice: Money
    /// The tax on the whole line.
    var tax: Money
  }

  /// Where an order goes.
  struct Address: Hashable, Sendable {
    var name: String
    var street: String
    var city: String
    var province: String
    var zip: String
    var country: String
  }

  /// What the store knows about a shipment.
  struct Fulfilment: Hashable, Sendable {
    var id: Int64
    var tracking: String
    var isDelivered: Bool
  }

  /// Whether somebody asked for the order to be cancelled.
  var isCancelRequested: Bool { tags.contains("cancel-requested") }
}

/// Units of a SKU.
struct SKUQuantity: Hashable, Sendable {
  var sku: String
  var quantity: Int
}
