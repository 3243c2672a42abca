package import DrydockExchange
import DrydockJSON
package import DrydockKernel

/// What customers and other partners do at a store.
extension StoreFake {
  mutating func play(_ command: StoryCommand, _ step: inout Step) {
    switch command {
    case .placeOrder(let order): place(order, &step)
    case .requestCancel(let number, let reason):
      do throws(StoreRefusal) {
        try ledger.requestCancel(number, reason: reason, at: step.now)
        announce([.ordersUpdated], number, &step)
      } catch {
        // An order that was never placed cannot be cancelled: nobody is there to ask.
      }
    case .resendOrder(let number):
      guard ledger.order(number) != nil else { return }
      announce([.ordersCreate], number, &step)
    case .expireToken: renewToken()
    case .requestReturn, .shipReturn, .cancelReturn, .adjustStock, .confirmAgain, .receiveAgain,
      .setCreditHold, .approveOrder, .refuseCredits:
      break
    }
  }

  mutating func notice(_ event: WorldEvent, _ step: inout Step) {
    guard case .exchangeAccepted(let orderKey, let returnKey, let lines) = event,
      let identifier = Int64(orderKey.value),
      let number = ShopifyIdentifier.order.parts(of: identifier)?.number,
      let original = ledger.order(number)
    else { return }
    let next = ledger.freeNumber(from: settings.exchangeNumberFrom)
    let order = StoreBooks.NewOrder(
      label: "",
      number: next,
      origin: .exchange(returnKey: returnKey, originalNumber: number),
      lines: lines,
      customer: original.customer,
      address: original.address,
      shipping: original.shipping,
      shippingPrice: .zero(ledger.currency),
      tokens: tokens(next, step.draws),
      attributes: [
        StoreBooks.Attribute("original_order", "#\(number)"),
        StoreBooks.Attribute("return_id", returnKey.value),
      ]
    )
    enter(order, guardsStock: false, &step)
  }

  mutating func remind(_ timer: TimerID, _ step: inout Step) {
    let prefix = "orders-updated/"
    guard timer.name.hasPrefix(prefix), let number = Int(timer.name.dropFirst(prefix.count)) else {
      return
    }
    announce([.ordersUpdated], number, &step)
  }

  private mutating func place(_ placed: StoryCommand.PlacedOrder, _ step: inout Step) {
    let order = StoreBooks.NewOrder(
      label: placed.label,
      number: placed.number,
      lines: placed.lines,
      customer: placed.customer,
      address: placed.address,
      shipping: placed.shipping,
      shippingPrice: dialect.masterData.shippingPrice,
      tokens: tokens(placed.number, step.draws)
    )
    enter(order, guardsStock: !settings.oversells, &step)
  }

  private mutating func enter(
    _ new: StoreBooks.NewOrder,
    guardsStock: Bool,
    _ step: inout Step
  ) {
    let order: StoreBooks.Order
    do throws(StoreRefusal) {
      order = try ledger.place(new, guardsStock: guardsStock, at: step.now)
    } catch {
      ledger.refuseCheckout()
      return
    }
    for fact in facts.placed(order) { step.record(fact) }
    step.later.append(.world(.orderPlaced(copy(of: order))))
    announce([.ordersCreate], order.number, &step)
    if settings.updatesAfterCreation {
      step.later.append(
        .wake(TimerID("orders-updated/\(order.number)"), after: settings.updateDelay)
      )
    }
    announceStock(order.lines.map(\.product), &step)
  }

  private func copy(of order: StoreBooks.Order) -> WorldEvent.StoreOrder {
    WorldEvent.StoreOrder(
      key: ShopifyDialect.key(order.number),
      number: order.number,
      customer: order.customer,
      address: order.address,
      lines: order.lines.enumerated().map { index, line in
        WorldEvent.StoreOrder.Line(
          lineItem: ShopifyIdentifier.lineItem(order.number, index + 1),
          sku: line.sku,
          quantity: line.quantity,
          unitPrice: line.unitPrice,
          tax: line.tax
        )
      },
      currency: dialect.currency
    )
  }

  private func tokens(_ number: Int, _ draws: KeyedDraws) -> StoreBooks.Tokens {
    func bits(_ purpose: String) -> UInt64 {
      draws.bits(
        KeyedDraws.Key(
          partner: id.name,
          operation: "order",
          entity: String(number),
          purpose: purpose
        )
      )
    }
    return StoreBooks.Tokens(high: bits("token"), low: bits("token-low"))
  }
}

// MARK: Webhooks

extension StoreFake {
  /// Sends an order under topics.
  mutating func announce(_ topics: [ShopifyTopic], _ number: Int, _ step: inout Step) {
    announce(topics, refund: nil, [], number, &step)
  }

  /// Sends an order under topics, a refund, and the order again: one action, one event identifier.
  mutating func announce(
    _ before: [ShopifyTopic],
    refund: StoreBooks.Refund?,
    _ behind: [ShopifyTopic],
    _ number: Int,
    _ step: inout Step
  ) {
    guard let order = ledger.order(number) else { return }
    var writer = JSONWriter()
    ShopifyOrderWriter(dialect: dialect, order: order).write(into: &writer)
    let body = writer.bytes
    let action = order.webhooks
    for topic in before { send(topic, body, number, action: action, &step) }
    if let refund {
      writer.removeAll()
      ShopifyRefundWriter(dialect: dialect, order: order, refund: refund).write(into: &writer)
      send(.refundsCreate, writer.bytes, number, action: action, &step)
    }
    for topic in behind { send(topic, body, number, action: action, &step) }
  }

  private mutating func send(
    _ topic: ShopifyTopic,
    _ body: [UInt8],
    _ number: Int,
    action: Int,
    _ step: inout Step
  ) {
    let count = ledger.countWebhook(number)
    send(topic, body, entity: String(number), count: count, action: action, &step)
  }

  /// Announces the stock of products, if the app asked for it.
  mutating func announceStock(_ products: [Int], _ step: inout Step) {
    guard settings.announcesStock else { return }
    var sent: [Int] = []
    for product in products where !sent.contains(product) {
      sent.append(product)
      let named = dialect.masterData.products[product]
      var writer = JSONWriter()
      writer.object { dialect.writeLevel(ledger.levels[product], of: named, into: &$0) }
      let count = ledger.countStockWebhook()
      send(
        .inventoryLevelsUpdate,
        writer.bytes,
        entity: named.sku,
        count: count,
        action: count,
        &step
      )
    }
  }

  private func send(
    _ topic: ShopifyTopic,
    _ body: [UInt8],
    entity: String,
    count: Int,
    action: Int,
    _ step: inout Step
  ) {
    let draws = step.draws
    func identifier(_ operation: String, _ attempt: Int) -> String {
      func bits(_ purpose: String) -> UInt64 {
        draws.bits(
          KeyedDraws.Key(
            partner: id.name,
            operation: operation,
            entity: entity,
            attempt: attempt,
            purpose: purpose
          )
        )
      }
      return UUIDText.make(bits("identifier"), bits("identifier-low"))
    }
    let delivery = identifier("webhook", count)
    let request = ShopifyWebhook.request(
      topic,
      body: body,
      path: "/webhooks/\(id.name)",
      secret: profile.webhookSecret,
      dialect: dialect,
      delivery: delivery,
      event: identifier("event", action),
      at: step.now
    )
    step.later.append(
      .webhook(
        Webhook(
          operation: topic.rawValue,
          entity: entity,
          delivery: delivery,
          request: request
        )
      )
    )
  }
}

// MARK: Inspection

extension StoreFake {
  package func books(at now: VirtualInstant) -> BooksSnapshot {
    let products = dialect.masterData.products
    return BooksSnapshot(
      partner: id,
      kind: .store,
      orders: ledger.orders.map { entry($0) },
      stock: ledger.levels.enumerated().map { index, level in
        BooksSnapshot.StockEntry(
          sku: products[index].sku,
          node: "all",
          onHand: level.available + level.committed,
          committed: level.committed,
          available: level.available
        )
      }.sorted { $0.sku < $1.sku },
      parcels: ledger.orders.flatMap { order in
        order.fulfilments.compactMap { parcel($0, of: order) }
      }
    )
  }

  private func entry(_ order: StoreBooks.Order) -> BooksSnapshot.OrderEntry {
    BooksSnapshot.OrderEntry(
      keys: [
        ShopifyDialect.key(order.number), .reference(String(order.number)),
        EntityKey("shopify.order-name", "#\(order.number)"),
      ],
      status: status(order),
      lines: order.lines.map {
        BooksSnapshot.LineEntry(
          sku: $0.sku,
          ordered: $0.quantity,
          shipped: $0.fulfilled,
          cancelled: $0.withdrawn,
          returned: $0.returned
        )
      },
      total: order.total,
      charged: order.total,
      returned: order.refunded
    )
  }

  private func status(_ order: StoreBooks.Order) -> String {
    if case .cancelled = order.state { return "cancelled" }
    guard order.hasFulfilled, !order.hasFulfillable else { return "open" }
    return order.fulfilments.allSatisfy { $0.shipmentStatus == .delivered }
      ? "delivered" : "shipped"
  }

  private func parcel(
    _ fulfilment: StoreBooks.Fulfilment,
    of order: StoreBooks.Order
  ) -> BooksSnapshot.ParcelEntry? {
    guard let tracking = fulfilment.tracking else { return nil }
    let status =
      switch fulfilment.shipmentStatus {
      case .delivered: "delivered"
      case .failure: "failed"
      case .inTransit, .outForDelivery, .attemptedDelivery, .readyForPickup: "in-transit"
      default: "pre-transit"
      }
    return BooksSnapshot.ParcelEntry(
      keys: [.tracking(tracking.number), ShopifyDialect.key(order.number)],
      status: status
    )
  }
}
