import DrydockJSON
import Testing

@Suite("JSON pointer")
struct JSONPointerTests {
  private let document = """
    {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "m~n": 8, "~1": 9, "größe": 10, "01": 11, "-": 12,
     "x": {"": {"": 13}}}
    """

  @Test(
    "leads to a value",
    arguments: [
      ("/foo", #"["bar","baz"]"#), ("/foo/0", #""bar""#), ("/foo/1", #""baz""#), ("/", "0"),
      ("/a~1b", "1"),
      ("/c%d", "2"), ("/m~0n", "8"), ("/~01", "9"), ("/größe", "10"), ("/01", "11"), ("/-", "12"),
      ("/x//", "13"), ("#/c%25d", "2"), ("#/gr%C3%B6%c3%9fe", "10"), ("#/m~0n", "8"),
      ("#/größe", "10"),
    ]
  )
  func resolves(_ text: String, _ expected: String) throws {
    let root = try JSONDocument.parse(document).root
    let found = try #require(try root.at(JSONPointer(parsing: text)))
    #expect(outcome(found.bytes) == expected)
    #expect(
      outcome(try #require(JSONNode(root).at(JSONPointer(parsing: text))).bytes()) == expected
    )
  }

  @Test(
    "leads nowhere",
    arguments: [
      "/foo/2", "/foo/-", "/foo/00", "/foo/01", "/foo/+1", "/foo/-1", "/foo/1e0", "/foo/",
      "/foo/0/x", "/a/b",
      "/absent", "/foo/99999999999999999999", "/foo/٠",
    ]
  )
  func absent(_ text: String) throws {
    let root = try JSONDocument.parse(document).root
    #expect(try root.at(JSONPointer(parsing: text)) == nil)
    #expect(try JSONNode(root).at(JSONPointer(parsing: text)) == nil)
  }

  @Test(
    "is refused",
    arguments: [
      ("foo", "pointer does not start with '/' at byte 0 [json-pointer-start]"),
      ("#foo", "pointer does not start with '/' at byte 1 [json-pointer-start]"),
      (
        "/a/~2",
        "'~' in a pointer is not followed by '0' or '1'; write '~0' for '~' and '~1' for '/' at byte 3 [json-pointer-escape]"
      ),
      (
        "/~",
        "'~' in a pointer is not followed by '0' or '1'; write '~0' for '~' and '~1' for '/' at byte 1 [json-pointer-escape]"
      ),
      (
        "#/%4",
        "'%' in a pointer is not followed by two hex digits at byte 2 [json-pointer-percent]"
      ),
      (
        "#/%zz",
        "'%' in a pointer is not followed by two hex digits at byte 2 [json-pointer-percent]"
      ),
      ("#/%ff", "pointer is no UTF-8 once decoded at byte 1 [json-pointer-encoding]"),
    ]
  )
  func refuses(_ text: String, _ message: String) {
    let error = #expect(throws: JSONError.self) { try JSONPointer(parsing: text) }
    #expect(error?.description == message)
  }

  @Test("is written as it is read")
  func describes() throws {
    for text in ["", "/", "/a~1b/m~0n/0", "/größe//x"] {
      #expect(try JSONPointer(parsing: text).description == text)
    }
    let pointer = JSONPointer.root.appending("c%d").appending(3).appending("größe/~")
    #expect(pointer.description == "/c%d/3/größe~1~0")
    #expect(pointer.uriFragment == "#/c%25d/3/gr%C3%B6%C3%9Fe~1~0")
    #expect(try JSONPointer(parsing: pointer.uriFragment) == pointer)
    #expect(pointer.parent?.parent?.description == "/c%d")
    #expect(JSONPointer.root.parent == nil)
  }

  @Test("tells apart names that only look the same")
  func comparesBytes() {
    let composed = JSONPointer(tokens: ["\u{E9}"])
    let decomposed = JSONPointer(tokens: ["e\u{301}"])
    #expect(composed != decomposed)
    #expect(decomposed < composed)
    #expect(Set([composed, decomposed]).count == 2)
  }

  @Test("passes the examples of RFC 6901")
  func standard() throws {
    guard TestFiles.hasSuite("rfc-examples/json-pointer-rfc6901.json") else { return }
    let suite = try JSONDocument.parse(
      TestFiles.suiteBytes("rfc-examples/json-pointer-rfc6901.json")
    ).root
    for row in try #require(suite["cases"]).elements {
      let text = try #require(row["pointer"]?.string)
      let document = try #require(row["document"] ?? suite["document"])
      guard let result = row["result"] else {
        #expect(try found(text, in: document) == nil, "\(text)")
        continue
      }
      let value = try #require(try found(text, in: document), "\(text)")
      #expect(JSONValue.semanticallyEqual(value, result), "\(text)")
    }
  }

  /// Returns what a pointer leads to, where its text may be wrong.
  private func found(_ text: String, in document: JSONValue) throws -> JSONValue? {
    do {
      return try document.at(JSONPointer(parsing: text))
    } catch {
      return nil
    }
  }
}
