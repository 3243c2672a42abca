import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockFakes

@Suite("Loop wire form") struct LoopWireTests {
  @Test("a webhook's body is the text that PHP writes, and is signed as it is sent")
  func returnCreated() throws {
    var driver = ReturnsDriver()
    driver.request([("SKU-1", 2)], exchangeFor: "SKU-3")
    let webhook = try #require(driver.webhooks.first)
    let text = String(decoding: webhook.request.body, as: UTF8.self)
    try GoldenText(name: "return-created.json", file: #filePath).expect(text + "\n")
    #expect(!text.contains("\n"))
    #expect(text.contains(#"https:\/\/returns.example\/6042537"#))
    #expect(
      webhook.request.headers["X-Loop-Signature"]
        == Base64.encode(
          HMAC.sha256(webhook.request.body, key: Array("loop-webhook-secret".utf8))
        )
    )
    #expect(webhook.request.target == "/webhooks/returns")
  }

  @Test("a label's message is small and has its own types")
  func labelCreated() throws {
    var driver = ReturnsDriver()
    driver.requestWithLabel()
    let webhook = try #require(driver.webhooks.first)
    let text = String(decoding: webhook.request.body, as: UTF8.self)
    try GoldenText(name: "label-created.json", file: #filePath).expect(text + "\n")
  }

  @Test("details are written with the dates of answers")
  func details() throws {
    var driver = ReturnsDriver()
    driver.requestWithLabel()
    let response = driver.call("GET", "/warehouse/return/details?return_id=6042537")
    try GoldenText(name: "return-read.json", file: #filePath).expect(driver.text(response) + "\n")
  }

  @Test("a tracking number has 22 digits, the last of which checks the others")
  func tracking() {
    for number in [1, 2, 999, 40_000_000] {
      let text = LoopIdentifier.tracking(number)
      #expect(text.count == 22)
      #expect(text.hasPrefix("9400"))
      let sum = text.utf8.reversed().enumerated().reduce(0) {
        $0 + Int($1.element - 0x30) * ($1.offset % 2 == 0 ? 1 : 3)
      }
      #expect(sum % 10 == 0)
    }
  }

  @Test("identifiers lead back to the return and its unit")
  func identifiers() {
    #expect(LoopIdentifier.number(ofReturn: LoopIdentifier.return(7)) == 7)
    let parts = LoopIdentifier.parts(ofUnit: LoopIdentifier.unit(7, 3))
    #expect(parts?.number == 7)
    #expect(parts?.ordinal == 3)
    for identifier in [Int64.min, -1, 0, Int64.max] {
      #expect(LoopIdentifier.number(ofReturn: identifier) == nil)
      #expect(LoopIdentifier.parts(ofUnit: identifier) == nil)
    }
  }

  @Test("retries grow, the subscription stays, and a copy is told apart by nothing on the wire")
  func policy() throws {
    var driver = ReturnsDriver()
    let policy = driver.platform.profile.webhookPolicy
    #expect(policy.disabledAfter == nil)
    #expect(zip(policy.retries, policy.retries.dropFirst()).allSatisfy { $0 < $1 })
    driver.request()
    let webhook = try #require(driver.webhooks.first)
    let copy = driver.platform.reissued(webhook, copy: 1)
    #expect(copy.request == webhook.request)
    #expect(copy.delivery != webhook.delivery)
    #expect(driver.platform.signed(webhook) == webhook)
    var changed = webhook
    changed.request.body = Array(#"{"url":"a/é"}"#.utf8)
    let signed = driver.platform.signed(changed).request
    #expect(signed.body == Array(#"{"url":"a\/\u00e9"}"#.utf8))
    #expect(
      signed.headers["X-Loop-Signature"]
        == LoopWebhook.signature(signed.body, secret: driver.platform.profile.webhookSecret)
    )
  }
}
