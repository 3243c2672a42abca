import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Writes returns and labels as Loop does: amounts and identifiers as text.
struct LoopReturnWriter {
  /// Whom a payload is for, since dates differ.
  enum Form {
    case webhook
    case answer
  }

  let books: ReturnsBooks
  let made: ReturnsBooks.Return
  let form: Form

  private var order: WorldEvent.StoreOrder { books.orders[made.order].copy }
  private var zero: Money { .zero(order.currency) }

  /// A writer that writes as PHP's `json_encode`, which is what webhooks are signed as.
  static var phpWriter: JSONWriter { JSONWriter(escapesSlashes: true, escapesNonASCII: true) }

  /// Returns a body written as PHP writes it; one that is no JSON stays as it is.
  static func rewritten(_ body: [UInt8]) -> [UInt8] {
    guard let document = try? JSONDocument.parse(body) else { return body }
    var writer = phpWriter
    JSONNode(document.root).write(to: &writer)
    return writer.bytes
  }

  func date(_ instant: VirtualInstant) -> String {
    form == .webhook
      ? instant.description(.seconds, zone: .numeric) : instant.description(.milliseconds)
  }

  /// The word for where a return stands; settling is no state of its own.
  static func state(_ state: ReturnsBooks.State) -> String {
    switch state {
    case .open, .processing: "open"
    case .review: "review"
    case .closed: "closed"
    case .cancelled: "cancelled"
    case .expired: "expired"
    }
  }

  /// Writes the return's members.
  func writeMembers(into writer: inout JSONWriter) {
    writer.member("id", String(LoopIdentifier.return(made.number)))
    writer.member("state", Self.state(made.state))
    writer.member("created_at", date(made.createdAt))
    writer.member("updated_at", date(made.updatedAt))
    writer.member("total", made.payout.decimalString)
    writer.member("order_id", String(LoopIdentifier.order(made.order)))
    writer.member("order_name", "#\(order.number)")
    writer.member("provider_order_id", order.key.value)
    writer.member("order_number", String(order.number - 1000))
    writer.member("customer", order.customer)
    writeAddress(into: &writer)
    writer.member("currency", order.currency.code)
    writeAmounts(into: &writer)
    writer.memberArray("line_items") {
      for unit in made.units { write(unit, into: &$0) }
    }
    writer.memberArray("exchanges") { writeExchanges(into: &$0) }
    writeLabel(into: &writer)
    writer.member("return_method", "mail")
    writer.member("destination_id", "1")
    writer.member(
      "status_page_url",
      "https://returns.example/\(LoopIdentifier.return(made.number))"
    )
    writer.memberNull("gift_card_order_id")
    writer.memberNull("edited_at")
  }

  private func writeAddress(into writer: inout JSONWriter) {
    let address = order.address
    writer.memberObject("address") {
      $0.member("name", address.name)
      $0.memberNull("company")
      $0.member("address1", address.street)
      $0.member("address2", "")
      $0.member("city", address.city)
      $0.member(
        "state",
        RegionNames.province(address.provinceCode, country: address.countryCode)
      )
      $0.member("zip", address.zip)
      $0.member("country", RegionNames.country(address.countryCode))
      $0.member("country_code", address.countryCode)
      $0.memberNull("phone")
    }
  }

  private func writeAmounts(into writer: inout JSONWriter) {
    let isExchange = made.exchangeSKU != nil
    let product = isExchange ? made.productTotal : zero
    let tax = isExchange ? made.taxTotal : zero
    let amounts: [(String, Money)] = [
      ("return_product_total", made.productTotal), ("return_discount_total", zero),
      ("return_tax_total", made.taxTotal), ("return_total", made.total),
      ("return_credit_total", isExchange ? made.total : zero),
      ("exchange_product_total", product), ("exchange_discount_total", zero),
      ("exchange_tax_total", tax), ("exchange_total", product + tax),
      ("exchange_credit_total", product + tax), ("gift_card", zero),
      ("handling_fee", isExchange ? zero : made.total - made.payout), ("refund", made.payout),
    ]
    for (name, amount) in amounts { writer.member(name, amount.decimalString) }
    writer.memberArray("refunds") { _ in }
    writer.member("upsell", zero.decimalString)
  }

  private func write(_ unit: ReturnsBooks.Unit, into writer: inout JSONWriter) {
    let product = books.masterData.product(sku: unit.sku)
    let exchange = made.exchangeSKU.flatMap { books.masterData.product(sku: $0) }
    writer.object {
      $0.member("line_item_id", String(LoopIdentifier.unit(made.number, unit.ordinal)))
      $0.member("provider_line_item_id", String(order.lines[unit.line].lineItem))
      $0.member("product_id", product.map { String($0.shopifyProduct) })
      $0.member("variant_id", product.map { String($0.shopifyVariant) })
      $0.member("sku", unit.sku)
      $0.member("barcode", "")
      $0.member("title", product?.name ?? unit.sku)
      $0.member("price", unit.price.decimalString)
      $0.member("discount", zero.decimalString)
      $0.member("tax", unit.tax.decimalString)
      $0.member("refund", unit.refund.decimalString)
      $0.member("returned_at", made.createdAt.description(.spaced))
      $0.member("exchange_variant", exchange.map { String($0.shopifyVariant) } ?? "")
      $0.member("return_reason", made.reason)
      $0.member("parent_return_reason", "Item didn't fit")
      $0.member("outcome", made.exchangeSKU == nil ? "default" : "exchange")
    }
  }

  private func writeExchanges(into writer: inout JSONWriter) {
    guard let sku = made.exchangeSKU, let product = books.masterData.product(sku: sku) else {
      return
    }
    for unit in made.units {
      writer.object {
        $0.member("exchange_id", String(LoopIdentifier.unit(made.number, unit.ordinal)))
        $0.member("product_id", String(product.shopifyProduct))
        $0.member("variant_id", String(product.shopifyVariant))
        $0.member("sku", sku)
        $0.member("title", product.name)
        $0.member("price", unit.price.decimalString)
        $0.member("discount", zero.decimalString)
        $0.member("tax", unit.tax.decimalString)
        $0.member("total", (unit.price + unit.tax).decimalString)
      }
    }
  }

  private func writeLabel(into writer: inout JSONWriter) {
    switch made.parcel {
    case .labelPending:
      writer.member("carrier", "")
      writer.member("tracking_number", "N/A")
      writer.member("label_status", "pending")
      writer.member("label_updated_at", date(made.labelUpdatedAt))
      writer.memberNull("label_url")
    case .labelled(let tracking, let status):
      writer.member("carrier", "USPS")
      writer.member("tracking_number", tracking)
      writer.member("label_status", status.rawValue)
      writer.member("label_updated_at", date(made.labelUpdatedAt))
      writer.member("label_url", "https://labels.example/\(tracking).pdf")
    }
  }

  /// Writes the members of a label's own message.
  func writeLabelMembers(into writer: inout JSONWriter) {
    guard case .labelled(let tracking, let status) = made.parcel else { return }
    writer.member("shop_id", String(LoopIdentifier.shop))
    writer.member("id", String(LoopIdentifier.return(made.number)))
    writer.member("order_id", String(LoopIdentifier.order(made.order)))
    writer.member("provider_order_id", Int64(order.key.value))
    writer.member("carrier", "USPS")
    writer.member("tracking_number", tracking)
    writer.member("label_status", status.rawValue)
    writer.member("label_updated_at", date(made.labelUpdatedAt))
    writer.member("shipment_id", String(6_789_000_000 + made.number))
  }
}
