import DrydockExchange
import DrydockJSON
import DrydockKernel

/// The returns platform's side of the border: calls of the Loop Returns API.
///
/// - Source: Loop Returns API v1.
struct LoopConnector: Hashable, Sendable {
  let access: Access

  private static let base = "/api/v1"

  private var headers: HeaderFields { ["X-Authorization": access.credential] }

  /// Asks for a return.
  func readReturn(_ key: ReturnKey) -> Request {
    let id = PercentEncoding.encode(key.text)
    return access.get("\(Self.base)/warehouse/return/details?return_id=\(id)", headers)
  }

  /// Asks for the returns that changed in an interval, which may be 120 days long.
  func listReturns(from: VirtualInstant, to: VirtualInstant) -> Request {
    let from = PercentEncoding.encode(from.description)
    let to = PercentEncoding.encode(to.description)
    return access.get(
      "\(Self.base)/warehouse/return/list?from=\(from)&to=\(to)&filter=updated_at",
      headers
    )
  }

  /// Tells what the warehouse found, unit by unit.
  func grade(_ record: ReturnRecord, at now: VirtualInstant) -> Request {
    var found: [String: [Disposition]] = [:]
    for line in record.receipt?.lines ?? [] {
      for action in line.actions {
        found[line.sku, default: []] += Array(
          repeating: action.disposition,
          count: action.quantity
        )
      }
    }
    var writer = JSONWriter()
    writer.object { body in
      body.memberArray("items") { items in
        for line in record.lines {
          let unit = found[line.sku]?.isEmpty == false ? found[line.sku]?.removeFirst() : nil
          items.object {
            $0.member("line_item_id", line.id)
            $0.member("condition_category", Self.category(of: unit))
            $0.member("description", unit?.rawValue ?? "not in the parcel")
            $0.member("inspected_at", now.description)
          }
        }
      }
    }
    return access.send("POST", "\(Self.base)/dispositioning/grade", headers, body: writer.bytes)
  }

  private static func category(of unit: Disposition?) -> String {
    switch unit {
    case .restock: "grade_a"
    case .quarantine: "grade_c"
    case .dispose: "junk"
    case nil: "missing"
    }
  }

  /// Settles a return: the platform closes it, or has the exchange order made.
  func process(_ key: ReturnKey) -> Request {
    let id = PercentEncoding.encode(key.text)
    return access.send(
      "POST",
      "\(Self.base)/warehouse/return/\(id)/process",
      headers,
      body: Array("{}".utf8)
    )
  }

  // MARK: Reading

  /// Reads the return of an answer to `readReturn`.
  func details(in response: Response) throws(Unreadable) -> CanonicalReturn {
    let fields = try Fields(parsing: response.body)
    if fields["return"].exists { return try details(fields["return"]) }
    return try details(fields)
  }

  /// Reads which returns an answer to `listReturns` is about.
  func keys(in response: Response) throws(Unreadable) -> [ReturnKey] {
    try Fields.list(parsing: response.body, named: ["returns"])
      .compactMap { $0.optionalIdentifier("id") }.map { ReturnKey(text: $0) }
  }

  /// Reads which return a webhook about a label is for.
  func labelledReturn(_ fields: Fields) throws(Unreadable) -> ReturnKey {
    if let id = fields.optionalIdentifier("return_id") { return ReturnKey(text: id) }
    return ReturnKey(text: try fields.identifier("id"))
  }

  /// Reads a return, which looks the same in answers and webhooks.
  func details(_ fields: Fields) throws(Unreadable) -> CanonicalReturn {
    var lines: [CanonicalReturn.Line] = []
    for line in fields.list("line_items") {
      lines.append(
        CanonicalReturn.Line(
          id: try line.integer("line_item_id"),
          storeLine: try line.integer("provider_line_item_id"),
          sku: try line.text("sku"),
          quantity: 1
        )
      )
    }
    guard lines.count <= Limits.lines else { throw Unreadable(member: "line_items") }
    let status = fields.optionalText("label_status") ?? ""
    return CanonicalReturn(
      key: ReturnKey(text: try fields.identifier("id")),
      storeOrder: try fields.integer("provider_order_id"),
      state: state(try fields.text("state")),
      lines: lines,
      isExchange: !fields.list("exchanges").isEmpty
        || fields.list("line_items").contains {
          !($0.optionalText("exchange_variant") ?? "").isEmpty
        },
      tracking: tracking(fields),
      isUnderWay: ["in_transit", "out_for_delivery", "delivered"].contains(status)
    )
  }

  private func state(_ word: String) -> CanonicalReturn.State {
    switch word {
    case "open": .open
    case "review", "needs review": .inReview
    case "closed", "processed": .closed
    case "cancelled": .cancelled
    case "expired": .expired
    default: .unknown(word)
    }
  }

  /// The tracking number; before there is a label the platform writes `N/A`.
  private func tracking(_ fields: Fields) -> String? {
    let number = fields.optionalText("tracking_number") ?? ""
    return number.isEmpty || number == "N/A" ? nil : number
  }

  // MARK: Webhooks and errors

  /// Reads what a webhook says about itself; nothing when its signature is wrong.
  ///
  /// The platform numbers no deliveries: the signature, which covers the body, names one.
  /// - Source: Loop, base64 of HMAC-SHA-256 over the body as sent.
  func identity(of webhook: Request, trusting: Bool) -> WebhookIdentity? {
    let header = webhook.headers["X-Loop-Signature"] ?? ""
    let expected = HMAC.sha256(webhook.body, key: Array(access.webhookSecret.utf8))
    guard trusting || HMAC.areEqual(Base64.decode(header) ?? [], expected) else { return nil }
    let fields = try? Fields(parsing: webhook.body)
    return WebhookIdentity(
      delivery: header,
      topic: fields?.optionalText("trigger") ?? "",
      fields: fields
    )
  }

  /// Reads an answer: some refusals come with status 200.
  func answer(_ result: CallResult) -> Answer {
    guard case .response(let response) = result, response.isSuccess,
      let refusal = refusal(in: response)
    else { return Answer(result, reason: reason) }
    return .refused(refusal)
  }

  private func refusal(in response: Response) -> String? {
    guard let fields = try? Fields(parsing: response.body) else { return nil }
    if fields["errors"].exists || fields["error"].exists { return reason(response) }
    for name in ["message", "content"] {
      if let text = fields.optionalText(name), text.contains("cannot be") { return text }
    }
    return nil
  }

  /// Reads why the platform refused, in any of its shapes.
  func reason(_ response: Response) -> String {
    guard let fields = try? Fields(parsing: response.body) else {
      return "status \(response.status)"
    }
    return fields["errors"].optionalText("message") ?? fields["error"].optionalText("message")
      ?? fields.texts("errors").first ?? fields.optionalText("message")
      ?? fields.optionalText("content") ?? "status \(response.status)"
  }
}
