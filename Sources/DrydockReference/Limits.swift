/// The bounds of everything that could grow.
enum Limits {
  /// Delivery identifiers that are remembered, to know a duplicate; the oldest are forgotten first.
  static let deliveriesRemembered = 10_000
  /// Closed orders and returns that are kept, to know a late message; the oldest are dropped first.
  static let closedRecords = 50_000
  /// Webhooks that wait to be processed; more are answered 503, and the partner sends them again.
  static let inbox = 100_000
  /// Exceptions that are open at a time.
  static let exceptions = 100_000
  /// Units of one line, and lines of one order.
  static let quantity: Int64 = 1_000_000
  static let lines = 1_000
  /// The largest amount that is taken for an amount, in minor units.
  static let amount: Int64 = 1_000_000_000_000
  /// Orders that one question to a 3PL asks about.
  static let referencesPerQuestion = 50
  /// Pages that one listing may have.
  static let pages = 1_000
}
