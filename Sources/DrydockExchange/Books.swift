public import DrydockKernel

/// What one partner's books say at an instant, in neutral words.
///
/// Agreement rules compare these between partners when a run has become quiet.
public struct BooksSnapshot: Hashable, Sendable {
  /// Whose books.
  public var partner: PartnerID
  /// The partner's role.
  public var kind: PartnerKind
  /// The orders it knows, by its own order of creation.
  public var orders: [OrderEntry]
  /// The stock it keeps or shows, sorted by SKU and node.
  public var stock: [StockEntry]
  /// The returns it knows.
  public var returns: [ReturnEntry]
  /// The parcels it carries or sent.
  public var parcels: [ParcelEntry]

  /// Creates a snapshot.
  public init(
    partner: PartnerID,
    kind: PartnerKind,
    orders: [OrderEntry] = [],
    stock: [StockEntry] = [],
    returns: [ReturnEntry] = [],
    parcels: [ParcelEntry] = []
  ) {
    self.partner = partner
    self.kind = kind
    self.orders = orders
    self.stock = stock
    self.returns = returns
    self.parcels = parcels
  }

  /// An order as one partner sees it.
  public struct OrderEntry: Hashable, Sendable {
    /// The partner's key of it, and the keys that join it to others.
    public var keys: [EntityKey]
    /// A neutral word: `open`, `held`, `released`, `shipped`, `delivered`, `cancelled`, `closed`.
    public var status: String
    /// Units per SKU, in line order.
    public var lines: [LineEntry]
    /// What the customer owes or owed.
    public var total: Money?
    /// Money in: captured at a store, invoiced at an ERP.
    public var charged: Money?
    /// Money back: refunded at a store, credited at an ERP.
    public var returned: Money?

    /// Creates an entry.
    public init(
      keys: [EntityKey],
      status: String,
      lines: [LineEntry] = [],
      total: Money? = nil,
      charged: Money? = nil,
      returned: Money? = nil
    ) {
      self.keys = keys
      self.status = status
      self.lines = lines
      self.total = total
      self.charged = charged
      self.returned = returned
    }
  }

  /// A line of an order as one partner sees it.
  public struct LineEntry: Hashable, Sendable {
    /// The stock keeping unit.
    public var sku: String
    /// Units ordered.
    public var ordered: Int
    /// Units shipped.
    public var shipped: Int
    /// Units cancelled.
    public var cancelled: Int
    /// Units that came back.
    public var returned: Int

    /// Creates an entry.
    public init(sku: String, ordered: Int, shipped: Int = 0, cancelled: Int = 0, returned: Int = 0)
    {
      self.sku = sku
      self.ordered = ordered
      self.shipped = shipped
      self.cancelled = cancelled
      self.returned = returned
    }
  }

  /// Stock of one SKU at one node.
  ///
  ///     on hand = sellable + committed + held
  public struct StockEntry: Hashable, Sendable {
    /// The stock keeping unit.
    public var sku: String
    /// The node; a store that shows one number for all has `all`.
    public var node: String
    /// Units that are there.
    public var onHand: Int
    /// Units promised to orders.
    public var committed: Int
    /// Units in quality hold.
    public var held: Int
    /// Units shown as available to sell.
    public var available: Int

    /// Creates an entry.
    public init(
      sku: String,
      node: String,
      onHand: Int,
      committed: Int = 0,
      held: Int = 0,
      available: Int
    ) {
      self.sku = sku
      self.node = node
      self.onHand = onHand
      self.committed = committed
      self.held = held
      self.available = available
    }
  }

  /// A return as one partner sees it.
  public struct ReturnEntry: Hashable, Sendable {
    /// The partner's key of it, and the keys that join it to others.
    public var keys: [EntityKey]
    /// A neutral word: `open`, `received`, `graded`, `closed`, `cancelled`, `expired`.
    public var status: String
    /// Units per SKU.
    public var lines: [LineEntry]

    /// Creates an entry.
    public init(keys: [EntityKey], status: String, lines: [LineEntry] = []) {
      self.keys = keys
      self.status = status
      self.lines = lines
    }
  }

  /// A parcel as one partner sees it.
  public struct ParcelEntry: Hashable, Sendable {
    /// The tracking number and what joins it.
    public var keys: [EntityKey]
    /// A neutral word: `pre-transit`, `in-transit`, `delivered`, `failed`, `returned`, `lost`.
    public var status: String

    /// Creates an entry.
    public init(keys: [EntityKey], status: String) {
      self.keys = keys
      self.status = status
    }
  }
}
