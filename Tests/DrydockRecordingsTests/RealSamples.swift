import DrydockExchange
import DrydockJSON
import DrydockKernel
import Foundation

/// A real payload beside the package, and the call or webhook that it was a part of.
struct RealSample: Sendable {
  /// The file below the folder of samples.
  var file: String
  /// The contract that must recognise it.
  var contract: String
  var method: String
  /// The path, with `{id}` for the payload's own identifier.
  var path: String
  var status: Int
  /// Whether the payload is what was asked, and not what was answered.
  var isRequest: Bool
  /// What was asked, where the payload is the answer to a write.
  var asked: String

  /// The folder of samples.
  static let folder = RecordingFiles.shared.appending(path: "samples")

  private var platform: String {
    String(contract.prefix { $0 != "/" })
  }
  private var isWebhook: Bool { method == "HOOK" }

  private var host: String {
    if isWebhook { return "integration.example" }
    switch platform {
    case "shopify": return "acme-dist.myshopify.com"
    case "netsuite": return "1234567.suitetalk.api.netsuite.com"
    case "shipbob": return "api.shipbob.com"
    default: return "api.easypost.com"
    }
  }

  private var headers: HeaderFields {
    let json: HeaderFields = ["Content-Type": "application/json"]
    let own: HeaderFields
    switch (platform, isWebhook) {
    case ("easypost", true): own = ["X-Hmac-Signature": "hmac-sha256-hex=00ff"]
    case ("loop", true): own = ["X-Loop-Signature": "c2lnbmVk"]
    case ("shopify", _): own = ["X-Shopify-Access-Token": "shpat_1"]
    case ("shipbob", _): own = ["Authorization": "Bearer 1", "shipbob_channel_id": "100211"]
    case ("easypost", _): own = ["Authorization": "Basic MTo="]
    default: own = ["Authorization": "Bearer 1"]
    }
    return HeaderFields(json.fields + own.fields)
  }

  /// Returns the exchange that the payload was a part of; nothing where the sample is absent.
  func exchange(record: Int, at instant: VirtualInstant) throws -> RecordedExchange? {
    let file = Self.folder.appending(path: file)
    guard let data = FileManager.default.contents(atPath: file.path) else { return nil }
    let payload = [UInt8](data)
    let id = try JSONDocument.parse(payload).root["id"]
    var headers = headers
    // Every write is one of its own; without a reference they would all look the same.
    if !["GET", "HOOK"].contains(method) { headers.append("X-Request-Id", "request-\(record)") }
    let request = Request(
      isWebhook ? "POST" : method,
      host: host,
      target: path.replacing("{id}", with: id?.string ?? id?.number?.text ?? "1"),
      headers: headers,
      body: isRequest ? payload : Array(asked.utf8)
    )
    let response = Response(
      status,
      headers: ["Content-Type": "application/json"],
      body: isRequest ? [] : payload
    )
    var exchange = RecordedExchange(record: record, request: request, response: response)
    exchange.sentAt = instant
    exchange.answeredAt = instant + .milliseconds(120)
    return exchange
  }

  /// The samples in the order in which they are put into a recording.
  static let all: [RealSample] = table.split(separator: "\n").map { line in
    let words = line.split(separator: " ", maxSplits: 5).map(String.init)
    let isHook = words[2] == "HOOK"
    return RealSample(
      file: words[0],
      contract: words[1] + "/1.0",
      method: words[2],
      path: words[3],
      status: Int(words[4]) ?? 0,
      isRequest: isHook || words[1].hasSuffix("-request"),
      asked: words.count > 5 ? words[5] : ""
    )
  }
}
