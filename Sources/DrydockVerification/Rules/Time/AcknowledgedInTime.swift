import DrydockExchange
import DrydockKernel

/// An order is in the ERP soon.
struct AcknowledgedInTime: Rule {
  let description = RuleDescription(
    id: "acknowledged-in-time",
    family: .time,
    summary:
      "the ERP has an order within an hour of hearing of it, or 2 hours after the last fault",
    reason: "stock is not reserved and credit is not checked while the order waits",
    example: "orders are posted by a nightly job and miss the day's cut-off",
    remedy: "post orders as they come; take up what was deferred as soon as the ERP is back"
  )

  /// An hour, and two after trouble for what was put off.
  ///
  /// Batch posting every quarter of an hour is well inside.
  static let objective = Objective(undisturbed: .seconds(3600), afterTrouble: .seconds(2 * 3600))

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    evidence.judge(
      Self.objective,
      from: .orderPlaced,
      to: .orderAccepted,
      "accepted by the ERP",
      into: &report
    )
  }
}
