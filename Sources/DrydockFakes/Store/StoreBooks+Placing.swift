import DrydockExchange
package import DrydockKernel

extension StoreBooks {
  /// An order as it is about to be written into the books.
  package struct NewOrder: Hashable, Sendable {
    package var label: String
    package var number: Int
    package var origin: Origin
    package var lines: [StoryCommand.Line]
    package var customer: String
    package var address: StoryCommand.Address
    package var shipping: String
    package var shippingPrice: Money
    package var tokens: Tokens
    package var attributes: [Attribute]

    package init(
      label: String,
      number: Int,
      origin: Origin = .checkout,
      lines: [StoryCommand.Line],
      customer: String,
      address: StoryCommand.Address,
      shipping: String,
      shippingPrice: Money,
      tokens: Tokens,
      attributes: [Attribute] = []
    ) {
      self.label = label
      self.number = number
      self.origin = origin
      self.lines = lines
      self.customer = customer
      self.address = address
      self.shipping = shipping
      self.shippingPrice = shippingPrice
      self.tokens = tokens
      self.attributes = attributes
    }
  }

  /// Places an order, takes its payment and takes its units off sale.
  ///
  /// - Parameters:
  ///   - new: The order.
  ///   - guardsStock: Whether more units than are available are refused.
  ///   - now: When it is placed.
  /// - Returns: The order.
  /// - Throws: What is wrong with the order; the books stay as they were.
  @discardableResult
  package mutating func place(
    _ new: NewOrder,
    guardsStock: Bool,
    at now: VirtualInstant
  ) throws(StoreRefusal) -> Order {
    guard indexOfNumber[new.number] == nil, (1...StoreLimits.orderNumberMax).contains(new.number)
    else { throw .numberTaken(new.number) }
    let lines = try lines(of: new)
    if guardsStock { try checkStock(lines) }
    let zero = Money.zero(currency)
    let order = Order(
      number: new.number,
      label: new.label,
      origin: new.origin,
      placedAt: now,
      customer: new.customer,
      customerNumber: customerNumber(new.customer),
      address: new.address,
      shipping: new.shipping,
      shippingPrice: new.shippingPrice,
      tokens: new.tokens,
      lines: lines,
      updatedAt: now,
      attributes: new.attributes,
      subtotal: lines.reduce(zero) { $0 + $1.amount },
      tax: lines.reduce(zero) { $0 + $1.tax },
      refunded: zero,
      shippingRefunded: zero
    )
    for line in lines {
      move(-line.quantity, of: line.product, committed: line.quantity, at: now)
    }
    indexOfNumber[new.number] = orders.count
    orders.append(order)
    return order
  }

  /// Returns the first number from `start` that no order has.
  package func freeNumber(from start: Int) -> Int {
    var number = start
    while indexOfNumber[number] != nil { number += 1 }
    return number
  }

  private func lines(of new: NewOrder) throws(StoreRefusal) -> [Line] {
    guard (1...StoreLimits.orderLinesMax).contains(new.lines.count) else { throw .badLines }
    guard new.shippingPrice.currency == currency, !new.shippingPrice.isNegative else {
      throw .badAmount
    }
    var lines: [Line] = []
    for asked in new.lines {
      guard let product = product(sku: asked.sku) else { throw .unknownProduct(sku: asked.sku) }
      guard (1...StoreLimits.lineUnitsMax).contains(asked.quantity) else {
        throw .badQuantity(asked.quantity)
      }
      let unitPrice = asked.unitPrice ?? masterData.products[product].price
      let (amount, overflow) = unitPrice.multipliedReportingOverflow(by: asked.quantity)
      guard unitPrice.currency == currency, !unitPrice.isNegative, !overflow,
        amount.minorUnits <= StoreLimits.lineMinorUnitsMax
      else { throw .badAmount }
      lines.append(
        Line(
          product: product,
          sku: asked.sku,
          quantity: asked.quantity,
          unitPrice: unitPrice,
          tax: masterData.tax(on: amount)
        )
      )
    }
    return lines
  }

  private func checkStock(_ lines: [Line]) throws(StoreRefusal) {
    for (index, line) in lines.enumerated() {
      // Two lines of one SKU draw on the same units.
      let before = lines[..<index].reduce(0) { $1.product == line.product ? $0 + $1.quantity : $0 }
      let available = levels[line.product].available
      guard before + line.quantity <= available else {
        throw .soldOut(sku: line.sku, available: available)
      }
    }
  }

  private mutating func customerNumber(_ customer: String) -> Int {
    if let number = customers[customer] { return number }
    let number = customers.count + 1
    customers[customer] = number
    return number
  }
}

// MARK: Edits and cancelling

extension StoreBooks {
  /// What staff write on an order; nothing for what stays.
  package struct Edit: Hashable, Sendable {
    package enum Note: Hashable, Sendable {
      case kept
      case replaced(String?)
    }
    package var note = Note.kept
    package var tags: [String]?

    package init() {}
  }

  /// Writes on an order.
  package mutating func edit(
    _ number: Int,
    _ edit: Edit,
    at now: VirtualInstant
  ) throws(StoreRefusal) {
    let index = try index(number)
    if case .replaced(let note) = edit.note { orders[index].note = note }
    if let tags = edit.tags { orders[index].tags = tags }
    orders[index].updatedAt = now
  }

  /// Marks an order that the customer wants cancelled.
  package mutating func requestCancel(
    _ number: Int,
    reason: String,
    at now: VirtualInstant
  ) throws(StoreRefusal) {
    let index = try index(number)
    if !orders[index].tags.contains("cancel-requested") {
      orders[index].tags.append("cancel-requested")
    }
    orders[index].attributes.removeAll { $0.name == "cancel_reason" }
    orders[index].attributes.append(Attribute("cancel_reason", reason))
    orders[index].updatedAt = now
  }

  /// What is asked of a cancellation.
  package struct Cancellation: Hashable, Sendable {
    package var reason: CancelReason
    /// What is paid back; nothing leaves the payment where it is.
    package var amount: Money?
    /// Whether the units are put on sale again.
    package var restocks: Bool

    package init(reason: CancelReason, amount: Money? = nil, restocks: Bool = true) {
      self.reason = reason
      self.amount = amount
      self.restocks = restocks
    }
  }

  /// Cancels an order of which nothing is fulfilled, and pays back what is asked.
  ///
  /// - Returns: The refund, where any unit or money was left.
  @discardableResult
  package mutating func cancel(
    _ number: Int,
    _ cancellation: Cancellation,
    at now: VirtualInstant
  ) throws(StoreRefusal) -> Refund? {
    let index = try index(number)
    if case .cancelled = orders[index].state { throw .cancelledAlready }
    guard !orders[index].hasFulfilled else { throw .cancelsFulfilled }
    let order = orders[index]
    var request = RefundRequest()
    for (position, line) in order.lines.enumerated() where line.quantity > line.refunded {
      request.lines.append(
        RefundRequest.Line(
          line: position,
          quantity: line.quantity - line.refunded,
          restock: cancellation.restocks ? .cancel : .none
        )
      )
    }
    if let amount = cancellation.amount, !amount.isZero { request.amounts = [amount] }
    let refund =
      request.lines.isEmpty && request.amounts.isEmpty
      ? nil : try self.refund(number, request, at: now)
    for position in orders[index].lines.indices {
      let left = orders[index].lines[position].fulfillable
      orders[index].lines[position].withdrawn += left
      move(
        cancellation.restocks ? left : 0,
        of: orders[index].lines[position].product,
        committed: -left,
        at: now
      )
    }
    orders[index].state = .cancelled(at: now, reason: cancellation.reason)
    orders[index].updatedAt = now
    return refund
  }
}
