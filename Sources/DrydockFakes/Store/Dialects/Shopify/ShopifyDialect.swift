import DrydockExchange
import DrydockKernel

/// How a store speaks as Shopify: REST Admin API and webhooks.
///
/// Holds what payloads need beside the order they are about.
struct ShopifyDialect: Sendable {
  let host: String
  let apiVersion: String
  let zone: ZoneRules
  let masterData: MasterData

  var currency: CurrencyCode { masterData.currency }

  /// Returns an instant as the shop writes it: local time with its offset.
  func date(_ instant: VirtualInstant) -> String {
    instant.description(.seconds, zone: .numeric, offset: zone.offset(at: instant))
  }

  /// Returns the global identifier of a resource.
  static func globalID(_ type: String, _ identifier: Int64) -> String {
    "gid://shopify/\(type)/\(identifier)"
  }

  /// Returns the keys that name an order.
  static func key(_ number: Int) -> EntityKey {
    EntityKey("shopify.order", ShopifyIdentifier.order(number))
  }

  /// Returns 32 hex digits from bits and a word that tells tokens apart.
  static func token(_ tokens: StoreBooks.Tokens, _ word: UInt64) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(32)
    for half in [tokens.high ^ word, tokens.low ^ word.byteSwapped] {
      // Spreads the word over all digits, so that an order's tokens have nothing in common.
      let (high, low) = half.multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
      let bits = high ^ low
      for shift in stride(from: UInt64(60), through: 0, by: -4) {
        let digit = UInt8(truncatingIfNeeded: bits >> shift & 0xF)
        text.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Returns the nine letters and digits that a buyer sees as confirmation number.
  static func confirmation(_ tokens: StoreBooks.Tokens) -> String {
    let alphabet = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789".utf8)
    var text: [UInt8] = []
    for position in 0..<9 {
      text.append(alphabet[Int(tokens.low >> UInt64(5 * position) & 31)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
