import DrydockExchange
import DrydockKernel

/// How a connector reaches its partner: what all of them need to build a request.
struct Access: Hashable, Sendable {
  let partner: PartnerID
  let host: String
  /// An access token, an API key or a client assertion.
  let credential: String
  /// The secret that signs the partner's webhooks.
  let webhookSecret: String

  init(_ access: PartnerAccess) {
    partner = access.description.id
    host = access.description.host
    credential = access.credential
    webhookSecret = access.webhookSecret
  }

  /// Builds a call that reads.
  func get(_ target: String, _ headers: HeaderFields) -> Request {
    var headers = headers
    headers["Accept"] = "application/json"
    return Request("GET", host: host, target: target, headers: headers)
  }

  /// Builds a call that sends a JSON body.
  func send(
    _ method: String,
    _ target: String,
    _ headers: HeaderFields,
    body: [UInt8]
  ) -> Request {
    var headers = headers
    headers["Accept"] = "application/json"
    headers["Content-Type"] = "application/json"
    return Request(method, host: host, target: target, headers: headers, body: body)
  }
}

/// What a webhook says about itself before anybody reads its body.
struct WebhookIdentity: Sendable {
  /// The platform's identifier of the delivery, the same on every retry.
  var delivery: String
  /// What it is about, in the platform's words.
  var topic: String
  /// The payload, where it had to be read to know that.
  var fields: Fields?
}
