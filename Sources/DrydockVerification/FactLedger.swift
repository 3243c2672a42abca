import DrydockExchange
import DrydockKernel

/// Facts by identity: however often one is stated, it stands here once.
struct FactLedger: Sendable {
  private(set) var facts: [ObservedFact] = []
  private var positions: [Fact.Identity: Int] = [:]

  /// Notes a statement of a fact; what the ledger's entry lacks is filled in from it.
  mutating func state(_ fact: Fact, at instant: VirtualInstant, exchange: ExchangeID?) {
    let statement = ObservedFact.Statement(at: instant, exchange: exchange)
    guard let position = positions[fact.identity] else {
      positions[fact.identity] = facts.count
      facts.append(ObservedFact(fact: fact, statements: [statement]))
      return
    }
    var entry = facts[position]
    entry.statements.append(statement)
    entry.fact.at = min(entry.fact.at, fact.at)
    if entry.fact.order == nil { entry.fact.order = fact.order }
    if entry.fact.parent == nil { entry.fact.parent = fact.parent }
    if entry.fact.lines.isEmpty { entry.fact.lines = fact.lines }
    if entry.fact.amount == nil { entry.fact.amount = fact.amount }
    if entry.fact.detail == nil { entry.fact.detail = fact.detail }
    for link in fact.links where !entry.fact.links.contains(link) {
      entry.fact.links.append(link)
    }
    facts[position] = entry
  }
}
