public import DrydockKernel

/// Products and nodes that all partners know, each under its own identifiers.
///
/// Identifiers follow from the position in the list, so that a scenario names only SKUs and nodes
/// and every run of it has the same ones.
public struct MasterData: Hashable, Sendable {
  /// The products, in the scenario's order.
  public private(set) var products: [Product]
  /// The nodes of all 3PLs, in the scenario's order.
  public private(set) var nodes: [Node]
  /// The currency of prices, payments and invoices.
  public var currency: CurrencyCode
  /// The share of a line's amount that is tax, in 1/10,000: 825 is 8.25 %.
  public var taxBasisPoints: Int
  /// What shipping costs per order.
  public var shippingPrice: Money

  /// Creates master data from products and nodes.
  ///
  /// - Complexity: O(products + nodes).
  public init(
    products: [Product],
    nodes: [Node],
    currency: CurrencyCode = .usd,
    taxBasisPoints: Int = 825,
    shippingPrice: Money? = nil
  ) {
    self.products = products
    self.nodes = nodes
    self.currency = currency
    self.taxBasisPoints = taxBasisPoints
    self.shippingPrice = shippingPrice ?? Money(minorUnits: 595, currency: currency)
    for index in products.indices { self.products[index].number = index + 1 }
    for index in nodes.indices { self.nodes[index].number = index + 1 }
  }

  /// One product.
  public struct Product: Hashable, Sendable {
    /// The stock keeping unit.
    public var sku: String
    /// What people call it.
    public var name: String
    /// The price of one unit, without tax.
    public var price: Money
    /// The position in the list, from 1.
    public internal(set) var number = 0

    /// Creates a product.
    public init(sku: String, name: String, price: Money) {
      self.sku = sku
      self.name = name
      self.price = price
    }

    /// The store's variant identifier.
    public var shopifyVariant: Int64 { 39_072_856 + Int64(number) }
    /// The store's product identifier.
    public var shopifyProduct: Int64 { 632_910_392 + Int64(number) }
    /// The store's inventory item identifier.
    public var shopifyInventoryItem: Int64 { 808_950_810 + Int64(number) }
    /// The ERP's internal item identifier.
    public var netsuiteItem: Int64 { 2_100 + Int64(number) }
    /// The 3PL's inventory identifier.
    public var shipbobInventory: Int64 { 20_104_983 + Int64(number) }
  }

  /// One place that ships.
  public struct Node: Hashable, Sendable {
    /// The node's name, such as `east`.
    public var name: String
    /// The 3PL that runs it.
    public var partner: PartnerID
    /// The position in the list, from 1.
    public internal(set) var number = 0

    /// Creates a node.
    public init(name: String, partner: PartnerID) {
      self.name = name
      self.partner = partner
    }

    /// The ERP's internal location identifier.
    public var netsuiteLocation: Int64 { Int64(number) + 5 }
    /// The 3PL's fulfilment centre identifier.
    public var shipbobCenter: Int64 { Int64(number) + 210 }
  }

  /// The store's one location, which shows the stock of all nodes together.
  public var shopifyLocation: Int64 { 655_441_491 }

  /// The names of products and nodes by their identifiers on the platforms.
  public var names: [EntityKey: String] {
    var names: [EntityKey: String] = [:]
    for product in products {
      names[EntityKey("shopify.variant", product.shopifyVariant)] = product.sku
      names[EntityKey("shopify.inventory-item", product.shopifyInventoryItem)] = product.sku
      names[EntityKey("netsuite.item", product.netsuiteItem)] = product.sku
      names[EntityKey("shipbob.inventory", product.shipbobInventory)] = product.sku
    }
    for node in nodes {
      names[EntityKey("netsuite.location", node.netsuiteLocation)] = node.name
      names[EntityKey("shipbob.center", node.shipbobCenter)] = node.name
    }
    names[EntityKey("shopify.location", shopifyLocation)] = "all"
    return names
  }

  /// Returns the product of a SKU.
  public func product(sku: String) -> Product? {
    products.first { $0.sku == sku }
  }

  /// Returns the product that satisfies a condition on one of its identifiers.
  public func product<Identifier: Equatable>(
    _ identifier: KeyPath<Product, Identifier>,
    is value: Identifier
  ) -> Product? {
    products.first { $0[keyPath: identifier] == value }
  }

  /// Returns the node of a name.
  public func node(named name: String) -> Node? {
    nodes.first { $0.name == name }
  }

  /// Returns the tax on an amount, rounded half to even on minor units.
  public func tax(on amount: Money) -> Money {
    let product = amount.minorUnits * Int64(taxBasisPoints)
    let (quotient, remainder) = product.quotientAndRemainder(dividingBy: 10_000)
    let twice = abs(remainder) * 2
    let awayFromZero = twice > 10_000 || (twice == 10_000 && quotient % 2 != 0)
    let rounded = awayFromZero ? quotient + (product < 0 ? -1 : 1) : quotient
    return Money(minorUnits: rounded, currency: amount.currency)
  }

  /// Returns the tax of `count` units behind the first `already`.
  ///
  /// All partners tax a line as a whole, and its parts add up to it: a part's share is the
  /// difference of two roundings.
  public func tax(onUnits count: Int, after already: Int, at price: Money) -> Money {
    tax(on: price * (already + count)) - tax(on: price * already)
  }
}
