import Testing

@testable import DrydockReports

@Suite("Payload text")
struct PayloadTextTests {
  private func text(
    _ body: String,
    type: String? = nil,
    marks: [PayloadText.Mark] = [],
    max: Int = 4_000
  ) -> String {
    let payload = PayloadText(
      Array(body.utf8),
      contentType: type,
      marks: marks,
      bytesMax: max
    )
    return MarkupScanner(payload.text.bytes, isHTML: true).text
  }

  @Test("indents JSON and hides members that are named like secrets, at any depth")
  func indents() {
    #expect(
      text("{\"a\":[1,true,{}],\"access_token\":\"x\",\"client\":{\"clientSecret\":{\"deep\":7}}}")
        == """
        {
          &quot;a&quot;: [
            1,
            true,
            {}
          ],
          &quot;access_token&quot;: "&lt;redacted&gt;",
          &quot;client&quot;: {
            &quot;clientSecret&quot;: {
              &quot;deep&quot;: "&lt;redacted&gt;"
            }
          }
        }
        """
    )
  }

  @Test("hides secret items of a form and decodes the others")
  func forms() {
    #expect(
      text(
        "grant_type=client_credentials&client_assertion=abc&note=a%20b",
        type: "application/x-www-form-urlencoded; charset=utf-8"
      )
        == "grant_type=client_credentials\nclient_assertion=&lt;redacted&gt;\nnote=a b\n"
    )
  }

  @Test("shows what is no JSON as it is")
  func plain() {
    #expect(text("{\"cut\":\"of") == "{&quot;cut&quot;:&quot;of")
  }

  @Test("cuts at its bound, closes what it opened and says how much there was")
  func bounded() {
    let body =
      "[" + Array(repeating: "{\"sku\":\"SKU-1\"}", count: 1_000).joined(separator: ",") + "]"
    let payload = PayloadText(Array(body.utf8), contentType: nil, marks: [], bytesMax: 500)
    #expect(MarkupScanner(payload.text.bytes, isHTML: true).mistakes == [])
    #expect(payload.text.bytes.count < 800)
    #expect(text(body, max: 500).hasSuffix("… the rest of \(body.utf8.count) bytes is left out"))
  }

  @Test("cuts a single huge string and a huge name")
  func hugeScalars() {
    let huge = String(repeating: "x", count: 100_000)
    for body in ["\"\(huge)\"", "{\"\(huge)\":1}", huge] {
      let payload = PayloadText(Array(body.utf8), contentType: nil, marks: [], bytesMax: 500)
      #expect(payload.text.bytes.count < 2_000)
    }
  }

  @Test("nests as deep as it says and writes the rest on one line")
  func deep() {
    let body = String(repeating: "[", count: 400) + String(repeating: "]", count: 400)
    let shown = text(body, max: 100_000)
    #expect(shown.split(separator: "\n").count == 2 * PayloadText.depthMax + 1)
  }

  @Test("marks a place by pointer, and names places that it could not show")
  func marks() {
    let shown = text(
      "{\"a/b\":{\"~\":[0]}}",
      marks: [
        PayloadText.Mark(pointer: "/a~1b/~0/0", words: "F1: expected 1"),
        PayloadText.Mark(pointer: "/gone", words: "F2: expected something"),
      ]
    )
    #expect(shown.contains("0 ◀ F1: expected 1"))
    #expect(shown.hasSuffix("\n/gone F2: expected something"))
  }
}

@Suite("Secret names")
struct SecretNamesTests {
  @Test(
    "recognises what platforms call their secrets",
    arguments: [
      "Authorization", "X-Authorization", "X-Shopify-Access-Token", "access_token", "client_secret",
      "clientSecret", "Set-Cookie", "api_key", "apiKey", "password", "client_assertion", "token",
      "refreshToken", "X-API-Key",
    ]
  )
  func secret(name: String) {
    #expect(SecretNames.contains(name))
  }

  @Test(
    "leaves what people need to see",
    arguments: [
      "Content-Type", "X-Shopify-Hmac-Sha256", "tracking_number", "token_type", "key", "note",
      "X-Correlation-Id", "idempotency-key", "return_authorization",
    ]
  )
  func open(name: String) {
    #expect(!SecretNames.contains(name))
  }

  @Test("hides the values of secret query items and nothing else")
  func target() {
    #expect(
      SecretNames.redacted(target: "/a?x=1&access_token=abc&access_token&y")
        == "/a?x=1&access_token=<redacted>&access_token&y"
    )
    #expect(SecretNames.redacted(target: "/a") == "/a")
  }
}
