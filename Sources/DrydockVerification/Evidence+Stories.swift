import DrydockExchange
import DrydockKernel

extension Evidence {
  /// Returns the sum of the amounts of facts of a kind about an order, in one currency.
  func total(_ kind: FactKind, of order: OrderStory, in currency: CurrencyCode) -> Money {
    facts(kind, of: order).total(in: currency)
  }

  /// Tells whether an order's facts have one of a kind.
  func has(_ kind: FactKind, _ order: OrderStory) -> Bool {
    order.factKinds.contains(kind)
  }

  /// Tells whether the trace has a fact of a kind at all.
  func has(_ kind: FactKind) -> Bool {
    factKinds.contains(kind)
  }

  /// Returns the role of a partner.
  func kind(of partner: PartnerID) -> PartnerKind? {
    partners.first { $0.id == partner }?.kind
  }

  /// Returns the shipments of an order that carry a tracking number.
  func shipments(of order: OrderStory, tracking: EntityKey) -> [ObservedFact] {
    facts(.shipmentCreated, of: order).filter { $0.fact.links.contains(tracking) }
  }

  /// Returns the units of a parcel that was lost or sent back; none for any other failure.
  func unitsThatFailed(_ failure: ObservedFact, of order: OrderStory) -> [FactLine] {
    guard failure.fact.kind == .shipmentFailed,
      failure.fact.detail == "lost" || failure.fact.detail == "returned-to-sender",
      let tracking = failure.fact.tracking
    else { return [] }
    return shipments(of: order, tracking: tracking).flatMap(\.fact.lines)
  }

  /// Tells whether the store's order was cancelled.
  func isCancelled(_ order: OrderStory) -> Bool {
    storeCancellation(of: order) != nil
  }

  /// Returns the cancellation of the whole order: the store's, or any where the trace has no store.
  func storeCancellation(of order: OrderStory) -> ObservedFact? {
    let placed = first(.orderPlaced, of: order)
    return facts(.orderCancelled, of: order).first { cancelled in
      if let placed { return cancelled.fact.subject == placed.fact.subject }
      return kind(of: cancelled.fact.partner) == .store
    }
  }

  // MARK: What the integration says

  /// Whether the integration says what it does inside, so that a missing note means something.
  var hearsIntegration: Bool {
    notes.contains { $0.note.kind != .crashed && $0.note.kind != .restarted }
  }

  /// Tells whether an order waits in an exception queue at the end.
  func hasOpenException(_ order: OrderStory) -> Bool {
    notes(.exceptionQueued, of: order).count > notes(.exceptionResolved, of: order).count
  }

  /// Tells whether somebody was ever asked to look at an order.
  func hasException(_ order: OrderStory) -> Bool {
    order.notes.contains { notes[$0].note.kind == .exceptionQueued }
  }

  // MARK: Unknown outcomes

  /// Tells whether a change may have happened at a partner of a kind that the trace cannot show.
  ///
  /// True when a write about the order ended without a clear answer and the partner's books are not
  /// at hand.
  func mayHaveHappened(at kind: PartnerKind, _ order: OrderStory) -> Bool {
    guard books(of: kind).isEmpty else { return false }
    return order.exchanges.contains { position in
      let exchange = exchanges[position]
      return exchange.isWrite && exchange.exchange.attempt.kind == kind
        && exchange.exchange.outcome == .unknown
    }
  }
}

extension Fact {
  /// The parcel that the fact is about, if it names one.
  var tracking: EntityKey? {
    if subject.namespace == "tracking" { return subject }
    if let order, order.namespace == "tracking" { return order }
    return links.first { $0.namespace == "tracking" }
  }

  /// The foreign order number that an integration gave, if the fact names one.
  var reference: EntityKey? {
    links.first { $0.namespace == "reference" }
      ?? order.flatMap { key in
        key.namespace == "reference" ? key : nil
      }
  }
}

extension Evidence {
  /// Returns the entries of final books of a kind, by the position of the order they are about.
  ///
  /// - Complexity: Linear in the books.
  func bookEntries(of kind: PartnerKind) -> [Int: [BooksSnapshot.OrderEntry]] {
    var entries: [Int: [BooksSnapshot.OrderEntry]] = [:]
    for entry in books(of: kind).flatMap(\.orders) {
      guard let position = entry.keys.lazy.compactMap({ orderPositions[$0] }).first else {
        continue
      }
      entries[position, default: []].append(entry)
    }
    return entries
  }
}
