import DrydockExchange
import DrydockKernel

/// Facts by identity: however often one is stated, it stands here once.
struct FactLedger: Sendable {
  /// A fact and where it was stated.
  struct Entry: Sendable {
    var fact: Fact
    var statements: [ObservedFact.Statement]
  }

  private(set) var entries: [Entry] = []
  private var positions: [Fact.Identity: Int] = [:]

  /// Notes a statement of a fact; what the ledger's entry lacks is filled in from it.
  mutating func state(_ fact: Fact, at instant: VirtualInstant, exchange: ExchangeID?) {
    let statement = ObservedFact.Statement(at: instant, exchange: exchange)
    let position = positions[fact.identity, default: entries.count]
    guard position < entries.count else {
      positions[fact.identity] = position
      entries.append(Entry(fact: fact, statements: [statement]))
      return
    }
    entries[position].statements.append(statement)
    entries[position].fact.fill(from: fact)
  }
}

extension Fact {
  /// Takes over what this statement of a fact lacks and another has.
  fileprivate mutating func fill(from other: Fact) {
    at = min(at, other.at)
    if order == nil { order = other.order }
    if parent == nil { parent = other.parent }
    if lines.isEmpty { lines = other.lines }
    if amount == nil { amount = other.amount }
    if detail == nil { detail = other.detail }
    for link in other.links where !links.contains(link) { links.append(link) }
  }
}

extension Fact {
  /// Whose books it is in and what happened: messages carry all such facts or none.
  struct Source: Hashable {
    var partner: PartnerID
    var kind: FactKind
  }

  var source: Source { Source(partner: partner, kind: kind) }
}
