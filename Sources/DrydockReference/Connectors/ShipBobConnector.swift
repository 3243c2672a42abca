import DrydockExchange
import DrydockJSON
import DrydockKernel

/// The 3PL's side of the border: calls of the ShipBob API.
///
/// - Source: ShipBob API 2026-01; lists also as pages, as 2026-07 writes them.
struct ShipBobConnector: Hashable, Sendable {
  let access: Access
  let masterData: MasterData
  /// The nodes it ships from, best first.
  let nodes: [String]
  /// The channel that owns our orders.
  let channel: String
  /// Whether lists of orders are read only as the bare arrays they were in 2026-01.
  let readsBareListsOnly: Bool

  static let base = "/2026-01"

  private var headers: HeaderFields {
    ["Authorization": "Bearer \(access.credential)", "shipbob_channel_id": channel]
  }

  private func get(_ path: String) -> Request { access.get(Self.base + path, headers) }

  private func send(_ path: String, _ body: (inout JSONWriter) -> Void) -> Request {
    var writer = JSONWriter()
    writer.object { body(&$0) }
    return access.send("POST", Self.base + path, headers, body: writer.bytes)
  }

  // MARK: Orders

  /// Hands a part of an order over for shipping.
  func createOrder(
    _ part: OrderRecord.Part,
    of order: CanonicalOrder,
    value: Money,
    reference: String
  ) -> Request {
    send("/order") { body in
      body.member("reference_id", reference)
      body.member("order_number", order.name)
      body.member("type", "DTC")
      body.member("shipping_method", order.shippingMethod == "express" ? "Express" : "Standard")
      body.member("purchase_date", order.placedAt.description(.seconds))
      if let node = masterData.node(named: part.node) {
        body.member("location_id", node.shipbobCenter)
      }
      body.memberObject("recipient") { recipient in
        recipient.member("name", order.address.name)
        recipient.member("email", order.customer)
        recipient.memberObject("address") {
          $0.member("address1", order.address.street)
          $0.member("city", order.address.city)
          $0.member("state", order.address.province)
          $0.member("zip_code", order.address.zip)
          $0.member("country", order.address.country)
        }
      }
      body.memberArray("products") { products in
        for line in part.lines {
          guard let product = masterData.product(sku: line.sku) else { continue }
          products.object {
            $0.member("reference_id", product.sku)
            $0.member("name", product.name)
            $0.member("sku", product.sku)
            $0.member("quantity", line.quantity)
          }
        }
      }
      body.memberObject("financials") {
        $0.member("total_price", number: value.decimalString)
      }
    }
  }

  /// Asks for an order by the 3PL's identifier.
  func readOrder(_ id: Int64) -> Request { get("/order/\(id)") }

  /// Asks for orders by our references.
  func findOrders(_ references: [String]) -> Request {
    let list = references.map { PercentEncoding.encode($0) }.joined(separator: ",")
    return get("/order?ReferenceIds=\(list)")
  }

  /// Takes an order back.
  func cancelOrder(_ id: Int64) -> Request { send("/order/\(id):cancel") { _ in } }

  /// What became of a wish to take an order back.
  enum Cancellation: Hashable, Sendable {
    case success
    case partial
    case failure(String)
  }

  /// Reads what became of a wish to take an order back: the answer is 200 either way.
  func cancellation(in response: Response) throws(Unreadable) -> Cancellation {
    let fields = try Fields(parsing: response.body)
    switch try fields.text("status") {
    case "Success": return .success
    case "PartialSuccess": return .partial
    default:
      let reasons = fields.list("canceled_shipment_results").compactMap {
        $0.optionalText("reason")
      }
      return .failure(reasons.first ?? "the 3PL declined")
    }
  }

  // MARK: Stock

  /// Asks for the stock, at each node where there are several, or for the next page of it.
  func listStock(cursor: String?) -> Request {
    let path = nodes.count > 1 ? "/inventory-level/locations" : "/inventory-level"
    let rest = cursor.map { "&Cursor=\(PercentEncoding.encode($0))" } ?? ""
    return get("\(path)?PageSize=250\(rest)")
  }

  /// Returns the cursor of the next page of stock; nothing behind the last one.
  func nextStock(in response: Response) -> String? {
    // An older form of the answer is a bare list, which has no pages.
    guard let next = (try? Fields(parsing: response.body))?.optionalText("next"), !next.isEmpty
    else { return nil }
    return Request("GET", host: access.host, target: next).queryItem("Cursor")
  }

  /// Reads the stock of each SKU at each node.
  func stock(in response: Response) throws(Unreadable) -> [StockLevel] {
    var levels: [StockLevel] = []
    for item in try Fields.list(parsing: response.body, named: ["items"]) {
      let inventory = try item.integer("inventory_id")
      guard let sku = masterData.product(\.shipbobInventory, is: inventory)?.sku else { continue }
      let locations = item.list("locations")
      if locations.isEmpty, let node = nodes.first {
        levels.append(
          StockLevel(
            sku: sku,
            node: node,
            onHand: Int(try item.integer("total_on_hand_quantity")),
            fulfillable: Int(try item.integer("total_fulfillable_quantity"))
          )
        )
      }
      for location in locations {
        let center = try location.integer("location_id")
        guard let node = masterData.nodes.first(where: { $0.shipbobCenter == center }) else {
          continue
        }
        levels.append(
          StockLevel(
            sku: sku,
            node: node.name,
            onHand: Int(try location.integer("on_hand_quantity")),
            fulfillable: Int(try location.integer("fulfillable_quantity"))
          )
        )
      }
    }
    return levels
  }

  // MARK: Returns

  /// Announces a parcel that comes back.
  func createReturn(_ record: ReturnRecord, node: String, shipment: Int64?) -> Request {
    send("/return") { body in
      body.member("reference_id", record.warehouseReference)
      body.memberObject("fulfillment_center") {
        $0.member("id", masterData.node(named: node)?.shipbobCenter ?? 0)
      }
      if let tracking = record.tracking { body.member("tracking_number", tracking) }
      if let shipment { body.member("original_shipment_id", shipment) }
      body.memberArray("inventory") { lines in
        for line in record.units {
          guard let product = masterData.product(sku: line.sku) else { continue }
          lines.object {
            $0.member("id", product.shipbobInventory)
            $0.member("quantity", line.quantity)
            $0.member("requested_action", "Default")
          }
        }
      }
    }
  }

  /// Asks for returns by our references.
  func findReturns(_ references: [String]) -> Request {
    let list = references.map { PercentEncoding.encode($0) }.joined(separator: ",")
    return get("/return?ReferenceIds=\(list)")
  }

  // MARK: Webhooks

  /// Reads what a webhook says about itself; nothing when its signature is wrong.
  ///
  /// - Source: Standard Webhooks: HMAC-SHA-256 over `id.timestamp.body`.
  func identity(of webhook: Request, trusting: Bool) -> WebhookIdentity? {
    let delivery = webhook.headers["webhook-id"] ?? ""
    let timestamp = webhook.headers["webhook-timestamp"] ?? ""
    let encoded =
      access.webhookSecret.hasPrefix("whsec_")
      ? String(access.webhookSecret.dropFirst(6)) : access.webhookSecret
    let key = Base64.decode(encoded) ?? Array(access.webhookSecret.utf8)
    let expected = HMAC.sha256(Array("\(delivery).\(timestamp).".utf8) + webhook.body, key: key)
    let signatures = (webhook.headers["webhook-signature"] ?? "").split(separator: " ")
    let isSigned = signatures.contains { entry in
      guard entry.hasPrefix("v1,") else { return false }
      // Written with or without padding.
      let signature = entry.dropFirst(3).prefix { $0 != "=" }
      return HMAC.areEqual(
        Array(signature.utf8),
        Array(Base64.encode(expected, padding: false).utf8)
      )
    }
    guard trusting || isSigned else { return nil }
    return WebhookIdentity(delivery: delivery, topic: webhook.headers["x-webhook-topic"] ?? "")
  }

  // MARK: Errors

  /// Reads an answer; a reference that exists is a refusal that tells us something.
  func answer(_ result: CallResult) -> Answer {
    if case .response(let response) = result, response.status == 422 {
      let reason = self.reason(response)
      let signs = ["existing ReferenceId", "duplicate reference", "already exists"]
      if signs.contains(where: { reason.contains($0) }) { return .exists }
    }
    return Answer(result, reason: reason)
  }

  /// Reads why the 3PL refused: a problem document, a message, or a map of lists of texts.
  func reason(_ response: Response) -> String {
    guard let fields = try? Fields(parsing: response.body) else {
      return "status \(response.status)"
    }
    let texts = fields.members.flatMap { $0.value.elements.compactMap(\.text) }
    if !texts.isEmpty { return texts.joined(separator: "; ") }
    for name in ["detail", "message", "title"] {
      if let text = fields.optionalText(name) { return text }
    }
    return "status \(response.status)"
  }
}
