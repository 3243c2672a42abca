import DrydockExchange
import DrydockKernel

/// Orders, shipments and returns as ShipBob writes them.
extension ShipBobConnector {
  /// Reads the order of an answer to `createOrder` or `readOrder`.
  func order(in response: Response) throws(Unreadable) -> WarehouseOrder {
    try order(Fields(parsing: response.body))
  }

  /// Reads the orders of an answer to `findOrders`.
  func orders(in response: Response) throws(Unreadable) -> [WarehouseOrder] {
    var orders: [WarehouseOrder] = []
    let names = readsBareListsOnly ? [] : ["items"]
    for fields in try Fields.list(parsing: response.body, named: names) {
      orders.append(try order(fields))
    }
    return orders
  }

  /// Reads an order, which looks the same in answers and in `order.shipped`.
  func order(_ fields: Fields) throws(Unreadable) -> WarehouseOrder {
    let reference = try fields.text("reference_id")
    var order = WarehouseOrder(
      id: try fields.integer("id"),
      reference: reference,
      status: status(try fields.text("status")),
      shipped: [],
      waiting: []
    )
    for shipment in fields.list("shipments") {
      switch try self.shipment(shipment, reference: reference) {
      case .shipped(let shipped): order.shipped.append(shipped)
      case .waiting(let waiting): order.waiting.append(waiting)
      case .underWay: break
      }
    }
    return order
  }

  private func status(_ word: String) -> WarehouseOrder.Status {
    switch word {
    case "Processing", "Exception", "PartiallyFulfilled", "ImportReview": .open
    case "Fulfilled": .fulfilled
    case "Cancelled": .cancelled
    default: .unknown(word)
    }
  }

  /// How far a shipment is.
  enum ShipmentProgress: Hashable, Sendable {
    case underWay
    case shipped(CanonicalShipment)
    case waiting(WarehouseOrder.Waiting)
  }

  /// Reads a shipment.
  ///
  /// `LabeledCreated` and `Completed` both mean that a label with a tracking number exists; one
  /// that has none yet is still under way.
  func shipment(_ fields: Fields, reference: String) throws(Unreadable) -> ShipmentProgress {
    let id = try fields.integer("id")
    let word = try fields.text("status")
    let details = fields.list("status_details").compactMap { detail in
      detail.optionalText("description") ?? detail.optionalText("name")
    }
    let reason = details.first ?? word
    func waiting(_ trouble: WarehouseTrouble) -> ShipmentProgress {
      .waiting(WarehouseOrder.Waiting(id: id, status: trouble, reason: reason))
    }
    switch word {
    case "Completed", "LabeledCreated":
      let tracking = fields["tracking"]
      guard let number = tracking.optionalText("tracking_number"), !number.isEmpty,
        let part = PartKey(reference: reference)
      else { return .underWay }
      return .shipped(
        CanonicalShipment(
          id: id,
          partner: access.partner,
          part: part,
          carrier: tracking.optionalText("carrier") ?? "",
          tracking: number,
          lines: try lines(fields),
          shippedAt: try shippedAt(fields)
        )
      )
    case "None", "Processing", "ImportReview", "CleanSweeped": return .underWay
    case "Exception": return waiting(.exception)
    case "OnHold": return waiting(.onHold)
    case "Cancelled": return waiting(.cancelled)
    default: return waiting(.unknown(word))
    }
  }

  /// A shipment by itself, as the webhooks about shipments carry it.
  struct ShipmentReport: Hashable, Sendable {
    var id: Int64
    var reference: String
    var progress: ShipmentProgress
    var isDelivered: Bool
  }

  /// Reads the shipment of a webhook.
  func shipmentReport(_ fields: Fields) throws(Unreadable) -> ShipmentReport {
    let reference = try fields.text("reference_id")
    return ShipmentReport(
      id: try fields.integer("id"),
      reference: reference,
      progress: try shipment(fields, reference: reference),
      isDelivered: fields.optionalInstant("delivery_date") != nil
    )
  }

  private func shippedAt(_ fields: Fields) throws(Unreadable) -> VirtualInstant {
    if let instant = fields["tracking"].optionalInstant("shipping_date") { return instant }
    if let instant = fields.optionalInstant("actual_fulfillment_date") { return instant }
    return try fields.instant("created_date")
  }

  private func lines(_ fields: Fields) throws(Unreadable) -> [SKUQuantity] {
    var lines: [SKUQuantity] = []
    for product in fields.list("products") {
      for item in product.list("inventory_items") {
        let inventory = try item.integer("id")
        let sku = masterData.product(\.shipbobInventory, is: inventory)?.sku
        lines.append(
          SKUQuantity(
            sku: sku ?? product.optionalText("sku") ?? String(inventory),
            quantity: try item.quantity("quantity")
          )
        )
      }
    }
    return lines
  }

  // MARK: Returns

  /// Reads the identifier of a return that was announced.
  func returnID(in response: Response) throws(Unreadable) -> Int64 {
    try Fields(parsing: response.body).integer("id")
  }

  /// Reads the returns of an answer to `findReturns`.
  func receipts(in response: Response) throws(Unreadable) -> [ReturnReceipt] {
    var receipts: [ReturnReceipt] = []
    for fields in try Fields.list(parsing: response.body, named: ["items"]) {
      receipts.append(try receipt(fields))
    }
    return receipts
  }

  /// Reads a return, which looks the same in answers and webhooks.
  func receipt(_ fields: Fields) throws(Unreadable) -> ReturnReceipt {
    let status = try fields.text("status").filter { $0 != " " }
    var lines: [ReturnReceipt.Line] = []
    for item in fields.list("inventory") {
      let inventory = try item.integer("id")
      var actions: [ReturnReceipt.Action] = []
      for action in item.list("action_taken") {
        let word = try action.text("action")
        if word == "Missing" { continue }
        guard let disposition = disposition(word) else { throw Unreadable(member: "action") }
        actions.append(
          ReturnReceipt.Action(
            disposition: disposition,
            quantity: try action.quantity("quantity_processed"),
            reason: action.optionalText("action_reason") ?? ""
          )
        )
      }
      lines.append(
        ReturnReceipt.Line(
          sku: masterData.product(\.shipbobInventory, is: inventory)?.sku ?? String(inventory),
          expected: try item.quantity("quantity"),
          actions: actions.filter { $0.quantity > 0 }
        )
      )
    }
    let type = fields.optionalText("return_type") ?? "Regular"
    return ReturnReceipt(
      id: try fields.integer("id"),
      partner: access.partner,
      reference: try fields.text("reference_id"),
      isReturnToSender: type.contains("RTS") || type.hasPrefix("ReturnToSender"),
      shipment: fields.optionalInteger("original_shipment_id"),
      tracking: fields.optionalText("tracking_number"),
      isComplete: status == "Completed",
      isCancelled: status == "Cancelled",
      lines: lines
    )
  }

  private func disposition(_ word: String) -> Disposition? {
    switch word {
    case "Restock": .restock
    case "Quarantine": .quarantine
    case "Dispose": .dispose
    default: nil
    }
  }
}
