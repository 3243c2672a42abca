import DrydockExchange
import DrydockJSON
import DrydockKernel

/// How EasyPost says what a carrier's books hold: paths, payloads, identifiers, signatures, errors.
///
/// - Source: EasyPost API v2, trackers, events and errors.
struct EasyPostDialect: Sendable {
  let id: PartnerID
  let authorization: String
  let mode: String
  let webhookKey: [UInt8]
  let user: String

  init(id: PartnerID, settings: CarrierSettings) {
    self.id = id
    authorization = "Basic \(Base64.encode(Array("\(settings.credential):".utf8)))"
    mode = settings.mode
    webhookKey = CompatibilityDecomposition.bytes(of: settings.webhookSecret)
    user = "user_\(CarrierBooks.digits(of: "\(id.name) user"))"
  }

  static let names = CarrierBooks.Names(
    tracker: "easypost.tracker",
    scan: "easypost.scan",
    statusWords: Dictionary(
      uniqueKeysWithValues: CarrierBooks.Status.allCases.map { ($0, word($0)) }
    )
  )

  /// What a call asks for, by method and path.
  private enum Route {
    case trackerCreate
    case trackersList
    case trackerRead(Substring)

    init?(_ request: Request) {
      let segments = request.path.split(separator: "/", omittingEmptySubsequences: false)
      guard segments.count >= 3, segments.count <= 4, segments[0].isEmpty, segments[1] == "v2",
        segments[2] == "trackers"
      else { return nil }
      switch (request.method, segments.count) {
      case ("POST", 3): self = .trackerCreate
      case ("GET", 3): self = .trackersList
      case ("GET", 4) where !segments[3].isEmpty: self = .trackerRead(segments[3])
      default: return nil
      }
    }
  }

  // MARK: Calls

  func describe(_ request: Request) -> OperationDescription {
    switch Route(request) {
    case .trackerCreate:
      let document = Result { () throws(JSONError) in try JSONDocument.parse(request.body) }
      var entity = ""
      if case .success(let document) = document {
        entity = document.root["tracker"]?["tracking_code"]?.string ?? ""
      }
      return OperationDescription(operation: "tracker-create", entity: entity)
    case .trackersList:
      return OperationDescription(
        operation: "trackers-list",
        entity: request.queryItem("tracking_code") ?? ""
      )
    case .trackerRead(let id):
      return OperationDescription(operation: "tracker-read", entity: PercentEncoding.decode(id))
    case nil: return OperationDescription(operation: "unknown", entity: "")
    }
  }

  /// Answers a call from the books, changing them as it asks.
  func answer(
    _ request: Request,
    with books: inout CarrierBooks,
    at now: VirtualInstant
  ) -> Response {
    guard let route = Route(request) else { return Self.notFound }
    guard request.headers["Authorization"] == authorization else { return Self.unauthorised }
    switch route {
    case .trackerCreate: return create(request, &books, now)
    case .trackerRead(let id):
      guard let tracker = books.tracker(id: PercentEncoding.decode(id)) else {
        return Self.notFound
      }
      return Self.ok { write(tracker: tracker, in: books, into: &$0) }
    case .trackersList: return list(request, books)
    }
  }

  private func create(
    _ request: Request,
    _ books: inout CarrierBooks,
    _ now: VirtualInstant
  ) -> Response {
    guard let type = request.headers["Content-Type"], type.hasPrefix("application/json") else {
      return Self.malformed
    }
    let document = Result { () throws(JSONError) in try JSONDocument.parse(request.body) }
    guard case .success(let document) = document, document.root.kind == .object else {
      return Self.malformed
    }
    guard let wish = document.root["tracker"], wish.kind == .object else {
      return Self.required("tracker")
    }
    guard let code = wish["tracking_code"], !code.isNull else {
      return Self.required("tracking_code")
    }
    guard let tracking = code.string else { return Self.invalid("tracking_code") }
    guard !tracking.isEmpty else { return Self.required("tracking_code") }
    var carrier: String?
    if let value = wish["carrier"], !value.isNull {
      guard let name = value.string, Self.carriers.contains(name) else {
        return Self.invalid("carrier")
      }
      carrier = name
    }
    let (position, isNew) = books.track(tracking, carrier: carrier, at: now)
    return Self.ok(isNew ? 201 : 200) { write(tracker: position, in: books, into: &$0) }
  }

  /// The carriers whose numbers can be tracked here.
  private static let carriers = ["USPS", "UPS", "FedEx", "DHLExpress", "DhlEcs", "OnTrac"]

  private func list(_ request: Request, _ books: CarrierBooks) -> Response {
    var size = 20
    if let text = request.queryItem("page_size") {
      guard let number = Int(text), (1...100).contains(number) else {
        return Self.invalid("page_size")
      }
      size = number
    }
    var range = 0..<books.trackers.count
    if let before = request.queryItem("before_id") {
      guard let position = books.tracker(id: before) else { return Self.notFound }
      range = 0..<position
    }
    if let after = request.queryItem("after_id") {
      guard let position = books.tracker(id: after) else { return Self.notFound }
      range = min(position + 1, range.upperBound)..<range.upperBound
    }
    let tracking = request.queryItem("tracking_code")
    let carrier = request.queryItem("carrier")
    var matching: [Int]
    if let tracking {
      matching = books.tracker(tracking: tracking).map { [$0] } ?? []
      matching.removeAll { !range.contains($0) }
    } else {
      matching = Array(range.reversed())
    }
    if let carrier { matching.removeAll { books.trackers[$0].carrier != carrier } }
    return Self.ok { writer in
      writer.object { writer in
        writer.memberArray("trackers") { writer in
          for position in matching.prefix(size) {
            write(tracker: position, in: books, into: &writer)
          }
        }
        writer.member("has_more", matching.count > size)
      }
    }
  }

  private static func ok(_ status: Int = 200, _ body: (inout JSONWriter) -> Void) -> Response {
    var writer = JSONWriter()
    writer.reserveCapacity(4096)
    body(&writer)
    return Response(
      status,
      headers: ["Content-Type": "application/json; charset=utf-8"],
      body: writer.bytes
    )
  }
}
