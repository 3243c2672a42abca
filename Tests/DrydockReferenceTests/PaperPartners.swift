import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Five partners in a few lines: enough books to tell a write that happened from one that did not.
struct PaperPartners {
  /// How often each thing came into being, by a name such as `erp-order SHOP-1001`.
  private(set) var made: [String: Int] = [:]
  /// Every call, as `partner method path`.
  private(set) var calls: [String] = []
  /// Answers that are given instead of the usual one, by the start of the call's text, once each.
  var answers: [(call: String, result: CallResult)] = []
  private var documents: [String: Int] = [:]
  private var orders3PL: [String: Int64] = [:]
  private var fulfilments: [(id: Int64, tracking: String, isDelivered: Bool)] = []
  private var refunds: [(id: Int64, note: String, amount: String, units: [Int64: Int])] = []
  private var trackers: Set<String> = []
  private var returnReference = ""
  private var nextID = 4711
  var token = 1
  var tags = ""
  var isCancelled = false
  /// What the store shows as available.
  var shownStock = 10
  var isClosedInERP = false
  private var isReturnClosed = false

  /// Makes nothing twice.
  var doubles: [String] { made.filter { $0.value > 1 }.keys.sorted() }

  mutating func answer(_ partner: PartnerID, _ request: Request) -> CallResult {
    let call = "\(partner) \(request.method) \(request.path)"
    calls.append(call)
    if let index = answers.firstIndex(where: { call.hasPrefix($0.call) }) {
      return answers.remove(at: index).result
    }
    switch partner.name {
    case "erp": return .response(erp(request))
    case "store": return .response(store(request))
    case "3pl": return .response(warehouse(request))
    case "carrier": return .response(carrier(request))
    default: return .response(returns(request))
    }
  }

  private mutating func make(_ name: String) {
    made[name, default: 0] += 1
  }

  private mutating func makeID() -> Int {
    defer { nextID += 1 }
    return nextID
  }

  static func json(_ text: String, _ status: Int = 200) -> Response {
    Response(status, headers: ["Content-Type": "application/json"], body: Array(text.utf8))
  }

  // MARK: ERP

  private mutating func erp(_ request: Request) -> Response {
    let path = String(request.path)
    if path.hasSuffix("/token") {
      return Self.json(#"{"access_token":"t\#(token)","expires_in":"3600","token_type":"bearer"}"#)
    }
    guard request.headers["Authorization"] == "Bearer t\(token)" else {
      return Self.json(#"{"o:errorDetails":[{"o:errorCode":"INVALID_LOGIN","detail":"no"}]}"#, 401)
    }
    let parts = path.split(separator: "/").map(String.init)
    let key = parts.first { $0.hasPrefix("eid:") }.map { String($0.dropFirst(4)) }
    switch request.method {
    case "GET": return read(parts, key)
    case "PATCH":
      isClosedInERP = true
      return Response(204)
    default:
      let externalID = key ?? body(request)?["externalId"]?.string ?? ""
      let kind = parts.last.map { $0.hasPrefix("eid:") ? "salesOrder" : $0 } ?? ""
      if documents["\(kind) \(externalID)"] != nil {
        guard kind == "salesOrder" else {
          return Self.json(
            #"{"o:errorDetails":[{"o:errorCode":"X","detail":"This record already exists"}]}"#,
            400
          )
        }
      } else {
        documents["\(kind) \(externalID)"] = makeID()
        make("\(kind) \(externalID)")
      }
      let id = documents["\(kind) \(externalID)"] ?? 0
      return Response(204, headers: ["Location": "https://erp/record/v1/\(kind)/\(id)"])
    }
  }

  private func read(_ parts: [String], _ key: String?) -> Response {
    let kind = parts[parts.count - 2]
    let found =
      key.flatMap { documents["\(kind) \($0)"] }
      ?? Int(parts.last ?? "").flatMap { id in documents.values.contains(id) ? id : nil }
    guard let found else {
      return Self.json(#"{"o:errorDetails":[{"o:errorCode":"NONEXISTENT_ID","detail":""}]}"#, 404)
    }
    let status = isClosedInERP ? "H" : "B"
    return Self.json(
      #"{"id":"\#(found)","status":{"id":"\#(status)"},"#
        + #""item":{"items":[{"line":1,"orderLine":1,"item":{"id":"2101"}}]}}"#
    )
  }

  private func body(_ request: Request) -> JSONValue? {
    try? JSONDocument.parse(request.body).root
  }

  // MARK: Store

  /// The order as the store writes it, changed as the calls said.
  func order(updatedAt: String = "2026-03-02T09:00:00-05:00", quantity: Int = 2) -> String {
    let shipped = fulfilments.map {
      #"{"id":\#($0.id),"tracking_number":"\#($0.tracking)","#
        + #""shipment_status":\#($0.isDelivered ? #""delivered""# : "null")}"#
    }
    return """
      {"id":5678900001001,"name":"#1001","order_number":1001,"currency":"USD",\
      "created_at":"2026-03-02T09:00:00-05:00","updated_at":"\(updatedAt)",\
      "cancelled_at":\(isCancelled ? "\"2026-03-02T10:00:00-05:00\"" : "null"),\
      "email":"alex@example.com","tags":"\(tags)","total_tax":"3.30","total_price":"49.23",\
      "fulfillment_status":null,"shipping_lines":[{"code":"standard","price":"5.95"}],\
      "shipping_address":{"name":"Alex","address1":"12 Harbor Road","city":"Portland",\
      "province_code":"ME","zip":"04101","country_code":"US"},\
      "line_items":[{"id":71,"variant_id":39072857,"sku":"SKU-1","quantity":\(quantity),\
      "price":"19.99","tax_lines":[{"price":"3.30"}]}],\
      "fulfillments":[\(shipped.joined(separator: ","))]}
      """
  }

  private mutating func store(_ request: Request) -> Response {
    let path = String(request.path)
    switch (request.method, path.split(separator: "/").last.map(String.init) ?? "") {
    case ("GET", "fulfillment_orders.json"):
      let left = fulfilments.isEmpty ? 2 : 0
      return Self.json(
        #"{"fulfillment_orders":[{"id":61,"status":"open","line_items":[{"id":62,"variant_id":39072857,"fulfillable_quantity":\#(left)}]}]}"#
      )
    case ("POST", "fulfillments.json"):
      let tracking = body(request)?["fulfillment"]?["tracking_info"]?["number"]?.string ?? ""
      make("fulfillment \(tracking)")
      fulfilments.append((Int64(makeID()), tracking, false))
      return Self.json(#"{"fulfillment":{"id":\#(fulfilments.last?.id ?? 0)}}"#, 201)
    case ("POST", "events.json"):
      make("delivery-event")
      for index in fulfilments.indices { fulfilments[index].isDelivered = true }
      return Self.json("{}", 201)
    case ("POST", "cancel.json"):
      make("store-cancel")
      isCancelled = true
      return Self.json(#"{"order":\#(order())}"#)
    case ("PUT", _):
      tags = body(request)?["order"]?["tags"]?.string ?? ""
      return Self.json(#"{"order":\#(order())}"#)
    case ("GET", "refunds.json"):
      return Self.json(#"{"refunds":[\#(refunds.map(refund).joined(separator: ","))]}"#)
    case ("POST", "refunds.json"): return makeRefund(request)
    case ("GET", "inventory_levels.json"):
      return Self.json(
        #"{"inventory_levels":[{"inventory_item_id":808950811,"available":\#(shownStock)}]}"#
      )
    case ("POST", "set.json"):
      make("stock \(body(request)?["available"]?.int ?? 0)")
      return Self.json("{}")
    case ("GET", "orders.json"): return Self.json(#"{"orders":[\#(order())]}"#)
    default: return Self.json(#"{"order":\#(order())}"#)
    }
  }

  private mutating func makeRefund(_ request: Request) -> Response {
    let wish = body(request)?["refund"]
    let note = wish?["note"]?.string ?? ""
    make("refund \(note)")
    var units: [Int64: Int] = [:]
    for line in wish?["refund_line_items"]?.elements.map({ $0 }) ?? [] {
      units[line["line_item_id"]?.int ?? 0, default: 0] += Int(line["quantity"]?.int ?? 0)
    }
    let amount = wish?["transactions"]?[0]?["amount"]?.string ?? ""
    refunds.append((Int64(makeID()), note, amount, units))
    return Self.json(#"{"refund":\#(refunds.last.map(refund) ?? "")}"#, 201)
  }

  private func refund(
    _ refund: (id: Int64, note: String, amount: String, units: [Int64: Int])
  ) -> String {
    let lines = refund.units.sorted { $0.key < $1.key }.map {
      #"{"line_item_id":\#($0.key),"quantity":\#($0.value)}"#
    }
    return #"{"id":\#(refund.id),"order_id":5678900001001,"note":"\#(refund.note)","#
      + #""refund_line_items":[\#(lines.joined(separator: ","))],"#
      + #""transactions":[{"status":"success","amount":"\#(refund.amount)","currency":"USD"}]}"#
  }

  // MARK: The others

  private mutating func warehouse(_ request: Request) -> Response {
    let path = String(request.path)
    switch (request.method, path) {
    case ("POST", "/2026-01/order"):
      let reference = body(request)?["reference_id"]?.string ?? ""
      guard orders3PL[reference] == nil else {
        return Self.json(#"{"":["Cannot insert order with existing ReferenceId"]}"#, 422)
      }
      make("3pl-order \(reference)")
      orders3PL[reference] = Int64(makeID())
      return Self.json(order3PL(reference), 201)
    case ("GET", "/2026-01/order"):
      let references = request.queryItem("ReferenceIds")?.split(separator: ",") ?? []
      let found = references.map(String.init).filter { orders3PL[$0] != nil }
      return Self.json("[\(found.map { order3PL($0) }.joined(separator: ","))]")
    case ("POST", "/2026-01/return"):
      make("3pl-return")
      returnReference = body(request)?["reference_id"]?.string ?? ""
      return Self.json(#"{"id":3100001}"#, 201)
    case ("GET", "/2026-01/return"):
      let known =
        returnReference.isEmpty ? "" : receipt(returnReference, status: "Awaiting Arrival")
      return Self.json(#"{"items":[\#(known)]}"#)
    case ("GET", "/2026-01/inventory-level"):
      return Self.json(
        #"{"items":[{"inventory_id":20104984,"total_on_hand_quantity":12,"total_fulfillable_quantity":10}]}"#
      )
    default:
      if path.hasSuffix(":cancel") {
        make("3pl-cancel")
        return Self.json(#"{"status":"Success","canceled_shipment_results":[]}"#)
      }
      return Self.json(order3PL("SHOP-1001"))
    }
  }

  /// An order as the 3PL writes it, with what has left.
  func order3PL(_ reference: String, shipped: Bool = false, shipment: Int64 = 880_001) -> String {
    let parcel = """
      {"id":\(shipment),"reference_id":"\(reference)","status":"Completed",\
      "created_date":"2026-03-02T15:00:00.0000000+00:00","status_details":[],\
      "tracking":{"carrier":"USPS","tracking_number":"94001","shipping_date":null},\
      "products":[{"sku":"SKU-1","inventory_items":[{"id":20104984,"quantity":2}]}]}
      """
    return #"{"id":\#(orders3PL[reference] ?? 1),"reference_id":"\#(reference)","#
      + #""status":"\#(shipped ? "Fulfilled" : "Processing")","shipments":[\#(shipped ? parcel : "")]}"#
  }

  /// A return as the 3PL writes it.
  func receipt(_ reference: String, status: String, action: String = "Restock") -> String {
    let taken = #"{"action":"\#(action)","action_reason":"","quantity_processed":1}"#
    return #"{"id":3100001,"reference_id":"\#(reference)","status":"\#(status)","#
      + #""return_type":"Regular","inventory":[{"id":20104984,"quantity":1,"#
      + #""action_taken":[\#(status == "Completed" ? taken : "")]}]}"#
  }

  private mutating func carrier(_ request: Request) -> Response {
    if request.method == "POST" {
      let tracking = body(request)?["tracker"]?["tracking_code"]?.string ?? ""
      if trackers.insert(tracking).inserted { make("tracker \(tracking)") }
      return Self.json(tracker([]), 201)
    }
    if request.path == "/v2/trackers" {
      return Self.json(#"{"trackers":[\#(trackers.isEmpty ? "" : tracker([]))]}"#)
    }
    return Self.json(tracker([]))
  }

  /// A tracker as the carrier writes it: scans are `(time, status)`.
  func tracker(_ scans: [(String, String)]) -> String {
    let details = scans.map {
      #"{"datetime":"\#($0.0)","status":"\#($0.1)","status_detail":"x","message":"\#($0.1)"}"#
    }
    return
      #"{"id":"trk_1","tracking_code":"94001","tracking_details":[\#(details.joined(separator: ","))]}"#
  }

  private mutating func returns(_ request: Request) -> Response {
    if request.path.hasSuffix("/process") {
      make("process")
      isReturnClosed = true
      return Self.json("\"true\"")
    }
    if request.path.hasSuffix("/grade") {
      // Grading again changes nothing.
      if made["grade"] == nil { make("grade") }
      return Self.json("[]")
    }
    return Self.json(loopReturn(state: isReturnClosed ? "closed" : "open"))
  }

  /// A return as the returns platform writes it.
  func loopReturn(
    tracking: String = "94111",
    state: String = "open",
    exchange: String = ""
  )
    -> String
  {
    #"{"topic":"return","trigger":"return.created","id":"6042537","state":"\#(state)","#
      + #""provider_order_id":"5678900001001","tracking_number":"\#(tracking)","#
      + #""label_status":"new","exchanges":[],"line_items":[{"line_item_id":"591","#
      + #""provider_line_item_id":"71","sku":"SKU-1","exchange_variant":"\#(exchange)"}]}"#
  }
}
