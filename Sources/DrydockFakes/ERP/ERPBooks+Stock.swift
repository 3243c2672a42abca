import DrydockExchange
package import DrydockKernel

extension ERPBooks {
  /// Corrects stock without an order.
  ///
  /// - Returns: The position of the adjustment.
  package mutating func adjust(
    _ draft: ERPAdjustmentDraft,
    at now: VirtualInstant
  ) throws(ERPRefusal) -> Int {
    try requireNew(draft.externalID, .adjustment)
    let date = try postingDate(draft.date, at: now)
    guard !draft.lines.isEmpty else { throw .missing(.items, line: nil) }
    guard draft.lines.count <= ERPLimits.linesMax else { throw .tooLarge(line: nil) }
    var lines: [ERPAdjustment.Line] = []
    for (index, line) in draft.lines.enumerated() {
      guard let node = line.node ?? draft.node else { throw .missing(.location, line: index) }
      guard line.quantity != 0 else { throw .missing(.quantity, line: index) }
      guard abs(line.quantity) <= ERPLimits.quantityMax else { throw .tooLarge(line: index) }
      lines.append(
        ERPAdjustment.Line(product: line.product, node: node, quantity: line.quantity)
      )
    }
    let head = enter(
      .adjustment,
      externalID: draft.externalID,
      date: date,
      memo: draft.memo,
      at: now
    )
    for line in lines { onHand[cell(line.product, line.node)] += line.quantity }
    adjustments.append(ERPAdjustment(head: head, lines: lines))
    return adjustments.count - 1
  }

  /// Adds an order to, or takes it from, what is promised from stock and owed by its customer.
  ///
  /// Every change of an order's lines stands between a call that takes away and one that adds.
  mutating func settle(_ position: Int, adding: Bool) {
    let sign = adding ? 1 : -1
    if orders[position].isApproved, !masterData.nodes.isEmpty {
      let node = orders[position].node
      for line in orders[position].lines {
        guard let node = line.node ?? node else { continue }
        committed[cell(line.product, node)] += sign * line.committed
      }
    }
    let customer = creditCustomer(orders[position].customer, email: orders[position].email)
    if customers[customer].creditLimit != nil {
      customers[customer].exposure += exposure(of: orders[position]) * sign
    }
  }
}
