import DrydockExchange
import DrydockKernel

/// An order is in the warehouse soon.
struct ReleasedInTime: Rule {
  let description = RuleDescription(
    id: "released-in-time",
    family: .time,
    summary:
      "a 3PL has an order within an hour of the ERP's acceptance, or 2 hours after the last fault",
    reason: "the wave leaves without it, and 'next day' becomes the day after",
    example: "the integration asks the ERP for approved orders once a day",
    remedy: "release when the ERP accepts; ask for orders that wait for approval every few minutes"
  )

  /// An hour, and two after trouble for what was put off.
  ///
  /// A cut-off is missed by more often than by less.
  static let objective = Objective(undisturbed: .seconds(3600), afterTrouble: .seconds(2 * 3600))

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    evidence.judge(
      Self.objective,
      from: .orderAccepted,
      to: .orderReleased,
      "released",
      into: &report
    )
  }
}
