import DrydockExchange
import DrydockKernel

/// What was given up is on somebody's desk.
struct NothingPending: Rule {
  let description = RuleDescription(
    id: "nothing-pending",
    family: .end,
    summary: "every message that was given up was replayed, or somebody was asked to look at it",
    reason: "a dead letter that nobody reads is a lost order with a grave",
    example: "a refund is dead-lettered after twelve attempts and the queue has no reader",
    remedy: "queue an exception with an owner for every dead letter, and replay it when mended"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    let dead = evidence.notes.filter { $0.note.kind == .deadLettered }
    guard !dead.isEmpty else { return report.skip("nothing was given up") }
    let answers = evidence.notes.filter {
      $0.note.kind == .exceptionQueued || $0.note.kind == .replayed
    }
    var lastAnswer: [Int: VirtualInstant] = [:]
    var lastOfAll: VirtualInstant?
    for answer in answers {
      if let order = answer.order { lastAnswer[order] = answer.at }
      if answer.order == nil { lastOfAll = answer.at }
    }
    for letter in dead {
      let answer = letter.order.map { lastAnswer[$0] ?? lastOfAll } ?? lastOfAll
      let isAnswered = answer.map { $0 >= letter.at } ?? false
      guard !isAnswered else { continue }
      report.breach(
        at: letter.at,
        order: letter.order.map { evidence.orders[$0] },
        "what was given up waits for nobody",
        expected: "a replay, or an exception with an owner",
        found: "neither after '\(letter.note.text)'"
      )
    }
  }
}
