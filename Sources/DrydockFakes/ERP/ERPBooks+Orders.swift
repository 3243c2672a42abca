import DrydockExchange
package import DrydockKernel

extension ERPBooks {
  /// Creates an order.
  ///
  /// - Returns: The position of the order.
  /// - Throws: What is missing, unknown or against the customer's credit; nothing is kept then.
  package mutating func createOrder(
    _ draft: ERPOrderDraft,
    at now: VirtualInstant
  ) throws(ERPRefusal) -> ERPOrderChange {
    try requireNew(draft.externalID, .order)
    guard let reference = draft.customer else { throw .missing(.customer, line: nil) }
    let date = try postingDate(draft.date, at: now)
    try checkAddress(draft.address)
    let customer = try customer(reference)
    var order = ERPOrder(
      head: ERPRecordHead(
        id: 0,
        sequence: 0,
        externalID: nil,
        date: date,
        createdAt: now,
        modifiedAt: now
      ),
      customer: customer,
      shippingCost: zero,
      isApproved: settings.approvesAutomatically,
      lines: [],
      nextLine: 1,
      invoiced: zero,
      credited: zero
    )
    apply(header: draft, to: &order)
    try apply(draft.lines, to: &order, replacing: false)
    guard !order.lines.isEmpty else { throw .missing(.items, line: nil) }
    try checkCredit(of: order, instead: nil)
    order.head = enter(
      .order,
      externalID: draft.externalID,
      date: date,
      memo: draft.memo,
      at: now
    )
    for index in order.lines.indices { order.lines[index].key = makeLineKey() }
    orders.append(order)
    settle(orders.count - 1, adding: true)
    return ERPOrderChange(order: orders.count - 1, isNew: true, changesLines: true)
  }

  /// Creates the order with a caller's key, or applies the whole draft to the one that has it.
  package mutating func upsertOrder(
    externalID: String,
    _ draft: ERPOrderDraft,
    replacesLines: Bool,
    at now: VirtualInstant
  ) throws(ERPRefusal) -> ERPOrderChange {
    if let found = draft.externalID, found != externalID {
      throw .externalIDDiffers(expected: externalID, found: found)
    }
    var draft = draft
    draft.externalID = externalID
    guard let order = position(of: .order, externalID: externalID) else {
      return try createOrder(draft, at: now)
    }
    return try updateOrder(order, draft, replacesLines: replacesLines, at: now)
  }

  /// Changes an order: header fields that the draft has, lines by number, new lines at the end.
  ///
  /// - Parameters:
  ///   - position: The position of the order.
  ///   - draft: What is to be other than it is.
  ///   - replacesLines: Whether lines that the draft does not name go away.
  ///   - now: The instant.
  /// - Returns: What was changed.
  /// - Throws: Why nothing was changed.
  package mutating func updateOrder(
    _ position: Int,
    _ draft: ERPOrderDraft,
    replacesLines: Bool,
    at now: VirtualInstant
  ) throws(ERPRefusal) -> ERPOrderChange {
    if let externalID = draft.externalID, externalID != orders[position].head.externalID {
      throw .externalIDDiffers(
        expected: orders[position].head.externalID ?? "",
        found: externalID
      )
    }
    try checkAddress(draft.address)
    if let date = draft.date { _ = try postingDate(date, at: now) }
    var order = orders[position]
    let before = order
    guard !before.isCancelled || (draft.lines.allSatisfy { $0.isClosed == true }) else {
      throw .orderClosed
    }
    if let reference = draft.customer { order.customer = try customer(reference) }
    if draft.isApproved == true, before.isCancelled { throw .orderClosed }
    if draft.isApproved == false, order.isApproved, order.lines.contains(where: \.isInUse) {
      throw .approvalNotRevocable
    }
    apply(header: draft, to: &order)
    if !draft.lines.isEmpty || replacesLines {
      try apply(draft.lines, to: &order, replacing: replacesLines)
      guard !order.lines.isEmpty else { throw .missing(.items, line: nil) }
    }
    try checkCredit(of: order, instead: before)
    for index in order.lines.indices where order.lines[index].key == 0 {
      order.lines[index].key = makeLineKey()
    }
    order.head.modifiedAt = now
    settle(position, adding: false)
    orders[position] = order
    settle(position, adding: true)
    return ERPOrderChange(
      order: position,
      changesLines: !order.lines.elementsEqual(before.lines) {
        $0.product == $1.product && $0.quantity == $1.quantity
      },
      cancels: order.isCancelled && !before.isCancelled
    )
  }

  /// Approves the orders that wait and whose key names an order number.
  package mutating func approveOrders(named number: Int, at now: VirtualInstant) {
    for position in orders.indices where !orders[position].isApproved {
      guard let externalID = orders[position].head.externalID,
        OrderReference.names(externalID, number: number)
      else { continue }
      settle(position, adding: false)
      orders[position].isApproved = true
      orders[position].head.modifiedAt = now
      settle(position, adding: true)
    }
  }

  // MARK: Money

  /// Returns what units of a line cost without and with their share of the line's tax.
  func price(
    of line: ERPOrderLine,
    units: Int,
    after already: Int
  ) -> (amount: Money, tax: Money) {
    (
      line.rate * units,
      masterData.tax(onUnits: units, after: already, at: line.rate)
    )
  }

  /// Returns the net amount, tax and total of an order as it was ordered.
  package func totals(of order: ERPOrder) -> (subtotal: Money, tax: Money, total: Money) {
    var subtotal = zero
    var tax = zero
    for line in order.lines {
      let price = price(of: line, units: line.quantity, after: 0)
      subtotal += price.amount
      tax += price.tax
    }
    return (subtotal, tax, subtotal + tax + order.shippingCost)
  }

  /// Returns what a customer still owes or will owe for an order.
  func exposure(of order: ERPOrder) -> Money {
    var sum = zero
    for line in order.lines where line.due > 0 {
      let price = price(of: line, units: line.due, after: 0)
      sum += price.amount + price.tax
    }
    return sum.isZero ? sum - order.credited : sum + order.shippingCost - order.credited
  }

  // MARK: Checks

  private func checkAddress(_ address: ERPAddress?) throws(ERPRefusal) {
    guard let address else { return }
    if let country = address.country, settings.refusesCountries.contains(country) {
      throw .countryRefused(country)
    }
    if settings.requiresPostalCode, address.postalCode?.isEmpty ?? true {
      throw .missing(.postalCode, line: nil)
    }
  }

  private func checkCredit(of order: ERPOrder, instead before: ERPOrder?) throws(ERPRefusal) {
    let customer = customers[creditCustomer(order.customer, email: order.email)]
    let grows = before.map { exposure(of: order) > exposure(of: $0) } ?? true
    guard grows else { return }
    if customer.isHeld { throw .creditHold(customer: customer.email) }
    guard let limit = customer.creditLimit else { return }
    let others = customer.exposure - (before.map(exposure) ?? zero)
    if others + exposure(of: order) > limit { throw .creditLimit(customer: customer.email) }
  }

  // MARK: Applying a draft

  private func apply(header draft: ERPOrderDraft, to order: inout ERPOrder) {
    if let email = draft.email { order.email = email }
    if let date = draft.date { order.head.date = date }
    if let memo = draft.memo { order.head.memo = memo }
    if let reference = draft.otherReference { order.otherReference = reference }
    if let method = draft.shippingMethod { order.shippingMethod = method }
    if let address = draft.address { order.address = address }
    if let cost = draft.shippingCost { order.shippingCost = cost }
    if let node = draft.node { order.node = node }
    if let isApproved = draft.isApproved { order.isApproved = isApproved }
  }

  private func apply(
    _ drafts: [ERPOrderDraft.Line],
    to order: inout ERPOrder,
    replacing: Bool
  ) throws(ERPRefusal) {
    var kept: [ERPOrderLine] = []
    var taken = Array(repeating: false, count: order.lines.count)
    if replacing, !order.lines.contains(where: \.isInUse), drafts.allSatisfy({ $0.number == nil }),
      !matches(drafts, order)
    {
      order.nextLine = 1
    }
    for (index, draft) in drafts.enumerated() {
      guard let old = try position(of: draft, at: index, in: order, replacing: replacing) else {
        kept.append(try newLine(draft, at: index, in: &order))
        continue
      }
      guard !taken[old] else { throw .unknownLine(order.lines[old].number, position: index) }
      taken[old] = true
      var line = order.lines[old]
      try apply(draft, at: index, to: &line)
      if replacing { kept.append(line) } else { order.lines[old] = line }
    }
    if replacing {
      // Documents know lines by their place, so what they refer to stays where it is.
      for (index, line) in order.lines.enumerated() where line.isInUse {
        guard kept.indices.contains(index), kept[index].number == line.number else {
          throw .lineInUse(number: line.number)
        }
      }
      order.lines = kept
    } else {
      order.lines += kept
    }
    guard order.lines.count <= ERPLimits.linesMax else { throw .tooLarge(line: nil) }
  }

  /// Whether drafts without numbers are, product by product, the lines that are there.
  private func matches(_ drafts: [ERPOrderDraft.Line], _ order: ERPOrder) -> Bool {
    drafts.count == order.lines.count
      && zip(drafts, order.lines).allSatisfy { $0.product == $1.product }
  }

  /// Returns the position of the line that a draft changes; nothing for a line to be added.
  private func position(
    of draft: ERPOrderDraft.Line,
    at index: Int,
    in order: ERPOrder,
    replacing: Bool
  ) throws(ERPRefusal) -> Int? {
    if let number = draft.number {
      guard let position = order.position(ofLine: number) else {
        throw .unknownLine(number, position: index)
      }
      return position
    }
    guard replacing, order.lines.indices.contains(index),
      order.lines[index].product == draft.product
    else { return nil }
    return index
  }

  private func newLine(
    _ draft: ERPOrderDraft.Line,
    at index: Int,
    in order: inout ERPOrder
  ) throws(ERPRefusal) -> ERPOrderLine {
    guard let product = draft.product else { throw .missing(.item, line: index) }
    guard draft.quantity != nil else { throw .missing(.quantity, line: index) }
    var line = ERPOrderLine(
      number: order.nextLine,
      key: 0,
      product: product,
      quantity: 0,
      rate: masterData.products[product].price
    )
    try apply(draft, at: index, to: &line)
    order.nextLine += settings.lineNumberStep
    return line
  }

  private func apply(
    _ draft: ERPOrderDraft.Line,
    at index: Int,
    to line: inout ERPOrderLine
  ) throws(ERPRefusal) {
    if let product = draft.product, product != line.product { throw .itemDiffers(line: index) }
    if let quantity = draft.quantity {
      guard quantity > 0 else { throw .missing(.quantity, line: index) }
      guard quantity <= ERPLimits.quantityMax else { throw .tooLarge(line: index) }
      guard quantity >= line.fulfilled + line.picked else {
        throw .quantityBelowFulfilled(line: index)
      }
      line.quantity = quantity
    }
    if let rate = draft.rate {
      guard !rate.isNegative, rate.minorUnits <= ERPLimits.rateMax else {
        throw .tooLarge(line: index)
      }
      line.rate = rate
    }
    if let amount = draft.amount {
      if draft.rate == nil, amount.minorUnits % Int64(line.quantity) == 0, !amount.isNegative,
        amount.minorUnits / Int64(line.quantity) <= ERPLimits.rateMax
      {
        line.rate = Money(
          minorUnits: amount.minorUnits / Int64(line.quantity),
          currency: amount.currency
        )
      }
      guard line.rate * line.quantity == amount else {
        throw .amountDiffers(expected: line.rate * line.quantity, found: amount, line: index)
      }
    }
    let listed = masterData.products[line.product].price
    if settings.checksPrices, line.rate != listed {
      throw .priceDiffers(
        sku: masterData.products[line.product].sku,
        expected: listed,
        found: line.rate,
        line: index
      )
    }
    if let node = draft.node { line.node = node }
    if let isClosed = draft.isClosed { line.isClosed = isClosed }
  }
}
