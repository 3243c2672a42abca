import Testing

@testable import DrydockSchema

@Suite("URI reference")
struct URIReferenceTests {
  /// The examples of RFC 3986 sections 5.4.1 and 5.4.2, but for `http:g` in its loose reading.
  static let examples: [(reference: String, target: String)] = [
    ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"),
    ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"), ("//g", "http://g"),
    ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q"),
    ("g#s", "http://a/b/c/g"), ("g?y#s", "http://a/b/c/g?y"), (";x", "http://a/b/c/;x"),
    ("g;x", "http://a/b/c/g;x"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"),
    ("./", "http://a/b/c/"), ("..", "http://a/b/"), ("../", "http://a/b/"),
    ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../", "http://a/"),
    ("../../g", "http://a/g"), ("../../../g", "http://a/g"), ("../../../../g", "http://a/g"),
    ("/./g", "http://a/g"), ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."),
    (".g", "http://a/b/c/.g"), ("g..", "http://a/b/c/g.."), ("..g", "http://a/b/c/..g"),
    ("./../g", "http://a/b/g"), ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"),
    ("g/../h", "http://a/b/c/h"), ("g;x=1/./y", "http://a/b/c/g;x=1/y"),
    ("g;x=1/../y", "http://a/b/c/y"), ("g?y/./x", "http://a/b/c/g?y/./x"),
    ("g?y/../x", "http://a/b/c/g?y/../x"), ("http:g", "http:g"),
  ]

  @Test("resolves as RFC 3986 says", arguments: examples)
  func resolves(example: (reference: String, target: String)) {
    let base = URIReference("http://a/b/c/d;p?q")
    #expect(base.resolve(URIReference(example.reference)).withoutFragment == example.target)
  }

  @Test("decodes percent-encoded bytes, unless they are no UTF-8")
  func decodes() {
    #expect(URIReference.decoded("a%20b%C3%A9") == "a bé")
    #expect(URIReference.decoded("%zz%4") == "%zz%4")
    #expect(URIReference.decoded("%FF") == nil)
  }
}
