package import DrydockExchange
import DrydockKernel

/// The books in neutral words.
extension ThreePLBooks {
  /// Returns what the books say.
  package func snapshot() -> BooksSnapshot {
    BooksSnapshot(
      partner: partner,
      kind: .threePL,
      orders: orders.indices.map(orderEntry),
      stock: stockEntries(),
      returns: returns.indices.map(returnEntry),
      parcels: shipments.indices.compactMap(parcelEntry)
    )
  }

  private func orderEntry(_ position: Int) -> BooksSnapshot.OrderEntry {
    let order = orders[position]
    var lines: [BooksSnapshot.LineEntry] = []
    for line in order.details.lines {
      let sku = products[line.product].sku
      if let index = lines.firstIndex(where: { $0.sku == sku }) {
        lines[index].ordered += line.quantity
      } else {
        lines.append(BooksSnapshot.LineEntry(sku: sku, ordered: line.quantity))
      }
    }
    for shipment in order.shipments {
      let state = shipments[shipment].state
      for line in shipments[shipment].lines {
        let sku = products[line.product].sku
        guard let index = lines.firstIndex(where: { $0.sku == sku }) else { continue }
        if state.isLabelled { lines[index].shipped += line.quantity }
        if state == .cancelled { lines[index].cancelled += line.quantity }
      }
    }
    return BooksSnapshot.OrderEntry(
      keys: [key(ofOrder: position), .reference(order.details.reference)],
      status: word(ofOrder: position),
      lines: lines
    )
  }

  private func word(ofOrder position: Int) -> String {
    let states = orders[position].shipments.map { shipments[$0].state }
    switch status(ofOrder: position) {
    case .cancelled: return "cancelled"
    case .exception: return "held"
    case .fulfilled:
      let live = states.filter { $0 != .cancelled }
      return live.allSatisfy { $0 == .ended(.delivered) } ? "delivered" : "shipped"
    case .processing, .partiallyFulfilled:
      let isHeld = states.contains { state in
        if case .onHold = state { true } else { false }
      }
      return isHeld ? "held" : "released"
    }
  }

  private func stockEntries() -> [BooksSnapshot.StockEntry] {
    var entries: [BooksSnapshot.StockEntry] = []
    for product in products.indices {
      for node in nodes.indices {
        let stock = stock(product: product, node: node)
        entries.append(
          BooksSnapshot.StockEntry(
            sku: products[product].sku,
            node: nodes[node].name,
            onHand: stock.onHand,
            committed: stock.committed,
            held: stock.held,
            available: stock.available
          )
        )
      }
    }
    return entries.sorted { ($0.sku, $0.node) < ($1.sku, $1.node) }
  }

  private func returnEntry(_ position: Int) -> BooksSnapshot.ReturnEntry {
    let returned = returns[position]
    var keys = [key(ofReturn: position), .reference(returned.reference)]
    if let tracking = returned.tracking { keys.append(.tracking(tracking)) }
    let status =
      switch returned.state {
      case .awaiting: "open"
      case .arrived: "received"
      case .completed: "graded"
      case .cancelled: "cancelled"
      }
    let lines = returned.lines.map { line in
      let back = line.taken.reduce(0) { $1.disposition == .missing ? $0 : $0 + $1.quantity }
      return BooksSnapshot.LineEntry(
        sku: products[line.product].sku,
        ordered: line.quantity,
        returned: back
      )
    }
    return BooksSnapshot.ReturnEntry(keys: keys, status: status, lines: lines)
  }

  private func parcelEntry(_ position: Int) -> BooksSnapshot.ParcelEntry? {
    let shipment = shipments[position]
    guard let tracking = shipment.tracking else { return nil }
    let status: String
    switch shipment.state {
    case .labelled: status = "pre-transit"
    case .tendered: status = "in-transit"
    case .ended(.delivered): status = "delivered"
    case .ended(.returnedToSender): status = "returned"
    case .ended(.lost): status = "lost"
    case .waiting, .onHold, .processing, .picked, .cancelled: return nil
    }
    return BooksSnapshot.ParcelEntry(
      keys: [
        .tracking(tracking), key(ofShipment: position),
        .reference(orders[shipment.order].details.reference),
      ],
      status: status
    )
  }
}
