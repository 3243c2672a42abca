import DrydockExchange
import DrydockFakes
import DrydockJSON
import DrydockKernel
import DrydockWorld

/// The partners: all five play in every scenario, and a scenario says only what differs.
extension ScenarioReader {
  /// The dialects of each kind, the first being the one meant where none is named.
  static let dialects: [PartnerKind: [String]] = [
    .store: ["shopify"], .erp: ["netsuite"], .threePL: ["shipbob"], .carrier: ["easypost"],
    .returns: ["loop"],
  ]

  mutating func readPartners(_ value: JSONValue?, given: JSONValue?) {
    var stock: [GivenStock] = []
    var customers: [ERPSettings.Customer] = []
    if let given { readGiven(given, &stock, &customers) }
    var declared: [PartnerKind] = []
    // Too many were reported with the nodes.
    if let value, value.count <= Self.partnersMax {
      for member in value.members {
        guard let kind = readKind(member.name, member.value) else { continue }
        declared.append(kind)
        readPartner(member.name, kind, member.value, stock, customers)
      }
    }
    for kind in PartnerKind.allCases where !declared.contains(kind) {
      readPartner(kind.rawValue, kind, nil, stock, customers)
    }
  }

  /// Stock at the start, as the scenario gives it.
  struct GivenStock {
    var sku: String
    var node: String
    var onHand: Int
    var held: Int
    /// What the ERP believes, where that differs.
    var erp: Int?
  }

  private mutating func readGiven(
    _ value: JSONValue,
    _ stock: inout [GivenStock],
    _ customers: inout [ERPSettings.Customer]
  ) {
    var fields = JSONFields(value, as: "'given'", ids: Self.ids)
    for entry in entries("stock", &fields) {
      var line = JSONFields(entry, as: "stock", ids: Self.ids)
      let sku = line.requiredString("sku", &list)
      let node = line.string("node", &list) ?? masterData.nodes.first?.name ?? "main"
      _ = line.required("onHand", &list)
      let onHand = line.int("onHand", in: 0...1_000_000_000, &list)
      let held = line.int("held", in: 0...1_000_000_000, &list) ?? 0
      let erp = line.int("erp", in: 0...1_000_000_000, &list)
      line.finish(&list)
      if let sku { check(sku: sku, at: entry["sku"] ?? entry) }
      if masterData.node(named: node) == nil {
        list.add(
          JSONFields.unknown(
            "node",
            node,
            for: "'stock'",
            among: masterData.nodes.map(\.name)
          ),
          id: "scenario-unknown-node",
          at: entry["node"] ?? entry
        )
      } else if let sku, let onHand {
        stock.append(GivenStock(sku: sku, node: node, onHand: onHand, held: held, erp: erp))
      }
    }
    for entry in entries("customers", &fields) {
      var line = JSONFields(entry, as: "a customer", ids: Self.ids)
      let email = line.requiredString("email", &list)
      let limit = readMoney("creditLimit", &line)
      let held = line.bool("held", &list) ?? false
      line.finish(&list)
      if let email { customers.append(.init(email: email, creditLimit: limit, isHeld: held)) }
    }
    fields.finish(&list)
  }

  private mutating func readKind(_ name: String, _ value: JSONValue) -> PartnerKind? {
    let word = value["kind"]?.string ?? name
    if let kind = PartnerKind(rawValue: word) { return kind }
    list.add(
      JSONFields.unknown(
        "kind",
        word,
        for: "partner '\(name)'; say 'kind'",
        among: PartnerKind.allCases.map(\.rawValue)
      ),
      id: "scenario-unknown-kind",
      at: value["kind"] ?? value
    )
    return nil
  }

  private mutating func readPartner(
    _ name: String,
    _ kind: PartnerKind,
    _ value: JSONValue?,
    _ stock: [GivenStock],
    _ customers: [ERPSettings.Customer]
  ) {
    let id = PartnerID(name)
    var fields = value.map { JSONFields($0, as: "partner '\(name)'", ids: Self.ids) }
    if fields != nil { readDialect(kind, &fields) }
    let settings: PartnerSettings
    switch kind {
    case .store: settings = .store(readStore(&fields, stock))
    case .erp: settings = .erp(readERP(&fields, stock, customers))
    case .threePL: settings = .threePL(readThreePL(id, &fields, stock))
    case .carrier: settings = .carrier(readCarrier(&fields))
    case .returns: settings = .returns(readReturns(&fields))
    }
    fields?.finish(&list)
    partners.append(PartnerPlan(id: id, settings: settings))
  }

  private mutating func readDialect(_ kind: PartnerKind, _ fields: inout JSONFields?) {
    _ = fields?.member("kind")
    guard let dialect = fields?.string("dialect", &list), let value = fields?.value["dialect"]
    else { return }
    let known = Self.dialects[kind] ?? []
    if !known.contains(dialect) {
      list.add(
        JSONFields.unknown("dialect", dialect, for: "kind '\(kind.rawValue)'", among: known),
        id: "scenario-unknown-dialect",
        at: value
      )
    }
  }

  private mutating func readStore(
    _ fields: inout JSONFields?,
    _ stock: [GivenStock]
  ) -> StoreSettings {
    var settings = StoreSettings()
    for product in masterData.products where stock.contains(where: { $0.sku == product.sku }) {
      let units = stock.filter { $0.sku == product.sku }.reduce(0) { $0 + $1.onHand - $1.held }
      settings.stock.append(.init(sku: product.sku, available: units))
    }
    guard fields != nil else { return settings }
    for entry in entries("stock", &fields) {
      var line = JSONFields(entry, as: "stock", ids: Self.ids)
      let sku = line.requiredString("sku", &list)
      let available = line.int("available", in: 0...1_000_000_000, &list)
      line.finish(&list)
      guard let sku, let available else { continue }
      check(sku: sku, at: entry["sku"] ?? entry)
      settings.stock.removeAll { $0.sku == sku }
      settings.stock.append(.init(sku: sku, available: available))
    }
    bool("oversells", \.oversells, &fields, &settings)
    bool("updatesAfterCreation", \.updatesAfterCreation, &fields, &settings)
    bool("announcesStock", \.announcesStock, &fields, &settings)
    return settings
  }

  private mutating func readERP(
    _ fields: inout JSONFields?,
    _ stock: [GivenStock],
    _ customers: [ERPSettings.Customer]
  ) -> ERPSettings {
    var settings = ERPSettings()
    settings.customers = customers
    settings.stock = stock.map {
      .init(sku: $0.sku, node: $0.node, onHand: $0.erp ?? ($0.onHand))
    }
    guard fields != nil else { return settings }
    bool("checksPrices", \.checksPrices, &fields, &settings)
    bool("requiresPostalCode", \.requiresPostalCode, &fields, &settings)
    bool("approvesAutomatically", \.approvesAutomatically, &fields, &settings)
    bool("createsCustomers", \.createsCustomers, &fields, &settings)
    bool("billsInAdvance", \.billsInAdvance, &fields, &settings)
    bool("creditsBeforeReceipt", \.creditsBeforeReceipt, &fields, &settings)
    bool("refusesOverissue", \.refusesOverissue, &fields, &settings)
    settings.refusesCountries = fields?.strings("refusesCountries", &list) ?? []
    if let slots = fields?.int("concurrency", in: 1...1_000, &list) {
      settings.concurrencyMax = slots
    }
    if let lifetime = interval("tokenLifetime", &fields) { settings.tokenLifetime = lifetime }
    if let generation = fields?.word("generation", as: ERPSettings.Generation.self, &list) {
      settings.generation = generation
    }
    return settings
  }

  // MARK: Optional fields of a partner that may be left out

  mutating func duration(_ name: String, _ fields: inout JSONFields?) -> Duration? {
    guard var inner = fields else { return nil }
    defer { fields = inner }
    return duration(name, &inner)
  }

  mutating func interval(_ name: String, _ fields: inout JSONFields?) -> Duration? {
    guard var inner = fields else { return nil }
    defer { fields = inner }
    return interval(name, &inner)
  }

  mutating func bool<Settings>(
    _ name: String,
    _ path: WritableKeyPath<Settings, Bool>,
    _ fields: inout JSONFields?,
    _ settings: inout Settings
  ) {
    if let value = fields?.bool(name, &list) { settings[keyPath: path] = value }
  }

  mutating func duration<Settings>(
    _ name: String,
    _ path: WritableKeyPath<Settings, Duration>,
    _ fields: inout JSONFields?,
    _ settings: inout Settings
  ) {
    if let value = duration(name, &fields) { settings[keyPath: path] = value }
  }
}
