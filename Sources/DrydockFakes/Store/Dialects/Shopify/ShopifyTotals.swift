import DrydockKernel

/// What is left of an order's amounts, and the two status words that follow from it.
struct ShopifyTotals {
  let subtotal: Money
  let tax: Money
  let shipping: Money
  let financialStatus: String
  let fulfillmentStatus: String?

  var total: Money { subtotal + tax + shipping }

  init(_ order: StoreBooks.Order) {
    var subtotal = order.subtotal
    var tax = order.tax
    for refund in order.refunds {
      for line in refund.lines {
        subtotal -= line.subtotal
        tax -= line.tax
      }
    }
    self.subtotal = subtotal
    self.tax = tax
    shipping = order.shippingPrice - order.shippingRefunded
    financialStatus =
      order.refunded.isZero
      ? "paid" : order.refunded < order.total ? "partially_refunded" : "refunded"
    fulfillmentStatus =
      !order.hasFulfilled ? nil : order.hasFulfillable ? "partial" : "fulfilled"
  }
}
