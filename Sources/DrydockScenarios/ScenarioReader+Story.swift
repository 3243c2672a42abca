import DrydockExchange
import DrydockFakes
import DrydockJSON
import DrydockKernel
import DrydockWorld

/// The steps of the story: what people do at which partner.
extension ScenarioReader {
  /// The words for what people do, by the kind of partner they do it at.
  static let verbs: [(kind: PartnerKind, verb: String)] = [
    (.store, "order placed"), (.store, "cancel requested"), (.store, "order sent again"),
    (.returns, "return requested"), (.returns, "parcel handed over"),
    (.returns, "return withdrawn"),
    (.threePL, "stock adjusted"), (.threePL, "shipment confirmed again"),
    (.threePL, "receipt reported again"),
    (.erp, "credit held"), (.erp, "credit freed"), (.erp, "order approved"),
    (.erp, "credits refused"),
  ]

  /// The largest amount; with the most units of a line it stays far from what 64 bits hold.
  static let moneyMax: Int64 = 1_000_000_00

  /// A step that every partner knows.
  static let tokenExpired = "token expired"

  /// Hands out the numbers of orders and returns, in the order of the file.
  mutating func nameOrders(in story: [JSONValue]) {
    for step in story {
      if let label = step["order"]?.string, isStep(step, "order placed") {
        if orders[label] == nil { orders[label] = 1001 + orders.count }
      }
      if let label = step["return"]?.string, isStep(step, "return requested") {
        if returns[label] == nil { returns[label] = 1 + returns.count }
      }
    }
  }

  private func isStep(_ step: JSONValue, _ verb: String) -> Bool {
    step.members.contains { $0.value.string == verb }
  }

  mutating func readStory(_ story: [JSONValue]) -> [StoryStep] {
    var previous = calendar.start
    var steps: [StoryStep] = []
    for value in story {
      var fields = JSONFields(value, as: "a step", ids: Self.ids)
      let at = readMoment(&fields, after: previous)
      let (step, isKnown) = readStep(&fields, at: at ?? previous)
      // What a step may have beside is known only where the step is.
      if isKnown { fields.finish(&list) }
      previous = at ?? previous
      if let step { steps.append(step) }
    }
    return steps.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
      .map(\.element)
  }

  /// Reads `at`: an instant, or `+2 h` after the step before.
  private mutating func readMoment(
    _ fields: inout JSONFields,
    after previous: VirtualInstant
  ) -> VirtualInstant? {
    guard fields.required("at", &list) != nil else { return nil }
    let last = calendar.start + .seconds(86_400) * Self.daysMax
    guard let instant = readInstant(&fields, after: previous) else { return nil }
    if instant < calendar.start, let value = fields.value["at"] {
      list.add("the step lies before day 1", id: "scenario-malformed-value", at: value)
    }
    if instant > last, let value = fields.value["at"] {
      list.add(
        "the step lies behind day \(Self.daysMax)",
        id: "scenario-malformed-value",
        at: value
      )
    }
    return instant
  }

  private mutating func readInstant(
    _ fields: inout JSONFields,
    after previous: VirtualInstant
  ) -> VirtualInstant? {
    if let text = fields.value["at"]?.string, text.hasPrefix("+") {
      return fields.parsed("at", expected: "a duration behind '+'", &list) { text in
        Duration(parsing: String(text.dropFirst()).trimmingSpaces)
          .flatMap { $0 >= .zero ? previous + $0 : nil }
      }
    }
    return instant("at", &fields)
  }

  /// Reads what happens.
  ///
  /// - Returns: The step, and whether partner and verb of it are known.
  private mutating func readStep(
    _ fields: inout JSONFields,
    at instant: VirtualInstant
  ) -> (step: StoryStep?, isKnown: Bool) {
    guard let (name, verbValue) = stepHead(fields.value) else {
      list.add(
        "a step needs a partner and what happens there, such as \"store\": \"order placed\"",
        id: "scenario-missing-member",
        at: fields.value
      )
      return (nil, false)
    }
    guard let partner = partner(name, at: verbValue) else { return (nil, false) }
    guard let verb = fields.string(name, &list) else { return (nil, false) }
    let kind = partner.settings.kind
    let known = Self.verbs.filter { $0.kind == kind }.map(\.verb) + [Self.tokenExpired]
    guard known.contains(verb) else {
      list.add(
        JSONFields.unknown("step", verb, for: "partner '\(name)'", among: known),
        id: "scenario-unknown-step",
        at: verbValue
      )
      return (nil, false)
    }
    guard let (command, text) = readCommand(verb, &fields) else { return (nil, true) }
    let words = text.isEmpty ? "\(name): \(verb)" : "\(name): \(verb) (\(text))"
    return (StoryStep(at: instant, partner: partner.id, command: command, text: words), true)
  }

  /// Returns the member that names the partner.
  private func stepHead(_ value: JSONValue) -> (String, JSONValue)? {
    let names = partners.map(\.id.name)
    if let member = value.members.first(where: { names.contains($0.name) }) {
      return (member.name, member.value)
    }
    let others = [
      "at", "order", "return", "lines", "customer", "address", "shipping", "reason", "sku",
      "node", "by", "count", "exchangeFor",
    ]
    return value.members.first { !others.contains($0.name) }.map { ($0.name, $0.value) }
  }

  private mutating func readCommand(
    _ verb: String,
    _ fields: inout JSONFields
  ) -> (StoryCommand, String)? {
    switch verb {
    case "order placed": return readOrder(&fields)
    case "cancel requested":
      let reason = fields.string("reason", &list) ?? "customer"
      return aboutOrder(&fields) { .requestCancel(order: $0, reason: reason) }
    case "order sent again": return aboutOrder(&fields) { .resendOrder(order: $0) }
    case "shipment confirmed again": return aboutOrder(&fields) { .confirmAgain(order: $0) }
    case "order approved": return aboutOrder(&fields) { .approveOrder(order: $0) }
    case "return requested": return readReturn(&fields)
    case "parcel handed over": return aboutReturn(&fields) { .shipReturn(return: $0) }
    case "return withdrawn": return aboutReturn(&fields) { .cancelReturn(return: $0) }
    case "receipt reported again": return aboutReturn(&fields) { .receiveAgain(return: $0) }
    case "stock adjusted": return readAdjustment(&fields)
    case "credit held", "credit freed":
      guard let customer = fields.requiredString("customer", &list) else { return nil }
      return (.setCreditHold(customer: customer, held: verb == "credit held"), customer)
    case "credits refused":
      let count = fields.int("count", in: 1...1_000, &list) ?? 1
      return (.refuseCredits(count: count), "\(count)")
    default: return (.expireToken, "")
    }
  }

  private mutating func aboutOrder(
    _ fields: inout JSONFields,
    _ make: (Int) -> StoryCommand
  ) -> (StoryCommand, String)? {
    guard let number = order("order", &fields, required: true) else { return nil }
    return (make(number), "order \(fields.value["order"]?.string ?? "")")
  }

  private mutating func aboutReturn(
    _ fields: inout JSONFields,
    _ make: (Int) -> StoryCommand
  ) -> (StoryCommand, String)? {
    guard let label = fields.requiredString("return", &list), let value = fields.value["return"]
    else { return nil }
    guard let number = returns[label] else {
      list.add(
        JSONFields.unknown("return", label, for: "this step", among: returns.keys.sorted()),
        id: "scenario-unknown-return",
        at: value
      )
      return nil
    }
    return (make(number), "return \(label)")
  }

  private mutating func readOrder(_ fields: inout JSONFields) -> (StoryCommand, String)? {
    let label = newLabel("order", &fields)
    let lines = readLines(&fields)
    var address = StoryCommand.Address.default
    if let value = fields.object("address", &list) { readAddress(value, into: &address) }
    let customer = fields.string("customer", &list)
    let shipping = fields.string("shipping", &list) ?? "standard"
    guard let label, let number = orders[label], !lines.isEmpty else { return nil }
    if !placedOrders.insert(number).inserted {
      list.add("order '\(label)' is placed twice", id: "scenario-duplicate", at: fields.value)
    }
    var placed = StoryCommand.PlacedOrder(
      label: label,
      number: number,
      lines: lines,
      address: address,
      shipping: shipping
    )
    if let customer { placed.customer = customer }
    let units = lines.map { "\($0.quantity) × \($0.sku)" }.joined(separator: ", ")
    return (.placeOrder(placed), "order \(label), \(units)")
  }

  /// Reads the word by which the rest of the scenario calls what comes into being.
  private mutating func newLabel(_ name: String, _ fields: inout JSONFields) -> String? {
    let label = fields.requiredString(name, &list)
    if label == "", let value = fields.value[name] {
      list.add("'\(name)' needs a name", id: "scenario-malformed-value", at: value)
    }
    return label
  }

  private mutating func readAddress(
    _ value: JSONValue,
    into address: inout StoryCommand.Address
  ) {
    var fields = JSONFields(value, as: "'address'", ids: Self.ids)
    let parts: [(String, WritableKeyPath<StoryCommand.Address, String>)] = [
      ("name", \.name), ("street", \.street), ("city", \.city), ("province", \.provinceCode),
      ("zip", \.zip), ("country", \.countryCode),
    ]
    for (name, path) in parts {
      if let text = fields.string(name, &list) { address[keyPath: path] = text }
    }
    fields.finish(&list)
  }

  private mutating func readReturn(_ fields: inout JSONFields) -> (StoryCommand, String)? {
    let label = newLabel("return", &fields)
    let order = order("order", &fields, required: true)
    let lines = readLines(&fields)
    let reason = fields.string("reason", &list) ?? "Item was too big"
    let exchange = fields.string("exchangeFor", &list)
    if let exchange, let value = fields.value["exchangeFor"] { check(sku: exchange, at: value) }
    guard let label, let number = returns[label], let order, !lines.isEmpty else { return nil }
    if !requestedReturns.insert(number).inserted {
      list.add("return '\(label)' is requested twice", id: "scenario-duplicate", at: fields.value)
    }
    let asked = StoryCommand.RequestedReturn(
      label: label,
      number: number,
      order: order,
      lines: lines,
      reason: reason,
      exchangeFor: exchange
    )
    let units = lines.map { "\($0.quantity) × \($0.sku)" }.joined(separator: ", ")
    let origin = fields.value["order"]?.string ?? ""
    return (.requestReturn(asked), "return \(label) of order \(origin), \(units)")
  }

  private mutating func readAdjustment(_ fields: inout JSONFields) -> (StoryCommand, String)? {
    let sku = fields.requiredString("sku", &list)
    let node = fields.requiredString("node", &list)
    _ = fields.required("by", &list)
    let by = fields.int("by", in: -1_000_000...1_000_000, &list)
    let reason = fields.string("reason", &list) ?? "cycle count"
    if let node, let value = fields.value["node"], masterData.node(named: node) == nil {
      list.add(
        JSONFields.unknown("node", node, for: "this step", among: masterData.nodes.map(\.name)),
        id: "scenario-unknown-node",
        at: value
      )
      return nil
    }
    guard let sku, let node, let by else { return nil }
    if let value = fields.value["sku"] { check(sku: sku, at: value) }
    return (
      .adjustStock(sku: sku, node: node, by: by, reason: reason),
      "\(by > 0 ? "+" : "")\(by) × \(sku) at \(node), \(reason)"
    )
  }

  mutating func readLines(_ fields: inout JSONFields) -> [StoryCommand.Line] {
    if let value = fields.required("lines", &list), value.kind == .array, value.count == 0 {
      list.add("'lines' needs at least one", id: "scenario-missing-member", at: value)
    }
    return entries("lines", atMost: Self.productsMax, &fields).compactMap { value in
      var line = JSONFields(value, as: "a line", ids: Self.ids)
      let sku = line.requiredString("sku", &list)
      let quantity = line.int("quantity", in: 1...1_000_000, &list)
      let price = readMoney("price", &line)
      line.finish(&list)
      guard let sku else { return nil }
      check(sku: sku, at: value["sku"] ?? value)
      return StoryCommand.Line(sku: sku, quantity: quantity ?? 1, unitPrice: price)
    }
  }

  mutating func check(sku: String, at value: JSONValue) {
    guard !skus.contains(sku) else { return }
    list.add(
      JSONFields.unknown(
        "product",
        sku,
        for: "this scenario",
        among: masterData.products.map(\.sku)
      ),
      id: "scenario-unknown-product",
      at: value
    )
  }

  /// Reads an amount of the scenario's currency, given as text so that no digit is lost.
  mutating func readMoney(_ name: String, _ fields: inout JSONFields) -> Money? {
    let currency = masterData.currency
    let money = fields.parsed(name, expected: "an amount such as '12.50', as text", &list) {
      Money(parsing: $0, currency: currency)
    }
    guard let money, let value = fields.value[name] else { return nil }
    guard (0...Self.moneyMax).contains(money.minorUnits) else {
      let most = Money(minorUnits: Self.moneyMax, currency: currency)
      list.add(
        "expected '\(name)' from 0 to \(most.decimalString), found '\(money.decimalString)'",
        id: "scenario-out-of-range",
        at: value
      )
      return nil
    }
    return money
  }
}

extension String {
  /// The text without spaces at its ends.
  var trimmingSpaces: String {
    var view = self[...]
    while view.first == " " { view = view.dropFirst() }
    while view.last == " " { view = view.dropLast() }
    return String(view)
  }
}
