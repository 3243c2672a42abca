import DrydockExchange
import DrydockJSON
import DrydockKernel
import DrydockVerification
import DrydockWorld

/// What must hold in this scenario, besides the rules.
extension ScenarioReader {
  /// Words for how far an order gets, beside the names of facts themselves.
  static let states: [(word: String, fact: FactKind)] = [
    ("placed", .orderPlaced), ("accepted", .orderAccepted), ("refused", .orderRefused),
    ("held", .orderHeld), ("released", .orderReleased), ("cancelled", .orderCancelled),
    ("shipped", .shipmentCreated), ("delivered", .shipmentDelivered),
    ("failed", .shipmentFailed), ("invoiced", .invoicePosted), ("returned", .returnReceived),
    ("refunded", .refundIssued), ("credited", .creditPosted), ("closed", .returnClosed),
  ]

  mutating func readExpectation(_ value: JSONValue) -> Verifier.Expectation? {
    var fields = JSONFields(value, as: "an expectation", ids: Self.ids)
    let before = list.diagnostics.count
    let content = readContent(&fields)
    // What may stand beside is known only where the expectation is.
    if content != nil || list.diagnostics.count == before { fields.finish(&list) }
    return content.map { Verifier.Expectation($0, text: describe(value)) }
  }

  private func describe(_ value: JSONValue) -> String {
    value.members.map {
      "\($0.name) \($0.value.string ?? String(decoding: $0.value.bytes, as: UTF8.self))"
    }
    .joined(separator: ", ")
  }

  private mutating func readContent(
    _ fields: inout JSONFields
  ) -> Verifier.Expectation.Content? {
    let label = fields.string("order", &list)
    if label != nil { _ = order("order", &fields, required: false) }
    if let kind = readFact("reaches", &fields) {
      let detail = fields.string("detail", &list)
      let within = duration("within", &fields)
      return needs(label, fields).map {
        .reaches(order: $0, kind, detail: detail, within: within)
      }
    }
    if let kind = readFact("count", &fields) {
      return .count(kind, order: label, readBound(&fields))
    }
    if let kind = readFact("never", &fields) {
      return .count(kind, order: label, .init(atLeast: 0, atMost: 0))
    }
    if let kind = readFact("amount", &fields) {
      guard let money = readMoney("is", &fields) else {
        if fields.value["is"] == nil {
          list.add("'amount' needs 'is'", id: "scenario-missing-member", at: fields.value)
        }
        return nil
      }
      return needs(label, fields).map { .amount(kind, order: $0, money) }
    }
    if let owner = fields.string("exception", &list) {
      return needs(label, fields).map {
        .exception(order: $0, owner: owner == "any" ? nil : owner)
      }
    }
    if let kind = fields.word("noted", as: IntegrationNote.Kind.self, &list) {
      return .noted(kind, order: label, readBound(&fields))
    }
    if let name = fields.string("stock", &list) { return readStock(name, &fields) }
    let heads = ["reaches", "count", "never", "amount", "exception", "noted", "stock"]
    // One that is there and could not be read has been reported.
    if heads.contains(where: { fields.value[$0] != nil }) { return nil }
    list.add(
      "an expectation needs one of 'reaches', 'count', 'never', 'amount', 'exception', 'noted', "
        + "'stock'",
      id: "scenario-missing-member",
      at: fields.value
    )
    return nil
  }

  private mutating func needs(_ label: String?, _ fields: JSONFields) -> String? {
    if label == nil {
      list.add(
        "this expectation needs 'order'",
        id: "scenario-missing-member",
        at: fields.value
      )
    }
    return label
  }

  private mutating func readFact(_ name: String, _ fields: inout JSONFields) -> FactKind? {
    guard let value = fields.member(name), let text = fields.string(name, &list) else {
      return nil
    }
    if let state = Self.states.first(where: { $0.word == text }) { return state.fact }
    if let kind = FactKind(rawValue: text) { return kind }
    list.add(
      JSONFields.unknown(
        "fact",
        text,
        for: "'\(name)'",
        among: Self.states.map(\.word) + FactKind.allCases.map(\.rawValue)
      ),
      id: "scenario-unknown-fact",
      at: value
    )
    return nil
  }

  /// Reads `is`, or `atLeast` and `atMost`; at least one where nothing is said.
  private mutating func readBound(_ fields: inout JSONFields) -> Verifier.Expectation.Bound {
    let range = 0...1_000_000_000
    if let exact = fields.int("is", in: range, &list) {
      return .init(atLeast: exact, atMost: exact)
    }
    let least = fields.int("atLeast", in: range, &list)
    let most = fields.int("atMost", in: range, &list)
    return .init(atLeast: least ?? (most == nil ? 1 : 0), atMost: most ?? .max)
  }

  /// The nodes, and what a store calls all of them together.
  private var knownNodes: [String] { masterData.nodes.map(\.name) + ["all"] }

  private mutating func readStock(
    _ name: String,
    _ fields: inout JSONFields
  ) -> Verifier.Expectation.Content? {
    let value = fields.value["stock"] ?? fields.value
    let partner = partner(name, at: value)
    let sku = fields.requiredString("sku", &list)
    if let sku { check(sku: sku, at: fields.value["sku"] ?? value) }
    let node = fields.string("node", &list)
    if let node, let place = fields.value["node"], !knownNodes.contains(node) {
      list.add(
        JSONFields.unknown("node", node, for: "'stock'", among: knownNodes),
        id: "scenario-unknown-node",
        at: place
      )
    }
    let onHand = fields.int("onHand", &list)
    let available = fields.int("available", &list)
    if onHand == nil, available == nil {
      list.add(
        "'stock' needs 'onHand' or 'available'",
        id: "scenario-missing-member",
        at: value
      )
    }
    guard let partner, let sku else { return nil }
    return .stock(partner.id, sku: sku, node: node, onHand: onHand, available: available)
  }
}
