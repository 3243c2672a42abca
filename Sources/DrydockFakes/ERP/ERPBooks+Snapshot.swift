package import DrydockExchange

extension ERPBooks {
  /// Returns what the books say, in neutral words, with keys of a dialect.
  ///
  /// - Complexity: O(orders + authorisations + products × nodes).
  package func snapshot(
    of partner: PartnerID,
    orderNamespace: String,
    authorisationNamespace: String
  ) -> BooksSnapshot {
    BooksSnapshot(
      partner: partner,
      kind: .erp,
      orders: orders.map { entry($0, namespace: orderNamespace) },
      stock: stockEntries(),
      returns: authorisations.map { authorisation in
        entry(
          authorisation,
          namespace: authorisationNamespace,
          orderKey: EntityKey(orderNamespace, orders[authorisation.order].head.id)
        )
      }
    )
  }

  private func entry(_ order: ERPOrder, namespace: String) -> BooksSnapshot.OrderEntry {
    var keys = [EntityKey(namespace, order.head.id)]
    if let externalID = order.head.externalID { keys.append(.reference(externalID)) }
    return BooksSnapshot.OrderEntry(
      keys: keys,
      status: word(for: order.status),
      lines: order.lines.map { line in
        BooksSnapshot.LineEntry(
          sku: masterData.products[line.product].sku,
          ordered: line.quantity,
          shipped: line.fulfilled,
          cancelled: line.isClosed ? line.quantity - line.due : 0,
          returned: line.received
        )
      },
      total: totals(of: order).total,
      charged: order.invoiced,
      returned: order.credited
    )
  }

  /// The neutral word for how far an order is.
  private func word(for status: ERPOrder.Status) -> String {
    switch status {
    case .pendingApproval: "held"
    case .pendingFulfilment, .partiallyFulfilled, .pendingBillingPartiallyFulfilled: "open"
    case .pendingBilling: "shipped"
    case .billed: "closed"
    case .cancelled, .closed: "cancelled"
    }
  }

  private func entry(
    _ authorisation: ERPAuthorisation,
    namespace: String,
    orderKey: EntityKey
  ) -> BooksSnapshot.ReturnEntry {
    var keys = [EntityKey(namespace, authorisation.head.id), orderKey]
    let order = orders[authorisation.order]
    if let externalID = authorisation.head.externalID { keys.append(.reference(externalID)) }
    if let externalID = order.head.externalID { keys.append(.reference(externalID)) }
    let status =
      switch authorisation.status {
      case .pendingReceipt, .partiallyReceived, .pendingRefundPartiallyReceived: "open"
      case .pendingRefund: "received"
      case .refunded: "closed"
      }
    return BooksSnapshot.ReturnEntry(
      keys: keys,
      status: status,
      lines: authorisation.lines.map { line in
        BooksSnapshot.LineEntry(
          sku: masterData.products[order.lines[line.orderLine].product].sku,
          ordered: line.quantity,
          returned: line.received
        )
      }
    )
  }

  /// Stock of every product at every node, sorted by SKU and node.
  private func stockEntries() -> [BooksSnapshot.StockEntry] {
    var entries: [BooksSnapshot.StockEntry] = []
    for (productIndex, product) in masterData.products.enumerated() {
      for (nodeIndex, node) in masterData.nodes.enumerated() {
        let units = units(ofProduct: productIndex, atNode: nodeIndex)
        entries.append(
          BooksSnapshot.StockEntry(
            sku: product.sku,
            node: node.name,
            onHand: units.onHand,
            committed: units.committed,
            available: units.onHand - units.committed
          )
        )
      }
    }
    return entries.sorted { ($0.sku, $0.node) < ($1.sku, $1.node) }
  }
}
