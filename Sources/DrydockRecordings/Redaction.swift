import DrydockExchange

/// What is never written into a recording, by the names that give it away.
public enum Redaction {
  /// What stands for a secret.
  public static let mark = "<redacted>"
  /// What stands for a secret that is a URL, so that it still is one.
  static let url = "https://redacted.example/"

  /// Words that make a header field a credential, wherever they stand in its name.
  private static let headerWords = [
    "authorization", "token", "secret", "password", "apikey", "cookie", "session", "credential",
  ]

  /// Members of payloads, forms and queries that are credentials by their name alone.
  private static let memberNames: Set<String> = [
    "accesstoken", "apikey", "authorization", "carttoken", "checkouttoken", "clientassertion",
    "clientsecret", "credential", "credentials", "idtoken", "passwd", "password", "privatekey",
    "refreshtoken", "secret", "sessiontoken", "token", "webhooksecret",
  ]

  /// Tells whether a header field carries a credential, by its name.
  public static func isSecret(header name: String) -> Bool {
    let plain = plain(name)
    return headerWords.contains { plain.contains($0) }
  }

  /// Tells whether a member of a payload is a credential, by its name.
  static func isSecret(member name: String) -> Bool {
    memberNames.contains(plain(name))
  }

  /// Tells whether a header's value is a credential, by its scheme.
  static func isSecret(value: String) -> Bool {
    ["Bearer ", "Basic ", "Digest "].contains { scheme in
      HeaderFields.sameName(String(value.prefix(scheme.count)), scheme)
    }
  }

  private static func plain(_ name: String) -> String {
    String(name.lowercased().filter { $0 != "-" && $0 != "_" })
  }
}
