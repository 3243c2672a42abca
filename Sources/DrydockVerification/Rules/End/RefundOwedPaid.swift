import DrydockExchange
import DrydockKernel

/// Money that was taken for nothing goes back.
struct RefundOwedPaid: Rule {
  let description = RuleDescription(
    id: "refund-owed-paid",
    family: .end,
    summary: "what was cancelled, lost or sent back is refunded or sent again by the end",
    reason: "the customer paid for goods that will never come",
    example: "the carrier loses a parcel and the order stays 'shipped'",
    remedy: "act on the carrier's bad news: refund, send again, or queue an exception"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.ending == .quiet, evidence.hasPartner(.store) else {
      return report.skip("the trace does not end with nothing left to happen at a store")
    }
    guard evidence.has(.paymentCaptured) else { return report.skip("no payment is shown") }
    guard evidence.has(.shipmentFailed) || evidence.has(.orderCancelled) else {
      return report.skip("nothing failed and nothing was cancelled")
    }
    for order in evidence.orders where !evidence.hasException(order) {
      let refunds = evidence.facts(.refundIssued, of: order)
      guard refunds.allSatisfy({ $0.fact.amount != nil }),
        let payment = evidence.first(.paymentCaptured, of: order),
        let paid = payment.fact.amount
      else { continue }
      let captured = evidence.total(.paymentCaptured, of: order, in: paid.currency)
      let refunded = refunds.total(in: paid.currency)
      if let cancelled = evidence.storeCancellation(of: order), refunded < captured,
        !evidence.has(.shipmentCreated, order)
      {
        breach(cancelled, order, captured, refunded, evidence, &report)
      } else if let failed = unanswered(order, evidence), refunded.isZero {
        breach(failed, order, nil, refunded, evidence, &report)
      }
    }
  }

  /// A parcel that is gone and in whose place no other was sent.
  private func unanswered(_ order: OrderStory, _ evidence: Evidence) -> ObservedFact? {
    evidence.facts(.shipmentFailed, of: order).first { failed in
      guard failed.fact.detail == "lost" || failed.fact.detail == "returned-to-sender" else {
        return false
      }
      return !evidence.facts(.shipmentCreated, of: order).contains {
        $0.fact.at > failed.fact.at
      }
    }
  }

  private func breach(
    _ cause: ObservedFact,
    _ order: OrderStory,
    _ owed: Money?,
    _ refunded: Money,
    _ evidence: Evidence,
    _ report: inout RuleReport
  ) {
    report.breach(
      at: evidence.end,
      order: order,
      "money of order '\(order.name)' was not given back",
      expected: owed.map { "\($0.decimalString) back after '\(cause.fact.kind.rawValue)'" }
        ?? "a refund, another shipment or an exception after '\(cause.fact.kind.rawValue)'",
      found: refunded.isZero ? "nothing" : refunded.decimalString,
      exchanges: cause.exchanges
    )
  }
}
