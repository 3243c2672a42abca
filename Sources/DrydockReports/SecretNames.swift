import DrydockExchange

/// Which fields hold secrets, by their names.
///
/// A trace carries what was really sent, a report must not. Contracts name the secrets of their
/// messages, and recordings are redacted by them; a report knows no contracts, so it goes by the
/// words that platforms use and rather hides one too many.
enum SecretNames {
  /// What stands in place of a secret.
  static let placeholder = "<redacted>"

  private static let words = [
    "access-token", "refresh-token", "id-token", "api-key", "apikey", "secret",
    "password", "passwd", "cookie", "session", "assertion", "private-key", "credential", "bearer",
  ]

  /// Tells whether a header, member or query item of this name holds a secret.
  static func contains(_ name: String) -> Bool {
    var folded = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "A"..."Z":
        folded.unicodeScalars.append(
          scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
        )
      case "_", " ", ".": folded += "-"
      default: folded.unicodeScalars.append(scalar)
      }
    }
    return ["token", "authorization", "x-authorization", "proxy-authorization"].contains(folded)
      || folded.hasSuffix("-token") || words.contains { folded.contains($0) }
      || words.contains { folded == $0.filter { $0 != "-" } }
  }

  /// Returns a target with the values of secret query items hidden.
  static func redacted(target: String) -> String {
    guard let mark = target.firstIndex(of: "?") else { return target }
    let items = target[target.index(after: mark)...].split(
      separator: "&",
      omittingEmptySubsequences: false
    )
    return target[...mark] + items.map { item in redacted(item: item) }.joined(separator: "&")
  }

  /// Returns a form item with its value hidden if its name says so.
  static func redacted(item: Substring) -> String {
    guard let equals = item.firstIndex(of: "="),
      contains(PercentEncoding.decode(item[..<equals]))
    else { return String(item) }
    return item[...equals] + placeholder
  }
}
