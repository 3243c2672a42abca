import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Writes fulfilments, their events, and what is left to fulfil.
struct ShopifyFulfillmentWriter {
  let dialect: ShopifyDialect
  let order: StoreBooks.Order
  let fulfilment: StoreBooks.Fulfilment

  /// Writes the fulfilment as one object.
  func write(into writer: inout JSONWriter) {
    writer.object { writeMembers(into: &$0) }
  }

  /// Writes the fulfilment's members.
  func writeMembers(into writer: inout JSONWriter) {
    let identifier = ShopifyIdentifier.fulfillment(order.number, fulfilment.ordinal)
    let numbers = fulfilment.tracking.map { [$0.number] } ?? []
    let addresses = (fulfilment.tracking?.url).map { [$0] } ?? []
    writer.member("id", identifier)
    writer.member("admin_graphql_api_id", ShopifyDialect.globalID("Fulfillment", identifier))
    writer.member("created_at", dialect.date(fulfilment.createdAt))
    writer.member("location_id", dialect.masterData.shopifyLocation)
    writer.member("name", "#\(order.number)-F\(fulfilment.ordinal)")
    writer.member("order_id", ShopifyIdentifier.order(order.number))
    writer.memberObject("origin_address") { _ in }
    writer.memberObject("receipt") { _ in }
    writer.member("service", "manual")
    writer.member("shipment_status", fulfilment.shipmentStatus?.rawValue)
    writer.member("status", "success")
    writer.member("tracking_company", fulfilment.tracking?.company)
    writer.member("tracking_number", fulfilment.tracking?.number)
    writer.memberArray("tracking_numbers") { for number in numbers { $0.value(number) } }
    writer.member("tracking_url", addresses.first)
    writer.memberArray("tracking_urls") { for address in addresses { $0.value(address) } }
    writer.member("updated_at", dialect.date(fulfilment.updatedAt))
    let lines = ShopifyLineWriter(dialect: dialect, order: order)
    writer.memberArray("line_items") {
      for units in fulfilment.lines {
        lines.write(units.line, quantity: units.quantity, into: &$0)
      }
    }
  }

  /// Writes what a customer was told about the parcel.
  func writeEvent(
    _ ordinal: Int,
    message: String?,
    happenedAt: VirtualInstant,
    at now: VirtualInstant,
    into writer: inout JSONWriter
  ) {
    let identifier = ShopifyIdentifier.fulfillmentEvent(order.number, ordinal)
    writer.member("id", identifier)
    writer.member(
      "fulfillment_id",
      ShopifyIdentifier.fulfillment(order.number, fulfilment.ordinal)
    )
    writer.member("status", fulfilment.shipmentStatus?.rawValue)
    writer.member("message", message)
    writer.member("happened_at", dialect.date(happenedAt))
    for name in ["city", "province", "country", "zip", "address1", "latitude", "longitude"] {
      writer.memberNull(name)
    }
    writer.member("shop_id", ShopifyIdentifier.shop)
    writer.member("created_at", dialect.date(now))
    writer.member("updated_at", dialect.date(now))
    writer.memberNull("estimated_delivery_at")
    writer.member("order_id", ShopifyIdentifier.order(order.number))
    writer.member("admin_graphql_api_id", ShopifyDialect.globalID("FulfillmentEvent", identifier))
  }
}

/// Writes the one fulfilment order of an order: what is to be fulfilled at the store's location.
struct ShopifyFulfillmentOrderWriter {
  let dialect: ShopifyDialect
  let order: StoreBooks.Order

  private var status: String {
    if case .cancelled = order.state { return "cancelled" }
    guard order.hasFulfillable else { return "closed" }
    return order.hasFulfilled ? "in_progress" : "open"
  }

  /// Writes the fulfilment order as one object.
  func write(into writer: inout JSONWriter) {
    let identifier = ShopifyIdentifier.fulfillmentOrder(order.number, 1)
    let isOpen = order.hasFulfillable && status != "cancelled"
    writer.object {
      $0.member("id", identifier)
      $0.member("created_at", dialect.date(order.placedAt))
      $0.member("updated_at", dialect.date(order.updatedAt))
      $0.member("shop_id", ShopifyIdentifier.shop)
      $0.member("order_id", ShopifyIdentifier.order(order.number))
      $0.member("assigned_location_id", dialect.masterData.shopifyLocation)
      $0.member("request_status", "unsubmitted")
      $0.member("status", status)
      $0.member("fulfill_at", dialect.date(order.placedAt))
      $0.memberNull("fulfill_by")
      $0.memberArray("supported_actions") {
        for action in isOpen ? ["create_fulfillment", "move", "hold", "split"] : [] {
          $0.value(action)
        }
      }
      writeDestination(into: &$0)
      $0.memberArray("line_items") {
        for index in order.lines.indices where order.lines[index].quantity > 0 {
          writeLine(index, into: &$0)
        }
      }
      $0.memberNull("international_duties")
      $0.memberArray("fulfillment_holds") { _ in }
      $0.memberObject("delivery_method") {
        $0.member("id", ShopifyIdentifier.destination(order.number, 2))
        $0.member("method_type", "shipping")
        $0.memberNull("min_delivery_date_time")
        $0.memberNull("max_delivery_date_time")
      }
      writeLocation(into: &$0)
      $0.memberArray("merchant_requests") { _ in }
    }
  }

  private func writeLine(_ index: Int, into writer: inout JSONWriter) {
    let line = order.lines[index]
    let product = dialect.masterData.products[line.product]
    writer.object {
      $0.member("id", ShopifyIdentifier.fulfillmentOrderLine(order.number, index + 1))
      $0.member("shop_id", ShopifyIdentifier.shop)
      $0.member("fulfillment_order_id", ShopifyIdentifier.fulfillmentOrder(order.number, 1))
      $0.member("quantity", line.quantity - line.withdrawn)
      $0.member("line_item_id", ShopifyIdentifier.lineItem(order.number, index + 1))
      $0.member("inventory_item_id", product.shopifyInventoryItem)
      $0.member("fulfillable_quantity", line.fulfillable)
      $0.member("variant_id", product.shopifyVariant)
    }
  }

  private func writeDestination(into writer: inout JSONWriter) {
    let address = order.address
    let (first, last) = ShopifyPartyWriter.names(address.name)
    writer.memberObject("destination") {
      $0.member("id", ShopifyIdentifier.destination(order.number, 1))
      $0.member("address1", address.street)
      $0.memberNull("address2")
      $0.member("city", address.city)
      $0.memberNull("company")
      $0.member("country", RegionNames.country(address.countryCode))
      $0.member("email", order.customer)
      $0.member("first_name", first)
      $0.member("last_name", last)
      $0.memberNull("phone")
      $0.member(
        "province",
        RegionNames.province(address.provinceCode, country: address.countryCode)
      )
      $0.member("zip", address.zip)
    }
  }

  private func writeLocation(into writer: inout JSONWriter) {
    writer.memberObject("assigned_location") {
      $0.member("address1", "50 Wharf Street")
      $0.memberNull("address2")
      $0.member("city", "Portland")
      $0.member("country_code", "US")
      $0.member("location_id", dialect.masterData.shopifyLocation)
      $0.member("name", "Distribution")
      $0.memberNull("phone")
      $0.member("province", "Maine")
      $0.member("zip", "04101")
    }
  }
}
