import DrydockExchange
import DrydockJSON
import DrydockKernel
import Foundation
import Testing

@testable import DrydockFakes

/// An ERP with a clock, a token and everything it said.
struct ERPBench {
  static let masterData = MasterData(
    products: [
      .init(sku: "SKU-1", name: "Harbor Mug", price: Money(minorUnits: 2500, currency: .usd)),
      .init(sku: "SKU-2", name: "Pier Lamp", price: Money(minorUnits: 4000, currency: .usd)),
      .init(sku: "SKU-3", name: "Buoy Soap", price: Money(minorUnits: 333, currency: .usd)),
    ],
    nodes: [
      .init(name: "east", partner: PartnerID("3pl")),
      .init(name: "west", partner: PartnerID("3pl")),
    ]
  )
  static let start = VirtualInstant(secondsSinceEpoch: 1_772_442_000)  // 2026-03-02T09:00:00Z
  static let base = "/services/rest/record/v1"
  static let host = "1234567.suitetalk.api.netsuite.com"

  var fake: ERPFake
  var now = ERPBench.start
  var token: String?
  var facts: [Fact] = []
  private var exchanges = 0

  init(signedIn: Bool = true, _ change: (inout ERPSettings) -> Void = { _ in }) {
    var settings = ERPSettings()
    settings.stock = [
      .init(sku: "SKU-1", node: "east", onHand: 10), .init(sku: "SKU-2", node: "east", onHand: 5),
      .init(sku: "SKU-3", node: "east", onHand: 100),
    ]
    change(&settings)
    fake = ERPFake(id: PartnerID("erp"), settings: settings, masterData: Self.masterData)
    if signedIn { signIn() }
  }

  /// The facts of a kind, in order.
  func facts(_ kind: FactKind) -> [Fact] {
    facts.filter { $0.kind == kind }
  }

  // MARK: Calling

  @discardableResult
  mutating func send(_ request: Request) -> Response {
    exchanges += 1
    var outputs: [FakeOutput] = []
    fake.receive(
      .request(ExchangeID(exchanges), request),
      at: now,
      draws: Seed(7).draws(for: "erp"),
      into: &outputs
    )
    var response = Response(599)
    for output in outputs {
      switch output {
      case .reply(_, let reply): response = reply
      case .fact(let fact): facts.append(fact)
      default: Issue.record("unexpected output \(output)")
      }
    }
    return response
  }

  @discardableResult
  mutating func send(
    _ method: String,
    _ path: String,
    _ body: String = "",
    headers: [HeaderField] = []
  ) -> Response {
    send(request(method, path, body, headers: headers))
  }

  func request(
    _ method: String,
    _ path: String,
    _ body: String = "",
    headers: [HeaderField] = []
  ) -> Request {
    var fields: [HeaderField] = []
    if let token { fields.append(HeaderField("Authorization", "Bearer \(token)")) }
    if !body.isEmpty { fields.append(HeaderField("Content-Type", "application/json")) }
    let target = path.hasPrefix("/services") ? path : Self.base + path
    return Request(
      method,
      host: Self.host,
      target: target,
      headers: HeaderFields(fields + headers),
      body: Array(body.utf8)
    )
  }

  mutating func command(_ command: StoryCommand) {
    var outputs: [FakeOutput] = []
    fake.receive(.command(command), at: now, draws: Seed(7).draws(for: "erp"), into: &outputs)
    #expect(outputs.isEmpty)
  }

  mutating func signIn() {
    let response = send(Self.tokenRequest(credential: fake.profile.credential))
    token = Self.json(response)?["access_token"]?.string
  }

  static func tokenRequest(credential: String) -> Request {
    let form = [
      "grant_type=client_credentials",
      "client_assertion_type="
        + PercentEncoding.encode("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
      "client_assertion=" + PercentEncoding.encode(credential),
    ]
    return Request(
      "POST",
      host: host,
      target: NetSuiteRoute.tokenPath,
      headers: ["Content-Type": "application/x-www-form-urlencoded"],
      body: Array(form.joined(separator: "&").utf8)
    )
  }

  mutating func query(_ text: String, suffix: String = "") -> Response {
    var writer = JSONWriter()
    writer.object { $0.member("q", text) }
    return send(
      "POST",
      NetSuiteRoute.queryPath + suffix,
      writer.text,
      headers: [HeaderField("Prefer", "transient")]
    )
  }

  /// Creates an order of one line per SKU and returns its internal identifier.
  mutating func order(
    _ reference: String = "SHOP-1001",
    _ lines: [(sku: Int, quantity: Int)] = [(1, 2)],
    shipping: String = "5.95"
  ) throws -> String {
    let response = send("PUT", "/salesOrder/eid:\(reference)", Self.orderBody(lines, shipping))
    return try #require(Self.id(response), "\(Self.text(response))")
  }

  static func orderBody(_ lines: [(sku: Int, quantity: Int)], _ shipping: String = "5.95") -> String
  {
    let items = lines.map { line in
      let price = masterData.products[line.sku - 1].price.decimalString
      return """
        {"item":{"id":"\(2100 + line.sku)","refName":"SKU-\(line.sku)"},\
        "quantity":\(line.quantity),\
        "rate":\(price)}
        """
    }
    return """
      {"entity":{"id":"107"},"email":"alex.morgan@example.com","shippingCost":\(shipping),\
      "shippingAddress":{"addressee":"Alex Morgan","addr1":"12 Harbor Road","city":"Portland",\
      "state":"ME","zip":"04101","country":{"id":"US"}},\
      "item":{"items":[\(items.joined(separator: ","))]}}
      """
  }

  /// Fulfils and bills everything of an order.
  mutating func fulfilAndBill(_ order: String) {
    send(
      "POST",
      "/salesOrder/\(order)/!transform/itemFulfillment",
      #"{"shipStatus":{"id":"C"},"item":{"items":[{"orderLine":1,"location":{"id":"6"}}]}}"#
    )
    send("POST", "/salesOrder/\(order)/!transform/invoice")
  }

  // MARK: Reading answers

  static func json(_ response: Response) -> JSONValue? {
    try? JSONDocument.parse(response.body).root
  }

  static func text(_ response: Response) -> String {
    String(decoding: response.body, as: UTF8.self)
  }

  /// The identifier at the end of the `Location` header.
  static func id(_ response: Response) -> String? {
    response.headers["Location"]?.split(separator: "/").last.map(String.init)
  }

  static func code(_ response: Response) -> String? {
    json(response)?["o:errorDetails"]?[0]?["o:errorCode"]?.string
  }

  static func detail(_ response: Response) -> String? {
    json(response)?["o:errorDetails"]?[0]?["detail"]?.string
  }

  mutating func read(_ path: String) throws -> JSONValue {
    let response = send("GET", path)
    #expect(response.status == 200)
    return try #require(Self.json(response))
  }

  /// The text that stands for how far an order is.
  mutating func status(_ order: String) throws -> String {
    try read("/salesOrder/\(order)")["status"]?["id"]?.string ?? "none"
  }
}

/// Compares text with a file beside the tests; `UPDATE_GOLDEN=1` writes the file instead.
func expectERPGolden(
  _ text: String,
  _ name: String,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden").appending(path: name)
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
    try Data(text.utf8).write(to: file)
    return
  }
  let expected = try String(contentsOf: file, encoding: .utf8)
  let found = text.split(separator: "\n", omittingEmptySubsequences: false)
  let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
  for (line, pair) in zip(wanted, found).enumerated() where pair.0 != pair.1 {
    Issue.record(
      "\(name):\(line + 1)\n- \(pair.0)\n+ \(pair.1)",
      sourceLocation: sourceLocation
    )
    return
  }
  #expect(wanted.count == found.count, sourceLocation: sourceLocation)
}
