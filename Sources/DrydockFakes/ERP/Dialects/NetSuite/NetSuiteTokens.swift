import DrydockExchange
import DrydockJSON
import DrydockKernel

/// The access tokens of an account: bought with a client assertion, good for an hour.
///
/// - Source: RFC 6749 section 4.4, RFC 7523 section 2.2.
struct NetSuiteTokens: Sendable {
  private struct Token: Sendable {
    var text: String
    var expiresAt: VirtualInstant
  }

  private var tokens: [Token] = []
  private var issued = 0

  /// Takes every token back at once.
  mutating func revoke() {
    tokens.removeAll()
  }

  /// Tells whether a call carries a token that is still good.
  func admits(_ request: Request, at now: VirtualInstant) -> Bool {
    guard let header = request.headers["Authorization"], header.hasPrefix("Bearer ") else {
      return false
    }
    let text = header.dropFirst("Bearer ".count)
    return tokens.contains { $0.text == text && now < $0.expiresAt }
  }

  /// Answers a call to the token endpoint.
  mutating func answer(
    _ request: Request,
    settings: ERPSettings,
    partner: PartnerID,
    draws: KeyedDraws,
    at now: VirtualInstant
  ) -> Response {
    guard let type = request.headers["Content-Type"],
      type.hasPrefix("application/x-www-form-urlencoded")
    else { return Self.error("invalid_request") }
    let form = Request("GET", host: "", target: "?" + String(decoding: request.body, as: UTF8.self))
    switch form.queryItem("grant_type") {
    case "client_credentials": break
    case nil: return Self.error("invalid_request")
    default: return Self.error("unsupported_grant_type")
    }
    guard
      form.queryItem("client_assertion_type")
        == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      let assertion = form.queryItem("client_assertion")
    else { return Self.error("invalid_request") }
    guard assertion == settings.credential else { return Self.error("invalid_client", 401) }
    tokens.removeAll { $0.expiresAt <= now }
    issued += 1
    func drawn(_ purpose: String, _ attempt: Int) -> String {
      Self.hex(
        draws.bits(
          KeyedDraws.Key(
            partner: partner.name,
            operation: "token-create",
            attempt: attempt,
            purpose: purpose
          )
        )
      )
    }
    let text =
      "eyJ0eXAiOiJKV1QiLCJhbGciOiJQUzI1NiJ9." + drawn("access-token", issued)
      + "." + drawn("access-token-signature", issued)
    tokens.append(Token(text: text, expiresAt: now + settings.tokenLifetime))
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("access_token", text)
      writer.member(
        "expires_in",
        String(settings.tokenLifetime.wholeNanoseconds / 1_000_000_000)
      )
      writer.member("token_type", "bearer")
    }
    return Response(
      200,
      headers: ["Content-Type": "application/json", "Cache-Control": "no-store"],
      body: writer.bytes
    )
  }

  private static func error(_ code: String, _ status: Int = 400) -> Response {
    var writer = JSONWriter()
    writer.object { $0.member("error", code) }
    return Response(
      status,
      headers: ["Content-Type": "application/json", "Cache-Control": "no-store"],
      body: writer.bytes
    )
  }

  private static func hex(_ bits: UInt64) -> String {
    let text = String(bits, radix: 16)
    return String(repeating: "0", count: 16 - text.utf8.count) + text
  }
}
