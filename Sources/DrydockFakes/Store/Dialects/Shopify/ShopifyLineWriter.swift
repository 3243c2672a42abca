import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Writes the lines of an order, which stand also in fulfilments and refunds.
struct ShopifyLineWriter {
  let dialect: ShopifyDialect
  let order: StoreBooks.Order

  /// Writes one line.
  ///
  /// - Parameters:
  ///   - index: The line's position in the order, from 0.
  ///   - quantity: The quantity, where it is not the ordered one.
  ///   - writer: Where it is written.
  func write(_ index: Int, quantity: Int? = nil, into writer: inout JSONWriter) {
    writer.object { writeMembers(index, quantity: quantity, into: &$0) }
  }

  /// Writes the members of one line.
  func writeMembers(_ index: Int, quantity: Int? = nil, into writer: inout JSONWriter) {
    let line = order.lines[index]
    let product = dialect.masterData.products[line.product]
    let identifier = ShopifyIdentifier.lineItem(order.number, index + 1)
    let zero = Money.zero(dialect.currency)
    writer.member("id", identifier)
    writer.member("admin_graphql_api_id", ShopifyDialect.globalID("LineItem", identifier))
    writer.memberArray("attributed_staffs") { _ in }
    writer.member("current_quantity", line.quantity - line.refunded)
    writer.member("fulfillable_quantity", line.fulfillable)
    writer.member("fulfillment_service", "manual")
    writer.member("fulfillment_status", status(of: line))
    writer.member("gift_card", false)
    writer.member("grams", ShopifyDialect.grams)
    writer.member("name", product.name)
    writer.shopifyMoney("price", "price_set", line.unitPrice)
    writer.member("product_exists", true)
    writer.member("product_id", product.shopifyProduct)
    writer.memberArray("properties") { _ in }
    writer.member("quantity", quantity ?? line.quantity)
    writer.member("requires_shipping", true)
    writer.memberNull("sales_line_item_group_id")
    writer.member("sku", line.sku)
    writer.member("taxable", true)
    writer.member("title", product.name)
    writer.shopifyMoney("total_discount", "total_discount_set", zero)
    writer.member("variant_id", product.shopifyVariant)
    writer.member("variant_inventory_management", "shopify")
    writer.memberNull("variant_title")
    writer.memberNull("vendor")
    writer.memberArray("tax_lines") { dialect.writeTaxLine(line.tax, into: &$0) }
    writer.memberArray("duties") { _ in }
    writer.memberArray("discount_allocations") { _ in }
  }

  private func status(of line: StoreBooks.Line) -> String? {
    line.fulfilled == 0 ? nil : line.fulfillable > 0 ? "partial" : "fulfilled"
  }
}
