/// The bounds of a store's books.
package enum StoreLimits {
  /// Lines of one order.
  package static let orderLinesMax = 500
  /// Units of one line.
  package static let lineUnitsMax = 100_000
  /// Minor units of one line's amount.
  package static let lineMinorUnitsMax: Int64 = 10_000_000_000_000
  /// Fulfilments, refunds or transactions of one order.
  package static let orderPartsMax = 90_000
  /// Order numbers lie below this.
  package static let orderNumberMax = 9_999_999
  /// Bytes of one request body.
  package static let bodyBytesMax = 1 << 20
}
