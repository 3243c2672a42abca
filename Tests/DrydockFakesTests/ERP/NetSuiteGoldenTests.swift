import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockFakes

/// Plays the life of one order and compares every byte on the wire with a file.
@Suite("NetSuite golden files")
struct NetSuiteGoldenTests {
  @Test(
    "one order from creation to credit, byte by byte",
    arguments: [ERPSettings.Generation.y2023, .y2020]
  )
  func orderLife(generation: ERPSettings.Generation) throws {
    try expectERPGolden(Self.orderLife(generation), "order-life-\(generation.rawValue).txt")
  }

  /// The calls of one order's life: method, path, body.
  static let calls: [(method: String, path: String, body: String)] = [
    ("PUT", "/salesOrder/eid:SHOP-1001", ERPBench.orderBody([(1, 2), (3, 1)])),
    ("GET", "/salesOrder/4711?expandSubResources=true", ""),
    (
      "POST", "/salesOrder/4711/!transform/itemFulfillment",
      #"""
      {"externalId":"IF-88","shipStatus":{"id":"C"},"item":{"items":[
      {"orderLine":1,"item":{"id":"2101","refName":"SKU-1"},"quantity":2,"itemReceive":true,
      "location":{"id":"6","refName":"east"}},{"orderLine":2,"itemReceive":false}]},
      "package":{"items":[{"packageTrackingNumber":"1Z999AA10123456784","packageWeight":2.5,
      "packageDescr":"Box 1"}]}}
      """#
    ),
    ("POST", "/salesOrder/4711/!transform/invoice", #"{"externalId":"INV-88"}"#),
    ("GET", "/itemFulfillment/4712?expandSubResources=true", ""),
    ("GET", "/invoice/eid:INV-88?expandSubResources=true", ""),
    ("GET", "/salesOrder/4711", ""),
    (
      "POST", "/salesOrder/4711/!transform/returnAuthorization",
      #"""
      {"externalId":"RA-5","memo":"Too small","item":{"items":[
      {"orderLine":1,"item":{"id":"2101","refName":"SKU-1"},"quantity":1}]}}
      """#
    ),
    ("GET", "/returnAuthorization/4714?expandSubResources=true", ""),
    (
      "POST", "/returnAuthorization/4714/!transform/itemReceipt",
      #"""
      {"externalId":"IR-5","item":{"items":[{"orderLine":1,"item":{"id":"2101","refName":"SKU-1"},
      "quantity":1,"restock":true,"location":{"id":"6","refName":"east"}}]}}
      """#
    ),
    ("GET", "/itemReceipt/4715?expandSubResources=true", ""),
    (
      "POST", "/returnAuthorization/4714/!transform/creditMemo",
      #"""
      {"externalId":"CM-9","item":{"items":[{"orderLine":1,
      "item":{"id":"2101","refName":"SKU-1"},"quantity":1,"amount":25.0,"grossAmt":27.06}]}}
      """#
    ),
    ("GET", "/creditMemo/4716?expandSubResources=true", ""),
    ("GET", "/salesOrder?limit=1&offset=0", ""),
    ("POST", "/salesOrder/4711/!transform/itemFulfillment", #"{"externalId":"IF-88"}"#),
    ("GET", "/salesOrder/9", ""),
  ]

  /// Returns the calls and answers as text, with the facts that the books stated.
  static func orderLife(_ generation: ERPSettings.Generation) throws -> String {
    var bench = ERPBench { $0.generation = generation }
    var text = ""
    for call in calls {
      bench.now = bench.now + .seconds(95)
      let stated = bench.facts.count
      let response = bench.send(
        call.method,
        call.path,
        call.body.replacing("\n", with: ""),
        headers: [HeaderField("X-Correlation-Id", "SHOP-1001")]
      )
      text += "> \(call.method) \(call.path)\n"
      if !call.body.isEmpty { text += "> \(call.body.replacing("\n", with: ""))\n" }
      text += "< \(response.status)\n"
      for field in response.headers.fields { text += "< \(field.name): \(field.value)\n" }
      if !response.body.isEmpty {
        var writer = JSONWriter(pretty: true)
        writer.value(try JSONDocument.parse(response.body).root)
        text += writer.text + "\n"
      }
      for fact in bench.facts[stated...] { text += "= \(describe(fact))\n" }
      text += "\n"
    }
    return text
  }

  static func describe(_ fact: Fact) -> String {
    var parts = ["\(fact.kind.rawValue) \(fact.subject)"]
    if let order = fact.order { parts.append("order \(order)") }
    if let parent = fact.parent { parts.append("parent \(parent)") }
    for link in fact.links { parts.append("link \(link)") }
    for line in fact.lines {
      var words = ["line \(line.sku) x\(line.quantity)"]
      if let node = line.node { words.append("at \(node)") }
      if let amount = line.amount { words.append("for \(amount)") }
      if let detail = line.detail { words.append(detail) }
      parts.append(words.joined(separator: " "))
    }
    if let amount = fact.amount { parts.append("amount \(amount)") }
    if let detail = fact.detail { parts.append("detail \(detail)") }
    return parts.joined(separator: "; ")
  }
}
