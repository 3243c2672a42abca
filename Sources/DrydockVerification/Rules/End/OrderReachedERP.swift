import DrydockExchange
import DrydockKernel

/// What ships stands in the ERP.
struct OrderReachedERP: Rule {
  let description = RuleDescription(
    id: "order-reached-erp",
    family: .end,
    summary: "every order that a 3PL got stands in the ERP at the end",
    reason: "goods left that are never billed, and the stock of the ERP is wrong",
    example: "the ERP is down, the order is released all the same, and is never posted",
    remedy: "release when the ERP has the order; post what was deferred when it is back"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.ending == .quiet, evidence.hasPartner(.erp) else {
      return report.skip("the trace does not end with nothing left to happen at an ERP")
    }
    guard evidence.has(.orderReleased) || evidence.has(.shipmentCreated) else {
      return report.skip("no 3PL took an order")
    }
    for order in evidence.orders {
      guard
        let taken = evidence.first(.orderReleased, of: order)
          ?? evidence.first(.shipmentCreated, of: order),
        !evidence.has(.orderAccepted, order), !evidence.mayHaveHappened(at: .erp, order),
        !evidence.isCancelled(order), !evidence.hasException(order)
      else { continue }
      report.breach(
        at: evidence.end,
        order: order,
        "order '\(order.name)' never reached the ERP",
        expected: "a sales order",
        found: "'\(taken.fact.subject)' at the 3PL and nothing in the ERP",
        exchanges: taken.exchanges
      )
    }
  }
}
