import DrydockExchange
import DrydockKernel

/// A credential that was refused is replaced, not repeated.
struct TokenRefreshed: Rule {
  let description = RuleDescription(
    id: "token-refreshed",
    family: .manners,
    summary: "a credential that a partner refused is not used again and again",
    reason: "every order fails until somebody notices, and the account may be locked",
    example: "the access token expires and each order is refused with 401",
    remedy: "ask for a new token at the first 401, and hold other calls back until it is there"
  )

  /// Calls that were under way or waiting may still carry the old credential.
  static let repetitionsMax = 3

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    var refusedAt: [String: VirtualInstant] = [:]
    var again: [String: [ExchangeID]] = [:]
    var judged = 0
    for observed in evidence.exchanges where observed.isCall && !observed.isInjectedCopy {
      guard !observed.isTokenRequest, let credential = credential(of: observed),
        observed.answer?.status == 401
      else { continue }
      judged += 1
      let partner = observed.exchange.attempt.partner
      let key = "\(partner) \(credential)"
      guard let known = refusedAt[key] else {
        refusedAt[key] = observed.endedAt
        continue
      }
      guard observed.exchange.sentAt > known else { continue }
      again[key, default: []].append(observed.exchange.attempt.exchange)
      guard again[key]?.count == Self.repetitionsMax + 1 else { continue }
      report.breach(
        at: observed.exchange.sentAt,
        "'\(partner)' was called again and again with a credential that it had refused",
        expected: "a new credential after the first 401",
        found: "\(Self.repetitionsMax + 1) more calls with the old one",
        exchanges: again[key] ?? []
      )
    }
    if judged == 0 { report.skip("no partner refused a credential") }
  }

  private func credential(of observed: ObservedExchange) -> String? {
    let headers = observed.exchange.request.headers
    return headers["Authorization"] ?? headers["X-Shopify-Access-Token"]
      ?? headers["X-Authorization"] ?? headers["X-Api-Key"]
  }
}
