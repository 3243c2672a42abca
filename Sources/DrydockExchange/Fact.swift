public import DrydockKernel

/// What happened to an order, in the neutral words that all partners share.
public enum FactKind: String, CaseIterable, Hashable, Sendable {
  case orderPlaced = "order.placed"
  case orderAccepted = "order.accepted"
  case orderRefused = "order.refused"
  case orderHeld = "order.held"
  case orderReleased = "order.released"
  case orderCancelled = "order.cancelled"
  case paymentCaptured = "payment.captured"
  case stockReserved = "stock.reserved"
  case stockAdjusted = "stock.adjusted"
  case stockPublished = "stock.published"
  case linePicked = "line.picked"
  case shipmentCreated = "shipment.created"
  case shipmentTracked = "shipment.tracked"
  case shipmentScanned = "shipment.scanned"
  case shipmentDelivered = "shipment.delivered"
  case shipmentFailed = "shipment.failed"
  case shipmentNotified = "shipment.notified"
  case fulfilmentPosted = "fulfilment.posted"
  case invoicePosted = "invoice.posted"
  case returnRequested = "return.requested"
  case returnAuthorised = "return.authorised"
  case returnExpected = "return.expected"
  case returnReceived = "return.received"
  case returnGraded = "return.graded"
  case returnClosed = "return.closed"
  case receiptPosted = "receipt.posted"
  case refundIssued = "refund.issued"
  case creditPosted = "credit.posted"
}

/// One line of a fact: how many of what, where, for how much.
public struct FactLine: Hashable, Sendable {
  /// The stock keeping unit.
  public var sku: String
  /// How many units; negative for a reduction of stock.
  public var quantity: Int
  /// The node, where the partner says it.
  public var node: String?
  /// The amount of the line, where the partner says it.
  public var amount: Money?
  /// A neutral word about the line: `restock`, `scrap`, `missing`.
  public var detail: String?

  /// Creates a line.
  public init(
    sku: String,
    quantity: Int,
    node: String? = nil,
    amount: Money? = nil,
    detail: String? = nil
  ) {
    self.sku = sku
    self.quantity = quantity
    self.node = node
    self.amount = amount
    self.detail = detail
  }
}

/// Something that happened to an order, stated by a partner's books or by a payload.
///
/// The same fact may be stated many times: by the books when it happens, by a webhook, by its
/// duplicate and by a poll. `kind` and `subject` are its identity, so all of these are one fact;
/// two facts of one kind about one order with different subjects happened twice.
public struct Fact: Hashable, Sendable {
  /// What happened.
  public var kind: FactKind
  /// Whose books it is in.
  public var partner: PartnerID
  /// When it happened, as the partner says.
  public var at: VirtualInstant
  /// What came into being or changed, such as `shipbob.shipment:88`; with `kind`, the identity.
  public var subject: EntityKey
  /// A key by which the partner knows the order; nothing for facts about stock alone.
  public var order: EntityKey?
  /// Further keys that name the same order, which join it to other partners' facts.
  public var links: [EntityKey]
  /// What it belongs to, such as the return a refund is for.
  public var parent: EntityKey?
  /// The lines, in the partner's order.
  public var lines: [FactLine]
  /// The money moved or owed.
  public var amount: Money?
  /// A neutral word that refines the kind: `lost`, `returned-to-sender`, `out-for-delivery`.
  public var detail: String?

  /// Creates a fact.
  public init(
    _ kind: FactKind,
    by partner: PartnerID,
    at: VirtualInstant,
    subject: EntityKey,
    order: EntityKey? = nil,
    links: [EntityKey] = [],
    parent: EntityKey? = nil,
    lines: [FactLine] = [],
    amount: Money? = nil,
    detail: String? = nil
  ) {
    self.kind = kind
    self.partner = partner
    self.at = at
    self.subject = subject
    self.order = order
    self.links = links
    self.parent = parent
    self.lines = lines
    self.amount = amount
    self.detail = detail
  }

  /// What makes two statements the same fact.
  public struct Identity: Hashable, Sendable {
    /// What happened.
    public var kind: FactKind
    /// To what.
    public var subject: EntityKey

    /// Leaves the kind out: few facts are about one subject.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(subject)
    }
  }

  /// The identity of this fact.
  public var identity: Identity { Identity(kind: kind, subject: subject) }
}
