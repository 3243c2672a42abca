import DrydockExchange

/// What is never written into a recording.
public enum Redaction {
  /// What stands for a secret.
  public static let mark = "<redacted>"

  /// Header fields that carry credentials.
  static let secretHeaders = [
    "Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Shopify-Access-Token",
    "X-Authorization", "X-Api-Key", "API-Key", "as-api-key", "aftership-api-key",
    "x-amz-access-token",
  ]

  /// Tells whether a header field carries a credential.
  public static func isSecret(header name: String) -> Bool {
    secretHeaders.contains { HeaderFields.sameName($0, name) }
  }
}
