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
    var names: Set<String> = []
    for value in products {
      var fields = JSONFields(value, as: "a product", ids: Self.ids)
      let sku = fields.requiredString("sku", &list)
      let name = fields.string("name", &list)
      let price = readMoney("price", &fields)
      fields.finish(&list)
      guard let sku else { continue }
      if !names.insert(sku).inserted {
        list.add("product '\(sku)' is there twice", id: "scenario-duplicate", at: value)
        continue
      }
      declared.append(product(sku, name: name, price: price))
    }
    if products.isEmpty {
      let used = usedSKUs(given: given, story: story)
      if used.count > Self.productsMax {
        tooMany(used.count, Self.productsMax, "products", at: root)
      }
      declared = used.prefix(Self.productsMax).map { product($0, name: nil, price: nil) }
    }
    skus = Set(declared.map(\.sku))
    masterData = MasterData(products: declared, nodes: readNodes(root["partners"]))
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
    var seen: Set<String> = []
    func use(_ value: JSONValue?) {
      if let sku = value?.string, seen.insert(sku).inserted { skus.append(sku) }
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
  private mutating func readNodes(_ partners: JSONValue?) -> [MasterData.Node] {
    var nodes: [MasterData.Node] = []
    if let partners, partners.count > Self.partnersMax {
      tooMany(partners.count, Self.partnersMax, "partners", at: partners)
    } else if let partners {
      for member in partners.members where isThreePL(member.name, member.value) {
        let count = member.value["nodes"]?.count ?? 0
        if let list = member.value["nodes"], count > Self.partnersMax {
          tooMany(count, Self.partnersMax, "nodes", at: list)
        }
        let values = member.value["nodes"].map { Array($0.elements.prefix(Self.partnersMax)) } ?? []
        for value in values.isEmpty ? [member.value] : values {
          guard let name = values.isEmpty ? "main" : value.string else { continue }
          if nodes.contains(where: { $0.name == name }) {
            list.add("node '\(name)' is there twice", id: "scenario-duplicate", at: value)
            continue
          }
          nodes.append(.init(name: name, partner: PartnerID(member.name)))
        }
      }
    }
    return nodes.isEmpty ? [.init(name: "main", partner: PartnerID("3pl"))] : nodes
  }

  func isThreePL(_ name: String, _ value: JSONValue) -> Bool {
    let kind = value["kind"]?.string ?? name
    return kind == PartnerKind.threePL.rawValue
  }
}
