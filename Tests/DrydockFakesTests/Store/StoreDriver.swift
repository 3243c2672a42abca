import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockFakes

/// Hands inputs to a store and keeps what came of them.
struct StoreDriver {
  static let start = VirtualInstant(secondsSinceEpoch: 1_772_409_600)  // 2026-03-02T00:00:00Z
  static let masterData = MasterData(
    products: [
      .init(sku: "SKU-1", name: "Trail Bottle", price: Money(minorUnits: 1_999, currency: .usd)),
      .init(sku: "SKU-2", name: "Camp Mug", price: Money(minorUnits: 1_250, currency: .usd)),
      .init(sku: "SKU-3", name: "Head Lamp", price: Money(minorUnits: 4_900, currency: .usd)),
    ],
    nodes: [.init(name: "east", partner: PartnerID("3pl"))]
  )

  var store: StoreFake
  var now = StoreDriver.start + .seconds(14 * 3_600)
  var outputs: [FakeOutput] = []
  private var exchanges = 0
  private let draws: KeyedDraws

  init(_ settings: StoreSettings = StoreSettings(), seed: UInt64 = 7) {
    store = StoreFake(id: PartnerID("store"), settings: settings, masterData: Self.masterData)
    draws = Seed(seed).draws(for: "store")
    give(.started)
    outputs = []
  }

  /// Hands an input over; `outputs` holds what came of the last one.
  mutating func give(_ input: FakeInput) {
    outputs = []
    store.receive(input, at: now, draws: draws, into: &outputs)
  }

  mutating func place(
    _ lines: [(String, Int)] = [("SKU-1", 2), ("SKU-2", 1)],
    number: Int = 1001,
    label: String = "A"
  ) {
    give(
      .command(
        .placeOrder(
          .init(
            label: label,
            number: number,
            lines: lines.map { .init(sku: $0.0, quantity: $0.1) }
          )
        )
      )
    )
  }

  /// Makes a call and returns the answer.
  @discardableResult
  mutating func call(
    _ method: String,
    _ path: String,
    _ body: String? = nil,
    token: String? = "shpat_acme-dist-access-token",
    version: String = "2026-04"
  ) -> Response {
    exchanges += 1
    var headers: HeaderFields = [:]
    if let token { headers["X-Shopify-Access-Token"] = token }
    if body != nil { headers["Content-Type"] = "application/json" }
    let request = Request(
      method,
      host: "acme-dist.myshopify.com",
      target: "/admin/api/\(version)\(path)",
      headers: headers,
      body: Array((body ?? "").utf8)
    )
    give(.request(ExchangeID(exchanges), request))
    for output in outputs {
      if case .reply(_, let response) = output { return response }
    }
    return Response(0)
  }

  var facts: [Fact] {
    outputs.compactMap { if case .fact(let fact) = $0 { fact } else { nil } }
  }

  var webhooks: [Webhook] {
    outputs.compactMap { if case .webhook(let webhook) = $0 { webhook } else { nil } }
  }

  var events: [WorldEvent] {
    outputs.compactMap { if case .world(let event) = $0 { event } else { nil } }
  }

  func json(_ response: Response) throws -> JSONValue {
    try JSONDocument.parse(response.body).root
  }

  func text(_ response: Response) -> String {
    String(decoding: response.body, as: UTF8.self)
  }

  // Identifiers of order 1001, which follow from its number.
  static let order = "5678900001001"
  static let fulfillmentOrder = "6700100100001"
  static let fulfillment = "5100100100001"
  static let firstLine = "14200100100001"
  static let secondLine = "14200100100002"
  static let sale = "6900100100001"

  static func fulfilment(_ lines: [(Int, Int)]? = nil, tracking: String? = "1Z5R89") -> String {
    var text = "{\"fulfillment\":{\"line_items_by_fulfillment_order\":[{"
    text += "\"fulfillment_order_id\":\(fulfillmentOrder)"
    if let lines {
      let items = lines.map { "{\"id\":\(13_500_100_100_000 + $0.0),\"quantity\":\($0.1)}" }
      text += ",\"fulfillment_order_line_items\":[\(items.joined(separator: ","))]"
    }
    text += "}]"
    if let tracking {
      text += ",\"tracking_info\":{\"number\":\"\(tracking)\",\"company\":\"UPS\"}"
    }
    return text + ",\"notify_customer\":true}}"
  }

  static func refund(
    _ amount: String?,
    lines: [(String, Int, String)] = [],
    note: String? = nil
  ) -> String {
    let items = lines.map {
      "{\"line_item_id\":\($0.0),\"quantity\":\($0.1),\"restock_type\":\"\($0.2)\"}"
    }
    var text = "{\"refund\":{\"refund_line_items\":[\(items.joined(separator: ","))]"
    if let note { text += ",\"note\":\"\(note)\"" }
    if let amount {
      text +=
        ",\"transactions\":[{\"parent_id\":\(sale),\"amount\":\"\(amount)\",\"kind\":\"refund\","
        + "\"gateway\":\"shopify_payments\"}]"
    }
    return text + "}}"
  }
}

/// Compares text with a file in `Golden/`; `UPDATE_GOLDEN=1` rewrites it.
func expectGolden(_ text: String, _ name: String, beside file: String = #filePath) throws {
  try GoldenText(name: name, file: file).expect(text)
}
