import DrydockExchange
import DrydockJSON
import DrydockKernel
import Foundation
import Testing

@testable import DrydockFakes

@Suite("EasyPost dialect")
struct EasyPostDialectTests {
  private static let routes: [(method: String, target: String, operation: String, entity: String)] =
    [
      ("POST", "/v2/trackers", "tracker-create", "9400100000000000000001"),
      ("GET", "/v2/trackers/trk_1", "tracker-read", "trk_1"),
      ("GET", "/v2/trackers?tracking_code=9400", "trackers-list", "9400"),
    ]

  @Test("names every operation and what it is about", arguments: routes)
  func describes(method: String, target: String, operation: String, entity: String) {
    let request = Request(
      method,
      host: "api.easypost.com",
      target: target,
      body: Array(EasyPostSamples.wish().utf8)
    )
    let found = EasyPostSamples.bench().fake.describe(request)
    #expect(found == OperationDescription(operation: operation, entity: entity))
  }

  @Test("answers 401 to a wrong or missing key on every route", arguments: routes)
  func unauthorised(method: String, target: String, operation: String, entity: String) {
    var bench = EasyPostSamples.bench()
    let key = Base64.encode(Array("somebody:".utf8))
    for headers: HeaderFields in [[:], ["Authorization": "Basic \(key)"]] {
      let answer = bench.call(method, target, headers: headers)
      #expect(answer.status == 401)
      #expect(answer.json["error"]?["code"]?.string == "APIKEY.INACTIVE")
    }
  }

  @Test(
    "answers 404 to what does not exist",
    arguments: [
      ("GET", "/v2/trackers/trk_1"), ("GET", "/v2/trackers/"), ("GET", "/v2/shipments"),
      ("DELETE", "/v2/trackers/trk_1"), ("GET", "/v2/trackers?before_id=trk_1"),
    ]
  )
  func notFound(method: String, target: String) {
    var bench = EasyPostSamples.bench()
    let answer = bench.call(method, target)
    #expect(answer.status == 404)
    #expect(
      answer.text
        == #"{"error":{"code":"NOT_FOUND","message":"The requested resource could not be found.","#
        + #""errors":["The requested resource could not be found."]}}"#
    )
  }

  @Test(
    "answers 422 to missing and malformed parameters, 400 to no JSON",
    arguments: [
      (#"{}"#, 422, "tracker"), (#"{"tracker":{}}"#, 422, "tracking_code"),
      (#"{"tracker":{"tracking_code":""}}"#, 422, "tracking_code"),
      (#"{"tracker":{"tracking_code":7}}"#, 422, "tracking_code"),
      (#"{"tracker":{"tracking_code":"1","carrier":"Pigeon"}}"#, 422, "carrier"),
      (#"{"#, 400, nil as String?), (#"[]"#, 400, nil),
    ]
  )
  func invalid(body: String, status: Int, field: String?) {
    var bench = EasyPostSamples.bench()
    let answer = bench.call("POST", "/v2/trackers", body)
    #expect(answer.status == status)
    #expect(answer.json["error"]?["errors"]?[0]?["field"]?.string == field)
    #expect(bench.facts.isEmpty)
  }

  @Test("keeps one tracker for a number, however often it is asked for")
  func duplicate() {
    var bench = EasyPostSamples.bench()
    let first = bench.call("POST", "/v2/trackers", EasyPostSamples.wish())
    let again = bench.call("POST", "/v2/trackers", EasyPostSamples.wish())
    #expect(first.status == 201)
    #expect(again.status == 200)
    #expect(first.json["id"]?.string == again.json["id"]?.string)
    #expect(bench.webhooks.map(\.operation) == ["tracker-created"])
    #expect(bench.facts.map(\.kind) == [.shipmentTracked])
    let read = bench.call("GET", "/v2/trackers/\(first.json["id"]?.string ?? "")")
    #expect(read.body == again.body)
  }

  @Test("pages from the newest, before and after a tracker")
  func pages() {
    var bench = EasyPostSamples.bench()
    for number in 1...5 { bench.call("POST", "/v2/trackers", EasyPostSamples.wish("T\(number)")) }
    func codes(_ response: Response) -> [String] {
      response.json["trackers"]?.elements.compactMap { $0["tracking_code"]?.string } ?? []
    }
    let first = bench.call("GET", "/v2/trackers?page_size=2")
    #expect(codes(first) == ["T5", "T4"])
    #expect(first.json["has_more"]?.bool == true)
    let last = first.json["trackers"]?[1]?["id"]?.string ?? ""
    let rest = bench.call("GET", "/v2/trackers?page_size=3&before_id=\(last)")
    #expect(codes(rest) == ["T3", "T2", "T1"])
    #expect(rest.json["has_more"]?.bool == false)
    #expect(codes(bench.call("GET", "/v2/trackers?after_id=\(last)")) == ["T5"])
    #expect(codes(bench.call("GET", "/v2/trackers?tracking_code=T2")) == ["T2"])
    #expect(codes(bench.call("GET", "/v2/trackers?tracking_code=T9")).isEmpty)
    #expect(bench.call("GET", "/v2/trackers?page_size=0").status == 422)
  }

  @Test("refuses beyond five calls a second, and says why it is away")
  func refusals() {
    let fake = EasyPostSamples.bench().fake
    #expect(fake.profile.limits == [.tokenBucket(capacity: 5, refillsPerSecond: Ratio(5, 1))])
    let request = Request("GET", host: "api.easypost.com", target: "/v2/trackers")
    let usage = LimitUsage(limit: 5, used: 5, wait: .milliseconds(200))
    let throttled = fake.refusal(.throttled(usage), of: request)
    #expect(throttled.status == 429)
    #expect(throttled.json["error"]?["code"]?.string == "RATE_LIMITED")
    let away = fake.refusal(
      .unavailable(status: 503, retryAfter: .milliseconds(1_500)),
      of: request
    )
    #expect(away.status == 503)
    #expect(away.headers["Retry-After"] == "2")
    #expect(fake.refusal(.maintenancePage, of: request).status == 200)
    #expect(fake.refusal(.forbidden, of: request).status == 403)
    #expect(fake.refusal(.unauthorised, of: request).status == 401)
  }

  // MARK: Events

  @Test("signs over the exact bytes with the decomposed secret")
  func signature() {
    // RFC 4231, test case 2, through the platform's form.
    let signature = EasyPostDialect.signature(
      of: Array("what do ya want for nothing?".utf8),
      key: CompatibilityDecomposition.bytes(of: "Jefe")
    )
    #expect(
      signature
        == "hmac-sha256-hex=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
    #expect(CompatibilityDecomposition.bytes(of: "s\u{E9}cret") == Array("se\u{301}cret".utf8))
  }

  @Test("matches the vector that the platform publishes")
  func vector() throws {
    let sample = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../../shared/samples/carriers/easypost-event-body.json")
      .standardized
    guard let data = try? Data(contentsOf: sample) else {
      print("skipped the published vector: the samples are not there")
      return
    }
    let key = CompatibilityDecomposition.bytes(of: "sécret")
    let body = Array(data.dropLast())
    #expect(body.count == 3_550)
    #expect(
      EasyPostDialect.signature(of: body, key: key)
        == "hmac-sha256-hex=38f3f53c103713df81616a0a186d77141957323ec21d5fe9363db93840f527db"
    )
    #expect(
      EasyPostDialect.signature(of: Array(data), key: key).hasPrefix("hmac-sha256-hex=044558ad")
    )
  }

  @Test("gives every event an identifier and a signature, and new ones to a copy")
  func deliveries() throws {
    var bench = EasyPostSamples.bench()
    bench.call("POST", "/v2/trackers", EasyPostSamples.wish())
    let webhook = try #require(bench.webhooks.first)
    let key = Array(bench.fake.profile.webhookSecret.utf8)
    func verifies(_ webhook: Webhook) -> Bool {
      webhook.request.headers["X-Hmac-Signature"]
        == EasyPostDialect.signature(of: webhook.request.body, key: key)
        && webhook.json["id"]?.string == webhook.delivery
    }
    #expect(verifies(webhook))
    #expect(webhook.delivery.hasPrefix("evt_") && webhook.delivery.count == 36)
    #expect(webhook.request.target == "/webhooks/carrier")
    let copy = bench.fake.reissued(webhook, copy: 1)
    #expect(verifies(copy))
    #expect(copy.delivery != webhook.delivery)
    #expect(bench.fake.signed(webhook) == webhook)
    var changed = webhook
    changed.request.body = Array(#"{"id":"\#(webhook.delivery)"}"#.utf8)
    #expect(!verifies(changed) && verifies(bench.fake.signed(changed)))
    #expect(copy.json["result"]?["id"]?.string == webhook.json["result"]?["id"]?.string)
    #expect(bench.fake.profile.webhookPolicy.deadline == .seconds(7))
    let waits = bench.fake.profile.webhookPolicy.retries
    #expect(waits == waits.sorted())
    #expect(waits.reduce(.zero, +) <= .seconds(86_400))
  }

  @Test("says and does the same for the same inputs")
  func deterministic() {
    func play() -> ([Webhook], [Fact]) {
      var bench = EasyPostSamples.bench { $0.transit = .seconds(90_000)...(.seconds(250_000)) }
      for number in 1...6 {
        bench.call("POST", "/v2/trackers", EasyPostSamples.wish("T\(number)"))
        bench.give(.world(.parcelTendered(EasyPostSamples.parcel("T\(number)"))))
      }
      bench.run(for: .seconds(5 * 86_400))
      return (bench.webhooks, bench.facts)
    }
    let first = play()
    let second = play()
    #expect(first.0 == second.0)
    #expect(first.1 == second.1)
  }

  @Test("writes payloads as the platform does")
  func golden() throws {
    let golden = WireGolden(beside: #filePath)
    var bench = EasyPostSamples.bench()
    let created = bench.call("POST", "/v2/trackers", EasyPostSamples.wish())
    try golden.check(created.body, "tracker-create-response")
    bench.give(.world(.parcelTendered(EasyPostSamples.parcel())))
    bench.run(for: .seconds(5 * 86_400))
    try golden.check(try #require(bench.webhooks.last).request.body, "tracker-updated")
  }
}
