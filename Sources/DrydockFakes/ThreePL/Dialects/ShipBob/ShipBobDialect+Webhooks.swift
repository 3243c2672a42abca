import DrydockExchange
import DrydockJSON
import DrydockKernel

/// What the platform says by itself, signed by the Standard Webhooks scheme.
///
/// - Source: ShipBob webhooks guide; standardwebhooks.com, symmetric signatures.
extension ShipBobDialect {
  /// Fifteen seconds to answer; retried after 5 s, 5 m, 30 m, 2 h, 5 h, 10 h and 10 h.
  static func webhookPolicy(disabledAfter: Int?) -> WebhookPolicy {
    WebhookPolicy(
      deadline: .seconds(15),
      retries: [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000].map { .seconds($0) },
      disabledAfter: disabledAfter
    )
  }

  func webhook(
    _ news: ThreePLBooks.ShipmentNews,
    shipment: Int,
    in books: ThreePLBooks,
    number: Int,
    at now: VirtualInstant
  ) -> Webhook {
    let order = books.shipments[shipment].order
    let reference = books.orders[order].details.reference
    var writer = JSONWriter()
    writer.reserveCapacity(2048)
    if news == .shipped {
      let hidesTracking = lateTracking.contains { OrderReference.names(reference, number: $0) }
      write(order: order, in: books, now, hidesTracking: hidesTracking, into: &writer)
    } else {
      write(shipment: shipment, in: books, now, into: &writer)
    }
    let (operation, topic) =
      switch news {
      case .shipped: ("order-shipped", "order.shipped")
      case .exception: ("order-shipment-exception", "order.shipment.exception")
      case .onHold: ("order-shipment-on-hold", "order.shipment.on_hold")
      case .cancelled: ("order-shipment-cancelled", "order.shipment.cancelled")
      case .delivered: ("order-shipment-delivered", "order.shipment.delivered")
      }
    return signed(
      operation,
      topic: topic,
      entity: reference,
      body: writer.bytes,
      number: number,
      at: now
    )
  }

  func webhook(
    _ news: ThreePLBooks.ReturnNews,
    returned position: Int,
    in books: ThreePLBooks,
    number: Int,
    at now: VirtualInstant
  ) -> Webhook {
    var writer = JSONWriter()
    writer.reserveCapacity(1024)
    write(returned: position, in: books, into: &writer)
    let (operation, topic) =
      switch news {
      case .created: ("return-created", "return.created")
      case .updated: ("return-updated", "return.updated")
      case .completed: ("return-completed", "return.completed")
      }
    return signed(
      operation,
      topic: topic,
      entity: books.returns[position].reference,
      body: writer.bytes,
      number: number,
      at: now
    )
  }

  private func signed(
    _ operation: String,
    topic: String,
    entity: String,
    body: [UInt8],
    number: Int,
    at now: VirtualInstant
  ) -> Webhook {
    let delivery = Self.identifier(of: "\(id.name) \(number)")
    let timestamp = String(now.secondsSinceEpoch)
    let signature = Self.signature(delivery, timestamp, body, key: webhookKey)
    let request = Request(
      "POST",
      host: Webhook.receiverHost,
      target: "/webhooks/\(id.name)",
      headers: [
        "Content-Type": "application/json",
        "webhook-id": delivery,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature,
        "x-webhook-topic": topic,
      ],
      body: body
    )
    return Webhook(operation: operation, entity: entity, delivery: delivery, request: request)
  }

  func reissued(_ webhook: Webhook, copy: Int) -> Webhook {
    var again = webhook
    let delivery = Self.identifier(of: "\(webhook.delivery) \(copy)")
    again.delivery = delivery
    again.request.headers["webhook-id"] = delivery
    return signed(again)
  }

  /// Returns the webhook with the signature of its identifier, its instant and its body.
  func signed(_ webhook: Webhook) -> Webhook {
    var signed = webhook
    signed.request.headers["webhook-signature"] = Self.signature(
      webhook.delivery,
      webhook.request.headers["webhook-timestamp"] ?? "0",
      webhook.request.body,
      key: webhookKey
    )
    return signed
  }

  // MARK: Signature

  /// Returns the bytes that sign: what follows `whsec_`, decoded.
  static func key(ofSecret secret: String) -> [UInt8] {
    let text = secret.hasPrefix("whsec_") ? String(secret.dropFirst(6)) : secret
    return Base64.decode(text) ?? Array(text.utf8)
  }

  /// Returns the value of `webhook-signature`, which the platform writes without padding.
  static func signature(
    _ delivery: String,
    _ timestamp: String,
    _ body: [UInt8],
    key: [UInt8]
  ) -> String {
    var message = Array("\(delivery).\(timestamp).".utf8)
    message += body
    return "v1,\(Base64.encode(HMAC.sha256(message, key: key), padding: false))"
  }

  /// Returns a delivery's identifier: `msg_` and 27 letters and digits, always the same for a text.
  static func identifier(of text: String) -> String {
    var word = Mixing.hash(text)
    var characters = Array("msg_".utf8)
    for index in 0..<27 {
      if index % 9 == 0 { word = Mixing.finish(Mixing.combine(word, UInt64(index))) }
      let digit = UInt8(word % 62)
      word /= 62
      switch digit {
      case 0..<10: characters.append(UInt8(ascii: "0") + digit)
      case 10..<36: characters.append(UInt8(ascii: "A") + digit - 10)
      default: characters.append(UInt8(ascii: "a") + digit - 36)
      }
    }
    return String(decoding: characters, as: UTF8.self)
  }
}
