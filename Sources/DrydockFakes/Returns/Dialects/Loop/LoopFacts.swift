import DrydockExchange
import DrydockKernel

/// The facts that a returns platform's books state, under Loop's keys.
struct LoopFacts {
  let partner: PartnerID

  /// A customer asked to send goods back.
  func requested(_ made: ReturnsBooks.Return, _ order: WorldEvent.StoreOrder) -> Fact {
    fact(.returnRequested, made, order, at: made.createdAt)
  }

  /// A return was settled, or closed without.
  func closed(
    _ made: ReturnsBooks.Return,
    _ order: WorldEvent.StoreOrder,
    at now: VirtualInstant
  ) -> Fact {
    fact(.returnClosed, made, order, at: now)
  }

  private func fact(
    _ kind: FactKind,
    _ made: ReturnsBooks.Return,
    _ order: WorldEvent.StoreOrder,
    at now: VirtualInstant
  ) -> Fact {
    Fact(
      kind,
      by: partner,
      at: now,
      subject: LoopIdentifier.key(made.number),
      order: order.key,
      links: [
        .reference(String(order.number)), EntityKey("shopify.order-name", "#\(order.number)"),
      ] + (made.tracking.map { [.tracking($0)] } ?? []),
      lines: made.units.map { FactLine(sku: $0.sku, quantity: 1, amount: $0.refund) },
      amount: made.payout,
      detail: made.exchangeSKU == nil ? "refund" : "exchange"
    )
  }
}
