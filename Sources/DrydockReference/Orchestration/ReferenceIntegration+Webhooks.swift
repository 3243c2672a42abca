import DrydockExchange
import DrydockKernel

/// Webhooks: checked, kept, answered at once, and processed in the next step.
extension ReferenceIntegration {
  /// Takes a webhook: the answer says that we have it, not that we have done anything about it.
  mutating func take(_ exchange: ExchangeID, from partner: PartnerID, _ request: Request) {
    guard let identity = identity(of: request, from: partner) else {
      note(
        .signatureRefused,
        partner: partner,
        text: "a webhook to \(request.path) is not signed by \(partner)"
      )
      return respond(exchange, 401)
    }
    guard journal.inbox.waiting.count < Limits.inbox else { return respond(exchange, 503) }
    if !identity.delivery.isEmpty, !journal.inbox.isNew(identity.delivery, from: partner),
      !has(.noDuplicateSuppression)
    {
      note(
        .duplicateSuppressed,
        partner: partner,
        text: "delivery \(identity.delivery) of '\(identity.topic)' came before"
      )
      return respond(exchange, 200)
    }
    memory.readPayloads[journal.inbox.waiting.count] = identity.fields
    journal.inbox.keep(Inbox.Item(partner: partner, topic: identity.topic, body: request.body))
    respond(exchange, 200)
    wake(Self.inboxTimer, after: .zero)
  }

  private mutating func respond(_ exchange: ExchangeID, _ status: Int) {
    memory.outputs.append(.respond(exchange, Response(status)))
  }

  private func identity(of webhook: Request, from partner: PartnerID) -> WebhookIdentity? {
    guard let configuration else { return nil }
    let trusting = has(.trustsUnsignedWebhooks)
    if let store = configuration.store, store.access.partner == partner {
      return store.identity(of: webhook, trusting: trusting)
    }
    if let carrier = configuration.carrier, carrier.access.partner == partner {
      return carrier.identity(of: webhook, trusting: trusting)
    }
    if let returns = configuration.returns, returns.access.partner == partner {
      return returns.identity(of: webhook, trusting: trusting)
    }
    return configuration.warehouse(partner)?.identity(of: webhook, trusting: trusting)
  }

  /// Processes everything that was taken.
  mutating func processInbox() {
    // What was read when it was taken need not be read again, unless a crash has lost it.
    let read = memory.readPayloads
    memory.readPayloads.removeAll(keepingCapacity: true)
    for (place, item) in journal.inbox.takeAll().enumerated() {
      do {
        try process(item, read: read[place])
      } catch {
        raise(
          "unreadable/\(item.partner)/\(item.topic)/\(error.member)",
          order: nil,
          partner: item.partner,
          owner: .integration,
          "a webhook '\(item.topic)' of \(item.partner) makes no sense at '\(error.member)'"
        )
      }
    }
  }

  private mutating func process(_ item: Inbox.Item, read: Fields?) throws(Unreadable) {
    guard let configuration else { return }
    let fields = if let read { read } else { try Fields(parsing: item.body) }
    if let store = configuration.store, store.access.partner == item.partner {
      try processStore(item, fields, store)
    } else if let carrier = configuration.carrier, carrier.access.partner == item.partner {
      take(try carrier.report(inEvent: fields), isPush: true)
    } else if let returns = configuration.returns, returns.access.partner == item.partner {
      try processReturns(item, fields, returns)
    } else if let warehouse = configuration.warehouse(item.partner) {
      try processWarehouse(item, fields, warehouse)
    }
  }

  private mutating func processStore(
    _ item: Inbox.Item,
    _ fields: Fields,
    _ store: ShopifyConnector
  ) throws(Unreadable) {
    switch item.topic {
    case "orders/create": ingest(try store.order(fields), isNews: true)
    case "orders/updated", "orders/cancelled": update(try store.order(fields))
    case "refunds/create": take(try store.refund(fields))
    case "inventory_levels/update": break
    default: unknownTopic(item)
    }
  }

  private mutating func processWarehouse(
    _ item: Inbox.Item,
    _ fields: Fields,
    _ warehouse: ShipBobConnector
  ) throws(Unreadable) {
    switch item.topic {
    case "order.shipped": take(try warehouse.order(fields), from: item.partner, isPush: true)
    case "order.shipment.exception", "order.shipment.on_hold", "order.shipment.cancelled",
      "order.shipment.delivered":
      takeShipment(
        try warehouse.shipmentReport(fields),
        of: item.topic,
        from: item.partner
      )
    case "return.created", "return.updated", "return.completed":
      take(try warehouse.receipt(fields), isPush: item.topic == "return.completed")
    default: unknownTopic(item)
    }
  }

  private mutating func processReturns(
    _ item: Inbox.Item,
    _ fields: Fields,
    _ returns: LoopConnector
  ) throws(Unreadable) {
    switch item.topic {
    case "return.created", "return.updated", "return.closed": take(try returns.details(fields))
    case "label.created", "label.updated": ask(.fetchReturn(try returns.labelledReturn(fields)))
    case "return.processing.failed":
      let key = ReturnKey(text: try fields.identifier("return_id"))
      processingFailed(key, fields.optionalText("message") ?? "no reason given")
    default: unknownTopic(item)
    }
  }

  private mutating func unknownTopic(_ item: Inbox.Item) {
    guard !has(.swallowsUnknownStatus) else { return }
    raise(
      "topic/\(item.partner)/\(item.topic)",
      order: nil,
      partner: item.partner,
      owner: .integration,
      "\(item.partner) sends '\(item.topic)', which nobody expects"
    )
  }
}
