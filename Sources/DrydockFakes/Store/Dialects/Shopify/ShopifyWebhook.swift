import DrydockExchange
import DrydockJSON
import DrydockKernel

/// What Shopify announces.
enum ShopifyTopic: String, CaseIterable, Hashable, Sendable {
  case ordersCreate = "orders-create"
  case ordersUpdated = "orders-updated"
  case ordersCancelled = "orders-cancelled"
  case refundsCreate = "refunds-create"
  case inventoryLevelsUpdate = "inventory-levels-update"

  /// The topic as its header writes it.
  var header: String {
    switch self {
    case .ordersCreate: "orders/create"
    case .ordersUpdated: "orders/updated"
    case .ordersCancelled: "orders/cancelled"
    case .refundsCreate: "refunds/create"
    case .inventoryLevelsUpdate: "inventory_levels/update"
    }
  }
}

/// How Shopify signs, identifies, retries and gives up its webhooks.
enum ShopifyWebhook {
  static let signatureHeader = "X-Shopify-Hmac-Sha256"
  static let deliveryHeader = "X-Shopify-Webhook-Id"

  /// Five seconds to answer; eight retries over four hours, the waits doubling.
  static let policy = WebhookPolicy(
    deadline: .seconds(5),
    retries: [60, 120, 240, 480, 960, 1_920, 3_840, 6_780].map { .seconds($0) },
    disabledAfter: 8
  )

  /// Returns the signature of a body: HMAC-SHA-256 with the app's secret, in base 64.
  static func signature(_ body: [UInt8], secret: String) -> String {
    Base64.encode(HMAC.sha256(body, key: Array(secret.utf8)))
  }

  /// Returns the request that delivers a body.
  static func request(
    _ topic: ShopifyTopic,
    body: [UInt8],
    path: String,
    secret: String,
    dialect: ShopifyDialect,
    delivery: String,
    event: String,
    at now: VirtualInstant
  ) -> Request {
    Request(
      "POST",
      host: Webhook.receiverHost,
      target: path,
      headers: [
        "Content-Type": "application/json",
        "X-Shopify-Topic": topic.header,
        "X-Shopify-Shop-Domain": dialect.host,
        "X-Shopify-API-Version": dialect.apiVersion,
        deliveryHeader: delivery,
        "X-Shopify-Event-Id": event,
        "X-Shopify-Triggered-At": now.description(.nanoseconds),
        signatureHeader: signature(body, secret: secret),
      ],
      body: body
    )
  }

  /// Returns the identifier of a repeated delivery, made from the first one's.
  static func reissued(_ delivery: String, copy: Int) -> String {
    let digest = SHA256.hash(Array("\(delivery)#\(copy)".utf8))
    func word(_ start: Int) -> UInt64 {
      digest[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
    }
    return UUIDText.make(word(0), word(8))
  }
}
