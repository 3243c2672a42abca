import DrydockJSON
import Foundation
import Testing

/// Real payloads beside the package, framed as calls and webhooks, through `drydock verify`.
@Suite("Real payloads", .timeLimit(.minutes(10)))
struct RealPayloadTests {
  /// A payload and the exchange that it was a part of.
  private struct Framed {
    var sample: String
    var method: String
    var url: String
    var headers: [(String, String)]
    var status: Int
    /// What was asked; nothing where the payload itself is the request.
    var asked: String?
  }

  private static let story = [
    Framed(
      sample: "shopify/rest-2022_04-orders-list.json",
      method: "GET",
      url: "https://acme-dist.myshopify.com/admin/api/2022-04/orders.json?status=any",
      headers: [("X-Shopify-Access-Token", "shpat_1")],
      status: 200,
      asked: ""
    ),
    Framed(
      sample: "shopify/rest-2026_07-refund-calculate-or-create.json",
      method: "POST",
      url: "https://acme-dist.myshopify.com/admin/api/2026-07/orders/450789469/refunds.json",
      headers: [("X-Shopify-Access-Token", "shpat_1")],
      status: 201,
      asked: ""
    ),
    Framed(
      sample: "netsuite/creditmemo-1819-get-2023.json",
      method: "GET",
      url: "https://1234567.suitetalk.api.netsuite.com/services/rest/record/v1/creditMemo/1819",
      headers: [("Authorization", "Bearer 1")],
      status: 200,
      asked: ""
    ),
    Framed(
      sample: "3pl/shipbob-products-2-0.json",
      method: "GET",
      url: "https://api.shipbob.com/2026-01/product",
      headers: [("Authorization", "Bearer 1"), ("shipbob_channel_id", "100211")],
      status: 200,
      asked: ""
    ),
    Framed(
      sample: "carriers/easypost-trackers-create.json",
      method: "POST",
      url: "https://api.easypost.com/v2/trackers",
      headers: [("Authorization", "Basic MTo=")],
      status: 201,
      asked: #"{"tracker":{"tracking_code":"EZ1000000001"}}"#
    ),
    Framed(
      sample: "returns/loop-return-created-captured.json",
      method: "POST",
      url: "https://integration.example/webhooks/loop",
      headers: [("X-Loop-Signature", "c2lnbmVk")],
      status: 200,
      asked: nil
    ),
  ]

  /// The payloads, or nothing, with a note, where one of them is absent.
  private static func payloads() -> [String]? {
    let folder = Executable.root.appendingPathComponent("../shared/samples").standardized
    var payloads: [String] = []
    for framed in story {
      let path = folder.appendingPathComponent(framed.sample).path
      guard let data = FileManager.default.contents(atPath: path) else {
        FileHandle.standardError.write(Data("skipped: no sample '\(path)'\n".utf8))
        return nil
      }
      payloads.append(String(decoding: data, as: UTF8.self))
    }
    return payloads
  }

  private static func lines(_ payloads: [String]) -> String {
    zip(story, payloads).map { framed, payload in
      var writer = JSONWriter()
      writer.object { writer in
        writer.memberObject("request") {
          $0.member("method", framed.method)
          $0.member("url", framed.url)
          $0.memberObject("headers") {
            for (name, value) in framed.headers { $0.member(name, value) }
          }
          $0.member("body", framed.asked ?? payload)
        }
        writer.memberObject("response") {
          $0.member("status", framed.status)
          $0.member("body", framed.asked == nil ? "" : payload)
        }
      }
      return writer.text + "\n"
    }.joined()
  }

  private static func archive(_ payloads: [String]) -> String {
    var writer = JSONWriter(pretty: true)
    writer.object { writer in
      writer.memberObject("log") { writer in
        writer.member("version", "1.2")
        writer.memberArray("entries") { writer in
          for (framed, payload) in zip(story, payloads) {
            writer.object { write(framed, payload, &$0) }
          }
        }
      }
    }
    return writer.text
  }

  private static func write(_ framed: Framed, _ payload: String, _ writer: inout JSONWriter) {
    writer.memberObject("request") {
      $0.member("method", framed.method)
      $0.member("url", framed.url)
      $0.memberArray("headers") {
        for (name, value) in framed.headers {
          $0.object {
            $0.member("name", name)
            $0.member("value", value)
          }
        }
      }
      $0.memberObject("postData") { $0.member("text", framed.asked ?? payload) }
    }
    writer.memberObject("response") {
      $0.member("status", framed.status)
      $0.memberObject("content") { $0.member("text", framed.asked == nil ? "" : payload) }
    }
  }

  @Test("go through 'drydock verify' to a verdict for each order", arguments: ["jsonl", "har"])
  func verify(form: String) throws {
    guard let payloads = Self.payloads() else { return }
    let text = form == "har" ? Self.archive(payloads) : Self.lines(payloads)
    let folder = try TemporaryFolder()
    let file = try folder.write("real.\(form)", text)
    let outcome = try Executable.run(["verify", file, "--format", "json"])
    #expect(outcome.errors == "")
    let report = try JSONDocument.parse(Array(outcome.output.utf8)).root
    let orders = report["orders"]?.elements.map {
      "\($0["name"]?.string ?? "?") \($0["ending"]?.string ?? "?") \($0["findings"]?.int ?? -1)"
    }
    #expect(
      orders?.sorted() == [
        "#1001 refunded 0", "#90507 return requested 0", "netsuite.credit-memo:1819 credited 0",
        "parcel EZ1000000001 tracked 0",
      ]
    )
    // Six payloads, and five requests that have a contract of their own.
    #expect(report["messages"]?["recognised"]?.int == 11)
    #expect(report["messages"]?["violating"]?.int == 0)
    #expect(report["messages"]?["unrecognised"]?.count == 0)
    // Nobody says when anything was: what hangs on instants is not judged.
    #expect(report["findings"]?.count == 0)
    #expect(outcome.status == 0)
  }
}
