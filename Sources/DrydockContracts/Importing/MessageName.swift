/// Names of contracts made of what documents call operations.
///
///     createOrder → create-order     GET /orders/{orderId} → get-orders-order-id
///     getURLForSKU → get-url-for-sku  orders/create → orders-create
enum MessageName {
  /// How many bytes a name may have.
  private static let bytesMax = 100

  /// Returns a text in kebab-case; empty where it has neither letters nor digits.
  static func kebab(_ text: String) -> String {
    var name: [UInt8] = []
    let bytes = Array(text.utf8)
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 0x30...0x39, 0x61...0x7A: name.append(byte)
      case 0x41...0x5A:
        let before = index > 0 ? bytes[index - 1] : 0
        let after = index + 1 < bytes.count ? bytes[index + 1] : 0
        let startsWord =
          isLower(before) || (isUpper(before) && isLower(after) && !endsPlural(bytes, index))
        if startsWord, name.last != 0x2D, !name.isEmpty { name.append(0x2D) }
        name.append(byte + 0x20)
      default:
        if !name.isEmpty, name.last != 0x2D { name.append(0x2D) }
      }
    }
    if name.count > bytesMax { name.removeLast(name.count - bytesMax) }
    while name.last == 0x2D { name.removeLast() }
    return String(decoding: name, as: UTF8.self)
  }

  private static func isLower(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
  }

  private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

  /// Whether the capital at an index ends an abbreviation in the plural, as in `SKUs`.
  private static func endsPlural(_ bytes: [UInt8], _ index: Int) -> Bool {
    guard index + 1 < bytes.count, bytes[index + 1] == 0x73 else { return false }
    return index + 2 == bytes.count || !isLower(bytes[index + 2])
  }

  /// Returns the version of a contract by a document's: its first two numbers, or `1.0`.
  static func version(_ text: String?) -> String {
    guard let text else { return "1.0" }
    let digits = text.hasPrefix("v") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard let first = parts.first, let major = number(first) else { return "1.0" }
    if parts.count == 1 { return "\(major).0" }
    let minor = parts[1].prefix { $0.isASCII && $0.isNumber }
    return number(minor).map { "\(major).\($0)" } ?? "\(major).0"
  }

  private static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.count <= 6, text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(text)
  }
}

/// Names of which each is given once.
struct UniqueNames {
  private var taken: Set<String> = []

  /// Returns a name, or the same with the first free number behind it.
  mutating func take(_ name: String) -> String {
    if taken.insert(name).inserted { return name }
    var number = 2
    while !taken.insert("\(name)-\(number)").inserted { number += 1 }
    return "\(name)-\(number)"
  }
}
