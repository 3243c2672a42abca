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

  @Test("reads text with more values than it first makes room for", arguments: ["0", "[]", "{}"])
  func denseText(_ element: String) throws {
    let text = "[" + Array(repeating: element, count: 5000).joined(separator: ",") + "]"
    for options in [JSONReadOptions.strict, .relaxed] {
      let root = try JSONDocument.parse(text, options: options).root
      #expect(root.count == 5000)
      #expect(root[4999]?.offset == text.utf8.count - element.utf8.count - 1)
    }
  }

  @Test("finds the last of members with one name, and keeps all in order")
  func duplicates() throws {
    let root = try JSONDocument.parse(#"{"a":1,"b":2,"\u0061":3}"#).root
    #expect(root["a"]?.int == 3)
    #expect(root.members.map(\.value.int) == [1, 2, 3])
    #expect(root.duplicateName?.name == "a")
    #expect(root.duplicateName?.offset == 13)
    #expect(root["b"]?.duplicateName == nil)
  }

  @Test("tells apart names that only look the same")
  func comparesBytes() throws {
    let root = try JSONDocument.parse("{\"\u{E9}\":1,\"e\u{301}\":2}").root
    #expect(root["\u{E9}"]?.int == 1)
    #expect(root["e\u{301}"]?.int == 2)
    #expect(root.duplicateName == nil)
  }

  @Test("answers nothing for what a value is not")
  func otherKinds() throws {
    let root = try JSONDocument.parse(#"[null,true,1.5,"s",[],{}]"#).root
    #expect(root.elements.map(\.kind) == [.null, .boolean, .number, .string, .array, .object])
    #expect(root.elements.map(\.bool) == [nil, true, nil, nil, nil, nil])
    #expect(root.elements.map(\.int) == [nil, nil, nil, nil, nil, nil])
    #expect(root.elements.map(\.number?.text) == [nil, nil, "1.5", nil, nil, nil])
    #expect(root.elements.map(\.string) == [nil, nil, nil, "s", nil, nil])
    #expect(root.elements.map(\.count) == [0, 0, 0, 0, 0, 0])
    #expect(
      root.elements.map { Array($0.elements).count + Array($0.members).count } == [
        0, 0, 0, 0, 0, 0,
      ]
    )
    #expect(root["0"] == nil)
    #expect(root[-1] == nil)
    #expect(root[0]?["a"] == nil)
    #expect(
      root.elements.map { String(decoding: $0.bytes, as: UTF8.self) } == [
        "null", "true", "1.5", "\"s\"", "[]", "{}",
      ]
    )
  }

  @Test("keeps its text alive for a value that outlives it")
  func outlives() throws {
    func value() throws -> JSONValue? {
      try JSONDocument.parse(#"{"a":["long enough for the heap"]}"#).root["a"]?[0]
    }
    #expect(try value()?.string == "long enough for the heap")
  }
}
