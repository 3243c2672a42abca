import DrydockExchange
import DrydockJSON
import DrydockKernel

/// The products and nodes of a scenario: those it declares, and those it just uses.
extension ScenarioReader {
  /// What a product costs when the scenario does not say.
  static let defaultPriceMinorUnits: Int64 = 19_00

  mutating func readMasterData(
    _ products: [JSONValue],
    given: JSONValue?,
    story: [JSONValue],
    _ root: JSONValue
  ) {
    var declared: [MasterData.Product] = []
    for value in products {
      var fields = JSONFields(value, as: "a product", ids: Self.ids)
      let sku = fields.requiredString("sku", &list)
      let name = fields.string("name", &list)
      let price = readMoney("price", &fields)
      fields.finish(&list)
      guard let sku else { continue }
      if declared.contains(where: { $0.sku == sku }) {
        list.add("product '\(sku)' is there twice", id: "scenario-duplicate", at: value)
        continue
      }
      declared.append(product(sku, name: name, price: price))
    }
    if products.isEmpty {
      for sku in usedSKUs(given: given, story: story)
      where !declared.contains(where: { $0.sku == sku }) {
        declared.append(product(sku, name: nil, price: nil))
      }
    }
    masterData = MasterData(products: declared, nodes: nodes(root["partners"]))
  }

  private func product(_ sku: String, name: String?, price: Money?) -> MasterData.Product {
    MasterData.Product(
      sku: sku,
      name: name ?? "Product \(sku)",
      price: price
        ?? Money(minorUnits: Self.defaultPriceMinorUnits, currency: masterData.currency)
    )
  }

  /// The SKUs of stock and story, in the order of the file.
  private func usedSKUs(given: JSONValue?, story: [JSONValue]) -> [String] {
    var skus: [String] = []
    func use(_ value: JSONValue?) {
      if let sku = value?.string, !skus.contains(sku) { skus.append(sku) }
    }
    if let stock = given?["stock"] {
      for entry in stock.elements { use(entry["sku"]) }
    }
    for step in story {
      if let lines = step["lines"] {
        for line in lines.elements { use(line["sku"]) }
      }
      use(step["sku"])
      use(step["exchangeFor"])
    }
    return skus
  }

  /// The nodes of all 3PLs; `main` where none is declared.
  private func nodes(_ partners: JSONValue?) -> [MasterData.Node] {
    var nodes: [MasterData.Node] = []
    if let partners {
      for member in partners.members where isThreePL(member.name, member.value) {
        let names = member.value["nodes"].map { $0.elements.compactMap(\.string) } ?? []
        for name in names { nodes.append(.init(name: name, partner: PartnerID(member.name))) }
        if names.isEmpty { nodes.append(.init(name: "main", partner: PartnerID(member.name))) }
      }
    }
    return nodes.isEmpty ? [.init(name: "main", partner: PartnerID("3pl"))] : nodes
  }

  func isThreePL(_ name: String, _ value: JSONValue) -> Bool {
    let kind = value["kind"]?.string ?? name
    return kind == PartnerKind.threePL.rawValue
  }
}
