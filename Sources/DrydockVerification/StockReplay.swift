import DrydockExchange
import DrydockKernel

/// The stock of all 3PLs over time, replayed from their books at the beginning and from facts.
///
///     opening ── adjusted ── reserved ── shipped ── graded ──▶ closing
///       10          −1          (2)        −2         +1           8 on hand
///
/// What is available is an upper bound: promises that no fact shows are not counted, and units that
/// vanish are taken from what was promised first.
struct StockReplay {
  /// Units of one SKU at one 3PL.
  struct Level {
    var onHand = 0
    var committed = 0
    var held = 0
    /// Units that vanished while they may have been promised.
    var vanished = 0
    var available: Int { onHand - committed - held }
  }

  /// One change, and what it left.
  struct Step {
    var at: VirtualInstant
    var available: Int
    var fact: Int
  }

  /// A SKU at a 3PL.
  struct Place: Hashable {
    var partner: PartnerID
    var sku: String
  }

  /// What is there when everything was replayed.
  private(set) var levels: [Place: Level] = [:]
  /// The changes of what is available, by SKU, over all 3PLs.
  private(set) var steps: [String: [Step]] = [:]
  /// The first change that left less than nothing on hand, by place.
  private(set) var overdrawn: [(place: Place, fact: Int, onHand: Int)] = []

  private var reserved: [EntityKey: [FactLine]] = [:]
  private var releaseOf: [EntityKey: [EntityKey]] = [:]
  private var available: [String: Int] = [:]

  /// Replays the stock; nothing where the books at the beginning are not all at hand.
  ///
  /// - Complexity: O(facts) besides the books.
  init?(_ evidence: Evidence) {
    let warehouses = evidence.partners.filter { $0.kind == .threePL }.map(\.id)
    let opening = evidence.openingBooks.filter { $0.kind == .threePL }
    guard !warehouses.isEmpty, opening.count == warehouses.count else { return nil }
    for books in opening {
      for entry in books.stock {
        let place = Place(partner: books.partner, sku: entry.sku)
        levels[place, default: Level()].onHand += entry.onHand
        levels[place, default: Level()].committed += entry.committed
        levels[place, default: Level()].held += entry.held
        available[entry.sku, default: 0] += entry.onHand - entry.committed - entry.held
      }
    }
    for sku in available.keys.sorted() {
      steps[sku] = [Step(at: .earliest, available: available[sku, default: 0], fact: -1)]
    }
    let partners = Set(warehouses)
    for (position, observed) in evidence.facts.enumerated()
    where partners.contains(observed.fact.partner) {
      take(observed.fact, position)
    }
  }

  private mutating func take(_ fact: Fact, _ position: Int) {
    switch fact.kind {
    case .stockReserved:
      reserved[fact.subject] = fact.lines
      if let order = fact.order { releaseOf[order, default: []].append(fact.subject) }
      for line in fact.lines { change(line.sku, fact, position) { $0.committed += line.units } }
    case .shipmentCreated:
      free(fact.subject, fact, position)
      for line in fact.lines { change(line.sku, fact, position) { $0.onHand -= line.units } }
    case .orderCancelled:
      for shipment in releaseOf[fact.subject] ?? [] { free(shipment, fact, position) }
    case .stockAdjusted:
      for line in fact.lines {
        change(line.sku, fact, position) { level in
          level.onHand += line.units
          guard line.units < 0 else { return }
          let promised = min(-line.units, level.committed)
          level.committed -= promised
          level.vanished += promised
        }
      }
    case .returnGraded:
      for line in fact.lines where line.detail == "restock" || line.detail == "hold" {
        change(line.sku, fact, position) { level in
          level.onHand += line.units
          if line.detail == "hold" { level.held += line.units }
        }
      }
    default: break
    }
  }

  /// Takes back the promises to a shipment.
  private mutating func free(_ shipment: EntityKey, _ fact: Fact, _ position: Int) {
    for line in reserved.removeValue(forKey: shipment) ?? [] {
      change(line.sku, fact, position) { level in
        let gone = min(level.vanished, line.units)
        level.vanished -= gone
        level.committed -= line.units - gone
      }
    }
  }

  private mutating func change(
    _ sku: String,
    _ fact: Fact,
    _ position: Int,
    _ body: (inout Level) -> Void
  ) {
    let place = Place(partner: fact.partner, sku: sku)
    var level = levels[place] ?? Level()
    let before = level
    body(&level)
    levels[place] = level
    available[sku, default: 0] += level.available - before.available
    steps[sku, default: []].append(
      Step(at: fact.at, available: available[sku, default: 0], fact: position)
    )
    if level.onHand < 0, before.onHand >= 0 {
      overdrawn.append((place, position, level.onHand))
    }
  }

  /// Returns the most units of a SKU that were available at any time of an interval.
  ///
  /// - Complexity: O(log n) in the changes of the SKU, besides those within the interval.
  func mostAvailable(_ sku: String, from start: VirtualInstant, to end: VirtualInstant) -> Int? {
    guard let steps = steps[sku], !steps.isEmpty else { return nil }
    var index = Swift.max(0, steps.partitionIndex { $0.at > start } - 1)
    var most = steps[index].available
    while index + 1 < steps.count, steps[index + 1].at <= end {
      index += 1
      most = max(most, steps[index].available)
    }
    return most
  }
}
