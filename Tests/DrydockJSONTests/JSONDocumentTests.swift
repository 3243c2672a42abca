import DrydockJSON
import Testing

@Suite("JSON document")
struct JSONDocumentTests {
  private let order = """
    {"order": "SO-1042", "lines": [{"sku": "A-1", "quantity": 2}, {"sku": "B\\u00e9", "quantity": 1e2}],
     "total": 738.10, "gift": false, "note": null}
    """

  @Test("finds members and elements by name and position")
  func looksUp() throws {
    let root = try JSONDocument.parse(order).root
    #expect(root.kind == .object)
    #expect(root.count == 5)
    #expect(root["order"]?.string == "SO-1042")
    #expect(root["lines"]?[1]?["sku"]?.string == "Bé")
    #expect(root["lines"]?[1]?["quantity"]?.int == 100)
    #expect(root["total"]?.number?.text == "738.10")
    #expect(root["gift"]?.bool == false)
    #expect(root["note"]?.isNull == true)
    #expect(root["absent"] == nil)
    #expect(root["lines"]?[2] == nil)
    #expect(root["lines"]?.elements.map { $0.count } == [2, 2])
    #expect(root.members.map(\.name) == ["order", "lines", "total", "gift", "note"])
    #expect(root.members.map(\.nameOffset).first == 1)
    #expect(try root.at(JSONPointer(parsing: "/lines/0/sku"))?.string == "A-1")
  }
}
