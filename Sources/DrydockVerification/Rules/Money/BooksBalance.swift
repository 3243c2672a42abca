import DrydockExchange
import DrydockKernel

/// Store and ERP end with the same money for an order.
struct BooksBalance: Rule {
  let description = RuleDescription(
    id: "books-balance",
    family: .money,
    summary: "at the end the store kept of an order what the ERP invoiced and did not credit",
    reason: "the difference is found at the month's end, one order at a time, by hand",
    example: "a refund has no credit memo, or an order was paid and never invoiced",
    remedy: "reconcile paid less refunded with invoiced less credited every day"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.ending == .quiet else {
      return report.skip("the trace does not end with nothing left to happen")
    }
    let store = evidence.bookEntries(of: .store)
    let erp = evidence.bookEntries(of: .erp)
    guard !store.isEmpty, !erp.isEmpty else {
      return report.skip("the books of store and ERP are not both at hand")
    }
    for (position, order) in evidence.orders.enumerated() {
      guard let kept = net(store[position]), let booked = net(erp[position]),
        kept.currency == booked.currency, kept != booked,
        (erp[position] ?? []).allSatisfy({ Self.settled.contains($0.status) }),
        !evidence.hasException(order)
      else { continue }
      report.breach(
        at: evidence.end,
        order: order,
        "store and ERP disagree about the money of order '\(order.name)'",
        expected: "\(kept.decimalString), which the store captured and did not refund",
        found: "\(booked.decimalString), invoiced less credited"
      )
    }
  }

  /// The ERP's words for an order that nothing more is expected of.
  private static let settled: Set<String> = ["shipped", "closed", "cancelled"]

  private func net(_ entries: [BooksSnapshot.OrderEntry]?) -> Money? {
    var sum: Money?
    for entry in entries ?? [] {
      guard let charged = entry.charged else { return nil }
      let returned = entry.returned ?? .zero(charged.currency)
      guard returned.currency == charged.currency,
        sum == nil || sum?.currency == charged.currency
      else { return nil }
      sum = (sum ?? .zero(charged.currency)).adding(charged).subtracting(returned)
    }
    return sum
  }
}
