import DrydockExchange
import DrydockKernel

/// Makes facts of what happened in the books, with the platform's keys.
struct NetSuiteFacts {
  let books: ERPBooks
  let partner: PartnerID
  let now: VirtualInstant
  /// What the caller says the call is about, from its correlation header.
  let correlation: String?

  // MARK: Orders

  func accepted(_ position: Int) -> Fact {
    let order = books.orders[position]
    let key = key(.order, order.head)
    return Fact(
      .orderAccepted,
      by: partner,
      at: now,
      subject: key,
      order: key,
      links: links(order.head.externalID),
      lines: order.lines.map { FactLine(sku: sku($0.product), quantity: $0.quantity) },
      amount: books.totals(of: order).total
    )
  }

  func refused(_ reference: String, code: String) -> Fact {
    Fact(
      .orderRefused,
      by: partner,
      at: now,
      subject: EntityKey("netsuite.refusal", reference),
      order: .reference(reference),
      detail: code
    )
  }

  func cancelled(_ position: Int) -> Fact {
    let order = books.orders[position]
    let key = key(.order, order.head)
    return Fact(
      .orderCancelled,
      by: partner,
      at: now,
      subject: key,
      order: key,
      links: links(order.head.externalID)
    )
  }

  // MARK: Documents

  func fulfilled(_ position: Int) -> Fact {
    let fulfilment = books.fulfilments[position]
    let order = books.orders[fulfilment.order]
    return Fact(
      .fulfilmentPosted,
      by: partner,
      at: now,
      subject: key(.fulfilment, fulfilment.head),
      order: key(.order, order.head),
      links: links(fulfilment.head.externalID),
      lines: fulfilment.lines.map { line in
        FactLine(
          sku: sku(order.lines[line.orderLine].product),
          quantity: line.quantity,
          node: node(line.node)
        )
      }
    )
  }

  func invoiced(_ position: Int) -> Fact {
    let invoice = books.invoices[position]
    let order = books.orders[invoice.order]
    return Fact(
      .invoicePosted,
      by: partner,
      at: now,
      subject: key(.invoice, invoice.head),
      order: key(.order, order.head),
      links: links(invoice.head.externalID),
      lines: invoice.lines.map { line in
        FactLine(sku: sku(order.lines[line.orderLine].product), quantity: line.quantity)
      },
      amount: invoice.total
    )
  }

  func authorised(_ position: Int) -> Fact {
    let authorisation = books.authorisations[position]
    let order = books.orders[authorisation.order]
    return Fact(
      .returnAuthorised,
      by: partner,
      at: now,
      subject: key(.authorisation, authorisation.head),
      order: key(.order, order.head),
      links: links(authorisation.head.externalID),
      lines: authorisation.lines.map { line in
        FactLine(sku: sku(order.lines[line.orderLine].product), quantity: line.quantity)
      }
    )
  }

  func received(_ position: Int) -> Fact {
    let receipt = books.receipts[position]
    let authorisation = books.authorisations[receipt.authorisation]
    let order = books.orders[authorisation.order]
    return Fact(
      .receiptPosted,
      by: partner,
      at: now,
      subject: key(.receipt, receipt.head),
      links: links(receipt.head.externalID, correlation),
      parent: key(.authorisation, authorisation.head),
      lines: receipt.lines.map { line in
        let orderLine = authorisation.lines[line.line].orderLine
        return FactLine(
          sku: sku(order.lines[orderLine].product),
          quantity: line.quantity,
          node: line.node.map(node),
          detail: line.isRestocked ? "restock" : "scrap"
        )
      }
    )
  }

  func credited(_ position: Int) -> Fact {
    let credit = books.credits[position]
    let parent: EntityKey? =
      switch credit.source {
      case .authorisation(let index): key(.authorisation, books.authorisations[index].head)
      case .invoice(let index): key(.invoice, books.invoices[index].head)
      case .customer: credit.appliedTo.map { key(.invoice, books.invoices[$0].head) }
      }
    return Fact(
      .creditPosted,
      by: partner,
      at: now,
      subject: key(.credit, credit.head),
      links: links(credit.head.externalID, correlation),
      parent: parent,
      lines: credit.lines.compactMap { line in
        guard let product = line.product, let quantity = line.quantity else { return nil }
        return FactLine(sku: sku(product), quantity: quantity, amount: line.gross)
      },
      amount: credit.total
    )
  }

  func adjusted(_ position: Int) -> Fact {
    let adjustment = books.adjustments[position]
    return Fact(
      .stockAdjusted,
      by: partner,
      at: now,
      subject: key(.adjustment, adjustment.head),
      lines: adjustment.lines.map { line in
        FactLine(sku: sku(line.product), quantity: line.quantity, node: node(line.node))
      }
    )
  }

  // MARK: Details

  private func key(_ kind: ERPRecordKind, _ head: ERPRecordHead) -> EntityKey {
    EntityKey(kind.netSuiteNamespace, head.id)
  }

  /// The references that name an order or a document, each once.
  private func links(_ references: String?...) -> [EntityKey] {
    var links: [EntityKey] = []
    for case let reference? in references where !links.contains(.reference(reference)) {
      links.append(.reference(reference))
    }
    return links
  }

  private func sku(_ product: Int) -> String { books.masterData.products[product].sku }

  private func node(_ node: Int) -> String { books.masterData.nodes[node].name }
}
