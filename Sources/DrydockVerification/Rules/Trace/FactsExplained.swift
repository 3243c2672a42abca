import DrydockExchange
import DrydockKernel

/// What messages say is what the books say.
struct FactsExplained: Rule {
  let description = RuleDescription(
    id: "facts-explained",
    family: .trace,
    summary: "whatever a partner's message tells stands in that partner's books",
    reason: "a message about something that never happened is forged, stale or misread",
    example: "a webhook tells of a shipment that the 3PL has no record of",
    remedy: "ask who wrote the message; mend the contract where it reads something into it"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    var booked: Set<Fact.Source> = []
    for observed in evidence.facts
    where observed.statements.contains(where: { $0.exchange == nil }) {
      booked.insert(observed.fact.source)
    }
    guard !booked.isEmpty else { return report.skip("no partner's books state facts") }
    for observed in evidence.facts {
      guard observed.statements.allSatisfy({ $0.exchange != nil }),
        booked.contains(observed.fact.source)
      else { continue }
      report.breach(
        at: observed.fact.at,
        order: observed.order.map { evidence.orders[$0] },
        "a message tells what the books of '\(observed.fact.partner)' do not know",
        expected: "'\(observed.fact.kind.rawValue)' of '\(observed.fact.subject)' in the books",
        found: "\(observed.exchanges.count) messages, and nothing in the books",
        exchanges: observed.exchanges
      )
    }
  }
}
