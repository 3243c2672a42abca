import DrydockExchange
package import DrydockKernel

extension ERPBooks {
  /// Fulfils lines of an order: those named as the draft says, the others in full.
  ///
  /// - Returns: The position of the fulfilment.
  package mutating func fulfil(
    order position: Int,
    _ draft: ERPDocumentDraft,
    at now: VirtualInstant
  ) throws(ERPRefusal) -> Int {
    try requireNew(draft.externalID, .fulfilment)
    let date = try postingDate(draft.date, at: now)
    let order = orders[position]
    guard order.isApproved else { throw .pendingApproval }
    let stage = draft.stage ?? .picked
    let named = try named(draft.lines, in: order)
    var lines: [ERPFulfilment.Line] = []
    for (index, line) in order.lines.enumerated() {
      let draftIndex = named[index]
      let wanted = draftIndex.map { draft.lines[$0] }
      if let wanted, !wanted.isTaken { continue }
      let quantity = wanted?.quantity ?? line.open
      guard quantity > 0 else { continue }
      guard quantity <= line.open else {
        throw .quantityExceeds(available: line.open, line: draftIndex ?? index)
      }
      guard let node = wanted?.node ?? line.node ?? order.node else {
        throw .missing(.location, line: draftIndex ?? index)
      }
      if settings.refusesOverissue, onHand[cell(line.product, node)] < quantity {
        throw .outOfStock(
          sku: masterData.products[line.product].sku,
          line: draftIndex ?? index
        )
      }
      lines.append(ERPFulfilment.Line(orderLine: index, quantity: quantity, node: node))
    }
    guard !lines.isEmpty else { throw order.status == .closed ? .orderClosed : .nothingToDo }
    let head = enter(
      .fulfilment,
      externalID: draft.externalID,
      date: date,
      memo: draft.memo,
      at: now
    )
    fulfilments.append(
      ERPFulfilment(
        head: head,
        order: position,
        stage: stage,
        lines: lines,
        packages: draft.packages
      )
    )
    orders[position].fulfilments.append(fulfilments.count - 1)
    if stage == .shipped {
      ship(fulfilments.count - 1, wasPicked: false, at: now)
    } else {
      for line in lines { orders[position].lines[line.orderLine].picked += line.quantity }
      orders[position].head.modifiedAt = now
    }
    return fulfilments.count - 1
  }

  /// Moves a fulfilment on; shipping it moves stock and makes its units billable.
  ///
  /// - Returns: Whether this shipped it.
  package mutating func advance(
    fulfilment position: Int,
    to stage: ERPFulfilment.Stage,
    at now: VirtualInstant
  ) throws(ERPRefusal) -> Bool {
    let present = fulfilments[position].stage
    guard stage.rawValue >= present.rawValue else { throw .stageGoesBack }
    guard stage != present else { return false }
    fulfilments[position].stage = stage
    fulfilments[position].head.modifiedAt = now
    guard stage == .shipped else { return false }
    ship(position, wasPicked: true, at: now)
    return true
  }

  /// Bills fulfilled units of an order: lines named as the draft says, the others in full.
  ///
  /// The first invoice carries the order's shipping cost.
  /// - Returns: The position of the invoice.
  package mutating func bill(
    order position: Int,
    _ draft: ERPDocumentDraft,
    at now: VirtualInstant
  ) throws(ERPRefusal) -> Int {
    try requireNew(draft.externalID, .invoice)
    let date = try postingDate(draft.date, at: now)
    let order = orders[position]
    guard order.isApproved else { throw .pendingApproval }
    let named = try named(draft.lines, in: order)
    var lines: [ERPInvoice.Line] = []
    for (index, line) in order.lines.enumerated() {
      let draftIndex = named[index]
      let wanted = draftIndex.map { draft.lines[$0] }
      if let wanted, !wanted.isTaken { continue }
      let billable = (settings.billsInAdvance ? line.due : line.fulfilled) - line.billed
      let quantity = wanted?.quantity ?? billable
      guard quantity > 0 else { continue }
      guard quantity <= billable else {
        throw .quantityExceeds(available: billable, line: draftIndex ?? index)
      }
      let price = price(of: line, units: quantity, after: line.billed)
      if let amount = wanted?.amount, amount != price.amount {
        throw .amountDiffers(
          expected: price.amount,
          found: amount,
          line: draftIndex ?? index
        )
      }
      lines.append(
        ERPInvoice.Line(
          orderLine: index,
          quantity: quantity,
          amount: price.amount,
          tax: price.tax
        )
      )
    }
    guard !lines.isEmpty else { throw order.status == .closed ? .orderClosed : .nothingToDo }
    let head = enter(
      .invoice,
      externalID: draft.externalID,
      date: date,
      memo: draft.memo,
      at: now
    )
    let invoice = ERPInvoice(
      head: head,
      order: position,
      lines: lines,
      shippingCost: order.isShippingBilled ? zero : order.shippingCost,
      credited: zero
    )
    invoices.append(invoice)
    settle(position, adding: false)
    for line in lines { orders[position].lines[line.orderLine].billed += line.quantity }
    orders[position].isShippingBilled = true
    orders[position].invoiced += invoice.total
    orders[position].head.modifiedAt = now
    settle(position, adding: true)
    return invoices.count - 1
  }

  // MARK: Details

  /// Takes a fulfilment's units off the shelf and counts them as fulfilled.
  private mutating func ship(_ position: Int, wasPicked: Bool, at now: VirtualInstant) {
    let fulfilment = fulfilments[position]
    settle(fulfilment.order, adding: false)
    for line in fulfilment.lines {
      let product = orders[fulfilment.order].lines[line.orderLine].product
      onHand[cell(product, line.node)] -= line.quantity
      orders[fulfilment.order].lines[line.orderLine].fulfilled += line.quantity
      if wasPicked { orders[fulfilment.order].lines[line.orderLine].picked -= line.quantity }
    }
    orders[fulfilment.order].head.modifiedAt = now
    settle(fulfilment.order, adding: true)
  }

  /// Returns, for each line of an order, the position of the draft's line that names it.
  func named(
    _ drafts: [ERPDocumentDraft.Line],
    in order: ERPOrder
  ) throws(ERPRefusal) -> [Int?] {
    var named: [Int?] = Array(repeating: nil, count: order.lines.count)
    for (index, draft) in drafts.enumerated() {
      guard let number = draft.number else { throw .missing(.orderLine, line: index) }
      guard let position = order.position(ofLine: number), named[position] == nil else {
        throw .unknownLine(number, position: index)
      }
      if let product = draft.product, product != order.lines[position].product {
        throw .itemDiffers(line: index)
      }
      guard !draft.isAdjustment else { throw .itemNotAllowed(line: index) }
      named[position] = index
    }
    return named
  }
}
