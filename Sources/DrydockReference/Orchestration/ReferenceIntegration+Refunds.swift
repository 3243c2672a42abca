import DrydockExchange
import DrydockKernel

/// Money that goes back, and the papers at the ERP that say why.
///
///     receipt ─▶ refund at the store ─▶ credit memo at the ERP, for the same amount
extension ReferenceIntegration {
  // MARK: What is due

  /// Units of a line of the order whose price goes back.
  struct RefundableLine: Hashable, Sendable {
    /// The position of the order's line.
    var line: Int
    var quantity: Int
    /// How many of them are back on the shelf.
    var restocked: Int
  }

  /// Returns what is to be paid back: what came back as asked for, and was not paid back yet.
  func refundLines(_ record: ReturnRecord) -> [RefundableLine] {
    guard let order = journal[record.order] else { return [] }
    var received: [String: Int] = [:]
    var restocked: [String: Int] = [:]
    for line in record.receipt?.lines ?? [] {
      received[line.sku, default: 0] += line.received
      for action in line.actions where action.disposition == .restock {
        restocked[line.sku, default: 0] += action.quantity
      }
    }
    let countsGoods = record.receipt != nil && !has(.refundsMissingGoods)
    return order.order.lines.enumerated().compactMap { index, line in
      let asked = record.lines.reduce(0) {
        $0 + ($1.storeLine == line.storeLine ? $1.quantity : 0)
      }
      var units = min(asked, line.quantity - order.refundedUnits[index])
      if has(.refundOnEveryReceipt) { units = asked }
      if countsGoods { units = min(units, received[line.sku] ?? 0) }
      guard units > 0 else { return nil }
      received[line.sku] = (received[line.sku] ?? 0) - units
      let shelved = min(units, restocked[line.sku] ?? 0)
      restocked[line.sku] = (restocked[line.sku] ?? 0) - shelved
      return RefundableLine(line: index, quantity: units, restocked: shelved)
    }
  }

  /// Returns what was paid for units, tax included and shipping not.
  private func amount(of lines: [RefundableLine], in order: OrderRecord) -> Money {
    guard let configuration else { return .zero(order.order.total.currency) }
    var amount = lines.reduce(Money.zero(order.order.total.currency)) { sum, line in
      sum
        + configuration.pricing.paid(
          line.quantity,
          after: order.refundedUnits[line.line],
          at: order.order.lines[line.line].unitPrice
        )
    }
    if has(.refundsShipping) { amount += order.order.shippingPrice }
    return amount
  }

  // MARK: The refund

  /// The note by which a refund is recognised.
  private func refundNote(_ key: ReturnKey) -> String { "return \(key.text)" }

  func refundRequest(_ errand: Errand, _ key: ReturnKey) -> Request? {
    guard let store = configuration?.store, let record = journal.returns[key],
      let order = journal[record.order], record.refund == nil
    else { return nil }
    guard errand.step == .act else { return store.listRefunds(of: order.order.storeID) }
    let lines = refundLines(record)
    guard !lines.isEmpty else { return nil }
    var refunded: [ShopifyConnector.RefundedLine] = []
    for line in lines where order.refundedUnits[line.line] < order.order.lines[line.line].quantity {
      let storeLine = order.order.lines[line.line].storeLine
      for (quantity, isRestocked) in [
        (line.restocked, true), (line.quantity - line.restocked, false),
      ]
      where quantity > 0 {
        refunded.append(
          ShopifyConnector.RefundedLine(
            storeLine: storeLine,
            quantity: quantity,
            isRestocked: isRestocked
          )
        )
      }
    }
    return store.createRefund(
      refunded,
      amount: amount(of: lines, in: order),
      note: refundNote(key),
      of: order.order.storeID
    )
  }

  mutating func concludeRefund(
    _ errand: Errand,
    _ key: ReturnKey,
    _ response: Response
  ) throws(Unreadable) -> Conclusion {
    guard let store = configuration?.store else { return .done }
    if errand.step == .act {
      adopt(try store.refund(in: response), for: key)
      return .done
    }
    let refunds = try store.refunds(in: response)
    guard let refund = refunds.last(where: { $0.note == refundNote(key) }) else { return .absent }
    adopt(refund, for: key)
    return .done
  }

  /// Takes over a refund that the store says it made.
  mutating func take(_ refund: ShopifyConnector.Refund) {
    guard let order = journal.order(inStore: refund.order), let record = journal[order] else {
      return
    }
    let words = refund.note.split(separator: " ")
    if words.count == 2, words[0] == "return" {
      let key = ReturnKey(text: String(words[1]))
      if let known = journal.returns[key]?.refund {
        guard known.id != refund.id else { return }
        return raise(
          "refund/\(refund.id)",
          order: order,
          owner: .finance,
          "return \(key.text) was refunded twice: \(known.id) and \(refund.id)"
        )
      }
      adopt(refund, for: key)
      return advance(key)
    }
    switch record.cancellation {
    case .requested, .granted, .done: return  // the money of a cancelled order
    case .unwanted, .declined: break
    }
    raise(
      "refund/\(refund.id)",
      order: order,
      owner: .finance,
      "somebody refunded \(refund.amount) of \(order.reference) by hand: no credit memo is posted"
    )
  }

  private mutating func adopt(_ refund: ShopifyConnector.Refund, for key: ReturnKey) {
    guard let record = journal.returns[key], record.refund == nil,
      let order = journal[record.order]
    else { return }
    let units = order.order.lines.map { refund.units[$0.storeLine] ?? 0 }
    journal.change(key) {
      $0.refund = ReturnRecord.Refund(id: refund.id, amount: refund.amount, units: units)
      $0.movedAt = now
    }
    journal.change(record.order) { order in
      for index in units.indices { order.refundedUnits[index] += units[index] }
    }
  }

  // MARK: Papers at the ERP

  func returnPostingRequest(_ errand: Errand, _ key: ReturnKey) -> Request? {
    guard let erp = configuration?.erp, let record = journal.returns[key],
      let order = journal[record.order], let id = order.erpID
    else { return nil }
    switch errand.work {
    case .authoriseReturn:
      guard errand.step == .act else {
        return erp.readAuthorisation(record.authorisation ?? "eid:RA-\(key.text)", token: token)
      }
      return erp.authoriseReturn(
        id,
        lines: authorisedLines(record, order),
        memo: "Return \(key.text)",
        key: "RA-\(key.text)",
        token: token
      )
    case .postReceipt(_, let part):
      let name = part == 1 ? "IR-\(key.text)" : "IR-\(key.text)-\(part)"
      guard errand.step == .act else { return erp.readDocument(.itemReceipt, name, token: token) }
      return record.authorisation.map {
        erp.receive(
          $0,
          lines: receiptLines(record, part: part),
          on: now,
          key: name,
          token: token
        )
      }
    default: return creditRequest(errand, record, order, erp)
    }
  }

  private func creditRequest(
    _ errand: Errand,
    _ record: ReturnRecord,
    _ order: OrderRecord,
    _ erp: NetSuiteConnector
  ) -> Request? {
    guard let refund = record.refund else { return nil }
    let name = "CM-\(refund.id)"
    guard errand.step == .act else { return erp.readDocument(.creditMemo, name, token: token) }
    let memo = "Refund \(refund.id) for return \(record.key.text)"
    if let authorisation = record.authorisation {
      var lines: [NetSuiteConnector.DocumentLine] = []
      for (index, line) in order.order.lines.enumerated() {
        guard let number = record.authorisedLines[index] else { continue }
        lines.append(
          NetSuiteConnector.DocumentLine(
            line: number,
            sku: line.sku,
            quantity: refund.units[index]
          )
        )
      }
      return erp.credit(
        authorisation,
        lines: lines,
        on: now,
        memo: memo,
        key: name,
        token: token
      )
    }
    guard let shipment = record.shipment, let invoice = journal[shipment]?.invoice else {
      return nil
    }
    return erp.creditWithoutGoods(
      customer: order.order.customer,
      invoice: invoice,
      lines: creditLines(refund, order),
      memo: memo,
      key: name,
      token: token
    )
  }

  /// Returns the lines of a credit memo that no goods stand behind.
  private func creditLines(
    _ refund: ReturnRecord.Refund,
    _ order: OrderRecord
  ) -> [NetSuiteConnector.CreditLine] {
    guard let pricing = configuration?.pricing else { return [] }
    return order.order.lines.enumerated().compactMap { index, line in
      let units = refund.units[index]
      guard units > 0 else { return nil }
      return NetSuiteConnector.CreditLine(
        sku: line.sku,
        quantity: units,
        net: pricing.net(units, at: line.unitPrice),
        tax: pricing.tax(
          units,
          after: order.refundedUnits[index] - units,
          at: line.unitPrice
        )
      )
    }
  }

  /// Returns a return as units of the ERP's order lines, all of them named.
  private func authorisedLines(
    _ record: ReturnRecord,
    _ order: OrderRecord
  ) -> [NetSuiteConnector.DocumentLine] {
    order.order.lines.enumerated().map { index, line in
      let units = record.lines.reduce(0) {
        $0 + ($1.storeLine == line.storeLine ? $1.quantity : 0)
      }
      let number = order.erpLines.indices.contains(index) ? order.erpLines[index] : index + 1
      return NetSuiteConnector.DocumentLine(line: number, sku: line.sku, quantity: units)
    }
  }

  /// Returns what came back as units of the authorisation's lines.
  ///
  /// A line's goods for the shelf come first; those for the bin take the second receipt where the
  /// first one is about the shelf.
  func receiptLines(_ record: ReturnRecord, part: Int) -> [NetSuiteConnector.DocumentLine] {
    guard let order = journal[record.order] else { return [] }
    var shelf: [String: Int] = [:]
    var bin: [String: Int] = [:]
    for line in record.receipt?.lines ?? [] {
      for action in line.actions {
        if action.disposition == .dispose {
          bin[line.sku, default: 0] += action.quantity
        } else {
          shelf[line.sku, default: 0] += action.quantity
        }
      }
    }
    let node = warehouse(of: record).flatMap { configuration?.masterData.node(named: $0.node) }
    return order.order.lines.enumerated().compactMap { index, line in
      let asked = record.lines.reduce(0) {
        $0 + ($1.storeLine == line.storeLine ? $1.quantity : 0)
      }
      guard asked > 0 else { return nil }
      let shelved = min(asked, shelf[line.sku] ?? 0)
      let binned = min(asked - shelved, bin[line.sku] ?? 0)
      shelf[line.sku] = (shelf[line.sku] ?? 0) - shelved
      bin[line.sku] = (bin[line.sku] ?? 0) - binned
      let isFirst = part == 1
      return NetSuiteConnector.DocumentLine(
        line: record.authorisedLines[index] ?? 0,
        sku: line.sku,
        quantity: isFirst ? (shelved > 0 ? shelved : binned) : (shelved > 0 ? binned : 0),
        node: node,
        isRestocked: isFirst && shelved > 0
      )
    }
  }

  mutating func concludeReturnPosting(
    _ errand: Errand,
    _ key: ReturnKey,
    _ response: Response
  ) throws(Unreadable) -> Conclusion {
    guard let erp = configuration?.erp else { return .done }
    switch errand.work {
    case .authoriseReturn:
      if errand.step == .act {
        let id = try erp.createdID(in: response)
        journal.change(key) { $0.authorisation = id }
        return .written
      }
      let found = try erp.authorisation(in: response)
      let numbers = journal.returns[key].flatMap { journal[$0.order] }?.erpLines ?? []
      journal.change(key) { record in
        record.authorisation = found.id
        for line in found.lines {
          guard let index = numbers.firstIndex(of: line.orderLine) else { continue }
          record.authorisedLines[index] = line.line
        }
      }
    case .postReceipt(_, let part):
      let id = try errand.step == .act ? erp.createdID(in: response) : erp.recordID(in: response)
      journal.change(key) { $0.postedReceipts[part] = id }
    default:
      let id = try errand.step == .act ? erp.createdID(in: response) : erp.recordID(in: response)
      journal.change(key) { $0.credit = id }
    }
    return .done
  }
}
