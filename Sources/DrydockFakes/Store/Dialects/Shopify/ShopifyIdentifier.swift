/// What Shopify numbers, and how an identifier says which order it belongs to.
///
///     order        base + number
///     all others   base + number × 100,000 + position in the order
///
/// So identifiers follow from the books, need no table, and look like the platform's.
enum ShopifyIdentifier: Int64 {
  case order = 5_678_900_000_000
  case lineItem = 14_200_000_000_000
  case fulfillmentOrder = 6_700_000_000_000
  case fulfillmentOrderLine = 13_500_000_000_000
  case fulfillment = 5_100_000_000_000
  case fulfillmentEvent = 47_000_000_000_000
  case refund = 928_000_000_000
  case refundLine = 462_000_000_000
  case adjustment = 251_000_000_000
  case transaction = 6_900_000_000_000
  case shippingLine = 4_300_000_000_000
  case checkout = 37_100_000_000_000
  case destination = 9_400_000_000_000

  private static let partsPerOrder: Int64 = 100_000

  /// Returns the identifier of an order or of one of its parts.
  func callAsFunction(_ number: Int, _ ordinal: Int = 0) -> Int64 {
    self == .order
      ? rawValue + Int64(number) : rawValue + Int64(number) * Self.partsPerOrder + Int64(ordinal)
  }

  /// Returns the order number and the position that an identifier holds, if it can be one.
  func parts(of identifier: Int64) -> (number: Int, ordinal: Int)? {
    let (offset, overflow) = identifier.subtractingReportingOverflow(rawValue)
    guard !overflow, offset > 0 else { return nil }
    if self == .order {
      return offset <= StoreLimits.orderNumberMax ? (Int(offset), 0) : nil
    }
    let number = offset / Self.partsPerOrder
    guard number > 0, number <= StoreLimits.orderNumberMax else { return nil }
    return (Int(number), Int(offset % Self.partsPerOrder))
  }

  /// The shop.
  static let shop: Int64 = 548_380_009

  /// Returns the identifier of a customer.
  static func customer(_ number: Int) -> Int64 { 7_120_000_000_000 + Int64(number) }

  /// Returns the identifier of a customer's address.
  static func address(_ number: Int) -> Int64 { 8_340_000_000_000 + Int64(number) }
}
