import DrydockExchange
package import DrydockKernel

extension ERPBooks {
  /// Credits units of a return: lines named as the draft says, the others in full.
  ///
  /// - Returns: The position of the credit memo.
  package mutating func credit(
    authorisation position: Int,
    _ draft: ERPDocumentDraft,
    at now: VirtualInstant
  ) throws(ERPRefusal) -> Int {
    let authorisation = authorisations[position]
    let date = try prepareCredit(draft, at: now)
    let split = split(draft.lines)
    let named = try named(split.named, in: authorisation)
    var lines: [ERPCredit.Line] = []
    var units: [Int] = Array(repeating: 0, count: authorisation.lines.count)
    for (index, line) in authorisation.lines.enumerated() {
      let wanted = named[index].map { split.named[$0] }
      if let wanted, !wanted.isTaken { continue }
      let creditable =
        (settings.creditsBeforeReceipt ? line.quantity : line.received) - line.credited
      let quantity = wanted?.quantity ?? creditable
      guard quantity > 0 else { continue }
      let draftIndex = named[index].map { split.positions[$0] } ?? index
      guard quantity <= creditable else {
        throw .quantityExceeds(available: creditable, line: draftIndex)
      }
      units[index] = quantity
      lines.append(
        try creditLine(
          wanted,
          of: orders[authorisation.order].lines[line.orderLine],
          number: line.number,
          units: quantity,
          at: draftIndex
        )
      )
    }
    lines += try addedLines(draft.lines)
    let memo = try enterCredit(
      draft,
      lines,
      source: .authorisation(position),
      order: authorisation.order,
      appliedTo: nil,
      customer: orders[authorisation.order].customer,
      date: date,
      at: now
    )
    for (index, quantity) in units.enumerated() where quantity > 0 {
      authorisations[position].lines[index].credited += quantity
      orders[authorisation.order].lines[authorisation.lines[index].orderLine].credited += quantity
    }
    authorisations[position].head.modifiedAt = now
    return memo
  }

  /// Credits units of an invoice: lines named as the draft says, the others in full.
  ///
  /// - Returns: The position of the credit memo.
  package mutating func credit(
    invoice position: Int,
    _ draft: ERPDocumentDraft,
    at now: VirtualInstant
  ) throws(ERPRefusal) -> Int {
    let invoice = invoices[position]
    let date = try prepareCredit(draft, at: now)
    let split = split(draft.lines)
    let order = orders[invoice.order]
    let named = try named(split.named, in: order)
    var lines: [ERPCredit.Line] = []
    var units: [Int] = Array(repeating: 0, count: invoice.lines.count)
    for (index, line) in invoice.lines.enumerated() {
      let wanted = named[line.orderLine].map { split.named[$0] }
      if let wanted, !wanted.isTaken { continue }
      let creditable = line.quantity - line.credited
      let quantity = wanted?.quantity ?? creditable
      guard quantity > 0 else { continue }
      let draftIndex = named[line.orderLine].map { split.positions[$0] } ?? index
      guard quantity <= creditable else {
        throw .quantityExceeds(available: creditable, line: draftIndex)
      }
      units[index] = quantity
      let orderLine = order.lines[line.orderLine]
      lines.append(
        try creditLine(
          wanted,
          of: orderLine,
          number: orderLine.number,
          units: quantity,
          at: draftIndex
        )
      )
    }
    lines += try addedLines(draft.lines)
    let memo = try enterCredit(
      draft,
      lines,
      source: .invoice(position),
      order: invoice.order,
      appliedTo: position,
      customer: order.customer,
      date: date,
      at: now
    )
    for (index, quantity) in units.enumerated() where quantity > 0 {
      invoices[position].lines[index].credited += quantity
      orders[invoice.order].lines[invoice.lines[index].orderLine].credited += quantity
    }
    return memo
  }

  /// Credits a customer without a source; applied to an invoice it counts against its order.
  ///
  /// - Returns: The position of the credit memo.
  package mutating func credit(
    _ draft: ERPCreditDraft,
    at now: VirtualInstant
  ) throws(ERPRefusal) -> Int {
    guard let reference = draft.customer else { throw .missing(.customer, line: nil) }
    let date = try prepareCredit(draft.document, at: now)
    let customer = try customer(reference)
    var appliedTo: Int?
    if let id = draft.appliedTo {
      guard let invoice = position(of: .invoice, id: id) else {
        throw .unknownRecord(.invoice, String(id))
      }
      appliedTo = invoice
    }
    guard !draft.document.lines.isEmpty else { throw .missing(.items, line: nil) }
    let lines = try addedLines(draft.document.lines)
    return try enterCredit(
      draft.document,
      lines,
      source: .customer,
      order: appliedTo.map { invoices[$0].order },
      appliedTo: appliedTo,
      customer: customer,
      date: date,
      at: now
    )
  }

  // MARK: Details

  private mutating func prepareCredit(
    _ draft: ERPDocumentDraft,
    at now: VirtualInstant
  ) throws(ERPRefusal) -> CivilDate {
    try requireNew(draft.externalID, .credit)
    let date = try postingDate(draft.date, at: now)
    if creditsToRefuse > 0 {
      creditsToRefuse -= 1
      throw .creditRefused
    }
    return date
  }

  /// Returns the lines that name a line of the source, and where they stood in the draft.
  private func split(
    _ drafts: [ERPDocumentDraft.Line]
  ) -> (named: [ERPDocumentDraft.Line], positions: [Int]) {
    var named: [ERPDocumentDraft.Line] = []
    var positions: [Int] = []
    for (index, draft) in drafts.enumerated() where draft.number != nil {
      named.append(draft)
      positions.append(index)
    }
    return (named, positions)
  }

  /// Returns the credit of units of an order's line, by the line's rate unless the draft says else.
  private func creditLine(
    _ wanted: ERPDocumentDraft.Line?,
    of line: ERPOrderLine,
    number: Int,
    units: Int,
    at index: Int
  ) throws(ERPRefusal) -> ERPCredit.Line {
    let price = price(of: line, units: units, after: line.credited)
    let money = try money(of: wanted, defaultAmount: price.amount, at: index) {
      $0 == price.amount ? price.tax : masterData.tax(on: $0)
    }
    return ERPCredit.Line(
      number: number,
      product: line.product,
      quantity: units,
      amount: money.amount,
      tax: money.tax
    )
  }

  /// Returns the lines that name no line of a source and carry an amount of their own.
  private func addedLines(
    _ drafts: [ERPDocumentDraft.Line]
  ) throws(ERPRefusal) -> [ERPCredit.Line] {
    var lines: [ERPCredit.Line] = []
    for (index, draft) in drafts.enumerated() where draft.number == nil {
      guard draft.isAdjustment || draft.product != nil else { throw .missing(.item, line: index) }
      if let quantity = draft.quantity, quantity <= 0 || quantity > ERPLimits.quantityMax {
        throw .tooLarge(line: index)
      }
      var listed: Money?
      if let product = draft.product, let quantity = draft.quantity {
        listed = masterData.products[product].price * quantity
      }
      guard draft.amount != nil || draft.gross != nil || listed != nil else {
        throw .missing(.amount, line: index)
      }
      let money = try money(of: draft, defaultAmount: listed ?? zero, at: index) {
        draft.isAdjustment ? zero : masterData.tax(on: $0)
      }
      lines.append(
        ERPCredit.Line(
          number: nil,
          product: draft.product,
          quantity: draft.quantity,
          amount: money.amount,
          tax: money.tax
        )
      )
    }
    return lines
  }

  /// Returns net amount and tax of a credited line from what the draft says of net, tax and gross.
  private func money(
    of draft: ERPDocumentDraft.Line?,
    defaultAmount: Money,
    at index: Int,
    defaultTax: (Money) -> Money
  ) throws(ERPRefusal) -> (amount: Money, tax: Money) {
    for given in [draft?.amount, draft?.tax, draft?.gross] {
      guard let given else { continue }
      guard !given.isNegative, given.minorUnits <= ERPLimits.amountMax else {
        throw .tooLarge(line: index)
      }
    }
    guard let gross = draft?.gross else {
      let amount = draft?.amount ?? defaultAmount
      return (amount, draft?.tax ?? defaultTax(amount))
    }
    if let amount = draft?.amount {
      let tax = draft?.tax ?? gross - amount
      guard amount + tax == gross, !tax.isNegative else {
        throw .amountDiffers(expected: amount + tax, found: gross, line: index)
      }
      return (amount, tax)
    }
    let tax = draft?.tax ?? min(defaultTax(defaultAmount), gross)
    guard tax <= gross else { throw .amountDiffers(expected: tax, found: gross, line: index) }
    return (gross - tax, tax)
  }

  private mutating func enterCredit(
    _ draft: ERPDocumentDraft,
    _ lines: [ERPCredit.Line],
    source: ERPCredit.Source,
    order: Int?,
    appliedTo: Int?,
    customer: Int,
    date: CivilDate,
    at now: VirtualInstant
  ) throws(ERPRefusal) -> Int {
    guard !lines.isEmpty else { throw .nothingToDo }
    guard lines.count <= ERPLimits.linesMax else { throw .tooLarge(line: nil) }
    let total = lines.reduce(zero) { $0 + $1.gross }
    if let order {
      let left = orders[order].invoiced - orders[order].credited
      guard total <= left else { throw .creditExceedsInvoiced(left: left) }
    }
    let head = enter(
      .credit,
      externalID: draft.externalID,
      date: date,
      memo: draft.memo,
      at: now
    )
    credits.append(
      ERPCredit(
        head: head,
        source: source,
        customer: customer,
        order: order,
        appliedTo: appliedTo,
        lines: lines,
        total: total
      )
    )
    if let order {
      settle(order, adding: false)
      orders[order].credited += total
      orders[order].head.modifiedAt = now
      settle(order, adding: true)
    }
    if let appliedTo { invoices[appliedTo].credited += total }
    return credits.count - 1
  }
}
