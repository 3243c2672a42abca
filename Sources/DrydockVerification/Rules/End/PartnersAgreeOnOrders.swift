import DrydockExchange
import DrydockKernel

/// At the end everybody tells the same story of an order.
struct PartnersAgreeOnOrders: Rule {
  let description = RuleDescription(
    id: "partners-agree-on-orders",
    family: .end,
    summary: "at the end store, ERP and 3PL agree on what of an order was shipped or cancelled",
    reason: "the customer is told one thing, billed another, and sent a third",
    example: "the 3PL shipped an order that the store shows as unfulfilled",
    remedy: "compare the partners' books every day, and repair or queue what differs"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.ending == .quiet else {
      return report.skip("the trace does not end with nothing left to happen")
    }
    let kinds: [(kind: PartnerKind, name: String)] = [
      (.threePL, "3PL"), (.store, "store"), (.erp, "ERP"),
    ]
    let books = kinds.map { (name: $0.name, entries: evidence.bookEntries(of: $0.kind)) }
      .filter { !$0.entries.isEmpty }
    guard books.count > 1 else {
      return report.skip("the books of two partners with orders are not at hand")
    }
    for (position, order) in evidence.orders.enumerated() where !evidence.hasException(order) {
      let sides = books.compactMap { side in
        side.entries[position].map { (name: side.name, entries: $0) }
      }
      guard let first = sides.first,
        let (other, difference) = sides.dropFirst().lazy.compactMap({ side in
          self.difference(first.entries, side.entries).map { (side.name, $0) }
        }).first
      else { continue }
      report.breach(
        at: evidence.end,
        order: order,
        "\(first.name) and \(other) disagree about order '\(order.name)'",
        expected: difference.expected,
        found: difference.found
      )
    }
  }

  private func difference(
    _ left: [BooksSnapshot.OrderEntry],
    _ right: [BooksSnapshot.OrderEntry]
  ) -> (expected: String, found: String)? {
    let leftEnded = left.allSatisfy { $0.status == "cancelled" }
    let rightEnded = right.allSatisfy { $0.status == "cancelled" }
    let shippedLeft = shipped(left)
    let shippedRight = shipped(right)
    if leftEnded != rightEnded, shippedLeft.isEmpty, shippedRight.isEmpty {
      let words = (leftEnded ? "cancelled" : left[0].status, right.last?.status ?? "")
      return ("'\(words.0)', as in the first", "'\(rightEnded ? "cancelled" : words.1)'")
    }
    for sku in Set(shippedLeft.keys).union(shippedRight.keys).sorted() {
      let units = (shippedLeft[sku] ?? 0, shippedRight[sku] ?? 0)
      guard units.0 != units.1 else { continue }
      return ("\(units.0) of '\(sku)' shipped, as in the first", "\(units.1)")
    }
    return nil
  }

  private func shipped(_ entries: [BooksSnapshot.OrderEntry]) -> [String: Int] {
    var units: [String: Int] = [:]
    for line in entries.flatMap(\.lines) where line.shipped > 0 {
      units[line.sku, default: 0] += line.shipped
    }
    return units
  }
}
