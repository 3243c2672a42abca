import DrydockJSON
import Testing

@Suite("JSON node")
struct JSONNodeTests {
  private func text(_ node: JSONNode) -> String {
    String(decoding: node.bytes(), as: UTF8.self)
  }

  @Test("is a document's value that can be changed")
  func changes() throws {
    var node = JSONNode(try JSONDocument.parse(#"{"a":1.0,"b":[1,{"c":"x"}],"d":null}"#).root)
    node["a"] = 2
    node["e"] = ["f": true]
    node["d"] = .some(.null)
    #expect(text(node) == #"{"a":2,"b":[1,{"c":"x"}],"d":null,"e":{"f":true}}"#)
    node["b"] = Optional<JSONNode>.none
    #expect(text(node) == #"{"a":2,"d":null,"e":{"f":true}}"#)
    #expect(node["e"]?["f"] == .boolean(true))
    #expect(node["absent"] == Optional<JSONNode>.none)
  }

  @Test("finds the last of members with one name and sets it alone")
  func duplicates() throws {
    var node = JSONNode(try JSONDocument.parse(#"{"a":1,"b":2,"a":3}"#).root)
    #expect(node["a"] == 3)
    node["a"] = 4
    #expect(text(node) == #"{"b":2,"a":4}"#)
  }

  @Test("sets and removes where a pointer leads")
  func pointers() throws {
    var node: JSONNode = ["lines": [["sku": "A"], ["sku": "B"]]]
    var outcomes: [Bool] = []
    outcomes.append(node.set("C", at: try JSONPointer(parsing: "/lines/1/sku")))
    outcomes.append(node.set(["sku": "D"], at: try JSONPointer(parsing: "/lines/-")))
    outcomes.append(node.set("new", at: try JSONPointer(parsing: "/order")))
    outcomes.append(node.remove(at: try JSONPointer(parsing: "/lines/0")))
    #expect(outcomes == [true, true, true, true])
    #expect(text(node) == #"{"lines":[{"sku":"C"},{"sku":"D"}],"order":"new"}"#)
    for absent in ["/absent/name", "/lines/9", "/order/deeper", "/lines/x"] {
      let isSet = node.set("x", at: try JSONPointer(parsing: absent))
      #expect(!isSet, "\(absent)")
    }
    for absent in ["/absent", "/lines/7", "/lines/-", "/order/deeper", ""] {
      let isRemoved = node.remove(at: try JSONPointer(parsing: absent))
      #expect(!isRemoved, "\(absent)")
    }
    #expect(text(node) == #"{"lines":[{"sku":"C"},{"sku":"D"}],"order":"new"}"#)
    node.set(7, at: .root)
    #expect(text(node) == "7")
  }

  @Test("keeps every digit of a number")
  func numbers() throws {
    let node = JSONNode(try JSONDocument.parse("[1.10, 100000000000000000001]").root)
    #expect(text(node) == "[1.10,100000000000000000001]")
    #expect(node == JSONNode(try JSONDocument.parse("[11e-1,100000000000000000001.0]").root))
  }
}
