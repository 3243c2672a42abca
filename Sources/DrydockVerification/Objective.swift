import DrydockExchange
import DrydockKernel

/// How long something may take, with nothing in the way and after trouble.
///
/// Time counts from when the integration learned of what starts it, where the trace shows that: a
/// lost webhook is another rule's finding. A deadline counts from the moment the last fault fired,
/// or the integration came back from a crash, as long as that happened within a day: waiting out an
/// outage is no lateness.
struct Objective {
  /// How long it may take when nothing goes wrong.
  var undisturbed: Duration
  /// How long it may take after trouble.
  var afterTrouble: Duration

  /// Returns the time that a step took beyond its deadline; nothing when it was in time.
  func lateness(
    from start: VirtualInstant,
    to end: VirtualInstant,
    _ evidence: Evidence
  ) -> (allowed: Duration, took: Duration)? {
    let took = end - start
    guard took > undisturbed else { return nil }
    if let trouble = evidence.lastTrouble(notAfter: end), trouble > start - .seconds(86_400) {
      let since = end - max(start, trouble)
      return since > afterTrouble ? (afterTrouble, since) : nil
    }
    return (undisturbed, took)
  }
}

extension Evidence {
  /// Returns when a step could begin that follows a fact.
  func begins(_ fact: ObservedFact) -> VirtualInstant? {
    learned(fact) ?? fact.happened
  }

  /// Judges the time between two facts of each order against an objective.
  ///
  /// Orders that people were asked to look at, or that somebody held or cancelled, are left out:
  /// people take the time they take. What never came is another rule's finding.
  func judge(
    _ objective: Objective,
    from first: FactKind,
    to last: FactKind,
    _ words: String,
    into report: inout RuleReport
  ) {
    var judged = 0
    for order in orders {
      guard let start = self.first(first, of: order), let end = self.first(last, of: order),
        let from = begins(start), let to = end.happened, to + Self.clockTolerance >= from,
        !hasException(order), !has(.orderHeld, order), !has(.orderCancelled, order)
      else { continue }
      judged += 1
      guard let late = objective.lateness(from: from, to: to, self) else { continue }
      report.breach(
        at: to,
        order: order,
        "order '\(order.name)' was \(words) too late",
        expected: "'\(last.rawValue)' within \(late.allowed.roundedDescription)",
        found: "after \(late.took.roundedDescription)",
        exchanges: start.exchanges + end.exchanges
      )
    }
    if judged == 0 {
      report.skip("no order shows both '\(first.rawValue)' and '\(last.rawValue)'")
    }
  }
}
