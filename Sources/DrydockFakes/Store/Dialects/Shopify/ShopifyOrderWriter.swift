import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Writes orders as Shopify does: the full REST payload of version 2026-04.
struct ShopifyOrderWriter {
  let dialect: ShopifyDialect
  let order: StoreBooks.Order

  private var identifier: Int64 { ShopifyIdentifier.order(order.number) }

  /// Writes the order as one object.
  func write(into writer: inout JSONWriter) {
    writer.object { writeMembers(into: &$0) }
  }

  /// Writes the order's members in the platform's order.
  func writeMembers(into writer: inout JSONWriter) {
    writeIdentity(into: &writer)
    writeCurrentTotals(into: &writer)
    writeDescription(into: &writer)
    writeTotals(into: &writer)
    writeParties(into: &writer)
    writer.memberArray("fulfillments") {
      for fulfilment in order.fulfilments {
        ShopifyFulfillmentWriter(dialect: dialect, order: order, fulfilment: fulfilment)
          .write(into: &$0)
      }
    }
    let lines = ShopifyLineWriter(dialect: dialect, order: order)
    writer.memberArray("line_items") {
      for line in order.lines.indices { lines.write(line, into: &$0) }
    }
    writer.memberNull("payment_terms")
    writer.memberArray("refunds") {
      for refund in order.refunds {
        ShopifyRefundWriter(dialect: dialect, order: order, refund: refund).write(into: &$0)
      }
    }
    ShopifyPartyWriter(order: order).writeAddress("shipping_address", into: &writer)
    writer.memberArray("shipping_lines") { writeShippingLine(into: &$0) }
  }

  private func writeIdentity(into writer: inout JSONWriter) {
    let isCheckout = order.origin == .checkout
    let checkout = ShopifyIdentifier.checkout(order.number)
    writer.member("id", identifier)
    writer.member("admin_graphql_api_id", ShopifyDialect.globalID("Order", identifier))
    writer.member("app_id", isCheckout ? Int64(580_111) : 1_662_707)
    writer.memberNull("browser_ip")
    writer.member("buyer_accepts_marketing", false)
    if case .cancelled(let at, let reason) = order.state {
      writer.member("cancel_reason", reason.rawValue)
      writer.member("cancelled_at", dialect.date(at))
    } else {
      writer.memberNull("cancel_reason")
      writer.memberNull("cancelled_at")
    }
    let tokens = order.tokens
    writer.member("cart_token", isCheckout ? ShopifyDialect.token(tokens, 0x5ca1) : nil)
    writer.member("checkout_id", isCheckout ? checkout : nil)
    writer.member("checkout_token", isCheckout ? ShopifyDialect.token(tokens, 0xc0de) : nil)
    if isCheckout {
      writer.memberObject("client_details") {
        $0.member("accept_language", "en-US")
        for name in ["browser_height", "browser_ip", "browser_width", "session_hash", "user_agent"]
        { $0.memberNull(name) }
      }
    } else {
      writer.memberNull("client_details")
    }
    if case .archived(let at) = order.state {
      writer.member("closed_at", dialect.date(at))
    } else {
      writer.memberNull("closed_at")
    }
    writer.memberNull("company")
    writer.member("confirmation_number", ShopifyDialect.confirmation(tokens))
    writer.member("confirmed", true)
    writer.member("contact_email", order.customer)
    writer.member("created_at", dialect.date(order.placedAt))
    writer.member("currency", dialect.currency.code)
  }

  private func writeCurrentTotals(into writer: inout JSONWriter) {
    let zero = Money.zero(dialect.currency)
    let totals = ShopifyTotals(order)
    writer.shopifyMoneyBag("current_shipping_price_set", totals.shipping)
    writer.shopifyMoney("current_subtotal_price", "current_subtotal_price_set", totals.subtotal)
    writer.memberNull("current_total_additional_fees_set")
    writer.shopifyMoney("current_total_discounts", "current_total_discounts_set", zero)
    writer.memberNull("current_total_duties_set")
    writer.shopifyMoney("current_total_price", "current_total_price_set", totals.total)
    writer.shopifyMoney("current_total_tax", "current_total_tax_set", totals.tax)
  }

  private func writeDescription(into writer: inout JSONWriter) {
    writer.member("customer_locale", "en-US")
    writer.memberNull("device_id")
    writer.memberArray("discount_codes") { _ in }
    writer.member("duties_included", false)
    writer.member("email", order.customer)
    writer.member("estimated_taxes", false)
    writer.member("financial_status", ShopifyTotals(order).financialStatus)
    writer.member("fulfillment_status", ShopifyTotals(order).fulfillmentStatus)
    writer.memberNull("landing_site")
    writer.memberNull("landing_site_ref")
    writer.memberNull("location_id")
    writer.memberNull("merchant_business_entity_id")
    writer.memberNull("merchant_of_record_app_id")
    writer.member("name", "#\(order.number)")
    writer.member("note", order.note)
    writer.memberArray("note_attributes") {
      for attribute in order.attributes {
        $0.object {
          $0.member("name", attribute.name)
          $0.member("value", attribute.value)
        }
      }
    }
    writer.member("number", order.number - 1000)
    writer.member("order_number", order.number)
    let token = ShopifyDialect.token(order.tokens, 0)
    writer.member(
      "order_status_url",
      "https://\(dialect.host)/\(ShopifyIdentifier.shop)/orders/\(token)/authenticate?key="
        + ShopifyDialect.token(order.tokens, 0x4b65_79)
    )
    writer.memberNull("original_total_additional_fees_set")
    writer.memberNull("original_total_duties_set")
    writer.memberArray("payment_gateway_names") { $0.value(ShopifyDialect.gateway(of: order)) }
    writer.memberNull("phone")
    writer.memberNull("po_number")
    writer.member("presentment_currency", dialect.currency.code)
    writer.member("processed_at", dialect.date(order.placedAt))
    writer.memberNull("reference")
    writer.memberNull("referring_site")
    writer.member("source_identifier", ShopifyDialect.sourceIdentifier(of: order))
    writer.member("source_name", order.origin == .checkout ? "web" : "1662707")
    writer.memberNull("source_url")
  }

  private func writeTotals(into writer: inout JSONWriter) {
    let zero = Money.zero(dialect.currency)
    writer.shopifyMoney("subtotal_price", "subtotal_price_set", order.subtotal)
    writer.member("tags", order.tags.joined(separator: ", "))
    writer.member("tax_exempt", false)
    writer.memberArray("tax_lines") { dialect.writeTaxLine(order.tax, into: &$0) }
    writer.member("taxes_included", false)
    writer.member("test", false)
    writer.member("token", ShopifyDialect.token(order.tokens, 0))
    writer.shopifyMoneyBag("total_cash_rounding_payment_adjustment_set", zero)
    writer.shopifyMoneyBag("total_cash_rounding_refund_adjustment_set", zero)
    writer.shopifyMoney("total_discounts", "total_discounts_set", zero)
    writer.shopifyMoney("total_line_items_price", "total_line_items_price_set", order.subtotal)
    writer.member("total_outstanding", zero.decimalString)
    writer.shopifyMoney("total_price", "total_price_set", order.total)
    writer.shopifyMoneyBag("total_shipping_price_set", order.shippingPrice)
    writer.shopifyMoney("total_tax", "total_tax_set", order.tax)
    writer.member("total_tip_received", zero.decimalString)
    writer.member("total_weight", order.lines.reduce(0) { $0 + $1.quantity } * ShopifyDialect.grams)
    writer.member("updated_at", dialect.date(order.updatedAt))
    writer.memberNull("user_id")
  }

  private func writeParties(into writer: inout JSONWriter) {
    let parties = ShopifyPartyWriter(order: order)
    parties.writeAddress("billing_address", into: &writer)
    parties.writeCustomer(currency: dialect.currency, into: &writer)
    writer.memberArray("discount_applications") { _ in }
  }

  private func writeShippingLine(into writer: inout JSONWriter) {
    let title = order.shipping == "express" ? "Express" : "Standard"
    writer.object {
      $0.member("id", ShopifyIdentifier.shippingLine(order.number, 1))
      $0.memberNull("carrier_identifier")
      $0.member("code", title)
      $0.shopifyMoneyBag("current_discounted_price_set", ShopifyTotals(order).shipping)
      $0.shopifyMoney("discounted_price", "discounted_price_set", order.shippingPrice)
      $0.member("is_removed", false)
      $0.memberNull("phone")
      $0.shopifyMoney("price", "price_set", order.shippingPrice)
      $0.memberNull("requested_fulfillment_service_id")
      $0.member("source", "shopify")
      $0.member("title", title)
      $0.memberArray("tax_lines") { _ in }
      $0.memberArray("discount_allocations") { _ in }
    }
  }
}

extension ShopifyDialect {
  /// What one unit weighs.
  static let grams = 350

  /// Returns the gateway that took an order's payment.
  static func gateway(of order: StoreBooks.Order) -> String {
    order.origin == .checkout ? "shopify_payments" : "exchange_credit"
  }

  /// Returns what an importer or the checkout calls an order.
  static func sourceIdentifier(of order: StoreBooks.Order) -> String? {
    switch order.origin {
    case .checkout: order.label.isEmpty ? nil : order.label
    case .exchange(let returnKey, _): "return-\(returnKey.value)"
    }
  }

  /// Writes the one tax line of an amount of tax.
  func writeTaxLine(_ tax: Money, into writer: inout JSONWriter) {
    writer.object {
      $0.member("channel_liable", false)
      $0.shopifyMoney("price", "price_set", tax)
      $0.member("rate", number: taxRate)
      $0.member("title", "State Tax")
    }
  }

  /// The tax rate as a JSON number: 825 basis points are 0.0825.
  private var taxRate: String {
    let points = masterData.taxBasisPoints
    let digits = String(10_000 + points % 10_000).dropFirst()
    var text = "\(points / 10_000).\(digits)"
    while text.hasSuffix("0"), !text.hasSuffix(".0") { text.removeLast() }
    return text
  }
}
