import DrydockExchange
import DrydockKernel

/// Everything the integration knows about goods on their way back, and has done about them.
struct ReturnRecord: Hashable, Sendable {
  let key: ReturnKey
  let origin: Origin
  let order: OrderKey
  var lines: [CanonicalReturn.Line]
  var isExchange = false
  var tracking: String?
  var isUnderWay = false
  /// The shipment that came back or was lost, where it is a whole one.
  var shipment: ShipmentKey?
  /// The ERP's return authorisation.
  var authorisation: String?
  /// The numbers of the authorisation's lines, by the position of the order's line.
  var authorisedLines: [Int: Int] = [:]
  /// The 3PL's announcement.
  var announcement: Int64?
  var receipt: ReturnReceipt?
  var isGraded = false
  /// The ERP's item receipts: goods for the shelf, goods for the bin.
  var postedReceipts: [Int: String] = [:]
  var refund: Refund?
  /// The ERP's credit memo.
  var credit: String?
  var isProcessed = false
  var isClosed = false
  var isCancelled = false
  var movedAt: VirtualInstant

  /// Why goods come back.
  enum Origin: Hashable, Sendable {
    /// A customer asked for it.
    case customer
    /// The parcel could not be delivered.
    case sender
    /// The parcel is lost: money goes back, goods do not.
    case lost
  }

  /// Money that went back.
  struct Refund: Hashable, Sendable {
    var id: Int64
    var amount: Money
    var units: [Int]
  }

  /// The node that the goods come back to is the one they left from.
  init(
    key: ReturnKey,
    origin: Origin,
    order: OrderKey,
    lines: [CanonicalReturn.Line],
    at now: VirtualInstant
  ) {
    self.key = key
    self.origin = origin
    self.order = order
    self.lines = lines
    movedAt = now
  }

  /// Units by SKU, in the order of the lines.
  var units: [SKUQuantity] {
    var units: [SKUQuantity] = []
    for line in lines {
      if let index = units.firstIndex(where: { $0.sku == line.sku }) {
        units[index].quantity += line.quantity
      } else {
        units.append(SKUQuantity(sku: line.sku, quantity: line.quantity))
      }
    }
    return units
  }

  /// Units of a line that the 3PL found in the parcel, whatever their condition.
  func received(of sku: String) -> Int {
    receipt?.lines.reduce(0) { $0 + ($1.sku == sku ? $1.received : 0) } ?? 0
  }

  /// The reference that the 3PL knows it by, and that the customer's parcel shows.
  var warehouseReference: String { "RMA-\(key.text)-\(order.number)" }

  /// The key of the return in a 3PL's reference, `RMA-6042537-1001`.
  static func key(inWarehouseReference reference: String) -> ReturnKey? {
    let words = OrderReference.words(of: reference)
    guard words.count == 3, words[0] == "RMA" else { return nil }
    return ReturnKey(text: words[1])
  }
}
