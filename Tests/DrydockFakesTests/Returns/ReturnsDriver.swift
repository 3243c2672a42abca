import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockFakes

/// Hands inputs to a returns platform and keeps what came of them.
struct ReturnsDriver {
  static let orderKey = EntityKey("shopify.order", "5678900001001")

  var platform: ReturnsFake
  var now = StoreDriver.start + .seconds(14 * 3_600)
  var outputs: [FakeOutput] = []
  private var exchanges = 0
  private let draws = Seed(7).draws(for: "returns")

  /// Starts with order 1001: two of SKU-1 and one of SKU-2, fulfilled.
  init(_ settings: ReturnsSettings = ReturnsSettings(), isFulfilled: Bool = true) {
    platform = ReturnsFake(
      id: PartnerID("returns"),
      settings: settings,
      masterData: StoreDriver.masterData
    )
    give(.started)
    func usd(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: .usd) }
    give(
      .world(
        .orderPlaced(
          WorldEvent.StoreOrder(
            key: Self.orderKey,
            number: 1001,
            customer: "alex.morgan@example.com",
            address: .default,
            lines: [
              .init(
                lineItem: 14_200_100_100_001,
                sku: "SKU-1",
                quantity: 2,
                unitPrice: usd(1_999),
                tax: usd(330)
              ),
              .init(
                lineItem: 14_200_100_100_002,
                sku: "SKU-2",
                quantity: 1,
                unitPrice: usd(1_250),
                tax: usd(103)
              ),
            ],
            currency: .usd
          )
        )
      )
    )
    if isFulfilled { give(.world(.orderFulfilled(order: Self.orderKey))) }
  }

  mutating func give(_ input: FakeInput) {
    outputs = []
    platform.receive(input, at: now, draws: draws, into: &outputs)
  }

  mutating func request(
    _ lines: [(String, Int)] = [("SKU-1", 1)],
    number: Int = 1,
    order: Int = 1001,
    exchangeFor: String? = nil
  ) {
    give(
      .command(
        .requestReturn(
          .init(
            label: "R",
            number: number,
            order: order,
            lines: lines.map { .init(sku: $0.0, quantity: $0.1) },
            reason: "Item was too big",
            exchangeFor: exchangeFor
          )
        )
      )
    )
  }

  /// Asks for a return, and waits for its label.
  mutating func requestWithLabel(number: Int = 1, exchangeFor: String? = nil) {
    request(number: number, exchangeFor: exchangeFor)
    now += .seconds(2)
    give(.timer(TimerID("label/\(number)")))
  }

  @discardableResult
  mutating func call(
    _ method: String,
    _ path: String,
    _ body: String? = nil,
    key: String? = "loop-api-key"
  ) -> Response {
    exchanges += 1
    var headers: HeaderFields = [:]
    if let key { headers["X-Authorization"] = key }
    if body != nil { headers["Content-Type"] = "application/json" }
    let request = Request(
      method,
      host: "api.loopreturns.com",
      target: "/api/v1\(path)",
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

  /// The timers that were set.
  var timers: [String] {
    outputs.compactMap { if case .wake(let timer, _, _) = $0 { timer.name } else { nil } }
  }

  /// The timers that were taken back.
  var cancelled: [String] {
    outputs.compactMap { if case .cancel(let timer) = $0 { timer.name } else { nil } }
  }

  func json(_ bytes: [UInt8]) throws -> JSONValue {
    try JSONDocument.parse(bytes).root
  }

  func text(_ response: Response) -> String {
    String(decoding: response.body, as: UTF8.self)
  }

  static let tracking = LoopIdentifier.tracking(1)

  static func grades(_ conditions: [(Int64, String)]) -> String {
    let items = conditions.map {
      "{\"line_item_id\":\($0.0),\"condition_category\":\"\($0.1)\",\"description\":\"seen\"}"
    }
    return "{\"items\":[\(items.joined(separator: ","))]}"
  }
}
