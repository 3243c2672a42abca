import DrydockExchange
import DrydockKernel

/// The 3PL is told of the goods of a return once.
struct ReturnAnnouncedOnce: Rule {
  let description = RuleDescription(
    id: "return-announced-once",
    family: .once,
    summary: "no more units are announced to the 3PL than are to come back",
    reason: "the dock waits for a parcel that never comes, and nobody closes the return",
    example: "the announcement times out and is repeated under another reference",
    remedy: "announce every return under one reference, and look it up before repeating"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    judgeReturns(.returnExpected, evidence, into: &report, what: "announced")
  }
}
