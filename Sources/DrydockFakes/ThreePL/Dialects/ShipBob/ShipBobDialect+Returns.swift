import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Calls about returns, and returns as the platform writes them.
extension ShipBobDialect {
  func createReturn(
    _ request: Request,
    _ books: inout ThreePLBooks,
    _ now: VirtualInstant
  ) -> Response {
    if let refusal = refusalOfWrite(request) { return refusal }
    let root: JSONValue
    switch payload(request) {
    case .success(let document): root = document.root
    case .failure(let refused): return refused.response
    }
    var reader = ShipBobReader()
    let wire = WireReturn(root, &reader)
    guard reader.problems.isEmpty else {
      let errors = reader.problems.map { "\($0.key): \($0.message)" }
      return ShipBobErrors.problem(
        400,
        "One or more validation errors occurred.",
        detail: errors.joined(separator: " "),
        instance: request.path
      )
    }
    var errors: [String] = []
    guard let details = wire.details(in: books, &errors),
      let position = books.create(details, at: now)
    else {
      return ShipBobErrors.returns(422, "The return could not be created", errors: errors)
    }
    return ok(201) { write(createdReturn: position, in: books, into: &$0) }
  }

  /// A return as the payload writes it.
  private struct WireReturn {
    var reference: String
    var tracking: String?
    var original: Int64?
    var center: Int64 = 0
    var items: [(inventory: Int64, quantity: Int, action: String)] = []

    init(_ root: JSONValue, _ reader: inout ShipBobReader) {
      reference = reader.text("reference_id", of: root)
      tracking = reader.optionalText("tracking_number", of: root)
      original = reader.optionalInteger("original_shipment_id", of: root)
      if let facility = reader.object("fulfillment_center", of: root) {
        center = reader.integer("id", of: facility, at: "fulfillment_center")
      }
      for (index, item) in reader.list("inventory", of: root).enumerated() {
        let path = "inventory[\(index)]"
        let id = reader.integer("id", of: item, at: path)
        let quantity = reader.quantity(of: item, at: path)
        let action = reader.word(
          "requested_action",
          of: item,
          at: path,
          among: ["Default", "Restock", "Quarantine", "Dispose"],
          type: "Returns.ReturnAction"
        )
        items.append((id, quantity, action))
      }
    }

    /// Returns what it means in the books, or says what the books do not have.
    func details(in books: ThreePLBooks, _ errors: inout [String]) -> ThreePLBooks.NewReturn? {
      let node = books.node(center: center)
      if node == nil { errors.append("Fulfillment center \(center) does not exist") }
      var lines: [ThreePLBooks.ReturnLine] = []
      for item in items {
        guard let product = books.products.firstIndex(where: { $0.inventory == item.inventory })
        else {
          errors.append("Inventory \(item.inventory) does not exist")
          continue
        }
        lines.append(
          ThreePLBooks.ReturnLine(
            product: product,
            quantity: item.quantity,
            requested: ShipBobDialect.disposition(item.action)
          )
        )
      }
      let shipment = original.flatMap { books.shipment(id: $0) }
      if let original, shipment == nil { errors.append("Shipment \(original) does not exist") }
      if books.returned(reference: reference) != nil {
        errors.append("Return with reference id \(reference) already exists")
      }
      guard errors.isEmpty, let node else { return nil }
      return ThreePLBooks.NewReturn(
        reference: reference,
        node: node,
        lines: lines,
        tracking: tracking,
        shipment: shipment
      )
    }
  }

  func listReturns(_ request: Request, _ books: ThreePLBooks) -> Response {
    let size: Int
    let page: Int
    switch Self.number("Limit", of: request, default: 50, in: 1...250) {
    case .success(let number): size = number
    case .failure(let refused): return refused.response
    }
    switch Self.number("Cursor", of: request, default: 1, in: 1...1_000_000) {
    case .success(let number): page = number
    case .failure(let refused): return refused.response
    }
    let references = Self.values("ReferenceIds", of: request)
    let identifiers = Self.values("Ids", of: request)
    let trackings = Self.values("TrackingNumbers", of: request)
    let statuses = Self.values("Status", of: request)
    let kinds = Self.values("ReturnTypes", of: request)
    var matching = books.returns.indices.filter { position in
      let returned = books.returns[position]
      if let references, !references.contains(returned.reference) { return false }
      if let identifiers, !identifiers.contains(String(returned.id)) { return false }
      if let trackings, !trackings.contains(returned.tracking ?? "") { return false }
      if let statuses, !statuses.contains(Self.status(of: returned, prose: false)) {
        return false
      }
      if let kinds, !kinds.contains(Self.word(returned.kind)) { return false }
      return true
    }
    if request.queryItem("SortOrder") != "Asc" { matching.reverse() }
    let shown = matching.dropFirst((page - 1) * size).prefix(size)
    let hasNext = page * size < matching.count
    return ok { writer in
      writer.object { writer in
        writer.memberArray("items") { writer in
          for position in shown { write(returned: position, in: books, into: &writer) }
        }
        let base = "https://\(host)/\(ShipBobRoute.version)/return?Limit=\(size)&Cursor="
        writer.member("first", "\(base)1")
        writer.member("prev", page > 1 ? "\(base)\(page - 1)" : nil)
        writer.member("next", hasNext ? "\(base)\(page + 1)" : nil)
        writer.member("last", "\(base)\(max(1, (matching.count + size - 1) / size))")
      }
    }
  }

  // MARK: Payloads

  /// Writes a return as reads and webhooks show it.
  func write(
    returned position: Int,
    in books: ThreePLBooks,
    into writer: inout JSONWriter
  ) {
    let returned = books.returns[position]
    writer.object { writer in
      writeHead(of: returned, in: books, prose: true, into: &writer)
      writer.member("awaiting_arrival_date", Self.text(returned.created))
      writer.member("arrived_date", returned.arrived.map(Self.text))
      writer.member(
        "processing_date",
        returned.completed == nil ? nil : returned.processing.map(Self.text)
      )
      writer.member("cancelled_date", returned.cancelled.map(Self.text))
      let shipment = returned.shipment.map { books.shipments[$0] }
      writer.member("shipment_tracking_number", shipment?.tracking)
      writer.memberArray("inventory") { writer in
        for line in returned.lines {
          write(line, isFull: true, in: books, into: &writer)
        }
      }
      writer.memberObject("invoice") {
        $0.memberNull("amount")
        $0.member("currency_code", "USD")
      }
      writer.memberArray("status_history") { write(historyOf: returned, into: &$0) }
      writer.memberArray("transactions") { _ in }
    }
  }

  /// Writes a return as the call that creates it answers, in the older form.
  private func write(
    createdReturn position: Int,
    in books: ThreePLBooks,
    into writer: inout JSONWriter
  ) {
    let returned = books.returns[position]
    writer.object { writer in
      writeHead(of: returned, in: books, prose: false, into: &writer)
      writer.memberArray("inventory") { writer in
        for line in returned.lines {
          write(line, isFull: false, in: books, into: &writer)
        }
      }
      writer.memberNull("invoice_amount")
      writer.memberArray("transactions") { _ in }
    }
  }

  private func writeHead(
    of returned: ThreePLBooks.Return,
    in books: ThreePLBooks,
    prose: Bool,
    into writer: inout JSONWriter
  ) {
    writer.member("id", returned.id)
    writer.member("reference_id", returned.reference)
    let shipment = returned.shipment.map { books.shipments[$0] }
    let order = shipment.map { books.orders[$0.order] }
    writer.member("store_order_id", order?.details.reference)
    writer.member("original_shipment_id", shipment?.id)
    writer.member("status", Self.status(of: returned, prose: prose))
    writer.member("return_type", Self.word(returned.kind))
    writer.member("tracking_number", returned.tracking)
    writer.member("customer_name", order?.details.recipient.name)
    writer.memberObject("fulfillment_center") {
      $0.member("id", books.nodes[returned.node].center)
      $0.member("name", books.nodes[returned.node].name)
    }
    writer.memberObject("channel") {
      $0.member("id", channel)
      $0.member("name", "Drydock")
    }
    writer.member("insert_date", Self.text(returned.created))
    writer.member("completed_date", returned.completed.map(Self.text))
  }

  private func write(
    _ line: ThreePLBooks.ReturnLine,
    isFull: Bool,
    in books: ThreePLBooks,
    into writer: inout JSONWriter
  ) {
    let product = books.products[line.product]
    writer.object { writer in
      writer.member("id", product.inventory)
      writer.member("name", product.name)
      writer.member("quantity", line.quantity)
      if isFull {
        writer.member("sku", product.sku)
        writer.memberArray("barcodes") { _ in }
        writer.memberNull("lot_information")
      }
      writer.memberObject("action_requested") {
        $0.member("action", Self.word(line.requested ?? .restock))
        $0.member("action_type", line.requested == nil ? "Inventory Default" : "Overridden")
        $0.memberNull("instructions")
      }
      writer.memberArray("action_taken") { writer in
        for taken in line.taken {
          writer.object {
            $0.member("action", Self.word(taken.disposition))
            $0.member("action_reason", Self.reason(taken.disposition))
            $0.member("quantity_processed", taken.quantity)
            $0.memberNull("image_url")
          }
        }
      }
    }
  }

  private func write(
    historyOf returned: ThreePLBooks.Return,
    into writer: inout JSONWriter
  ) {
    let steps: [(String, VirtualInstant?)] = [
      ("Awaiting Arrival", returned.created),
      ("Arrived", returned.arrived),
      ("Processing", returned.completed == nil ? nil : returned.processing),
      ("Completed", returned.completed),
      ("Cancelled", returned.cancelled),
    ]
    for (status, instant) in steps {
      guard let instant else { continue }
      writer.object {
        $0.member("status", status)
        $0.member("timestamp", Self.text(instant))
      }
    }
  }

  // MARK: Words

  static func disposition(_ action: String) -> ThreePLSettings.Disposition? {
    switch action {
    case "Restock": .restock
    case "Quarantine": .quarantine
    case "Dispose": .dispose
    default: nil
    }
  }

  private static func word(_ disposition: ThreePLSettings.Disposition) -> String {
    switch disposition {
    case .restock: "Restock"
    case .quarantine: "Quarantine"
    case .dispose: "Dispose"
    case .missing: "Missing"
    }
  }

  private static func reason(_ disposition: ThreePLSettings.Disposition) -> String {
    switch disposition {
    case .restock: "Item is in sellable condition"
    case .quarantine: "Item needs a decision"
    case .dispose: "Item is damaged"
    case .missing: "Item was not in the package"
    }
  }

  private static func word(_ kind: ThreePLBooks.Return.Kind) -> String {
    switch kind {
    case .regular: "Regular"
    case .returnToSender: "ReturnToSender"
    }
  }

  /// Filters and answers to creation run the words together, reads and webhooks do not.
  private static func status(of returned: ThreePLBooks.Return, prose: Bool) -> String {
    switch returned.state {
    case .awaiting: prose ? "Awaiting Arrival" : "AwaitingArrival"
    case .arrived: "Arrived"
    case .completed: "Completed"
    case .cancelled: "Cancelled"
    }
  }
}
