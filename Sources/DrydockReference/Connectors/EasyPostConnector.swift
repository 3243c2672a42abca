import DrydockExchange
import DrydockJSON
import DrydockKernel

/// The carrier's side of the border: calls of the EasyPost API.
///
/// - Source: EasyPost API v2.
struct EasyPostConnector: Hashable, Sendable {
  let access: Access

  private var headers: HeaderFields {
    ["Authorization": "Basic \(Base64.encode(Array("\(access.credential):".utf8)))"]
  }

  /// Asks to be told what becomes of a parcel.
  func createTracker(_ shipment: CanonicalShipment) -> Request {
    var writer = JSONWriter()
    writer.object { body in
      body.memberObject("tracker") {
        $0.member("tracking_code", shipment.tracking)
        $0.member("carrier", shipment.carrier)
      }
    }
    return access.send("POST", "/v2/trackers", headers, body: writer.bytes)
  }

  /// Asks for a tracker by the carrier's identifier.
  func readTracker(_ id: String) -> Request {
    access.get("/v2/trackers/\(PercentEncoding.encode(id))", headers)
  }

  /// Asks for the trackers of a parcel.
  func findTrackers(_ tracking: String) -> Request {
    access.get("/v2/trackers?tracking_code=\(PercentEncoding.encode(tracking))", headers)
  }

  /// Reads the tracker of an answer.
  func report(in response: Response) throws(Unreadable) -> ParcelReport {
    try report(Fields(parsing: response.body))
  }

  /// Reads the first tracker of a list; nothing when the list is empty.
  func firstReport(in response: Response) throws(Unreadable) -> ParcelReport? {
    let fields = try Fields(parsing: response.body)
    guard fields["trackers"].exists else { throw Unreadable(member: "trackers") }
    guard let first = fields.list("trackers").first else { return nil }
    return try report(first)
  }

  /// Reads the tracker of a webhook, which wraps it in an event.
  func report(inEvent event: Fields) throws(Unreadable) -> ParcelReport {
    try report(event["result"])
  }

  private func report(_ fields: Fields) throws(Unreadable) -> ParcelReport {
    var scans: [ParcelReport.Scan] = []
    for detail in fields.list("tracking_details") {
      let word = try detail.text("status")
      let text = detail.optionalText("message") ?? word
      scans.append(
        ParcelReport.Scan(
          at: try detail.instant("datetime"),
          status: status(word, detail: detail.optionalText("status_detail") ?? ""),
          text: text
        )
      )
    }
    // A stable sort by the time of the scan: scans that were uploaded late take their place.
    let ordered = scans.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }
    return ParcelReport(
      tracker: try fields.text("id"),
      tracking: try fields.text("tracking_code"),
      scans: ordered.map(\.element)
    )
  }

  /// Returns what a status means; nothing for a word we have never seen.
  private func status(_ word: String, detail: String) -> ParcelStatus? {
    switch word {
    case "unknown", "pre_transit": .labelled
    case "in_transit": .inTransit
    case "out_for_delivery": .outForDelivery
    case "available_for_pickup": .availableForPickup
    case "delivered": .delivered
    case "return_to_sender": .returning
    case "failure", "error", "cancelled": detail.contains("lost") ? .lost : .failed
    default: nil
    }
  }

  // MARK: Webhooks and errors

  /// Reads what a webhook says about itself; nothing when its signature is wrong.
  ///
  /// - Source: EasyPost, `X-Hmac-Signature: hmac-sha256-hex=…` over the raw body.
  func identity(of webhook: Request, trusting: Bool) -> WebhookIdentity? {
    let prefix = "hmac-sha256-hex="
    let header = webhook.headers["X-Hmac-Signature"] ?? ""
    let signature =
      header.hasPrefix(prefix) ? Hex.decode(String(header.dropFirst(prefix.count))) : []
    let expected = HMAC.sha256(webhook.body, key: Array(access.webhookSecret.utf8))
    guard trusting || HMAC.areEqual(signature ?? [], expected) else { return nil }
    let fields = try? Fields(parsing: webhook.body)
    return WebhookIdentity(
      delivery: fields?.optionalText("id") ?? "",
      topic: fields?.optionalText("description") ?? "",
      fields: fields
    )
  }

  /// Reads why the carrier refused.
  func reason(_ response: Response) -> String {
    let fields = try? Fields(parsing: response.body)
    return fields?["error"].optionalText("message") ?? "status \(response.status)"
  }
}
