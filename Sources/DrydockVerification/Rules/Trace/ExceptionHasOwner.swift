import DrydockExchange
import DrydockKernel

/// Somebody is asked by name.
struct ExceptionHasOwner: Rule {
  let description = RuleDescription(
    id: "exception-has-owner",
    family: .trace,
    summary: "every exception names who has to act",
    reason: "what everybody could do is done by nobody, and the queue only grows",
    example: "a refused credit memo is put in a queue called 'errors'",
    remedy: "decide for each kind of exception whose it is: finance, fulfilment, customer service"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    let queued = evidence.notes.filter { $0.note.kind == .exceptionQueued }
    guard !queued.isEmpty else { return report.skip("no exception was queued") }
    for exception in queued where exception.note.owner.isEmpty {
      report.breach(
        at: exception.at,
        order: exception.order.map { evidence.orders[$0] },
        "an exception is nobody's",
        expected: "an owner",
        found: "none for '\(exception.note.text)'"
      )
    }
  }
}
