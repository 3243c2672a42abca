/// Why a returns platform's books do not take a change.
package enum ReturnsRefusal: Error, Hashable, Sendable {
  /// No order has this number.
  case unknownOrder
  /// Nothing of the order was fulfilled yet.
  case notFulfilled
  /// The order has no such SKU, or no such SKU is sold.
  case unknownProduct(sku: String)
  /// More units are returned than are left of the order, or fewer than one.
  case badQuantity(sku: String)
  /// A return has this number already, or it is out of bounds.
  case numberTaken
  /// No return has this number.
  case unknownReturn
  /// The return has no such unit.
  case unknownUnit
  /// The return is cancelled.
  case cancelled
  /// A person has to look at the return first.
  case inReview
  /// The return is closed.
  case closed
  /// The return expired.
  case expired
  /// The return has as many notes as it may have.
  case tooManyNotes
}
