import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Writes refunds with their lines, adjustments and movements of money.
struct ShopifyRefundWriter {
  let dialect: ShopifyDialect
  let order: StoreBooks.Order
  let refund: StoreBooks.Refund

  private var identifier: Int64 { ShopifyIdentifier.refund(order.number, refund.ordinal) }

  /// Writes the refund as one object.
  func write(into writer: inout JSONWriter) {
    writer.object { writeMembers(into: &$0) }
  }

  /// Writes the refund's members.
  func writeMembers(into writer: inout JSONWriter) {
    let zero = Money.zero(dialect.currency)
    let date = dialect.date(refund.createdAt)
    writer.member("id", identifier)
    writer.member("order_id", ShopifyIdentifier.order(order.number))
    writer.member("created_at", date)
    writer.member("note", refund.note)
    writer.memberNull("user_id")
    writer.member("processed_at", date)
    writer.memberArray("duties") { _ in }
    writer.shopifyMoneyBag("total_duties_set", zero)
    writer.memberNull("return")
    writer.member("restock", refund.restocks)
    writer.memberArray("additional_fees") { _ in }
    writer.shopifyMoneyBag("total_additional_fees_set", zero)
    writer.memberArray("refund_shipping_lines") { writeShippingLine(into: &$0) }
    writer.member("admin_graphql_api_id", ShopifyDialect.globalID("Refund", identifier))
    writer.memberArray("order_adjustments") { writeAdjustments(into: &$0) }
    writer.memberArray("refund_line_items") {
      for line in refund.lines { write(line, into: &$0) }
    }
    writer.memberArray("transactions") {
      for payment in refund.payments { write(payment, date: date, into: &$0) }
    }
  }

  private func write(_ line: StoreBooks.RefundLine, into writer: inout JSONWriter) {
    writer.object {
      $0.member("location_id", line.restock == .none ? nil : dialect.masterData.shopifyLocation)
      $0.member("restock_type", line.restock.rawValue)
      $0.member("quantity", line.quantity)
      $0.member("id", ShopifyIdentifier.refundLine(order.number, line.part))
      $0.member("line_item_id", ShopifyIdentifier.lineItem(order.number, line.line + 1))
      $0.shopifyNumber("subtotal", line.subtotal)
      $0.shopifyNumber("total_tax", line.tax)
      $0.shopifyMoneyBag("subtotal_set", line.subtotal)
      $0.shopifyMoneyBag("total_tax_set", line.tax)
      $0.memberObject("line_item") {
        ShopifyLineWriter(dialect: dialect, order: order).writeMembers(line.line, into: &$0)
      }
    }
  }

  private func write(
    _ payment: StoreBooks.Payment,
    date: String,
    into writer: inout JSONWriter
  ) {
    let identifier = ShopifyIdentifier.transaction(order.number, payment.transaction)
    writer.object {
      $0.member("id", identifier)
      $0.member("order_id", ShopifyIdentifier.order(order.number))
      $0.member("kind", "refund")
      $0.member("gateway", ShopifyDialect.gateway(of: order))
      $0.member("status", "success")
      $0.memberNull("message")
      $0.member("created_at", date)
      $0.member("test", false)
      $0.memberNull("authorization")
      $0.memberNull("location_id")
      $0.memberNull("user_id")
      $0.member("parent_id", ShopifyIdentifier.transaction(order.number, 1))
      $0.member("processed_at", date)
      $0.memberNull("device_id")
      $0.memberNull("error_code")
      $0.member("source_name", "1662707")
      $0.memberObject("receipt") { _ in }
      $0.member("amount", payment.amount.decimalString)
      $0.member("currency", dialect.currency.code)
      $0.member("payment_id", "#\(order.number).\(payment.transaction)")
      $0.shopifyUnsettledBag("total_unsettled_set", .zero(dialect.currency))
      $0.member("manual_payment_gateway", false)
      $0.memberNull("amount_rounding")
      $0.member("admin_graphql_api_id", ShopifyDialect.globalID("OrderTransaction", identifier))
    }
  }

  private func writeAdjustments(into writer: inout JSONWriter) {
    if let part = refund.shippingPart {
      writeAdjustment(
        part,
        -refund.shipping,
        kind: "shipping_refund",
        reason: "Shipping refund",
        into: &writer
      )
    }
    if let part = refund.discrepancyPart {
      writeAdjustment(
        part,
        refund.discrepancy,
        kind: "refund_discrepancy",
        reason: "Refund discrepancy",
        into: &writer
      )
    }
  }

  private func writeAdjustment(
    _ part: Int,
    _ amount: Money,
    kind: String,
    reason: String,
    into writer: inout JSONWriter
  ) {
    let zero = Money.zero(dialect.currency)
    writer.object {
      $0.member("id", ShopifyIdentifier.adjustment(order.number, part))
      $0.member("order_id", ShopifyIdentifier.order(order.number))
      $0.member("refund_id", identifier)
      $0.member("amount", amount.decimalString)
      $0.member("tax_amount", zero.decimalString)
      $0.member("kind", kind)
      $0.member("reason", reason)
      $0.shopifyMoneyBag("amount_set", amount)
      $0.shopifyMoneyBag("tax_amount_set", zero)
    }
  }

  private func writeShippingLine(into writer: inout JSONWriter) {
    guard let part = refund.shippingPart else { return }
    let zero = Money.zero(dialect.currency)
    writer.object {
      $0.member("id", ShopifyIdentifier.adjustment(order.number, part))
      $0.member("shipping_line_id", ShopifyIdentifier.shippingLine(order.number, 1))
      $0.shopifyMoneyBag("subtotal_amount_set", refund.shipping)
      $0.shopifyMoneyBag("tax_amount_set", zero)
    }
  }
}
