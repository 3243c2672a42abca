import DrydockExchange
import DrydockKernel

/// A return as a customer asked for it.
struct CanonicalReturn: Hashable, Sendable {
  var key: ReturnKey
  /// The store's identifier of the order.
  var storeOrder: Int64
  var state: State
  var lines: [Line]
  /// Whether the customer takes other goods instead of money.
  var isExchange: Bool
  /// The number of the return parcel, once there is a label.
  var tracking: String?
  /// Whether the carrier has the parcel.
  var isUnderWay: Bool

  enum State: Hashable, Sendable {
    case open
    case inReview
    case closed
    case cancelled
    case expired
    case unknown(String)
  }

  struct Line: Hashable, Sendable {
    /// The returns platform's identifier of the line.
    var id: Int64
    /// The store's identifier of the order line.
    var storeLine: Int64
    var sku: String
    var quantity: Int
  }
}

/// What a 3PL found in a return parcel.
struct ReturnReceipt: Hashable, Sendable {
  /// The 3PL's identifier of the return.
  var id: Int64
  var partner: PartnerID
  var reference: String
  /// Whether a parcel of ours came back undelivered, rather than a customer's return.
  var isReturnToSender: Bool
  /// The shipment that came back, where the 3PL says it.
  var shipment: Int64?
  var tracking: String?
  var isComplete: Bool
  var isCancelled: Bool
  var lines: [Line]

  struct Line: Hashable, Sendable {
    var sku: String
    var expected: Int
    var actions: [Action]
    /// Units that arrived, in whatever condition.
    var received: Int { actions.reduce(0) { $0 + $1.quantity } }
  }

  struct Action: Hashable, Sendable {
    var disposition: Disposition
    var quantity: Int
    var reason: String
  }
}

/// What becomes of goods that came back.
enum Disposition: String, Hashable, Sendable {
  case restock
  case quarantine
  case dispose
}
