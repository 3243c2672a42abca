import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Orders and refunds as Shopify writes them.
extension ShopifyConnector {
  /// Reads the order of an answer to `readOrder`.
  func order(in response: Response) throws(Unreadable) -> CanonicalOrder {
    try order(Fields(parsing: response.body)["order"])
  }

  /// Reads a page of orders; those that make no sense are left out and counted.
  func orders(in response: Response) throws(Unreadable) -> [CanonicalOrder] {
    var orders: [CanonicalOrder] = []
    for fields in try Fields(parsing: response.body).list("orders") {
      if let order = try? order(fields) { orders.append(order) }
    }
    return orders
  }

  /// Reads an order, which looks the same in answers and webhooks.
  func order(_ fields: Fields) throws(Unreadable) -> CanonicalOrder {
    guard let currency = CurrencyCode(try fields.text("currency")) else {
      throw Unreadable(member: "currency")
    }
    let number = try fields.integer("order_number")
    guard (1...Int64(Int32.max)).contains(number) else { throw Unreadable(member: "order_number") }
    let lines = fields.list("line_items")
    guard (1...Limits.lines).contains(lines.count) else { throw Unreadable(member: "line_items") }
    var readLines: [CanonicalOrder.Line] = []
    for line in lines { readLines.append(try self.line(line, currency)) }
    let shipping = fields.list("shipping_lines").first
    return CanonicalOrder(
      key: OrderKey(number: Int(number)),
      storeID: try fields.integer("id"),
      name: try fields.text("name"),
      placedAt: try instant("created_at", in: fields),
      updatedAt: try instant("updated_at", in: fields),
      customer: fields.optionalText("email") ?? "",
      address: address(fields["shipping_address"]),
      lines: readLines,
      shippingMethod: shipping?.optionalText("code") ?? "standard",
      shippingPrice: try shipping?.money("price", currency) ?? .zero(currency),
      tax: try fields.money("total_tax", currency),
      total: try fields.money("total_price", currency),
      tags: tags(fields),
      cancelledAt: fields.optionalInstant("cancelled_at"),
      isFulfilled: fields.optionalText("fulfillment_status") == "fulfilled",
      fulfilments: fulfilments(fields)
    )
  }

  private func line(
    _ fields: Fields,
    _ currency: CurrencyCode
  ) throws(Unreadable)
    -> CanonicalOrder.Line
  {
    var tax = Money.zero(currency)
    for line in fields.list("tax_lines") { tax += try line.money("price", currency) }
    return CanonicalOrder.Line(
      storeLine: try fields.integer("id"),
      sku: try sku(fields),
      quantity: try fields.quantity("quantity"),
      unitPrice: try fields.money("price", currency),
      tax: tax
    )
  }

  /// The SKU of a line; the variant decides where the line's own text was changed.
  private func sku(_ fields: Fields) throws(Unreadable) -> String {
    if let variant = fields.optionalInteger("variant_id"),
      let product = masterData.product(\.shopifyVariant, is: variant)
    {
      return product.sku
    }
    return try fields.text("sku")
  }

  private func address(_ fields: Fields) -> CanonicalOrder.Address {
    CanonicalOrder.Address(
      name: fields.optionalText("name") ?? "",
      street: fields.optionalText("address1") ?? "",
      city: fields.optionalText("city") ?? "",
      province: fields.optionalText("province_code") ?? "",
      zip: fields.optionalText("zip") ?? "",
      country: fields.optionalText("country_code") ?? ""
    )
  }

  private func tags(_ fields: Fields) -> [String] {
    (fields.optionalText("tags") ?? "").split(separator: ",").map { tag in
      String(tag.drop { $0 == " " })
    }
  }

  private func fulfilments(_ fields: Fields) -> [CanonicalOrder.Fulfilment] {
    fields.list("fulfillments").compactMap { fulfilment in
      guard let id = fulfilment.optionalInteger("id") else { return nil }
      return CanonicalOrder.Fulfilment(
        id: id,
        tracking: fulfilment.optionalText("tracking_number") ?? "",
        isDelivered: fulfilment.optionalText("shipment_status") == "delivered"
      )
    }
  }

  // MARK: Refunds

  /// A refund as the store keeps it.
  struct Refund: Hashable, Sendable {
    var id: Int64
    var order: Int64
    var note: String
    var amount: Money
    /// Units of each of the store's lines.
    var units: [Int64: Int]
  }

  /// Units of a line whose price is paid back.
  struct RefundedLine: Hashable, Sendable {
    var storeLine: Int64
    var quantity: Int
    /// Whether they came back onto the shelf.
    var isRestocked: Bool
  }

  /// Asks for the refunds of an order.
  func listRefunds(of id: Int64) -> Request { get("/orders/\(id)/refunds.json") }

  /// Pays back what was paid for lines.
  func createRefund(
    _ lines: [RefundedLine],
    amount: Money,
    note: String,
    of id: Int64
  ) -> Request {
    send("POST", "/orders/\(id)/refunds.json") { body in
      body.memberObject("refund") { refund in
        refund.member("currency", amount.currency.code)
        refund.member("notify", true)
        refund.member("note", note)
        refund.memberArray("refund_line_items") { items in
          for line in lines {
            items.object {
              $0.member("line_item_id", line.storeLine)
              $0.member("quantity", line.quantity)
              $0.member("restock_type", line.isRestocked ? "return" : "no_restock")
              if line.isRestocked { $0.member("location_id", masterData.shopifyLocation) }
            }
          }
        }
        refund.memberArray("transactions") { transactions in
          transactions.object {
            $0.member("kind", "refund")
            $0.member("amount", amount.decimalString)
          }
        }
      }
    }
  }

  /// Reads the refund of an answer to `createRefund`.
  func refund(in response: Response) throws(Unreadable) -> Refund {
    try refund(Fields(parsing: response.body)["refund"])
  }

  /// Reads the refunds of an answer to `listRefunds`.
  func refunds(in response: Response) throws(Unreadable) -> [Refund] {
    var refunds: [Refund] = []
    for fields in try Fields(parsing: response.body).list("refunds") {
      refunds.append(try refund(fields))
    }
    return refunds
  }

  /// Reads a refund, which looks the same in answers and webhooks.
  func refund(_ fields: Fields) throws(Unreadable) -> Refund {
    var amount = Money.zero(masterData.currency)
    for transaction in fields.list("transactions")
    where transaction.optionalText("status") == "success" {
      let currency = transaction.optionalText("currency").flatMap { CurrencyCode($0) }
      amount += try transaction.money("amount", currency ?? masterData.currency)
    }
    var units: [Int64: Int] = [:]
    for line in fields.list("refund_line_items") {
      units[try line.integer("line_item_id"), default: 0] += try line.quantity("quantity")
    }
    return Refund(
      id: try fields.integer("id"),
      order: try fields.integer("order_id"),
      note: fields.optionalText("note") ?? "",
      amount: amount,
      units: units
    )
  }

  // MARK: Webhooks

  /// Reads what a webhook says about itself; nothing when its signature is wrong.
  ///
  /// - Source: Shopify, base64 of HMAC-SHA-256 over the raw body.
  func identity(of webhook: Request, trusting: Bool) -> WebhookIdentity? {
    let signature = Base64.decode(webhook.headers["X-Shopify-Hmac-Sha256"] ?? "") ?? []
    let expected = HMAC.sha256(webhook.body, key: Array(access.webhookSecret.utf8))
    guard trusting || HMAC.areEqual(signature, expected) else { return nil }
    return WebhookIdentity(
      delivery: webhook.headers["X-Shopify-Webhook-Id"] ?? "",
      topic: webhook.headers["X-Shopify-Topic"] ?? ""
    )
  }

  // MARK: Errors

  /// Reads why the store refused: `errors` is a text, a map of texts, or a map of lists of texts.
  func reason(_ response: Response) -> String {
    guard let fields = try? Fields(parsing: response.body) else {
      return "status \(response.status)"
    }
    if let text = fields.optionalText("errors") { return text }
    var reasons: [String] = []
    for member in fields["errors"].members {
      let texts = member.text.map { [$0] } ?? member.value.elements.compactMap(\.text)
      reasons += texts.map { member.name == "base" ? $0 : "\(member.name) \($0)" }
    }
    return reasons.isEmpty ? "status \(response.status)" : reasons.joined(separator: "; ")
  }
}
