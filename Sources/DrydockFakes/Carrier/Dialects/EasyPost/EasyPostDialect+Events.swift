import DrydockExchange
import DrydockJSON
import DrydockKernel

/// What the platform says by itself: events that carry the whole tracker, signed over the body.
///
/// - Source: EasyPost webhooks guide; signature vector of the client libraries.
extension EasyPostDialect {
  /// What happened to a tracker.
  enum News: Hashable {
    case created
    case updated(from: CarrierBooks.Status)
  }

  /// Seven seconds to answer; anything but 2xx is tried again for a day, ever more slowly.
  ///
  /// The platform publishes no table of waits, only that they grow and that a receiver that is
  /// down for less than a day misses nothing. These nine add up to 23 hours and 51 minutes.
  static let webhookPolicy = WebhookPolicy(
    deadline: .seconds(7),
    retries: [60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800].map { .seconds($0) }
  )

  func event(
    _ news: News,
    tracker position: Int,
    in books: CarrierBooks,
    number: Int,
    at now: VirtualInstant
  ) -> Webhook {
    let delivery = "evt_\(CarrierBooks.digits(of: "\(id.name) event \(number)"))"
    let instant = now.description(.milliseconds)
    var writer = JSONWriter()
    writer.reserveCapacity(4096)
    writer.object { writer in
      let name =
        switch news {
        case .created: "tracker.created"
        case .updated: "tracker.updated"
        }
      writer.member("description", name)
      writer.member("mode", mode)
      writer.memberObject("previous_attributes") { writer in
        if case .updated(let before) = news { writer.member("status", Self.word(before)) }
      }
      writer.member("created_at", instant)
      writer.memberArray("pending_urls") { writer in
        writer.value("https://\(Webhook.receiverHost)/webhooks/\(id.name)")
      }
      writer.memberArray("completed_urls") { _ in }
      writer.member("updated_at", instant)
      writer.member("id", delivery)
      writer.member("user_id", user)
      writer.member("status", "pending")
      writer.member("object", "Event")
      // The member's value is an object of its own, written where its name stands.
      var tracker = JSONWriter()
      write(tracker: position, in: books, into: &tracker)
      writer.member("result", raw: tracker.bytes)
    }
    let operation = news == .created ? "tracker-created" : "tracker-updated"
    return Webhook(
      operation: operation,
      entity: books.trackers[position].tracking,
      delivery: delivery,
      request: Request(
        "POST",
        host: Webhook.receiverHost,
        target: "/webhooks/\(id.name)",
        headers: [
          "Content-Type": "application/json",
          "User-Agent": "EasyPost/v2 Webhooks",
          "X-Hmac-Signature": Self.signature(of: writer.bytes, key: webhookKey),
        ],
        body: writer.bytes
      )
    )
  }

  /// Returns the event with another identifier, which stands in the body, and so another signature.
  func reissued(_ webhook: Webhook, copy: Int) -> Webhook {
    var again = webhook
    again.delivery = "evt_\(CarrierBooks.digits(of: "\(webhook.delivery) \(copy)"))"
    again.request.body = Self.replacing(
      Array(webhook.delivery.utf8),
      with: Array(again.delivery.utf8),
      in: webhook.request.body
    )
    return signed(again)
  }

  /// Returns the event with the signature of its body.
  func signed(_ webhook: Webhook) -> Webhook {
    var signed = webhook
    signed.request.headers["X-Hmac-Signature"] = Self.signature(
      of: webhook.request.body,
      key: webhookKey
    )
    return signed
  }

  private static func replacing(
    _ old: [UInt8],
    with new: [UInt8],
    in body: [UInt8]
  ) -> [UInt8] {
    guard let first = old.first, body.count >= old.count else { return body }
    for start in 0...(body.count - old.count)
    where body[start] == first && body[start..<(start + old.count)].elementsEqual(old) {
      return Array(body[..<start]) + new + Array(body[(start + old.count)...])
    }
    return body
  }

  /// Returns the value of `X-Hmac-Signature` for the exact bytes of a body.
  static func signature(of body: [UInt8], key: [UInt8]) -> String {
    "hmac-sha256-hex=\(Hex.encode(HMAC.sha256(body, key: key)))"
  }
}
