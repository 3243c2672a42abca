import DrydockJSON
import DrydockKernel

/// Orders and shipments as the platform writes them.
extension ShipBobDialect {
  func write(
    order position: Int,
    in books: ThreePLBooks,
    _ now: VirtualInstant,
    hidesTracking: Bool = false,
    into writer: inout JSONWriter
  ) {
    writer.object {
      write(orderMembers: position, in: books, now, hidesTracking: hidesTracking, into: &$0)
    }
  }

  func write(
    orderMembers position: Int,
    in books: ThreePLBooks,
    _ now: VirtualInstant,
    hidesTracking: Bool = false,
    into writer: inout JSONWriter
  ) {
    let order = books.orders[position]
    let details = order.details
    writer.member("id", order.id)
    writer.member("created_date", Self.text(order.created))
    writer.member("purchase_date", details.purchased)
    writer.member("reference_id", details.reference)
    writer.member("order_number", details.number ?? details.reference)
    writer.member("status", Self.word(books.status(ofOrder: position)))
    writer.member("type", details.type)
    writer.memberObject("channel") {
      $0.member("id", channel)
      $0.member("name", "Drydock")
    }
    writer.member("shipping_method", details.shippingMethod)
    writer.memberObject("recipient") { write(recipient: details.recipient, into: &$0) }
    writer.memberArray("products") { writer in
      for line in details.lines { write(line: line, in: books, into: &writer) }
    }
    writer.memberArray("tags") { writer in
      for tag in details.tags {
        writer.object {
          $0.member("name", tag.name)
          $0.member("value", tag.value)
        }
      }
    }
    writer.memberArray("shipments") { writer in
      for shipment in order.shipments {
        write(
          shipment: shipment,
          in: books,
          now,
          hidesTracking: hidesTracking,
          into: &writer
        )
      }
    }
    writer.member("gift_message", details.giftMessage)
    writer.memberNull("shipping_terms")
    writer.memberObject("financials") { writer in
      if let total = details.totalPrice {
        writer.member("total_price", number: total)
      } else {
        writer.memberNull("total_price")
      }
    }
    writer.memberNull("retailer_program_data")
  }

  private func write(
    line: ThreePLBooks.Line,
    in books: ThreePLBooks,
    into writer: inout JSONWriter
  ) {
    let product = books.products[line.product]
    writer.object { writer in
      writer.member("id", product.id)
      writer.member("reference_id", product.sku)
      writer.member("quantity", line.quantity)
      writer.member("quantity_unit_of_measure_code", "EA")
      writer.member("sku", product.sku)
      writer.memberNull("gtin")
      writer.memberNull("upc")
      if let price = line.unitPrice {
        writer.member("unit_price", number: price)
      } else {
        writer.memberNull("unit_price")
      }
      writer.member("external_line_id", line.externalLine)
    }
  }

  private func write(recipient: ThreePLBooks.Recipient, into writer: inout JSONWriter) {
    writer.member("name", recipient.name)
    writer.memberObject("address") {
      $0.member("address1", recipient.address1)
      $0.member("address2", recipient.address2)
      $0.member("company_name", recipient.company)
      $0.member("city", recipient.city)
      $0.member("state", recipient.state)
      $0.member("country", recipient.country)
      $0.member("zip_code", recipient.zip)
    }
    writer.member("email", recipient.email)
    writer.member("phone_number", recipient.phone)
  }

  // MARK: Shipments

  func write(
    shipment position: Int,
    in books: ThreePLBooks,
    _ now: VirtualInstant,
    hidesTracking: Bool = false,
    into writer: inout JSONWriter
  ) {
    let shipment = books.shipments[position]
    let order = books.orders[shipment.order]
    writer.object { writer in
      writer.member("id", shipment.id)
      writer.member("order_id", order.id)
      writer.member("reference_id", order.details.reference)
      writer.member("created_date", Self.text(shipment.created))
      writer.member("last_update_at", Self.text(shipment.updated))
      let isTracked = shipment.tracking != nil && !hidesTracking
      writer.member(
        "last_tracking_update_at",
        isTracked ? shipment.labelled.map(Self.text) : nil
      )
      writer.memberObject("location") {
        $0.member("id", books.nodes[shipment.node].center)
        $0.member("name", books.nodes[shipment.node].name)
      }
      writer.memberObject("recipient") { writer in
        writer.member("full_name", order.details.recipient.name)
        write(recipient: order.details.recipient, into: &writer)
      }
      writer.member("status", Self.word(shipment.state))
      writer.memberArray("status_details") { write(detailsOf: shipment, in: books, into: &$0) }
      write(trackingOf: isTracked ? shipment : nil, books, into: &writer)
      writer.memberArray("products") { write(productsOf: shipment, in: books, into: &$0) }
      writer.memberArray("parent_cartons") { _ in }
      write(measurementsOf: shipment, into: &writer)
      writer.member("package_material_type", "Box")
      writer.member("ship_option", order.details.shippingMethod)
      writer.member("require_signature", false)
      writer.member("estimated_fulfillment_date", shipment.promised.map(Self.text))
      writer.member("estimated_fulfillment_date_status", Self.promise(shipment, now))
      writer.member("actual_fulfillment_date", shipment.labelled.map(Self.text))
      writer.member("delivery_date", shipment.delivered.map(Self.text))
      writer.memberNull("insurance_value")
      writer.memberNull("invoice_amount")
      writer.member("invoice_currency_code", "USD")
      writer.member("gift_message", order.details.giftMessage)
      writer.member("is_tracking_uploaded", false)
    }
  }

  private func write(
    trackingOf shipment: ThreePLBooks.Shipment?,
    _ books: ThreePLBooks,
    into writer: inout JSONWriter
  ) {
    guard let shipment, let number = shipment.tracking else {
      return writer.memberNull("tracking")
    }
    writer.memberObject("tracking") {
      $0.member("carrier", books.settings.carrier)
      $0.member("carrier_service", books.settings.carrierService)
      $0.member("tracking_number", number)
      $0.member("tracking_url", "https://track.shipbob.com/\(number)")
      $0.memberNull("bol")
      $0.memberNull("pro_number")
      $0.memberNull("scac")
      $0.memberNull("shipping_date")
    }
  }

  private func write(
    productsOf shipment: ThreePLBooks.Shipment,
    in books: ThreePLBooks,
    into writer: inout JSONWriter
  ) {
    for line in shipment.lines {
      let product = books.products[line.product]
      writer.object { writer in
        writer.member("id", product.id)
        writer.member("reference_id", product.sku)
        writer.member("name", product.name)
        writer.member("sku", product.sku)
        writer.memberArray("inventory_items") { writer in
          writer.object {
            $0.member("id", product.inventory)
            $0.member("name", product.name)
            $0.member("quantity", line.quantity)
            $0.member("quantity_committed", line.allocated)
            $0.memberNull("lot")
            $0.memberNull("expiration_date")
            $0.memberArray("serial_numbers") { _ in }
            $0.member("is_dangerous_goods", false)
          }
        }
      }
    }
  }

  private func write(
    measurementsOf shipment: ThreePLBooks.Shipment,
    into writer: inout JSONWriter
  ) {
    let units = shipment.lines.reduce(0) { $0 + $1.quantity }
    writer.memberObject("measurements") {
      $0.member("length_in", 12)
      $0.member("width_in", 9)
      $0.member("depth_in", 4)
      $0.member("total_weight_oz", 8 * units)
    }
  }

  private func write(
    detailsOf shipment: ThreePLBooks.Shipment,
    in books: ThreePLBooks,
    into writer: inout JSONWriter
  ) {
    let short = shipment.lines.first { $0.allocated < $0.quantity }
    let detail: (id: Int, name: String, description: String)
    switch shipment.state {
    case .waiting(isException: true):
      detail = (401, "OutOfStock", "The inventory is not available at the fulfillment center")
    case .waiting(isException: false): return
    case .onHold(.address): detail = (301, "InvalidAddress", "The address could not be verified")
    case .onHold(.manual): detail = (302, "ManuallySet", "The shipment was set on hold by a user")
    case .processing: detail = (101, "AwaitingPick", "The shipment waits to be picked")
    case .picked: detail = (102, "Picked", "The shipment has been picked")
    case .labelled: detail = (104, "Labeled", "The label has been printed")
    case .tendered: detail = (201, "Shipped", "The carrier has the shipment")
    case .ended(.delivered): detail = (203, "Delivered", "The shipment has been delivered")
    case .ended: detail = (201, "Shipped", "The carrier has the shipment")
    case .cancelled: detail = (501, "Cancelled", "The shipment has been cancelled")
    }
    let isShort = detail.id == 401
    writer.object {
      $0.member("id", detail.id)
      $0.member("name", detail.name)
      $0.member("description", detail.description)
      $0.member("inventory_id", isShort ? short.map { books.products[$0.product].inventory } : nil)
      $0.member(
        "exception_fulfillment_center_id",
        isShort ? books.nodes[shipment.node].center : nil
      )
      $0.memberObject("extra_information") { $0.memberArray("validation_messages") { _ in } }
    }
  }

  // MARK: Words

  static func word(_ status: ThreePLBooks.OrderStatus) -> String {
    switch status {
    case .processing: "Processing"
    case .exception: "Exception"
    case .partiallyFulfilled: "PartiallyFulfilled"
    case .fulfilled: "Fulfilled"
    case .cancelled: "Cancelled"
    }
  }

  static func word(_ state: ThreePLBooks.ShipmentState) -> String {
    switch state {
    case .waiting(let isException): isException ? "Exception" : "Processing"
    case .onHold: "OnHold"
    case .processing, .picked: "Processing"
    case .labelled, .tendered, .ended: "Completed"
    case .cancelled: "Cancelled"
    }
  }

  private static func promise(_ shipment: ThreePLBooks.Shipment, _ now: VirtualInstant) -> String {
    guard let promised = shipment.promised else {
      return shipment.isWaiting ? "AwaitingInventoryAllocation" : "Unavailable"
    }
    if let labelled = shipment.labelled {
      return labelled <= promised ? "FulfilledOnTime" : "FulfilledLate"
    }
    return now <= promised ? "PendingOnTime" : "PendingLate"
  }
}
