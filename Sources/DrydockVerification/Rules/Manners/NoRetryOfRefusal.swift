import DrydockExchange
import DrydockKernel

/// A no is a no.
struct NoRetryOfRefusal: Rule {
  let description = RuleDescription(
    id: "no-retry-of-refusal",
    family: .manners,
    summary: "what a partner refused for good is not sent again as it is",
    reason: "the answer stays the same, the limits are used up, and nobody is told",
    example: "the ERP refuses an address and the same order is posted twelve times",
    remedy: "queue an exception for a definite refusal; send again when something has changed"
  )

  /// After this long, somebody may have mended something that no trace shows.
  static let forgottenAfter = Duration.seconds(3600)

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    let isRefused = evidence.exchanges.contains { $0.isWrite && $0.isRefusedForGood }
    guard isRefused else { return report.skip("no partner refused a write for good") }
    for series in evidence.repeatedCalls {
      for (first, next) in zip(series.calls, series.calls.dropFirst()) {
        let refused = evidence.exchanges[first]
        let again = evidence.exchanges[next]
        guard refused.isWrite, refused.isRefusedForGood,
          again.exchange.sentAt >= refused.endedAt,
          again.exchange.sentAt - refused.endedAt < Self.forgottenAfter,
          !changed(between: refused, and: again, evidence)
        else { continue }
        report.breach(
          at: again.exchange.sentAt,
          order: again.order.map { evidence.orders[$0] },
          "a call that '\(again.exchange.attempt.partner)' had refused was repeated",
          expected: "no repetition of '\(again.exchange.attempt.named)' after status "
            + "\(refused.answer?.status ?? 0)",
          found:
            "the same call \((again.exchange.sentAt - refused.endedAt).roundedDescription) later",
          exchanges: [refused.exchange.attempt.exchange, again.exchange.attempt.exchange]
        )
        break
      }
    }
  }

  /// Whether anything happened meanwhile that could make the partner answer otherwise.
  private func changed(
    between refused: ObservedExchange,
    and again: ObservedExchange,
    _ evidence: Evidence
  ) -> Bool {
    let start = refused.endedAt
    let end = again.exchange.sentAt
    if evidence.restarted(between: start, and: end) { return true }
    guard let position = again.order ?? refused.order else { return false }
    let order = evidence.orders[position]
    let isNews = order.facts.contains { index in
      let stated = evidence.facts[index].firstStated
      return stated >= start && stated <= end
    }
    return isNews
      || order.notes.contains { index in
        let note = evidence.notes[index]
        return note.note.kind == .replayed && note.at >= start && note.at <= end
      }
  }
}

extension Attempt {
  /// The operation as far as the trace knows it.
  var named: String { operation.isEmpty ? "call" : operation }
}
