import DrydockExchange
package import DrydockKernel

extension StoreBooks {
  /// What is asked of a refund.
  package struct RefundRequest: Hashable, Sendable {
    package var lines: [Line] = []
    /// What of the price of shipping is paid back.
    package var shipping: Money?
    /// What is paid back, one amount a movement of money.
    package var amounts: [Money] = []
    package var note: String?

    package init() {}

    /// Units of a line.
    package struct Line: Hashable, Sendable {
      /// The line's position in the order, from 0.
      package var line: Int
      package var quantity: Int
      package var restock: Restock

      package init(line: Int, quantity: Int, restock: Restock) {
        self.line = line
        self.quantity = quantity
        self.restock = restock
      }
    }
  }

  /// Pays money back, takes goods back, or both.
  ///
  /// Nothing makes a second request of the same kind a repetition: it refunds again while money and
  /// units are left, as on the platform.
  @discardableResult
  package mutating func refund(
    _ number: Int,
    _ request: RefundRequest,
    at now: VirtualInstant
  ) throws(StoreRefusal) -> Refund {
    let index = try index(number)
    let order = orders[index]
    try check(request, of: order)
    guard order.refunds.count < StoreLimits.orderPartsMax,
      order.refundParts + request.lines.count + 2 < StoreLimits.orderPartsMax,
      order.transactions + request.amounts.count < StoreLimits.orderPartsMax
    else { throw .tooManyParts }
    var parts = order.refundParts
    var lines: [RefundLine] = []
    for asked in request.lines {
      parts += 1
      lines.append(take(asked, part: parts, of: index, at: now))
    }
    var payments: [Payment] = []
    for amount in request.amounts {
      orders[index].transactions += 1
      payments.append(Payment(transaction: orders[index].transactions, amount: amount))
      orders[index].refunded += amount
    }
    let shipping = request.shipping ?? .zero(currency)
    orders[index].shippingRefunded += shipping
    let paid = payments.reduce(Money.zero(currency)) { $0 + $1.amount }
    let worth = lines.reduce(shipping) { $0 + $1.subtotal + $1.tax }
    let discrepancy = payments.isEmpty ? .zero(currency) : worth - paid
    if !shipping.isZero { parts += 1 }
    let shippingPart = shipping.isZero ? nil : parts
    if !discrepancy.isZero { parts += 1 }
    let refund = Refund(
      ordinal: order.refunds.count + 1,
      createdAt: now,
      note: request.note,
      lines: lines,
      payments: payments,
      shipping: shipping,
      discrepancy: discrepancy,
      shippingPart: shippingPart,
      discrepancyPart: discrepancy.isZero ? nil : parts
    )
    orders[index].refundParts = parts
    orders[index].refunds.append(refund)
    orders[index].updatedAt = now
    return refund
  }

  /// What of the payment of an order can still be paid back.
  package func refundable(_ order: Order) -> Money {
    order.total - order.refunded
  }

  private func check(_ request: RefundRequest, of order: Order) throws(StoreRefusal) {
    guard !request.lines.isEmpty || !request.amounts.isEmpty else { throw .refundsNothing }
    try checkLines(request.lines, of: order)
    if let shipping = request.shipping {
      let left = order.shippingPrice - order.shippingRefunded
      guard !shipping.isNegative else { throw .badAmount }
      guard shipping <= left else { throw .refundsShippingTwice(left: left) }
    }
    let left = refundable(order)
    var asked = Money.zero(currency)
    for amount in request.amounts {
      guard !amount.isNegative, !amount.isZero else { throw .badAmount }
      let (sum, overflow) = asked.addingReportingOverflow(amount)
      guard !overflow else { throw .badAmount }
      asked = sum
    }
    guard asked <= left else { throw .refundsTooMuch(asked: asked, left: left) }
  }

  private func checkLines(
    _ lines: [RefundRequest.Line],
    of order: Order
  ) throws(StoreRefusal) {
    for (index, asked) in lines.enumerated() {
      guard order.lines.indices.contains(asked.line) else { throw .unknownLine }
      guard (1...StoreLimits.lineUnitsMax).contains(asked.quantity) else {
        throw .badQuantity(asked.quantity)
      }
      let line = order.lines[asked.line]
      let sameLine = lines[...index].filter { $0.line == asked.line }
      let units = sameLine.reduce(0) { $0 + $1.quantity }
      guard line.refunded + units <= line.quantity else { throw .refundsTooMany }
      let alike = sameLine.reduce(0) { $1.restock == asked.restock ? $0 + $1.quantity : $0 }
      switch asked.restock {
      case .none: break
      case .cancel:
        guard alike <= line.fulfillable else { throw .restocksImpossibly(.cancel) }
      case .giveBack:
        guard alike <= line.fulfilled - line.returned else {
          throw .restocksImpossibly(.giveBack)
        }
      }
    }
  }

  private mutating func take(
    _ asked: RefundRequest.Line,
    part: Int,
    of index: Int,
    at now: VirtualInstant
  ) -> RefundLine {
    let line = orders[index].lines[asked.line]
    let tax = masterData.tax(
      onUnits: asked.quantity,
      after: line.refunded,
      at: line.unitPrice
    )
    orders[index].lines[asked.line].refunded += asked.quantity
    switch asked.restock {
    case .none: break
    case .cancel:
      orders[index].lines[asked.line].withdrawn += asked.quantity
      move(asked.quantity, of: line.product, committed: -asked.quantity, at: now)
    case .giveBack:
      orders[index].lines[asked.line].returned += asked.quantity
      move(asked.quantity, of: line.product, committed: 0, at: now)
    }
    return RefundLine(
      part: part,
      line: asked.line,
      quantity: asked.quantity,
      restock: asked.restock,
      subtotal: line.unitPrice * asked.quantity,
      tax: tax
    )
  }
}
