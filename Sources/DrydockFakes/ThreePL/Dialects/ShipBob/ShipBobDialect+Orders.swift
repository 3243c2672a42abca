import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Calls about orders.
extension ShipBobDialect {
  // MARK: Creating

  func createOrder(
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
    let wire = WireOrder(root, &reader)
    guard reader.problems.isEmpty else { return ShipBobErrors.modelState(400, reader.problems) }
    if books.order(reference: wire.reference) != nil { return duplicate }
    var node: Int?
    if let location = wire.location {
      node = books.node(center: location)
      if node == nil { reader.add("LocationId", "Location \(location) is not valid.") }
    }
    var lines: [ThreePLBooks.Line] = []
    for (index, product) in wire.products.enumerated() {
      guard let position = find(product, at: index, &books, &reader) else { continue }
      lines.append(
        ThreePLBooks.Line(
          product: position,
          quantity: product.quantity,
          externalLine: product.externalLine,
          unitPrice: product.unitPrice
        )
      )
    }
    guard reader.problems.isEmpty else { return ShipBobErrors.modelState(422, reader.problems) }
    let details = wire.details(node: node, lines: lines)
    switch books.create(details, at: now) {
    case .duplicate: return duplicate
    case .created(let position):
      return ok(201) { write(order: position, in: books, now, into: &$0) }
    }
  }

  private var duplicate: Response {
    ShipBobErrors.modelState(
      422,
      [ShipBobReader.Problem(key: "", message: "Cannot insert order with existing ReferenceId")]
    )
  }

  private func find(
    _ product: WireOrder.Product,
    at index: Int,
    _ books: inout ThreePLBooks,
    _ reader: inout ShipBobReader
  ) -> Int? {
    if let id = product.id {
      let position = books.products.firstIndex { $0.id == id }
      if position == nil { reader.add("Products[\(index)].Id", "Product \(id) does not exist.") }
      return position
    }
    if let position = books.product(sku: product.reference) { return position }
    guard unknownProducts == .created else {
      let message = "Product with reference id \(product.reference) does not exist."
      reader.add("Products[\(index)].ReferenceId", message)
      return nil
    }
    return books.addProduct(sku: product.reference, name: product.name)
  }

  /// An order as the payload writes it.
  private struct WireOrder {
    struct Product {
      var id: Int64?
      var reference: String
      var name: String
      var quantity: Int
      var externalLine: Int64?
      var unitPrice: String?
    }

    var reference: String
    var number: String?
    var location: Int64?
    var products: [Product] = []
    var recipient: ThreePLBooks.Recipient
    var shippingMethod: String
    var type: String
    var giftMessage: String?
    var purchased: String?
    var totalPrice: String?
    var tags: [ThreePLBooks.Tag] = []

    init(_ root: JSONValue, _ reader: inout ShipBobReader) {
      reference = reader.text("reference_id", of: root)
      number = reader.optionalText("order_number", of: root)
      location = reader.optionalInteger("location_id", of: root)
      shippingMethod = reader.text("shipping_method", of: root)
      type = reader.word(
        "type",
        of: root,
        among: ["DTC", "DropShip", "B2B"],
        type: "Orders.OrderType"
      )
      giftMessage = reader.optionalText("gift_message", of: root)
      purchased = reader.optionalText("purchase_date", of: root)
      if let text = purchased, VirtualInstant(parsing: text) == nil {
        reader.add("$.purchase_date", "The JSON value could not be converted to System.DateTime.")
      }
      if let financials = reader.optionalObject("financials", of: root) {
        totalPrice = reader.optionalNumber("total_price", of: financials, at: "financials")
      }
      recipient = Self.recipient(root, &reader)
      for (index, product) in reader.list("products", of: root).enumerated() {
        products.append(Self.product(product, at: "products[\(index)]", &reader))
      }
      if let list = root["tags"], list.kind != .array || list.count > 0, !list.isNull {
        for (index, tag) in reader.list("tags", of: root).enumerated() {
          let path = "tags[\(index)]"
          let name = reader.text("name", of: tag, at: path)
          tags.append(
            ThreePLBooks.Tag(name: name, value: reader.text("value", of: tag, at: path))
          )
        }
      }
      if let program = reader.optionalObject("retailer_program_data", of: root) {
        _ = reader.text("purchase_order_number", of: program, at: "retailer_program_data")
        _ = reader.text("retailer_program_type", of: program, at: "retailer_program_data")
      }
    }

    private static func product(
      _ value: JSONValue,
      at path: String,
      _ reader: inout ShipBobReader
    ) -> Product {
      let id = reader.optionalInteger("id", of: value, at: path)
      return Product(
        id: id,
        reference: id == nil ? reader.text("reference_id", of: value, at: path) : "",
        name: id == nil ? reader.text("name", of: value, at: path) : "",
        quantity: reader.quantity(of: value, at: path),
        externalLine: reader.optionalInteger("external_line_id", of: value, at: path),
        unitPrice: reader.optionalNumber("unit_price", of: value, at: path)
      )
    }

    private static func recipient(
      _ root: JSONValue,
      _ reader: inout ShipBobReader
    ) -> ThreePLBooks.Recipient {
      var recipient = ThreePLBooks.Recipient(name: "", address1: "", city: "", country: "")
      guard let value = reader.object("recipient", of: root) else { return recipient }
      recipient.name = reader.text("name", of: value, at: "recipient")
      recipient.email = reader.optionalText("email", of: value, at: "recipient")
      recipient.phone = reader.optionalText("phone_number", of: value, at: "recipient")
      guard let address = reader.object("address", of: value, at: "recipient") else {
        return recipient
      }
      let path = "recipient.address"
      recipient.company = reader.optionalText("company_name", of: address, at: path)
      recipient.address1 = reader.text("address1", of: address, at: path)
      recipient.address2 = reader.optionalText("address2", of: address, at: path)
      recipient.city = reader.text("city", of: address, at: path)
      recipient.state = reader.optionalText("state", of: address, at: path)
      recipient.zip = reader.optionalText("zip_code", of: address, at: path)
      recipient.country = reader.text("country", of: address, at: path)
      return recipient
    }

    func details(node: Int?, lines: [ThreePLBooks.Line]) -> ThreePLBooks.NewOrder {
      ThreePLBooks.NewOrder(
        reference: reference,
        number: number,
        node: node,
        lines: lines,
        recipient: recipient,
        shippingMethod: shippingMethod,
        type: type,
        giftMessage: giftMessage,
        purchased: purchased,
        totalPrice: totalPrice,
        tags: tags
      )
    }
  }

  // MARK: Cancelling

  func cancelOrder(
    _ order: Int,
    _ books: inout ThreePLBooks,
    _ now: VirtualInstant
  ) -> Response {
    let cancellation = books.cancelOrder(order, at: now)
    let status =
      switch cancellation.outcome {
      case .success: "Success"
      case .failure: "Failure"
      case .partialSuccess: "PartialSuccess"
      }
    return ok { writer in
      writer.object { writer in
        writer.member("order_id", books.orders[order].id)
        writer.member("status", status)
        writer.memberArray("canceled_shipment_results") { writer in
          for result in cancellation.results {
            writer.object {
              $0.member("shipment_id", books.shipments[result.shipment].id)
              $0.member("action", "Cancel")
              $0.member("is_success", result.isCancelled)
              $0.member("reason", result.isCancelled ? nil : Self.tooLate)
            }
          }
        }
        writer.memberObject("order") { write(orderMembers: order, in: books, now, into: &$0) }
      }
    }
  }

  private static let tooLate = "The shipment has been picked and can no longer be cancelled."

  // MARK: Listing

  func listOrders(
    _ request: Request,
    _ books: ThreePLBooks,
    _ now: VirtualInstant
  ) -> Response {
    let page: Int
    let limit: Int
    switch Self.number("Page", of: request, default: 1, in: 1...1_000_000) {
    case .success(let number): page = number
    case .failure(let refused): return refused.response
    }
    switch Self.number("Limit", of: request, default: 50, in: 1...250) {
    case .success(let number): limit = number
    case .failure(let refused): return refused.response
    }
    let filter = OrderFilter(request)
    guard filter.isValid else {
      return Refused("StartDate", "The value is not valid for StartDate.").response
    }
    var matching: [Int] = []
    if let references = Self.values("ReferenceIds", of: request) {
      matching = references.compactMap { books.order(reference: $0) }.sorted()
    } else if let identifiers = Self.values("IDs", of: request) {
      matching = identifiers.compactMap { Int64($0).flatMap { books.order(id: $0) } }.sorted()
    } else {
      matching = Array(books.orders.indices)
    }
    matching.removeAll { !filter.admits($0, in: books) }
    if request.queryItem("SortOrder") == "Newest" { matching.reverse() }
    let shown = matching.dropFirst((page - 1) * limit).prefix(limit)
    return ok { writer in
      writer.array { writer in
        for order in shown { write(order: order, in: books, now, into: &writer) }
      }
    }
  }

  /// The query items that narrow a list of orders.
  private struct OrderFilter {
    var hasTracking: Bool?
    var createdFrom: VirtualInstant?
    var createdTo: VirtualInstant?
    var updatedFrom: VirtualInstant?
    var updatedTo: VirtualInstant?
    var isValid = true

    init(_ request: Request) {
      hasTracking = request.queryItem("HasTracking").map { $0 == "true" }
      createdFrom = instant("StartDate", request)
      createdTo = instant("EndDate", request)
      updatedFrom = instant("LastUpdateStartDate", request)
      updatedTo = instant("LastUpdateEndDate", request)
    }

    private mutating func instant(_ name: String, _ request: Request) -> VirtualInstant? {
      guard let text = request.queryItem(name) else { return nil }
      let instant = VirtualInstant(parsing: text)
      if instant == nil { isValid = false }
      return instant
    }

    func admits(_ position: Int, in books: ThreePLBooks) -> Bool {
      let order = books.orders[position]
      if let createdFrom, order.created < createdFrom { return false }
      if let createdTo, order.created > createdTo { return false }
      if hasTracking != nil || updatedFrom != nil || updatedTo != nil {
        let shipments = order.shipments.map { books.shipments[$0] }
        if let hasTracking, shipments.contains(where: { $0.tracking != nil }) != hasTracking {
          return false
        }
        let updated = shipments.map(\.updated).max() ?? order.created
        if let updatedFrom, updated < updatedFrom { return false }
        if let updatedTo, updated > updatedTo { return false }
      }
      return true
    }
  }
}
