import DrydockExchange
import DrydockJSON
import DrydockKernel

/// An error answer in one of the three shapes that Shopify uses.
struct ShopifyFailure: Error, Hashable, Sendable {
  /// What stands under `errors`.
  enum Shape: Hashable, Sendable {
    /// A sentence.
    case text(String)
    /// One member with a sentence.
    case member(String, String)
    /// One member with a list of sentences.
    case list(String, [String])
  }

  var status: Int
  var shape: Shape

  init(_ status: Int, _ shape: Shape) {
    self.status = status
    self.shape = shape
  }

  /// The answer's body.
  var body: [UInt8] {
    var writer = JSONWriter()
    writer.object {
      switch shape {
      case .text(let text): $0.member("errors", text)
      case .member(let name, let text):
        $0.memberObject("errors") { $0.member(name, text) }
      case .list(let name, let texts):
        $0.memberObject("errors") {
          $0.memberArray(name) { for text in texts { $0.value(text) } }
        }
      }
    }
    return writer.bytes
  }

  static let notFound = ShopifyFailure(404, .text("Not Found"))
  static let notAcceptable = ShopifyFailure(406, .text("Not Acceptable"))
  static let unauthorised = ShopifyFailure(
    401,
    .text("[API] Invalid API key or access token (unrecognized login or wrong password)")
  )

  /// The scope that an operation needs is missing.
  static func forbidden(scope: String) -> ShopifyFailure {
    ShopifyFailure(
      403,
      .text("[API] This action requires merchant approval for \(scope) scope.")
    )
  }

  /// The body is malformed, or its root member is missing.
  static func missingRoot(_ name: String) -> ShopifyFailure {
    ShopifyFailure(400, .member(name, "Required parameter missing or invalid"))
  }

  /// A member is wrong.
  static func invalid(_ name: String, _ text: String) -> ShopifyFailure {
    ShopifyFailure(422, .list(name, [text]))
  }

  /// The whole is wrong.
  static func invalid(_ text: String) -> ShopifyFailure {
    invalid("base", text)
  }
}

extension ShopifyFailure {
  /// Says on the wire why the books do not take a change.
  init(_ refusal: StoreRefusal, fulfillmentOrder: Int64 = 0) {
    switch refusal {
    case .unknownOrder, .unknownFulfilment, .unknownStock: self = .notFound
    case .badLines: self = .invalid("line_items", "can't be blank")
    case .badQuantity: self = .invalid("quantity", "must be greater than 0")
    case .badAmount: self = .invalid("amount", "is invalid")
    case .unknownProduct: self = .invalid("line_items", "variant is invalid")
    case .soldOut: self = .invalid("line_items", "Unable to reserve inventory")
    case .numberTaken: self = .invalid("order_number", "has already been taken")
    case .unknownLine: self = .invalid("refund_line_items", "Line item is invalid")
    case .cancelledAlready: self = .invalid("Order has already been canceled")
    case .cancelsFulfilled: self = .invalid("Cannot cancel an order with fulfilled line items")
    case .fulfilsClosed(let cancelled):
      self = .invalid(
        "Fulfillment order \(fulfillmentOrder) has an unfulfillable status= "
          + (cancelled ? "cancelled." : "closed.")
      )
    case .fulfilsTooMany:
      self = .invalid("Invalid fulfillment order line item quantity requested.")
    case .refundsNothing:
      self = .invalid("Refund must contain transactions or refund line items")
    case .refundsTooMuch(let asked, let left):
      self = .invalid(
        "Refund amount \(Self.dollars(asked)) is greater than net payment received "
          + Self.dollars(left)
      )
    case .refundsTooMany:
      self = .invalid(
        "refund_line_items",
        "Quantity cannot refund more items than were purchased"
      )
    case .restocksImpossibly(let restock):
      self = .invalid(
        "refund_line_items",
        restock == .cancel
          ? "Quantity cannot cancel items that have been fulfilled"
          : "Quantity cannot return items that have not been fulfilled"
      )
    case .refundsShippingTwice(let left):
      self = .invalid("shipping", "Refund is greater than shipping left \(Self.dollars(left))")
    case .tooManyParts: self = .invalid("Too many fulfillments, refunds or transactions")
    }
  }

  private static func dollars(_ money: Money) -> String {
    money.currency == .usd
      ? "$\(money.decimalString)" : "\(money.decimalString) \(money.currency.code)"
  }
}
