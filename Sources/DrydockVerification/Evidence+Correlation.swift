import DrydockExchange
import DrydockKernel

extension Evidence {
  /// Joins what belongs to one order, by the keys that facts share, and hands out exchanges and
  /// notes.
  ///
  /// Facts about one order share keys: the store's order, the ERP's, tracking numbers. References
  /// that integrations gave (`SHOP-1001`) are joined to the store's order whose number is a word of
  /// them. An exchange belongs to the order that its facts, its entity or its correlation header
  /// names.
  mutating func correlate(ledger: inout FactLedger) {
    facts = ledger.facts.sorted {
      ($0.fact.at, $0.firstStated) < ($1.fact.at, $1.firstStated)
    }
    var groups = KeyGroups()
    for observed in facts where observed.fact.isAboutOrder { groups.join(observed.fact.keys) }
    joinReferences(&groups)
    formOrders(&groups)
    assignExchanges(&groups)
    assignNotes(&groups)
  }

  private func joinReferences(_ groups: inout KeyGroups) {
    var bases: [String: EntityKey] = [:]
    for observed in facts where observed.fact.kind == .orderPlaced {
      for link in observed.fact.links where link.namespace == "reference" {
        bases[link.value] = link
      }
    }
    for key in groups.keys where key.namespace == "reference" && bases[key.value] == nil {
      for word in OrderReference.words(of: key.value) {
        guard let base = bases[word] else { continue }
        groups.join([base, key])
        break
      }
    }
  }

  private mutating func formOrders(_ groups: inout KeyGroups) {
    var positions: [Int: Int] = [:]
    let members = groups.members()
    for index in facts.indices where facts[index].fact.isAboutOrder {
      let group = groups.group(of: facts[index].fact.subject)
      let position: Int
      if let known = positions[group] {
        position = known
      } else {
        position = orders.count
        positions[group] = position
        orders.append(OrderStory(name: "", keys: members[group] ?? []))
      }
      facts[index].order = position
      orders[position].facts.append(index)
    }
    for position in orders.indices {
      orders[position].name = name(of: orders[position])
      for key in orders[position].keys { orderPositions[key] = position }
    }
  }

  /// The store's name of the order, else the shortest reference, a parcel, else its first key.
  private func name(of order: OrderStory) -> String {
    let label = order.keys.first { $0.namespace == "source" }?.value
    if let placed = order.keys.first(where: { $0.namespace.hasSuffix(".order-name") })?.value {
      return label.map { "\($0) (\(placed))" } ?? placed
    }
    let references = order.keys.filter { $0.namespace == "reference" }
    if let shortest = references.min(by: { ($0.value.utf8.count, $0) < ($1.value.utf8.count, $1) })
    {
      return shortest.value
    }
    if let parcel = order.keys.first(where: { $0.namespace == "tracking" }) {
      return "parcel \(parcel.value)"
    }
    return order.keys.first?.description ?? "?"
  }

  private mutating func assignExchanges(_ groups: inout KeyGroups) {
    var ofExchange: [Int: Int] = [:]
    for observed in facts {
      guard let order = observed.order else { continue }
      for exchange in observed.exchanges where ofExchange[exchange.number] == nil {
        ofExchange[exchange.number] = order
      }
    }
    let byText = keysByText()
    for index in exchanges.indices {
      let exchange = exchanges[index].exchange
      let order =
        ofExchange[exchange.attempt.exchange.number]
        ?? self.order(named: exchange.attempt.entity, byText)
        ?? exchange.request.headers["X-Correlation-Id"].flatMap { self.order(named: $0, byText) }
      guard let order else { continue }
      exchanges[index].order = order
      orders[order].exchanges.append(index)
    }
  }

  private mutating func assignNotes(_ groups: inout KeyGroups) {
    let byText = keysByText()
    for index in notes.indices {
      guard let key = notes[index].note.order,
        let order = self.order(named: key.value, byText)
      else { continue }
      notes[index].order = order
      orders[order].notes.append(index)
    }
  }

  /// Returns the orders by the texts of their keys; a text that names two orders names none.
  private func keysByText() -> [String: Int] {
    var byText: [String: Int] = [:]
    for (position, order) in orders.enumerated() {
      for key in order.keys {
        if let known = byText[key.value], known != position {
          byText[key.value] = -1
        } else {
          byText[key.value] = position
        }
      }
    }
    return byText
  }

  private func order(named text: String, _ byText: [String: Int]) -> Int? {
    guard !text.isEmpty else { return nil }
    if let exact = byText[text] { return exact >= 0 ? exact : nil }
    for word in OrderReference.words(of: text) {
      if let position = byText[word], position >= 0 { return position }
    }
    return nil
  }
}

extension Fact {
  /// Whether the fact is about an order at all; facts about stock alone are not.
  var isAboutOrder: Bool {
    switch kind {
    case .stockAdjusted, .stockPublished: false
    default: true
    }
  }

  /// Every key of the order that this fact names.
  ///
  /// An exchange order has the return it replaces as its parent, and is an order of its own.
  var keys: [EntityKey] {
    var keys = [subject]
    if let order { keys.append(order) }
    keys += links
    if let parent, kind != .orderPlaced { keys.append(parent) }
    return keys
  }
}

/// Keys in groups that name the same thing: a disjoint-set forest.
///
/// - Complexity: Almost O(1) per key joined.
struct KeyGroups {
  private(set) var keys: [EntityKey] = []
  private var positions: [EntityKey: Int] = [:]
  private var parents: [Int] = []

  /// Puts keys into one group.
  mutating func join(_ joined: [EntityKey]) {
    guard let first = joined.first else { return }
    let root = find(position(of: first))
    for key in joined.dropFirst() {
      let other = find(position(of: key))
      let current = find(root)
      if other != current { parents[max(other, current)] = min(other, current) }
    }
  }

  /// Returns the group of a key, by a number that stays until groups are joined.
  mutating func group(of key: EntityKey) -> Int {
    find(position(of: key))
  }

  /// Returns the keys of every group, sorted.
  mutating func members() -> [Int: [EntityKey]] {
    var members: [Int: [EntityKey]] = [:]
    for position in keys.indices { members[find(position), default: []].append(keys[position]) }
    return members.mapValues { $0.sorted() }
  }

  private mutating func position(of key: EntityKey) -> Int {
    if let known = positions[key] { return known }
    positions[key] = keys.count
    keys.append(key)
    parents.append(parents.count)
    return keys.count - 1
  }

  private mutating func find(_ position: Int) -> Int {
    var root = position
    while parents[root] != root { root = parents[root] }
    var walked = position
    while parents[walked] != root {
      let next = parents[walked]
      parents[walked] = root
      walked = next
    }
    return root
  }
}
