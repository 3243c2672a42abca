package import DrydockKernel

extension ERPBooks {
  /// Authorises fulfilled units of an order to come back: lines named as the draft says, the others
  /// in full.
  ///
  /// - Returns: The position of the authorisation.
  package mutating func authorise(
    order position: Int,
    _ draft: ERPDocumentDraft,
    at now: VirtualInstant
  ) throws(ERPRefusal) -> Int {
    try requireNew(draft.externalID, .authorisation)
    let date = try postingDate(draft.date, at: now)
    let order = orders[position]
    guard order.isApproved else { throw .pendingApproval }
    let named = try named(draft.lines, in: order)
    var lines: [ERPAuthorisation.Line] = []
    for (index, line) in order.lines.enumerated() {
      let draftIndex = named[index]
      let wanted = draftIndex.map { draft.lines[$0] }
      if let wanted, !wanted.isTaken { continue }
      let returnable = line.fulfilled - line.authorised
      let quantity = wanted?.quantity ?? returnable
      guard quantity > 0 else { continue }
      guard quantity <= returnable else {
        throw .quantityExceeds(available: returnable, line: draftIndex ?? index)
      }
      lines.append(
        ERPAuthorisation.Line(
          number: 1 + lines.count * settings.lineNumberStep,
          orderLine: index,
          quantity: quantity
        )
      )
    }
    guard !lines.isEmpty else { throw .nothingToDo }
    let head = enter(
      .authorisation,
      externalID: draft.externalID,
      date: date,
      memo: draft.memo,
      at: now
    )
    authorisations.append(ERPAuthorisation(head: head, order: position, lines: lines))
    for line in lines { orders[position].lines[line.orderLine].authorised += line.quantity }
    orders[position].head.modifiedAt = now
    return authorisations.count - 1
  }

  /// Takes goods of a return in: restocked ones raise stock, scrapped ones do not.
  ///
  /// - Returns: The position of the receipt.
  package mutating func receive(
    authorisation position: Int,
    _ draft: ERPDocumentDraft,
    at now: VirtualInstant
  ) throws(ERPRefusal) -> Int {
    try requireNew(draft.externalID, .receipt)
    let date = try postingDate(draft.date, at: now)
    let authorisation = authorisations[position]
    let named = try named(draft.lines, in: authorisation)
    var lines: [ERPReceipt.Line] = []
    for (index, line) in authorisation.lines.enumerated() {
      let draftIndex = named[index]
      let wanted = draftIndex.map { draft.lines[$0] }
      if let wanted, !wanted.isTaken { continue }
      let expected = line.quantity - line.received
      let quantity = wanted?.quantity ?? expected
      guard quantity > 0 else { continue }
      guard quantity <= expected else {
        throw .quantityExceeds(available: expected, line: draftIndex ?? index)
      }
      let isRestocked = wanted?.isRestocked ?? true
      let orderLine = orders[authorisation.order].lines[line.orderLine]
      let node = wanted?.node ?? orderLine.node ?? orders[authorisation.order].node
      guard node != nil || !isRestocked else {
        throw .missing(.location, line: draftIndex ?? index)
      }
      lines.append(
        ERPReceipt.Line(line: index, quantity: quantity, node: node, isRestocked: isRestocked)
      )
    }
    guard !lines.isEmpty else { throw .nothingToDo }
    let head = enter(
      .receipt,
      externalID: draft.externalID,
      date: date,
      memo: draft.memo,
      at: now
    )
    for line in lines {
      let orderLine = authorisation.lines[line.line].orderLine
      authorisations[position].lines[line.line].received += line.quantity
      orders[authorisation.order].lines[orderLine].received += line.quantity
      if line.isRestocked, let node = line.node {
        onHand[cell(orders[authorisation.order].lines[orderLine].product, node)] += line.quantity
      }
    }
    receipts.append(ERPReceipt(head: head, authorisation: position, lines: lines))
    authorisations[position].head.modifiedAt = now
    return receipts.count - 1
  }

  /// Returns, for each line of an authorisation, the position of the draft's line that names it.
  func named(
    _ drafts: [ERPDocumentDraft.Line],
    in authorisation: ERPAuthorisation
  ) throws(ERPRefusal) -> [Int?] {
    var named: [Int?] = Array(repeating: nil, count: authorisation.lines.count)
    for (index, draft) in drafts.enumerated() {
      guard let number = draft.number else { throw .missing(.orderLine, line: index) }
      guard let position = authorisation.lines.firstIndex(where: { $0.number == number }),
        named[position] == nil
      else { throw .unknownLine(number, position: index) }
      let orderLine = orders[authorisation.order].lines[authorisation.lines[position].orderLine]
      if let product = draft.product, product != orderLine.product {
        throw .itemDiffers(line: index)
      }
      guard !draft.isAdjustment else { throw .itemNotAllowed(line: index) }
      named[position] = index
    }
    return named
  }
}
