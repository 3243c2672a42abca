import DrydockExchange
import DrydockKernel

/// Every call says which order it is about.
struct CorrelationCarried: Rule {
  let description = RuleDescription(
    id: "correlation-carried",
    family: .trace,
    summary: "every change that is asked for about an order carries that order's correlation id",
    reason: "at night, with six systems open, it is the only thread that leads through an order",
    example: "the retry of a release carries no 'X-Correlation-Id' and cannot be found",
    remedy: "keep the id with the order and set the header where requests are made"
  )

  /// The header.
  static let header = "X-Correlation-Id"

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    let calls = evidence.exchanges.indices.filter { position in
      let observed = evidence.exchanges[position]
      return observed.isWrite && observed.order != nil && !observed.isInjectedCopy
        && !observed.isTokenRequest
    }
    guard !calls.isEmpty else { return report.skip("no change was asked for about an order") }
    let isKnown = calls.contains { id(of: evidence.exchanges[$0]) != nil }
    // A recording of a client that never heard of correlation is no breach of it.
    guard isKnown || evidence.ending != .open else {
      return report.skip("no call carries '\(Self.header)'")
    }
    var first: [Int: String] = [:]
    var told: Set<Int> = []
    for position in calls {
      let observed = evidence.exchanges[position]
      guard let order = observed.order, !told.contains(order) else { continue }
      guard let found = id(of: observed) else {
        told.insert(order)
        breach(
          observed,
          order,
          expected: "'\(Self.header)' with the order's id",
          found: "none",
          evidence,
          &report
        )
        continue
      }
      let known = first[order] ?? found
      first[order] = known
      guard !found.hasPrefix(known), !known.hasPrefix(found) else { continue }
      told.insert(order)
      breach(
        observed,
        order,
        expected: "'\(known)', as in earlier calls",
        found: "'\(found)'",
        evidence,
        &report
      )
    }
  }

  private func id(of observed: ObservedExchange) -> String? {
    observed.exchange.request.headers[Self.header].flatMap { $0.isEmpty ? nil : $0 }
  }

  private func breach(
    _ observed: ObservedExchange,
    _ order: Int,
    expected: String,
    found: String,
    _ evidence: Evidence,
    _ report: inout RuleReport
  ) {
    report.breach(
      at: observed.exchange.sentAt,
      order: evidence.orders[order],
      "a call to '\(observed.exchange.attempt.partner)' about order "
        + "'\(evidence.orders[order].name)' cannot be traced",
      expected: expected,
      found: found,
      exchanges: [observed.exchange.attempt.exchange]
    )
  }
}
