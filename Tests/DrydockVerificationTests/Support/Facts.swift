import DrydockExchange
import DrydockKernel

/// Facts in one line, by what people call them; the instant is set when they are told.
extension Fact {
  private init(
    _ kind: FactKind,
    _ partner: PartnerID,
    _ subject: EntityKey,
    order: EntityKey? = nil,
    links: [EntityKey] = [],
    parent: EntityKey? = nil,
    _ lines: [FactLine] = [],
    _ amount: Money? = nil,
    detail: String? = nil
  ) {
    self.init(
      kind,
      by: partner,
      at: .epoch,
      subject: subject,
      order: order,
      links: links,
      parent: parent,
      lines: lines,
      amount: amount,
      detail: detail
    )
  }

  // MARK: Store

  static func placed(
    _ number: String,
    _ lines: [FactLine],
    _ total: Money? = nil,
    for returned: String? = nil
  ) -> Fact {
    Fact(
      .orderPlaced,
      .store,
      EntityKey("store", number),
      order: EntityKey("store", number),
      links: [.reference(number), EntityKey("source", "order \(number)")],
      parent: returned.map { EntityKey("returns", $0) },
      lines,
      total
    )
  }

  static func captured(_ number: String, _ amount: Money, as capture: String? = nil) -> Fact {
    let key = EntityKey("store", number)
    return Fact(
      .paymentCaptured,
      .store,
      EntityKey("store", capture ?? number),
      order: key,
      [],
      amount
    )
  }

  static func cancelled(_ number: String) -> Fact {
    let key = EntityKey("store", number)
    return Fact(.orderCancelled, .store, key, order: key)
  }

  static func told(
    _ notice: String,
    order: String = "1001",
    _ tracking: String,
    _ lines: [FactLine]
  ) -> Fact {
    Fact(
      .shipmentNotified,
      .store,
      EntityKey("store", notice),
      order: EntityKey("store", order),
      links: [.tracking(tracking)],
      lines
    )
  }

  static func refunded(
    _ refund: String,
    order: String = "1001",
    for returned: String? = nil,
    _ lines: [FactLine],
    _ amount: Money?
  ) -> Fact {
    Fact(
      .refundIssued,
      .store,
      EntityKey("store", refund),
      order: EntityKey("store", order),
      parent: returned.map { EntityKey("returns", $0) },
      lines,
      amount
    )
  }

  static func published(_ publication: String, _ lines: [FactLine]) -> Fact {
    Fact(.stockPublished, .store, EntityKey("store", publication), lines)
  }

  // MARK: ERP

  static func accepted(
    _ entry: String,
    _ reference: String?,
    _ lines: [FactLine] = [],
    _ total: Money? = nil
  ) -> Fact {
    let key = EntityKey("erp", entry)
    return Fact(
      .orderAccepted,
      .erp,
      key,
      order: key,
      links: reference.map { [.reference($0)] } ?? [],
      lines,
      total
    )
  }

  static func refusedByERP(_ reference: String) -> Fact {
    Fact(
      .orderRefused,
      .erp,
      EntityKey("erp", "refusal-\(reference)"),
      links: [.reference(reference)],
      detail: "credit"
    )
  }

  static func closedInERP(_ entry: String) -> Fact {
    let key = EntityKey("erp", entry)
    return Fact(.orderCancelled, .erp, key, order: key)
  }

  static func fulfilled(
    _ document: String,
    of entry: String = "so1",
    _ lines: [FactLine]
  ) -> Fact {
    Fact(
      .fulfilmentPosted,
      .erp,
      EntityKey("erp", document),
      order: EntityKey("erp", entry),
      links: [.reference("IF-\(document)")],
      lines
    )
  }

  static func invoiced(
    _ document: String,
    of entry: String = "so1",
    _ lines: [FactLine],
    _ amount: Money? = nil
  ) -> Fact {
    Fact(
      .invoicePosted,
      .erp,
      EntityKey("erp", document),
      order: EntityKey("erp", entry),
      links: [.reference("INV-\(document)")],
      lines,
      amount
    )
  }

  static func authorised(
    _ document: String,
    of entry: String = "so1",
    _ lines: [FactLine]
  ) -> Fact {
    Fact(
      .returnAuthorised,
      .erp,
      EntityKey("erp", document),
      order: EntityKey("erp", entry),
      lines
    )
  }

  static func receipted(
    _ document: String,
    of authorisation: String = "ra1",
    _ lines: [FactLine]
  ) -> Fact {
    Fact(
      .receiptPosted,
      .erp,
      EntityKey("erp", document),
      parent: EntityKey("erp", authorisation),
      lines
    )
  }

  static func credited(
    _ document: String,
    of authorisation: String = "ra1",
    for refund: String? = nil,
    _ amount: Money
  ) -> Fact {
    Fact(
      .creditPosted,
      .erp,
      EntityKey("erp", document),
      links: refund.map { [.reference("CM-\($0)")] } ?? [],
      parent: EntityKey("erp", authorisation),
      [],
      amount
    )
  }

  // MARK: 3PL

  static func released(
    _ release: String,
    _ reference: String,
    _ lines: [FactLine],
    by partner: PartnerID = .threePL
  ) -> Fact {
    let key = EntityKey("3pl", release)
    return Fact(.orderReleased, partner, key, order: key, links: [.reference(reference)], lines)
  }

  static func takenBack(_ release: String, by partner: PartnerID = .threePL) -> Fact {
    let key = EntityKey("3pl", release)
    return Fact(.orderCancelled, partner, key, order: key)
  }

  static func held(_ shipment: String, of release: String = "w1", _ why: String) -> Fact {
    Fact(
      .orderHeld,
      .threePL,
      EntityKey("3pl", shipment),
      order: EntityKey("3pl", release),
      detail: why
    )
  }

  static func reserved(_ shipment: String, of release: String = "w1", _ lines: [FactLine]) -> Fact {
    Fact(
      .stockReserved,
      .threePL,
      EntityKey("3pl", shipment),
      order: EntityKey("3pl", release),
      lines
    )
  }

  static func shipped(
    _ shipment: String,
    of release: String = "w1",
    _ tracking: String,
    _ lines: [FactLine],
    by partner: PartnerID = .threePL
  ) -> Fact {
    Fact(
      .shipmentCreated,
      partner,
      EntityKey("3pl", shipment),
      order: EntityKey("3pl", release),
      links: [.tracking(tracking)],
      lines
    )
  }

  static func adjusted(
    _ adjustment: String,
    _ lines: [FactLine],
    by partner: PartnerID = .threePL
  ) -> Fact {
    let namespace = partner == .erp ? "erp" : "3pl"
    return Fact(.stockAdjusted, partner, EntityKey(namespace, adjustment), lines)
  }

  static func expected(
    _ key: String,
    _ reference: String,
    _ lines: [FactLine]
  ) -> Fact {
    returning(.returnExpected, key, reference, lines)
  }

  static func received(_ key: String, _ reference: String = "RMA-r1-1001") -> Fact {
    returning(.returnReceived, key, reference, [])
  }

  static func graded(
    _ key: String,
    _ reference: String,
    _ lines: [FactLine]
  ) -> Fact {
    returning(.returnGraded, key, reference, lines)
  }

  private static func returning(
    _ kind: FactKind,
    _ key: String,
    _ reference: String,
    _ lines: [FactLine]
  ) -> Fact {
    Fact(kind, .threePL, EntityKey("3pl", key), links: [.reference(reference)], lines)
  }

  // MARK: Carrier and returns

  static func tracked(_ tracker: String, _ tracking: String) -> Fact {
    Fact(
      .shipmentTracked,
      .carrier,
      EntityKey("carrier", tracker),
      order: .tracking(tracking)
    )
  }

  static func scanned(_ tracking: String, _ what: String = "in-transit") -> Fact {
    Fact(
      .shipmentScanned,
      .carrier,
      EntityKey("carrier", "\(tracking)/\(what)"),
      order: .tracking(tracking),
      detail: what
    )
  }

  static func delivered(_ tracking: String) -> Fact {
    Fact(
      .shipmentDelivered,
      .carrier,
      EntityKey("carrier", tracking),
      order: .tracking(tracking)
    )
  }

  static func failed(_ tracking: String, _ how: String) -> Fact {
    Fact(
      .shipmentFailed,
      .carrier,
      EntityKey("carrier", tracking),
      order: .tracking(tracking),
      detail: how
    )
  }

  static func requested(
    _ key: String,
    order: String = "1001",
    _ lines: [FactLine],
    _ amount: Money? = nil,
    as settlement: String = "refund",
    label tracking: String? = nil
  ) -> Fact {
    Fact(
      .returnRequested,
      .returns,
      EntityKey("returns", key),
      order: EntityKey("store", order),
      links: tracking.map { [.tracking($0)] } ?? [],
      lines,
      amount,
      detail: settlement
    )
  }

  static func closed(_ key: String, order: String = "1001") -> Fact {
    Fact(
      .returnClosed,
      .returns,
      EntityKey("returns", key),
      order: EntityKey("store", order)
    )
  }
}

/// Shorter forms, for what most stories do not care about.
extension Fact {
  static func released(
    _ release: String,
    _ lines: [FactLine],
    by partner: PartnerID = .threePL
  ) -> Fact {
    .released(release, "SHOP-1001", lines, by: partner)
  }

  static func expected(_ key: String, _ lines: [FactLine]) -> Fact {
    .expected(key, "RMA-r1-1001", lines)
  }

  static func graded(_ key: String, _ lines: [FactLine]) -> Fact {
    .graded(key, "RMA-r1-1001", lines)
  }

  static func refunded(
    _ refund: String,
    order: String = "1001",
    for returned: String? = nil,
    _ amount: Money?
  ) -> Fact {
    .refunded(refund, order: order, for: returned, [], amount)
  }
}

extension PartnerID {
  static let store = PartnerID("store")
  static let erp = PartnerID("erp")
  static let threePL = PartnerID("3pl")
  static let west = PartnerID("3pl-west")
  static let carrier = PartnerID("carrier")
  static let returns = PartnerID("returns")
}

extension Int {
  /// Units of a SKU: `2.of("SKU-1")`.
  func of(
    _ sku: String = "SKU-1",
    for amount: Money? = nil,
    node: String? = nil,
    _ detail: String? = nil
  ) -> FactLine {
    FactLine(sku: sku, quantity: self, node: node, amount: amount, detail: detail)
  }

  /// Whole dollars.
  var dollars: Money { Money(minorUnits: Int64(self) * 100, currency: .usd) }
  /// Cents of a dollar.
  var cents: Money { Money(minorUnits: Int64(self), currency: .usd) }
}
