package import DrydockExchange
import DrydockFakes
import DrydockFaults
import DrydockKernel

/// The integration's side of the world: its outputs, its timers and its crashes.
extension World {
  /// Takes what the integration does in answer to one delivery.
  ///
  /// - Parameters:
  ///   - outputs: Everything that one step appended.
  ///   - background: Whether the delivery was caused by a background timer.
  package mutating func accept(_ outputs: [IntegrationOutput], background: Bool) {
    if let crash = crashPending {
      crashPending = nil
      note(.crashed, "lost the outputs of a step that had taken effect")
      return die(crash)
    }
    isInBackground = background
    for output in outputs {
      switch output {
      case .call(let call, let partner, let request, let timeout):
        send(call, to: partner, request, timeout: timeout)
      case .respond(let exchange, let response): respond(exchange, response)
      case .wake(let timer, let after, let background):
        // What background work sets for itself is background work.
        arm(timer, after: after, background: background || isInBackground)
      case .note(let note): trace.append(TraceEvent(at: now, .note(note)))
      }
    }
    isInBackground = false
  }

  private mutating func arm(_ timer: TimerID, after: Duration, background: Bool) {
    if let armed = integrationTimers[timer], !armed.background { foreground -= 1 }
    generation += 1
    integrationTimers[timer] = ArmedTimer(generation: generation, background: background)
    if !background { foreground += 1 }
    enqueue(.integrationTimer(timer, generation: generation), at: now + max(after, .zero))
  }

  mutating func fireIntegrationTimer(_ timer: TimerID, _ generation: Int) {
    guard let armed = integrationTimers[timer], armed.generation == generation else { return }
    integrationTimers[timer] = nil
    if !armed.background { countDown() }
    deliver(.timer(timer), background: armed.background)
  }

  // MARK: Crashes

  mutating func crash(_ position: Int) {
    guard integrationIsUp else { return }
    note(.crashed, "crashed")
    die(position)
  }

  /// Crashes the integration when a call that a crash waits for has had its effect.
  mutating func crashAfterEffect(of attempt: Attempt) {
    guard integrationIsUp, let position = crashTriggered(by: attempt) else { return }
    note(.crashed, "crashed after '\(attempt.operation)' took effect and before its answer came")
    die(position)
  }

  /// Returns the crash that this attempt sets off, counting it.
  mutating func crashTriggered(by attempt: Attempt) -> Int? {
    for (position, crash) in plan.crashes.enumerated() where crashCounts[position] >= 0 {
      guard case .afterEffect(let match, let nth) = crash.trigger, match.matches(attempt) else {
        continue
      }
      crashCounts[position] += 1
      if crashCounts[position] == nth { return position }
    }
    return nil
  }

  private mutating func die(_ position: Int) {
    crashCounts[position] = -1
    integrationIsUp = false
    deliveries.removeAll(keepingCapacity: true)
    deliveriesTaken = 0
    for timer in integrationTimers.values where !timer.background { foreground -= 1 }
    integrationTimers.removeAll(keepingCapacity: true)
    for exchange in calls.keys.sorted() { cut(ExchangeID(exchange)) }
    for exchange in webhooks.keys.sorted() {
      schedule(.webhookEnds(ExchangeID(exchange), .connectionReset), at: now)
    }
    deliveries.append(.crash)
    schedule(.restart, at: now + plan.crashes[position].away)
  }

  /// Ends a call whose caller died; the request goes on.
  private mutating func cut(_ exchange: ExchangeID) {
    guard let pending = calls.removeValue(forKey: exchange.number) else { return }
    if !pending.hasArrived { orphans[exchange.number] = pending.sent }
    faults.finished(exchange, at: now)
    trace.append(
      TraceEvent(at: now, cause: pending.sent.event, .concluded(exchange, .connectionReset))
    )
  }

  mutating func restart() {
    integrationIsUp = true
    note(.restarted, "restarted")
    deliver(.restarted)
  }

  private mutating func note(_ kind: IntegrationNote.Kind, _ text: String) {
    trace.append(TraceEvent(at: now, .note(IntegrationNote(kind, text: text))))
  }
}
