import DrydockContracts
import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Contracts of five made-up platforms, whose messages are lists of facts in plain words.
///
///     {"facts": [{"kind": "order.placed", "subject": "1001", "order": "1001", …}]}
///
/// A call is answered with such a list, a webhook is one, and both state what they list.
enum TestCatalog {
  static let catalog = ContractCatalog(files: files)

  /// The namespaces of subject, order and parent, by platform.
  static let platforms: [(name: String, kind: PartnerKind, order: String, parent: String)] = [
    ("store", .store, "store", "returns"),
    ("erp", .erp, "erp", "erp"),
    ("3pl", .threePL, "3pl", "3pl"),
    ("carrier", .carrier, "tracking", "carrier"),
    ("returns", .returns, "store", "returns"),
  ]

  private static var files: [ContractCatalog.File] {
    platforms.flatMap { platform -> [ContractCatalog.File] in
      let webhook = """
        {"method": "POST", "path": "/webhooks/\(platform.name)"}
        """
      let answer = """
        {"hosts": ["\(platform.name).example", "\(platform.name)-west.example"], \
        "path": "/calls/{operation}", "status": ["2xx"]}
        """
      return [
        file(platform.name, "event", "webhook", "request", webhook, delivery, platform),
        file(platform.name, "answer", "http", "response", answer, "", platform),
      ].flatMap { $0 }
    }
  }

  private static let delivery = """
    "delivery": {"id": "header:X-Delivery", "redelivery": "eight times", \
    "signature": {"header": "X-Signature", "scheme": "hmac-sha256-base64"}},
    """

  private static func file(
    _ name: String,
    _ message: String,
    _ channel: String,
    _ part: String,
    _ recognise: String,
    _ delivery: String,
    _ platform: (name: String, kind: PartnerKind, order: String, parent: String)
  ) -> [ContractCatalog.File] {
    let meanings = FactKind.allCases.map { meaning($0, platform) }.joined(separator: ",\n")
    let contract = """
      {"platform": "\(name)", "kind": "\(platform.kind.rawValue)", "message": "\(message)", \
      "version": "1.0", "title": "facts in plain words", "channel": "\(channel)", \
      "writtenBy": "partner", "part": "\(part)", "format": "json", "recognise": \(recognise), \
      \(delivery) "schema": "schema.json", "meaning": [\(meanings)]}
      """
    let schema = """
      {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", \
      "properties": {"facts": {"type": "array"}}}
      """
    let folder = "\(name)/\(message)/1.0"
    return [
      ContractCatalog.File(path: "\(folder)/contract.json", bytes: Array(contract.utf8)),
      ContractCatalog.File(path: "\(folder)/schema.json", bytes: Array(schema.utf8)),
    ]
  }

  private static func meaning(
    _ kind: FactKind,
    _ platform: (name: String, kind: PartnerKind, order: String, parent: String)
  ) -> String {
    let links = ["reference", "tracking", "source"].map {
      "{\"namespace\": \"\($0)\", \"value\": \"./\($0)\"}"
    }.joined(separator: ", ")
    return """
      {"fact": "\(kind.rawValue)", "when": [{"value": "./kind", "in": ["\(kind.rawValue)"]}], \
      "each": "/facts", "subject": {"namespace": "\(platform.name)", "value": "./subject"}, \
      "order": {"namespace": "\(platform.order)", "value": "./order"}, "links": [\(links)], \
      "parent": {"namespace": "\(platform.parent)", "value": "./parent"}, "at": "./at", \
      "lines": {"each": "./lines", "sku": "./sku", "quantity": "./quantity", "node": "./node", \
      "amount": "./amount", "detail": "./detail"}, \
      "amount": {"value": "./amount", "currency": "./currency"}, "detail": "./detail"}
      """
  }

  /// Returns facts as a message of these platforms tells them.
  static func body(_ facts: [Fact]) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.memberArray("facts") { writer in
        for fact in facts { write(fact, &writer) }
      }
    }
    return writer.bytes
  }

  private static func write(_ fact: Fact, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("kind", fact.kind.rawValue)
      writer.member("subject", fact.subject.value)
      if let order = fact.order { writer.member("order", order.value) }
      for link in fact.links { writer.member(link.namespace, link.value) }
      if let parent = fact.parent { writer.member("parent", parent.value) }
      writer.member("at", fact.at.description(.nanoseconds))
      writer.memberArray("lines") { writer in
        for line in fact.lines {
          writer.object { writer in
            writer.member("sku", line.sku)
            writer.member("quantity", line.quantity)
            if let node = line.node { writer.member("node", node) }
            if let amount = line.amount { writer.member("amount", amount.decimalString) }
            if let detail = line.detail { writer.member("detail", detail) }
          }
        }
      }
      let currency = fact.amount?.currency ?? fact.lines.compactMap(\.amount).first?.currency
      if let amount = fact.amount { writer.member("amount", amount.decimalString) }
      if let currency { writer.member("currency", currency.code) }
      if let detail = fact.detail { writer.member("detail", detail) }
    }
  }
}
