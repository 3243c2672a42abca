import DrydockExchange
import DrydockFaults
import DrydockKernel
import Testing

@Suite("Body")
struct BodyFaultTests {
  private static let body = Array(#"{"id":7,"lines":[{"sku":"A"}]}"#.utf8)

  private func damaged(_ tampering: Tampering) -> [UInt8] {
    var response = Response(200, body: Self.body)
    tampering.apply(to: &response)
    return response.body
  }

  @Test("a truncated body keeps a share of its bytes")
  func truncates() {
    var faults = FaultSet(.body(BodyFault(damage: .truncated(at: Ratio(1, 3)))))
    #expect(faults.fate(.call(1)).tampering == [.truncatedBody(at: Ratio(1, 3))])
    #expect(damaged(.truncatedBody(at: Ratio(1, 3))) == Array(Self.body.prefix(10)))
    #expect(damaged(.truncatedBody(at: .zero)).isEmpty)
    #expect(damaged(.truncatedBody(at: Ratio(5, 1))) == Self.body)
  }

  @Test("where no share is given, each attempt draws one below the whole")
  func drawsTheShare() {
    var faults = FaultSet(.body(BodyFault()))
    var shares: Set<Ratio> = []
    for number in 1...200 {
      guard case .truncatedBody(let share) = faults.fate(.call(number, number: number)).tampering[0]
      else { continue }
      #expect(share >= Ratio(1, 100) && share <= Ratio(99, 100))
      shares.insert(share)
    }
    #expect(shares.count > 60)
  }

  @Test("a malformed body differs in one sign, where its format has structure")
  func malforms() {
    let body = damaged(.malformedBody)
    #expect(body.count == Self.body.count)
    #expect(zip(body, Self.body).count { $0 != $1 } == 1)
    #expect(String(decoding: body, as: UTF8.self) == ##"{"id":7,"lines"#[{"sku":"A"}]}"##)
    var plain = Response(200, body: Array("gone".utf8))
    Tampering.malformedBody.apply(to: &plain)
    #expect(plain.body == Array("gone#".utf8))
    var empty = Response(204)
    Tampering.malformedBody.apply(to: &empty)
    #expect(empty.body == Array("#".utf8))
  }

  @Test(
    "a wrong signature differs within its value and keeps its form",
    arguments: [
      "aGVsbG8gd29ybGQhIGhlbGxv", "v1,aGVsbG8gd29ybGQhIGhlbGxvd29ybGQ=",
      "hmac-sha256-hex=8a4f00a3c4b9e2d1", "000000", "v1,aGVsbG8= v1,d29ybGQ=",
    ]
  )
  func forges(signature: String) throws {
    var request = Request(
      "POST",
      host: "integration.example",
      target: "/webhooks/3pl",
      headers: ["webhook-signature": signature],
      body: Self.body
    )
    Tampering.wrongSignature.apply(to: &request, signatureHeader: "Webhook-Signature")
    let forged = try #require(request.headers["webhook-signature"])
    #expect(forged.utf8.count == signature.utf8.count)
    let before = signature.split(separator: " ")
    let after = forged.split(separator: " ")
    #expect(before.count == after.count)
    for (left, right) in zip(before, after) {
      #expect(left != right)
      #expect(left.prefix { $0 != "," && $0 != "=" }.count <= right.utf8.count)
      #expect(left.hasPrefix("v1,") == right.hasPrefix("v1,"))
      #expect(left.hasSuffix("=") == right.hasSuffix("="))
    }
    #expect(request.body == Self.body)
  }

  @Test("a missing signature leaves the rest of the webhook")
  func removesSignature() {
    var request = Request(
      "POST",
      host: "integration.example",
      target: "/webhooks/3pl",
      headers: ["X-Signature": "abc", "X-Topic": "orders"],
      body: Self.body
    )
    Tampering.missingSignature.apply(to: &request, signatureHeader: "x-signature")
    #expect(request.headers.fields.map(\.name) == ["X-Topic"])
    let before = request
    Tampering.wrongSignature.apply(to: &request, signatureHeader: nil)
    #expect(request == before)
  }
}
