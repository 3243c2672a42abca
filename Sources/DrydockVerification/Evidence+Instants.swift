import DrydockExchange
import DrydockKernel

extension ObservedFact {
  /// When it happened, as early as anybody says; nothing where no clock was at hand.
  ///
  /// Partners write whole seconds, so this may be up to a second before the trace's own clock.
  var happened: VirtualInstant? {
    let earliest = statements.reduce(fact.at) { min($0, $1.at) }
    if earliest > .epoch { return earliest }
    return fact.at > .epoch ? fact.at : nil
  }
}

extension Evidence {
  /// How far two clocks may differ before an order of two instants means anything.
  ///
  /// Partners write whole seconds; clocks that are kept in step differ by less than another one.
  static let clockTolerance = Duration.seconds(2)

  /// Returns the exchange of a number, if the trace has it.
  func exchange(_ id: ExchangeID) -> ObservedExchange? {
    exchangePositions[id.number].map { exchanges[$0] }
  }

  /// Returns when the integration asked for what became a fact; nothing where it did not.
  ///
  /// Calls that only read are left out. The first call that carries the fact counts.
  func asked(_ fact: ObservedFact) -> VirtualInstant? {
    askingCall(fact).map(\.exchange.sentAt)
  }

  /// Returns the call of the integration that brought a fact about, if one did.
  func askingCall(_ fact: ObservedFact) -> ObservedExchange? {
    var first: ObservedExchange?
    for statement in fact.statements {
      guard let id = statement.exchange, let exchange = exchange(id), exchange.isWrite,
        exchange.exchange.sentAt > .epoch
      else { continue }
      if let first, first.exchange.sentAt <= exchange.exchange.sentAt { continue }
      first = exchange
    }
    return first
  }

  /// Returns when the integration learned of a fact; nothing where the trace does not show that.
  ///
  /// A webhook teaches when it arrives, an answer when it reaches the caller.
  func learned(_ fact: ObservedFact) -> VirtualInstant? {
    var first: VirtualInstant?
    for statement in fact.statements {
      guard let id = statement.exchange, let instant = exchange(id)?.taughtAt else { continue }
      first = first.map { min($0, instant) } ?? instant
    }
    return first
  }

  /// Tells whether one fact was brought about before another had happened.
  ///
  /// What the integration asks for is judged by the instant of its call; anything else by what the
  /// partners say, with room for their clocks. False where no clock was at hand.
  func isTooEarly(_ fact: ObservedFact, before earlier: ObservedFact) -> Bool {
    guard let limit = earlier.happened else { return false }
    if let asked = asked(fact) { return asked < limit }
    guard let happened = fact.happened else { return false }
    return happened + Self.clockTolerance < limit
  }

  /// Counts calls that failed among the troubles.
  ///
  /// A recording marks no faults: a call that failed shows that something was in the way. A webhook
  /// that the integration failed is no excuse for it.
  mutating func noteFailedCalls() {
    for observed in exchanges where observed.isCall && observed.failed {
      troubles.append(observed.endedAt)
    }
    troubles.sort()
  }

  /// Returns when something was last in the way up to an instant: a fault, a failure, a crash.
  ///
  /// - Complexity: O(log n) in the faults that fired.
  func lastTrouble(notAfter limit: VirtualInstant) -> VirtualInstant? {
    let count = troubles.partitionIndex { $0 > limit }
    return count > 0 ? troubles[count - 1] : nil
  }

  /// Tells whether the integration came back from a crash in an interval: it may have forgotten.
  ///
  /// - Complexity: O(log n) in the crashes.
  func restarted(between start: VirtualInstant, and end: VirtualInstant) -> Bool {
    let next = restarts.partitionIndex { $0 >= start }
    return next < restarts.count && restarts[next] <= end
  }
}

extension Array {
  /// Returns the first position at which a condition holds that holds for all behind it as well.
  ///
  /// - Complexity: O(log n).
  func partitionIndex(where condition: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension ObservedExchange {
  /// When its message reached the integration; nothing when it never did.
  var taughtAt: VirtualInstant? {
    if isCall {
      guard case .response(let response) = exchange.result, response.isSuccess else { return nil }
      return concludedAt ?? exchange.answeredAt
    }
    guard exchange.arrived else { return nil }
    // Recordings do not say how long a webhook was on its way: it was there when it was answered.
    return exchange.answeredAt ?? arrivedAt ?? exchange.sentAt
  }

  /// When the sender knew how it ended.
  var endedAt: VirtualInstant { concludedAt ?? exchange.answeredAt ?? exchange.sentAt }
}
