/// A quarterly version of Shopify's interface.
///
/// A version that is no longer served is answered by the oldest that is; the answer's header tells.
enum ShopifyVersion {
  /// The versions that are served, oldest first.
  static let served = ["2025-07", "2025-10", "2026-01", "2026-04"]

  /// Returns the version that answers a request for one; nothing where it never existed.
  static func resolve(_ asked: String) -> String? {
    if served.contains(asked) || asked == "unstable" { return asked }
    let parts = asked.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count == 4, let year = Int(parts[0]), year >= 2019,
      ["01", "04", "07", "10"].contains(parts[1]), let oldest = served.first, asked < oldest
    else { return nil }
    return oldest
  }
}
