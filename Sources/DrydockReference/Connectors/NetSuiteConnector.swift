import DrydockExchange
import DrydockJSON
import DrydockKernel

/// The ERP's side of the border: calls of the NetSuite REST record service.
///
/// Every record that we create carries our external identifier, so that it can be asked for by a
/// name we know when the answer to its creation was lost.
/// - Source: SuiteTalk REST web services, release 2026.1.
struct NetSuiteConnector: Hashable, Sendable {
  let access: Access
  let masterData: MasterData
  /// The defect `no-idempotency-key`: creates records without our identifier.
  let omitsKeys: Bool

  static let records = "/services/rest/record/v1"

  /// The kinds of record that are made from another one.
  enum Document: String, Hashable, Sendable {
    case itemFulfillment
    case invoice
    case returnAuthorization
    case itemReceipt
    case creditMemo
  }

  func get(_ path: String, token: String) -> Request {
    access.get(Self.records + path, ["Authorization": "Bearer \(token)"])
  }

  func send(
    _ method: String,
    _ path: String,
    token: String,
    _ body: (inout JSONWriter) -> Void
  ) -> Request {
    var writer = JSONWriter()
    writer.object { body(&$0) }
    let headers: HeaderFields = ["Authorization": "Bearer \(token)"]
    return access.send(method, Self.records + path, headers, body: writer.bytes)
  }

  /// Writes our identifier of a record.
  func writeKey(_ key: String, into body: inout JSONWriter) {
    if !omitsKeys { body.member("externalId", key) }
  }

  // MARK: Token

  /// An access token and when it ends.
  struct Token: Hashable, Sendable {
    let text: String
    let endsAt: VirtualInstant
  }

  /// Asks for an access token.
  ///
  /// - Source: RFC 6749 section 4.4, RFC 7523 section 2.2.
  func requestToken() -> Request {
    let form = [
      ("grant_type", "client_credentials"),
      ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
      ("client_assertion", access.credential),
    ]
    let text = form.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
    return Request(
      "POST",
      host: access.host,
      target: "/services/rest/auth/oauth2/v1/token",
      headers: [
        "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded",
      ],
      body: Array(text.utf8)
    )
  }

  /// Reads an access token.
  func token(in response: Response, at now: VirtualInstant) throws(Unreadable) -> Token {
    let fields = try Fields(parsing: response.body)
    let seconds = fields.optionalInteger("expires_in") ?? 3600
    return Token(
      text: try fields.text("access_token"),
      endsAt: now + .seconds(max(0, min(seconds, 86_400)))
    )
  }

  // MARK: Orders

  /// Hands an order over: creates it, or brings the one with our identifier to the same state.
  func upsertOrder(_ order: CanonicalOrder, node: MasterData.Node?, token: String) -> Request {
    let path = omitsKeys ? "/salesOrder" : "/salesOrder/eid:\(order.key.reference)?replace=item"
    return send(omitsKeys ? "POST" : "PUT", path, token: token) { body in
      body.memberObject("entity") { $0.member("externalId", order.customer) }
      body.member("email", order.customer)
      body.member("tranDate", order.placedAt.description(.date))
      body.member("otherRefNum", order.name)
      body.member("memo", "Web order \(order.name)")
      body.member("shippingCost", number: order.shippingPrice.decimalString)
      write(order.address, into: &body)
      body.memberObject("item") { sublist in
        sublist.memberArray("items") { items in
          for line in order.lines {
            items.object { item in
              item.memberObject("item") {
                $0.member("id", String(masterData.product(sku: line.sku)?.netsuiteItem ?? 0))
              }
              item.member("quantity", line.quantity)
              item.member("rate", number: line.unitPrice.decimalString)
              item.member("amount", number: (line.unitPrice * line.quantity).decimalString)
              if let node {
                item.memberObject("location") { $0.member("id", String(node.netsuiteLocation)) }
              }
            }
          }
        }
      }
    }
  }

  private func write(_ address: CanonicalOrder.Address, into body: inout JSONWriter) {
    body.memberObject("shippingAddress") { fields in
      fields.member("addressee", address.name)
      fields.member("addr1", address.street)
      fields.member("city", address.city)
      fields.member("state", address.province)
      fields.member("zip", address.zip)
      fields.memberObject("country") { $0.member("id", address.country) }
    }
  }

  /// Asks how an order is, by our identifier or by the ERP's.
  func readOrder(_ identifier: String, token: String) -> Request {
    get("/salesOrder/\(identifier)?expandSubResources=true", token: token)
  }

  /// An order as the ERP keeps it.
  struct Order: Hashable, Sendable {
    var id: String
    var status: Status
    /// The numbers of its lines, which need not follow each other.
    var lines: [Int]

    enum Status: Hashable, Sendable {
      case pendingApproval
      case open
      case ended
      case unknown(String)
    }
  }

  /// Reads an order.
  func order(in response: Response) throws(Unreadable) -> Order {
    let fields = try Fields(parsing: response.body)
    var lines: [Int] = []
    for (index, line) in fields["item"].list("items").enumerated() {
      lines.append(Int(line.optionalInteger("line") ?? Int64(index + 1)))
    }
    return Order(id: try fields.identifier("id"), status: try status(fields), lines: lines)
  }

  /// Reads a status, which is a letter, words, or an object with either, depending on the release.
  private func status(_ fields: Fields) throws(Unreadable) -> Order.Status {
    guard
      let text = fields.optionalText("status") ?? fields["status"].optionalText("id")
        ?? fields["orderStatus"].optionalText("id") ?? fields.optionalText("orderStatus")
    else { throw Unreadable(member: "status") }
    return switch text {
    case "A", "Pending Approval": .pendingApproval
    case "B", "Pending Fulfillment", "D", "Partially Fulfilled", "E",
      "Pending Billing/Partially Fulfilled", "F", "Pending Billing", "G", "Billed":
      .open
    case "C", "Cancelled", "H", "Closed": .ended
    default: .unknown(text)
    }
  }

  /// Approves an order.
  func approveOrder(_ id: String, token: String) -> Request {
    send("PATCH", "/salesOrder/\(id)", token: token) { body in
      body.memberObject("orderStatus") { $0.member("id", "B") }
    }
  }

  /// Closes all lines of an order: nothing of it will ship.
  func closeOrder(_ id: String, lines: [Int], token: String) -> Request {
    send("PATCH", "/salesOrder/\(id)", token: token) { body in
      body.member("memo", "Cancelled at the store")
      body.memberObject("item") { sublist in
        sublist.memberArray("items") { items in
          for line in lines {
            items.object {
              $0.member("line", line)
              $0.member("isClosed", true)
            }
          }
        }
      }
    }
  }

  // MARK: Documents

  /// Asks for a return authorisation with its lines, by our identifier or by the ERP's.
  func readAuthorisation(_ identifier: String, token: String) -> Request {
    get("/returnAuthorization/\(identifier)?expandSubResources=true", token: token)
  }

  /// Reads the identifier of a return authorisation, and its line for each line of the order.
  func authorisation(
    in response: Response
  ) throws(Unreadable) -> (id: String, lines: [(orderLine: Int, line: Int)]) {
    let fields = try Fields(parsing: response.body)
    var lines: [(Int, Int)] = []
    for (index, line) in fields["item"].list("items").enumerated() {
      let number = line.optionalInteger("line") ?? Int64(index + 1)
      lines.append((Int(try line.integer("orderLine")), Int(number)))
    }
    return (try fields.identifier("id"), lines)
  }

  /// Asks for a record by our identifier.
  func readDocument(_ document: Document, _ key: String, token: String) -> Request {
    get("/\(document.rawValue)/eid:\(key)", token: token)
  }

  /// Reads the identifier of the record that a write made, from where it is to be found.
  ///
  /// - Source: `Location: …/salesOrder/4711` with status 204 and no body.
  func createdID(in response: Response) throws(Unreadable) -> String {
    guard let location = response.headers["Location"],
      let id = location.split(separator: "/").last, id.allSatisfy(\.isNumber)
    else { throw Unreadable(member: "Location") }
    return String(id)
  }

  /// Reads the identifier of a record.
  func recordID(in response: Response) throws(Unreadable) -> String {
    try Fields(parsing: response.body).identifier("id")
  }

  // MARK: Errors

  /// Reads why the ERP refused.
  func reason(_ response: Response) -> String {
    details(response).first?.detail ?? "status \(response.status)"
  }

  /// Reads an answer, where the error code says more than the status.
  func answer(_ result: CallResult) -> Answer {
    guard case .response(let response) = result, response.status == 400 else {
      return Answer(result, reason: reason)
    }
    for (code, detail) in details(response) {
      switch code {
      case "CONCURRENCY_LIMIT_EXCEEDED", "SSS_REQUEST_LIMIT_EXCEEDED":
        return .throttled(wait: nil)
      case "RCRD_HAS_BEEN_CHANGED": return .conflict
      case "NONEXISTENT_ID", "RCRD_DSNT_EXIST": return .notFound(detail)
      case "INVALID_LOGIN": return .unauthorised(detail)
      default: if detail.contains("already exists") { return .exists }
      }
    }
    return Answer(result, reason: reason)
  }

  private func details(_ response: Response) -> [(code: String, detail: String)] {
    guard let fields = try? Fields(parsing: response.body) else { return [] }
    return fields.list("o:errorDetails").map {
      ($0.optionalText("o:errorCode") ?? "", $0.optionalText("detail") ?? "")
    }
  }
}
