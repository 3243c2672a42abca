package import DrydockKernel

/// Why a store's books do not take a change.
package enum StoreRefusal: Error, Hashable, Sendable {
  /// An order needs at least one line, and no more than the limit.
  case badLines
  /// A quantity is below one or beyond the limit.
  case badQuantity(Int)
  /// An amount is negative or beyond the limit.
  case badAmount
  /// The catalogue has no such SKU.
  case unknownProduct(sku: String)
  /// Fewer units are available than asked for.
  case soldOut(sku: String, available: Int)
  /// An order has this number already, or it is out of bounds.
  case numberTaken(Int)
  /// No order has this number.
  case unknownOrder
  /// The order has no such line.
  case unknownLine
  /// The order has no such fulfilment.
  case unknownFulfilment
  /// The catalogue has no such stock.
  case unknownStock
  /// The order was cancelled before.
  case cancelledAlready
  /// A unit of the order is fulfilled, so it cannot be cancelled.
  case cancelsFulfilled
  /// Nothing of the order is left to fulfil.
  case fulfilsClosed(cancelled: Bool)
  /// More units are fulfilled than are left.
  case fulfilsTooMany
  /// A refund moves neither goods nor money.
  case refundsNothing
  /// More money is refunded than was paid.
  case refundsTooMuch(asked: Money, left: Money)
  /// More units of a line are refunded than were bought.
  case refundsTooMany
  /// Units are taken back that were never fulfilled, or cancelled that were.
  case restocksImpossibly(StoreBooks.Restock)
  /// More is refunded for shipping than was paid for it.
  case refundsShippingTwice(left: Money)
  /// The order has as many parts as it may have.
  case tooManyParts
}
