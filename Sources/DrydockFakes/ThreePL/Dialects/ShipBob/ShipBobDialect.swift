import DrydockExchange
import DrydockJSON
import DrydockKernel

/// How ShipBob says what a 3PL's books hold: paths, payloads, identifiers, signatures, errors.
///
/// - Source: ShipBob developer API 2026-01 (orders, inventory, returns, webhooks, rate limits).
struct ShipBobDialect: Sendable {
  let id: PartnerID
  let host: String
  let authorization: String
  let channel: Int64
  let webhookKey: [UInt8]
  let unknownProducts: ThreePLSettings.UnknownProducts
  let lateTracking: [Int]

  init(id: PartnerID, settings: ThreePLSettings) {
    self.id = id
    host = settings.host
    authorization = "Bearer \(settings.credential)"
    channel = settings.channel
    webhookKey = Self.key(ofSecret: settings.webhookSecret)
    unknownProducts = settings.unknownProducts
    lateTracking = settings.lateTracking
  }

  static let names = ThreePLBooks.Names(
    order: "shipbob.order",
    shipment: "shipbob.shipment",
    returned: "shipbob.return",
    adjustment: "shipbob.adjustment"
  )

  /// Returns an instant as the platform writes it, with seven digits and a numeric offset.
  static func text(_ instant: VirtualInstant) -> String {
    instant.description(.sevenDigits, zone: .numeric)
  }

  // MARK: Calls

  func describe(_ request: Request) -> OperationDescription {
    guard let route = ShipBobRoute(request) else {
      return OperationDescription(operation: "unknown", entity: "")
    }
    let entity =
      switch route {
      case .orderCreate, .returnCreate: Self.reference(in: request)
      case .orderRead(let id), .orderCancel(let id), .inventoryLevelRead(let id),
        .returnRead(let id), .returnCancel(let id):
        PercentEncoding.decode(id)
      case .ordersList, .returnsList: request.queryItem("ReferenceIds") ?? ""
      case .inventoryLevelsList, .inventoryLevelsByLocation: ""
      }
    return OperationDescription(operation: route.operation, entity: entity)
  }

  private static func reference(in request: Request) -> String {
    guard case .success(let document) = parse(request.body) else { return "" }
    return document.root["reference_id"]?.string ?? ""
  }

  static func parse(_ body: [UInt8]) -> Result<JSONDocument, JSONError> {
    Result { () throws(JSONError) in try JSONDocument.parse(body) }
  }

  /// Answers a call from the books, changing them as it asks.
  func answer(
    _ request: Request,
    with books: inout ThreePLBooks,
    at now: VirtualInstant
  ) -> Response {
    guard let route = ShipBobRoute(request) else {
      return ShipBobErrors.gateway(404, "Resource not found")
    }
    guard request.headers["Authorization"] == authorization else { return unauthorised }
    switch route {
    case .orderCreate: return createOrder(request, &books, now)
    case .orderRead(let id):
      guard let order = Int64(id).flatMap({ books.order(id: $0) }) else {
        return notFound("Order", id, request)
      }
      return ok { write(order: order, in: books, now, into: &$0) }
    case .ordersList: return listOrders(request, books, now)
    case .orderCancel(let id):
      guard let order = Int64(id).flatMap({ books.order(id: $0) }) else {
        return notFound("Order", id, request)
      }
      return cancelOrder(order, &books, now)
    case .inventoryLevelsList: return listLevels(request, books, now)
    case .inventoryLevelRead(let id): return readLevel(id, request, books, now)
    case .inventoryLevelsByLocation: return listLevelsByLocation(request, books, now)
    case .returnCreate: return createReturn(request, &books, now)
    case .returnRead(let id):
      guard let returned = Int64(id).flatMap({ books.returned(id: $0) }) else {
        return notFound("Return", id, request)
      }
      return ok { write(returned: returned, in: books, into: &$0) }
    case .returnsList: return listReturns(request, books)
    case .returnCancel(let id):
      guard let returned = Int64(id).flatMap({ books.returned(id: $0) }) else {
        return notFound("Return", id, request)
      }
      guard books.cancelReturn(returned, at: now) else {
        return ShipBobErrors.returns(422, "Only returns that await arrival can be cancelled")
      }
      return ok { $0.object { _ in } }
    }
  }

  private var unauthorised: Response {
    ShipBobErrors.gateway(401, "Unauthorized. Access token is missing or invalid.")
  }

  private func notFound(_ thing: String, _ id: Substring, _ request: Request) -> Response {
    ShipBobErrors.problem(
      404,
      "Not Found",
      detail: "\(thing) \(PercentEncoding.decode(id)) was not found.",
      instance: request.path
    )
  }

  func ok(_ status: Int = 200, _ body: (inout JSONWriter) -> Void) -> Response {
    var writer = JSONWriter()
    writer.reserveCapacity(2048)
    body(&writer)
    return ShipBobErrors.json(status, writer)
  }

  /// Checks what every call that writes needs; returns the refusal, if any.
  func refusalOfWrite(_ request: Request) -> Response? {
    guard let type = request.headers["Content-Type"], type.hasPrefix("application/json") else {
      return ShipBobErrors.problem(
        415,
        "Unsupported Media Type",
        detail: "The payload must be application/json.",
        instance: request.path
      )
    }
    guard let text = request.headers["shipbob_channel_id"], let number = Int64(text) else {
      let message = "A valid shipbob_channel_id header is required."
      return ShipBobErrors.modelState(
        400,
        [ShipBobReader.Problem(key: "shipbob_channel_id", message: message)]
      )
    }
    guard number == channel else {
      return ShipBobErrors.gateway(403, "The channel \(number) does not belong to this application")
    }
    return nil
  }

  /// Returns the payload of a call that writes, or the refusal of one that is no JSON object.
  func payload(_ request: Request) -> Result<JSONDocument, Refused> {
    switch Self.parse(request.body) {
    case .success(let document) where document.root.kind == .object: return .success(document)
    case .success:
      return .failure(Refused("$", "The JSON value could not be converted. Path: $."))
    case .failure(let error):
      let location = "Path: $ | BytePosition: \(error.offset)."
      return .failure(Refused("$", "The payload is not valid JSON. \(location)"))
    }
  }

  /// A call that is refused, with the answer.
  struct Refused: Error {
    var response: Response

    init(_ key: String, _ message: String) {
      response = ShipBobErrors.modelState(
        400,
        [ShipBobReader.Problem(key: key, message: message)]
      )
    }
  }

  // MARK: Refusals

  func refusal(_ refusal: Refusal) -> Response {
    switch refusal {
    case .throttled(let usage):
      let seconds = Self.seconds(usage.wait)
      var response = ShipBobErrors.gateway(
        429,
        "Rate limit is exceeded. Try again in \(seconds) seconds."
      )
      response.headers.append("x-retry-after", String(seconds))
      response.headers["x-remaining-calls"] = "0"
      return response
    case .unavailable(let status, let retryAfter):
      var response = ShipBobErrors.gateway(status, "Service is unavailable.")
      if let retryAfter {
        response.headers.append("Retry-After", String(Self.seconds(retryAfter)))
      }
      return response
    case .maintenancePage:
      let page = "<html><body><h1>We will be back soon</h1></body></html>"
      return Response(200, headers: ["Content-Type": "text/html"], body: Array(page.utf8))
    case .unauthorised: return unauthorised
    case .forbidden: return ShipBobErrors.gateway(403, "Forbidden")
    }
  }

  func decorate(_ response: inout Response, usage: LimitUsage) {
    response.headers["x-remaining-calls"] = String(max(0, usage.limit - usage.used))
  }

  /// Returns a wait in whole seconds, rounded up, at least one.
  private static func seconds(_ wait: Duration) -> Int64 {
    max(1, (wait.wholeNanoseconds + 999_999_999) / 1_000_000_000)
  }

  // MARK: Query items

  /// Returns the values of a query item that holds several, separated by commas.
  static func values(_ name: String, of request: Request) -> [String]? {
    guard let text = request.queryItem(name), !text.isEmpty else { return nil }
    return text.split(separator: ",").map { String($0) }
  }

  /// Returns a query item that is a whole number in a range, or what is wrong with it.
  static func number(
    _ name: String,
    of request: Request,
    default usual: Int,
    in range: ClosedRange<Int>
  ) -> Result<Int, Refused> {
    guard let text = request.queryItem(name) else { return .success(usual) }
    guard let number = Int(text), range.contains(number) else {
      return .failure(Refused(name, "The value '\(text)' is not valid for \(name)."))
    }
    return .success(number)
  }
}
