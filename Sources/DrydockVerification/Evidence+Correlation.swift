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
  mutating func correlate(_ entries: [FactLedger.Entry], _ drafts: [ObservedExchange.Draft]) {
    let order = entries.indices.sorted { left, right in
      let (left, right) = (entries[left], entries[right])
      return left.fact.at == right.fact.at
        ? left.statements[0].at < right.statements[0].at : left.fact.at < right.fact.at
    }
    let entries = order.map { entries[$0] }
    factKinds = entries.map(\.fact.kind)
    var groups = KeyGroups()
    for entry in entries where entry.fact.isAboutOrder { groups.join(entry.fact.keys) }
    joinReferences(entries, &groups)
    formOrders(entries, &groups)
    let byText = keysByText()
    assign(drafts, byText)
    assignNotes(byText)
  }

  private func joinReferences(_ entries: [FactLedger.Entry], _ groups: inout KeyGroups) {
    var bases: [String: EntityKey] = [:]
    for entry in entries where entry.fact.kind == .orderPlaced {
      for link in entry.fact.links where link.namespace == "reference" {
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

  /// Makes the orders, and of every entry the fact that rules see.
  private mutating func formOrders(_ entries: [FactLedger.Entry], _ groups: inout KeyGroups) {
    var positions: [Int: Int] = [:]
    let members = groups.members()
    facts.reserveCapacity(entries.count)
    for (index, entry) in entries.enumerated() {
      var position: Int?
      if entry.fact.isAboutOrder {
        let group = groups.group(of: entry.fact.subject)
        let found = positions[group, default: orders.count]
        if found == orders.count {
          positions[group] = found
          orders.append(OrderStory(name: "", keys: members[group] ?? []))
        }
        orders[found].facts.append(index)
        orders[found].factKinds.append(entry.fact.kind)
        position = found
      }
      facts.append(
        ObservedFact(fact: entry.fact, statements: entry.statements, order: position)
      )
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

  /// Makes of every draft the exchange that rules see, with the order that it is about.
  private mutating func assign(
    _ drafts: [ObservedExchange.Draft],
    _ byText: [String: Int]
  ) {
    var ofExchange: [Int: Int] = [:]
    for observed in facts {
      guard let order = observed.order else { continue }
      for statement in observed.statements {
        guard let exchange = statement.exchange, ofExchange[exchange.number] == nil else {
          continue
        }
        ofExchange[exchange.number] = order
      }
    }
    exchanges.reserveCapacity(drafts.count)
    for (index, draft) in drafts.enumerated() {
      var draft = draft
      let attempt = draft.exchange.attempt
      draft.order =
        ofExchange[attempt.exchange.number] ?? order(named: attempt.entity, byText)
        ?? draft.exchange.request.headers["X-Correlation-Id"].flatMap { order(named: $0, byText) }
      if let order = draft.order { orders[order].exchanges.append(index) }
      exchanges.append(ObservedExchange(draft))
    }
  }

  private mutating func assignNotes(_ byText: [String: Int]) {
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
