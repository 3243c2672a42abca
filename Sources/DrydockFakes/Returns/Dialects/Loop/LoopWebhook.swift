import DrydockExchange
import DrydockJSON
import DrydockKernel

/// What Loop announces: a topic and what made it speak.
enum LoopTrigger: String, CaseIterable, Hashable, Sendable {
  case returnCreated = "return-created"
  case returnUpdated = "return-updated"
  case returnClosed = "return-closed"
  case labelCreated = "label-created"
  case labelUpdated = "label-updated"
  case returnProcessingFailed = "return-processing-failed"

  var topic: String {
    switch self {
    case .returnCreated, .returnUpdated, .returnClosed: "return"
    case .labelCreated, .labelUpdated: "label"
    case .returnProcessingFailed: "return.processing"
    }
  }

  var trigger: String {
    switch self {
    case .returnCreated: "return.created"
    case .returnUpdated: "return.updated"
    case .returnClosed: "return.closed"
    case .labelCreated: "label.created"
    case .labelUpdated: "label.updated"
    case .returnProcessingFailed: "return.processing.failed"
    }
  }
}

/// How Loop signs, retries and gives up its webhooks.
enum LoopWebhook {
  static let signatureHeader = "X-Loop-Signature"

  /// The platform documents no schedule: five retries in a bit more than a day are assumed.
  static let policy = WebhookPolicy(
    deadline: .seconds(10),
    retries: [60, 300, 1_800, 7_200, 86_400].map { .seconds($0) }
  )

  /// Returns the signature of a body: HMAC-SHA-256 of the bytes as they are sent, in base 64.
  ///
  /// The platform signs the text as PHP's `json_encode` writes it, with slashes escaped and on one
  /// line; bodies are sent in that form.
  static func signature(_ body: [UInt8], secret: String) -> String {
    Base64.encode(HMAC.sha256(body, key: Array(secret.utf8)))
  }

  /// Returns the request that delivers a body.
  static func request(_ body: [UInt8], path: String, secret: String) -> Request {
    Request(
      "POST",
      host: Webhook.receiverHost,
      target: path,
      headers: [
        "Content-Type": "application/json",
        signatureHeader: signature(body, secret: secret),
      ],
      body: body
    )
  }
}
