import DrydockExchange

/// What only a defect does.
extension ReferenceIntegration {
  /// Forgets all work for a partner that is down, and never asks for it again.
  mutating func dropWork(for partner: PartnerID) {
    for errand in journal.outbox.inOrder
    where errand.partner == partner && !errand.isUnderWay && !errand.work.isPoll {
      forget(errand)
    }
  }

  /// Forgets work, and never asks for it again.
  mutating func forget(_ errand: Errand) {
    drop(errand)
    journal.giveUp(errand.work)
  }

  /// Bills a whole order before anything of it has left.
  func billAheadRequest(_ errand: Errand, _ key: OrderKey) -> Request? {
    guard let erp = configuration?.erp, let record = journal[key], let id = record.erpID else {
      return nil
    }
    let name = "INV-\(key.reference)"
    guard errand.step == .act else { return erp.readDocument(.invoice, name, token: token) }
    let lines = record.order.lines.enumerated().map { index, line in
      NetSuiteConnector.DocumentLine(
        line: record.erpLines.indices.contains(index) ? record.erpLines[index] : index + 1,
        sku: line.sku,
        quantity: line.quantity,
        node: nil
      )
    }
    return erp.bill(
      id,
      lines: lines,
      on: record.order.placedAt,
      key: name,
      token: token
    )
  }
}
