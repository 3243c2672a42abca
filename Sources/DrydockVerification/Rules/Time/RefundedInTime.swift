import DrydockExchange
import DrydockKernel

/// Money goes back soon.
struct RefundedInTime: Rule {
  let description = RuleDescription(
    id: "refunded-in-time",
    family: .time,
    summary:
      "a return is refunded within 24 hours of its inspection, or 26 hours after the last fault",
    reason: "customers ask after three days, and banks take the money back after thirty",
    example: "refunds wait for somebody to look at a list",
    remedy: "refund on the 3PL's inspection, without waiting for the ERP"
  )

  /// A day: refunds are made in batches by some.
  static let objective = Objective(
    undisturbed: .seconds(24 * 3600),
    afterTrouble: .seconds(26 * 3600)
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    evidence.judge(
      Self.objective,
      from: .returnGraded,
      to: .refundIssued,
      "refunded",
      into: &report
    )
  }
}
