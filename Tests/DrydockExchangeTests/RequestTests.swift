import DrydockExchange
import DrydockKernel
import Testing

@Suite("Requests and responses")
struct RequestTests {
  private func request(_ target: String) -> Request {
    Request("GET", host: "api.example.com", target: target)
  }

  @Test("path and query part at the first question mark")
  func parts() {
    let cases: [(target: String, path: String, query: String)] = [
      ("/v2/trackers?page_size=20", "/v2/trackers", "page_size=20"),
      ("/v2/trackers", "/v2/trackers", ""), ("/v2/trackers?", "/v2/trackers", ""),
      ("/a?b=c?d", "/a", "b=c?d"), ("?a=1", "", "a=1"), ("", "", ""),
      ("/a%3Fb?c", "/a%3Fb", "c"),
    ]
    for (target, path, query) in cases {
      #expect(request(target).path == path, "\(target)")
      #expect(request(target).query == query, "\(target)")
    }
  }

  @Test("a query item is decoded, name and value")
  func items() {
    let cases: [(query: String, name: String, value: String?)] = [
      ("a=1&b=2", "b", "2"), ("a=1&b=2", "c", nil), ("a=1&a=2", "a", "1"), ("a", "a", ""),
      ("a=", "a", ""), ("a=b=c", "a", "b=c"), ("q=two+words", "q", "two words"),
      ("q=%C3%A9%20%2B", "q", "é +"), ("page%5Fsize=5", "page_size", "5"),
      ("&&a=1", "a", "1"), ("A=1", "a", nil), ("q=100%", "q", "100%"), ("q=%zz%4", "q", "%zz%4"),
      ("q=%ff", "q", "\u{FFFD}"), ("=1", "", "1"),
    ]
    for (query, name, value) in cases {
      #expect(request("/x?\(query)").queryItem(name) == value, "\(query)")
    }
    #expect(request("/a=1").queryItem("a") == nil)
  }

  @Test("encoding keeps unreserved characters only, in capital hex digits")
  func encodes() {
    #expect(PercentEncoding.encode("AZaz09-._~") == "AZaz09-._~")
    #expect(PercentEncoding.encode("a b/c?d&e=f+g%é") == "a%20b%2Fc%3Fd%26e%3Df%2Bg%25%C3%A9")
  }

  @Test("what is encoded decodes to itself, for every byte and for drawn texts")
  func returns() {
    let draws = Seed(11).draws(for: "texts")
    for turn in 0..<300 {
      var text = ""
      for place in 0..<8 {
        let key = KeyedDraws.Key(entity: String(place), attempt: turn, purpose: "scalar")
        let limit: UInt64 = turn < 128 ? 128 : 0x11_0000
        Unicode.Scalar(UInt32(draws.below(limit, key))).map { text.unicodeScalars.append($0) }
      }
      let encoded = PercentEncoding.encode(text)
      #expect(encoded.utf8.allSatisfy { $0 < 0x80 && $0 != 0x20 && $0 != 0x26 })
      #expect(PercentEncoding.decode(encoded) == text)
      #expect(request("/x?a=\(encoded)&b=1").queryItem("a") == text)
    }
  }

  @Test("a status from 200 to 299 is a success")
  func success() {
    #expect(
      [199, 200, 204, 299, 300, 404, 500].filter { Response($0).isSuccess } == [200, 204, 299]
    )
  }

  @Test("what a caller may conclude from an answer, and from none")
  func outcomes() {
    let cases: [(results: [CallResult], outcome: Outcome)] = [
      ([200, 201, 204, 299].map { .response(Response($0)) }, .accepted),
      (
        [300, 302, 400, 401, 404, 409, 422, 429, 501, 503].map { .response(Response($0)) },
        .refused
      ),
      ([408, 500, 502, 504].map { .response(Response($0)) }, .unknown),
      ([.connectionRefused], .refused), ([.timedOut, .connectionReset], .unknown),
    ]
    for (results, outcome) in cases {
      for result in results { #expect(result.outcome == outcome, "\(result)") }
    }
  }
}
