import DrydockExchange
import DrydockKernel

/// The facts that a store's books state, under Shopify's keys.
struct ShopifyFacts {
  let partner: PartnerID
  let dialect: ShopifyDialect

  /// An order was placed, and paid.
  func placed(_ order: StoreBooks.Order) -> [Fact] {
    let key = ShopifyDialect.key(order.number)
    var parent: EntityKey?
    var detail = "payment"
    if case .exchange(let returnKey, _) = order.origin {
      parent = returnKey
      detail = "credit"
    }
    return [
      Fact(
        .orderPlaced,
        by: partner,
        at: order.placedAt,
        subject: key,
        order: key,
        links: links(order.number) + source(order),
        parent: parent,
        lines: lines(order),
        amount: order.total
      ),
      Fact(
        .paymentCaptured,
        by: partner,
        at: order.placedAt,
        subject: key,
        order: key,
        links: links(order.number),
        amount: order.total,
        detail: detail
      ),
    ]
  }

  /// An order was cancelled.
  func cancelled(
    _ order: StoreBooks.Order,
    reason: StoreBooks.CancelReason,
    at now: VirtualInstant
  ) -> Fact {
    let key = ShopifyDialect.key(order.number)
    return Fact(
      .orderCancelled,
      by: partner,
      at: now,
      subject: key,
      order: key,
      links: links(order.number),
      lines: lines(order),
      detail: reason.rawValue
    )
  }

  /// Money went back; nothing where a refund moved goods alone.
  func refunded(_ order: StoreBooks.Order, _ refund: StoreBooks.Refund) -> Fact? {
    guard !refund.payments.isEmpty else { return nil }
    return Fact(
      .refundIssued,
      by: partner,
      at: refund.createdAt,
      subject: EntityKey(
        "shopify.refund",
        ShopifyIdentifier.refund(order.number, refund.ordinal)
      ),
      order: ShopifyDialect.key(order.number),
      links: links(order.number),
      parent: Self.returnKey(inNote: refund.note),
      lines: refund.lines.map {
        FactLine(
          sku: order.lines[$0.line].sku,
          quantity: $0.quantity,
          amount: $0.subtotal,
          detail: Self.word(for: $0.restock)
        )
      },
      amount: refund.amount
    )
  }

  /// The customer was told that a parcel left.
  func notified(_ order: StoreBooks.Order, _ fulfilment: StoreBooks.Fulfilment) -> Fact {
    Fact(
      .shipmentNotified,
      by: partner,
      at: fulfilment.createdAt,
      subject: EntityKey(
        "shopify.fulfillment",
        ShopifyIdentifier.fulfillment(order.number, fulfilment.ordinal)
      ),
      order: ShopifyDialect.key(order.number),
      links: links(order.number) + (fulfilment.tracking.map { [.tracking($0.number)] } ?? []),
      lines: fulfilment.lines.map {
        FactLine(sku: order.lines[$0.line].sku, quantity: $0.quantity)
      }
    )
  }

  /// Stock was offered for sale.
  func published(_ product: MasterData.Product, available: Int, at now: VirtualInstant) -> Fact {
    let location = dialect.masterData.shopifyLocation
    return Fact(
      .stockPublished,
      by: partner,
      at: now,
      subject: EntityKey(
        "shopify.inventory-level",
        "\(product.shopifyInventoryItem)/\(location)/\(dialect.date(now))"
      ),
      lines: [FactLine(sku: product.sku, quantity: available, node: "all")]
    )
  }

  /// Returns the return that a refund's note names: `return 6042537`.
  static func returnKey(inNote note: String?) -> EntityKey? {
    let words = OrderReference.words(of: note ?? "")
    guard words.count > 1, words[0] == "return" else { return nil }
    return EntityKey("loop.return", words[1])
  }

  private static func word(for restock: StoreBooks.Restock) -> String {
    switch restock {
    case .none: "no-restock"
    case .cancel: "cancel"
    case .giveBack: "restock"
    }
  }

  /// The word by which whoever placed the order calls it.
  private func source(_ order: StoreBooks.Order) -> [EntityKey] {
    ShopifyDialect.sourceIdentifier(of: order).map { [EntityKey("source", $0)] } ?? []
  }

  private func links(_ number: Int) -> [EntityKey] {
    [.reference(String(number)), EntityKey("shopify.order-name", "#\(number)")]
  }

  private func lines(_ order: StoreBooks.Order) -> [FactLine] {
    order.lines.map { FactLine(sku: $0.sku, quantity: $0.quantity) }
  }
}
