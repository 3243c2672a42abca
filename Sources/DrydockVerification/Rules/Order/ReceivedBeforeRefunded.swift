import DrydockExchange
import DrydockKernel

/// Money goes back when the goods have come back, or when policy says sooner.
struct ReceivedBeforeRefunded: Rule {
  let description = RuleDescription(
    id: "received-before-refunded",
    family: .order,
    summary: "a return is refunded after its goods were received, or as early as policy allows",
    reason: "an empty parcel, or none, is paid for",
    example: "the refund goes out when the customer prints the label",
    remedy: "refund on the 3PL's receipt; let policy alone say that a first scan is enough"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.refundIssued), evidence.showsReceipts else {
      return report.skip("the trace does not show refunds and what a 3PL received")
    }
    for order in evidence.orders {
      for refund in evidence.facts(.refundIssued, of: order) {
        guard let key = refund.fact.parent, !isDueOtherwise(refund, order, evidence) else {
          continue
        }
        let receipts = evidence.receipts(ofReturn: key, order)
        guard !receipts.contains(where: { !evidence.isTooEarly(refund, before: $0) }) else {
          continue
        }
        // Policy may say that a scan is enough; where nobody says what it is, that is worth a look.
        let mayBeDue = evidence.policy == nil && isScanned(refund, order, evidence)
        report.breach(
          at: refund.fact.at,
          order: order,
          level: mayBeDue ? .warning : .error,
          "return '\(key)' was refunded before its goods were received",
          expected: "a receipt before the refund '\(refund.fact.subject)'",
          found: receipts.first.map { "a receipt at \($0.fact.at.description())" } ?? "no receipt",
          exchanges: refund.exchanges + receipts.flatMap(\.exchanges)
        )
      }
    }
  }

  /// A cancelled order and a lost parcel have no goods to wait for; a scan may be enough.
  private func isDueOtherwise(
    _ refund: ObservedFact,
    _ order: OrderStory,
    _ evidence: Evidence
  ) -> Bool {
    if evidence.isCancelled(order) { return true }
    if evidence.facts(.shipmentFailed, of: order).contains(where: { $0.fact.detail == "lost" }) {
      return true
    }
    return evidence.policy?.refundMoment == .firstScan && isScanned(refund, order, evidence)
  }

  /// Whether the carrier had scanned the return's parcel before the refund.
  private func isScanned(
    _ refund: ObservedFact,
    _ order: OrderStory,
    _ evidence: Evidence
  ) -> Bool {
    let labels = evidence.facts(.returnRequested, of: order).compactMap(\.fact.tracking)
    return evidence.facts(.shipmentScanned, of: order).contains { scan in
      scan.fact.tracking.map { labels.contains($0) } ?? false
        && !evidence.isTooEarly(refund, before: scan)
    }
  }
}

extension Evidence {
  /// Whether the trace would show the receipt of returned goods.
  var showsReceipts: Bool {
    has(.returnReceived) || has(.returnGraded) || !books(of: .threePL).isEmpty
  }

  /// Returns what says that the goods of a return arrived, earliest first.
  ///
  /// A 3PL knows a return by the reference it was given, which names the return as a word. Receipts
  /// that name no return of the order count for each of them.
  func receipts(ofReturn key: EntityKey, _ order: OrderStory) -> [ObservedFact] {
    let all = order.facts.map { facts[$0] }.filter {
      $0.fact.kind == .returnReceived || $0.fact.kind == .returnGraded
    }
    let named = all.filter { $0.fact.names(key) }
    guard named.isEmpty else { return named }
    let others = self.facts(.returnRequested, of: order).map(\.fact.subject)
    return all.filter { receipt in !others.contains { receipt.fact.names($0) } }
  }
}

extension Fact {
  /// Tells whether one of the fact's keys has the last word of another key in it.
  fileprivate func names(_ other: EntityKey) -> Bool {
    guard let word = OrderReference.words(of: other.value).last else { return false }
    return keys.contains { OrderReference.words(of: $0.value).contains(word) }
  }
}
