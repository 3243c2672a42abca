import DrydockExchange
import DrydockKernel

/// Anybody can send a webhook; the signature says who did.
struct BadSignatureRefused: Rule {
  let description = RuleDescription(
    id: "bad-signature-refused",
    family: .manners,
    summary: "a webhook whose signature is wrong or missing is refused",
    reason: "whoever knows the address can ship goods to himself and refund them",
    example: "a webhook without signature says that an order was paid, and it is released",
    remedy: "verify the signature over the raw bytes before reading them, and answer 401"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    var judged = 0
    for observed in evidence.exchanges where !observed.isCall && observed.exchange.arrived {
      guard let flaw = flaw(of: observed), let response = observed.exchange.response else {
        continue
      }
      judged += 1
      guard response.isSuccess else { continue }
      report.breach(
        at: observed.exchange.answeredAt ?? observed.exchange.sentAt,
        order: observed.order.map { evidence.orders[$0] },
        "a webhook of '\(observed.exchange.attempt.partner)' with a \(flaw) was taken",
        expected: "status 401 or 403",
        found: "status \(response.status)",
        exchanges: [observed.exchange.attempt.exchange]
      )
    }
    if judged == 0 { report.skip("every webhook was signed as it should be") }
  }

  private func flaw(of observed: ObservedExchange) -> String? {
    if observed.isUnsigned { return "missing signature" }
    for fault in observed.faults {
      switch fault.effect {
      case "wrong signature", "rotated secret": return "wrong signature"
      case "missing signature": return "missing signature"
      default: continue
      }
    }
    return nil
  }
}
