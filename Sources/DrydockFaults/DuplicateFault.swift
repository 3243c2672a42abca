/// Delivers a message again, as at-least-once platforms and impatient proxies do.
///
///     original ──▶ ├─ gap ─▶ copy 1 ├─ gap ─▶ copy 2
package struct DuplicateFault: Hashable, Sendable {
  /// How many copies follow; at most 100 count.
  package var copies: Int
  /// The time between one arrival and the next, drawn for each copy.
  package var after: ClosedRange<Duration>
  /// Whether each webhook copy comes as a new delivery, with identifiers of its own.
  ///
  /// Calls have no delivery identifiers: their copies are the same bytes.
  package var asNewDelivery: Bool

  package init(
    copies: Int = 1,
    after: ClosedRange<Duration> = .zero ... .seconds(5),
    asNewDelivery: Bool = false
  ) {
    self.copies = copies
    self.after = after
    self.asNewDelivery = asNewDelivery
  }

  /// What it does, in a few words.
  package var summary: String {
    asNewDelivery ? "duplicate with a new id" : "duplicate"
  }

  func ruling(at moment: Moment) -> Ruling {
    let count = min(copies, Limits.copiesMax)
    guard count > 0 else { return .passes("no copies asked for") }
    var copies: [Fate.Copy] = []
    copies.reserveCapacity(count)
    var time = Duration.zero
    for ordinal in 1...count {
      let gap = moment.draws.duration(in: after, AttemptDraws.Purpose.gap(ordinal))
      time = min(time + max(.zero, gap), Limits.delayMax)
      copies.append(
        Fate.Copy(after: time, asNewDelivery: asNewDelivery && !moment.isCall, ordinal: ordinal)
      )
    }
    let words = asNewDelivery && !moment.isCall ? "with a new id" : "with the same id"
    let number = count == 1 ? "delivered once more" : "delivered \(count) times more"
    return .fires(Injection(consequence: .copied(copies), effect: "\(number) \(words)"))
  }
}
