import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Answers queries from the books.
struct SuiteQLEngine {
  let books: ERPBooks
  let host: String

  /// One row of a table.
  private enum Row {
    case stock(product: Int, node: Int)
    case transaction(ERPRecordAddress)
    case item(Int)
    case location(Int)
  }

  /// Returns the page of a query's rows that a call asks for.
  ///
  /// - Complexity: O(rows of the table), plus the sorting of those that match.
  func body(_ query: SuiteQLQuery, page: NetSuitePage) -> [UInt8] {
    var rows: [Row] = []
    scan(query.table) { row in
      if query.conditions.allSatisfy({ holds($0, row) }) { rows.append(row) }
    }
    if !query.order.isEmpty { sort(&rows, by: query) }
    let shown = rows.dropFirst(page.offset).prefix(page.limit)
    var writer = JSONWriter()
    writer.reserveCapacity(256 + shown.count * 160)
    writer.object { writer in
      page.writeLinks(
        &writer,
        path: "https://\(host)\(NetSuiteRoute.queryPath)",
        extra: nil,
        total: rows.count
      )
      writer.member("count", shown.count)
      writer.member("hasMore", page.offset + shown.count < rows.count)
      writer.memberArray("items") { writer in
        for row in shown {
          writer.object { writer in
            writer.memberArray("links") { _ in }
            for output in query.outputs {
              let value = output.showsName ? name(output.column, row) : value(output.column, row)
              if let text = value.text(format: output.format) { writer.member(output.name, text) }
            }
          }
        }
      }
      writer.member("offset", page.offset)
      writer.member("totalResults", rows.count)
    }
    return writer.bytes
  }

  private func scan(_ table: SuiteQLTable, _ visit: (Row) -> Void) {
    let master = books.masterData
    switch table {
    case .stock:
      for product in master.products.indices {
        for node in master.nodes.indices { visit(.stock(product: product, node: node)) }
      }
    case .transaction:
      for index in 0..<books.recordCount {
        visit(.transaction(books.recordAddress(at: index)))
      }
    case .item: for index in master.products.indices { visit(.item(index)) }
    case .location: for index in master.nodes.indices { visit(.location(index)) }
    }
  }

  private func holds(_ condition: SuiteQLQuery.Condition, _ row: Row) -> Bool {
    let found = value(condition.column, row)
    return condition.values.contains { wanted in
      guard let order = found.order(with: wanted) else { return false }
      return switch condition.comparison {
      case .equal: order == 0
      case .unequal: order != 0
      case .less: order < 0
      case .lessOrEqual: order <= 0
      case .greater: order > 0
      case .greaterOrEqual: order >= 0
      }
    }
  }

  private func sort(_ rows: inout [Row], by query: SuiteQLQuery) {
    rows.sort { left, right in
      for term in query.order {
        let order = value(term.column, left).order(with: value(term.column, right)) ?? 0
        if order != 0 { return term.isDescending ? order > 0 : order < 0 }
      }
      return false
    }
  }

  // MARK: Values

  private func value(_ column: SuiteQLColumn, _ row: Row) -> SuiteQLValue {
    switch row {
    case .stock(let product, let node): stockValue(column, product, node)
    case .transaction(let address): transactionValue(column, address)
    case .item(let index):
      switch column {
      case .id: .number(books.masterData.products[index].netsuiteItem)
      case .itemID: .text(books.masterData.products[index].sku)
      case .displayName: .text(books.masterData.products[index].name)
      default: .none
      }
    case .location(let index):
      switch column {
      case .id: .number(books.masterData.nodes[index].netsuiteLocation)
      case .name: .text(books.masterData.nodes[index].name)
      default: .none
      }
    }
  }

  private func stockValue(_ column: SuiteQLColumn, _ product: Int, _ node: Int) -> SuiteQLValue {
    let units = books.units(ofProduct: product, atNode: node)
    return switch column {
    case .item: .number(books.masterData.products[product].netsuiteItem)
    case .location: .number(books.masterData.nodes[node].netsuiteLocation)
    case .quantityOnHand: .number(Int64(units.onHand))
    case .quantityAvailable: .number(Int64(units.onHand - units.committed))
    case .quantityCommitted: .number(Int64(units.committed))
    default: .none
    }
  }

  private func transactionValue(
    _ column: SuiteQLColumn,
    _ address: ERPRecordAddress
  ) -> SuiteQLValue {
    let head = books.head(of: address)
    return switch column {
    case .id: .number(head.id)
    case .externalID: head.externalID.map(SuiteQLValue.text) ?? .none
    case .documentNumber: .text(address.kind.documentNumber(head.sequence))
    case .type: .text(address.kind.netSuiteTypeCode)
    case .date:
      .instant(VirtualInstant(secondsSinceEpoch: Int64(head.date.daysSinceEpoch) * 86_400))
    case .createdDate: .instant(head.createdAt.toTheMinute)
    case .lastModifiedDate: .instant(head.modifiedAt.toTheMinute)
    case .status: .text(status(address).letter)
    case .total: total(address).map(SuiteQLValue.money) ?? .none
    case .entity, .email, .otherReference: orderValue(column, address)
    default: .none
    }
  }

  private func orderValue(_ column: SuiteQLColumn, _ address: ERPRecordAddress) -> SuiteQLValue {
    guard let index = books.order(of: address) else { return .none }
    let order = books.orders[index]
    return switch column {
    case .entity: .number(books.customers[order.customer].id)
    case .email: order.email.map(SuiteQLValue.text) ?? .none
    default: order.otherReference.map(SuiteQLValue.text) ?? .none
    }
  }

  /// What `BUILTIN.DF` shows of a column: the name behind an identifier.
  private func name(_ column: SuiteQLColumn, _ row: Row) -> SuiteQLValue {
    switch (row, column) {
    case (.stock(let product, _), .item): .text(books.masterData.products[product].sku)
    case (.stock(_, let node), .location): .text(books.masterData.nodes[node].name)
    case (.transaction(let address), .status):
      .text("\(address.kind.netSuiteLabel) : \(status(address).text)")
    case (.transaction(let address), .type): .text(address.kind.netSuiteLabel)
    case (.transaction(let address), .entity):
      books.order(of: address).map { .text(books.customers[books.orders[$0].customer].name) }
        ?? .none
    default: value(column, row)
    }
  }

  private func status(_ address: ERPRecordAddress) -> (letter: String, text: String) {
    switch address.kind {
    case .order:
      let status = books.orders[address.index].status
      return (status.letter, status.text)
    case .fulfilment:
      let stage = books.fulfilments[address.index].stage
      return (stage.letter, stage.text)
    case .authorisation:
      let status = books.authorisations[address.index].status
      return (status.letter, status.text)
    case .invoice:
      let invoice = books.invoices[address.index]
      return invoice.credited >= invoice.total ? ("B", "Paid In Full") : ("A", "Open")
    case .credit:
      return books.credits[address.index].appliedTo == nil
        ? ("A", "Open") : ("B", "Fully Applied")
    case .receipt, .adjustment: return ("Y", "Undefined")
    }
  }

  private func total(_ address: ERPRecordAddress) -> Money? {
    switch address.kind {
    case .order: books.totals(of: books.orders[address.index]).total
    case .invoice: books.invoices[address.index].total
    // Money that goes back is negative in the tables, unlike in the record.
    case .credit: -books.credits[address.index].total
    case .fulfilment, .authorisation, .receipt, .adjustment: nil
    }
  }
}
