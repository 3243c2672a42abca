import DrydockExchange
import DrydockKernel

/// Swaps two messages: keeps one back until the next one that matches has passed.
///
///     sent      1 ──── 2 ───── 3
///     arrives      2 ─ 1 ───── 3
///
/// A message that is overtaken by none arrives at the end of its hold. While one is kept, the next
/// passes untouched whatever the other gates say; the one after it may be kept again.
package struct ReorderFault: Hashable, Sendable {
  /// Which messages overtake which.
  package enum Scope: String, CaseIterable, Hashable, Sendable {
    /// Only one about the same entity overtakes.
    case entity
    /// Any that matches overtakes.
    case any
  }

  /// Which messages overtake which.
  package var scope: Scope
  /// How long a message is kept at most.
  package var hold: Duration

  package init(scope: Scope = .entity, hold: Duration = .seconds(600)) {
    self.scope = scope
    self.hold = hold
  }

  /// What it does, in a few words.
  package var summary: String {
    scope == .entity ? "reorder within an entity" : "reorder"
  }

  func ruling(at moment: Moment, holds: inout ReorderHolds) -> Ruling {
    let hold = min(max(.zero, hold), Limits.delayMax)
    guard holds.keep(moment.attempt, until: moment.now + hold, scope: scope) else {
      return .passes("too many messages kept back already")
    }
    return .fires(
      Injection(
        consequence: .arrivesLater(by: hold),
        effect: "kept back until overtaken, at most \(hold.roundedDescription)"
      )
    )
  }
}

/// The messages that one reorder fault keeps back, at most one for each entity.
struct ReorderHolds: Sendable {
  private struct Hold: Sendable {
    var exchange: ExchangeID
    var until: VirtualInstant
  }

  private struct Expiry: Sendable {
    var key: String
    var hold: Hold
  }

  private var held: [String: Hold] = [:]
  /// Holds in the order of their ends, which is that of their beginnings.
  private var expiries: [Expiry] = []
  private var expired = 0

  /// Returns the message that an attempt overtakes, if one is kept back.
  mutating func pass(
    _ attempt: Attempt,
    at now: VirtualInstant,
    scope: ReorderFault.Scope
  ) -> ExchangeID? {
    guard !held.isEmpty else { return nil }
    forget(before: now)
    return held.removeValue(forKey: key(of: attempt, scope))?.exchange
  }

  /// Remembers that a message is kept back; false when there is no room.
  mutating func keep(
    _ attempt: Attempt,
    until: VirtualInstant,
    scope: ReorderFault.Scope
  ) -> Bool {
    guard expiries.count - expired < Limits.holdsMax else { return false }
    let hold = Hold(exchange: attempt.exchange, until: until)
    let key = key(of: attempt, scope)
    held[key] = hold
    expiries.append(Expiry(key: key, hold: hold))
    return true
  }

  private mutating func forget(before now: VirtualInstant) {
    while expired < expiries.count, expiries[expired].hold.until <= now {
      let expiry = expiries[expired]
      if held[expiry.key]?.exchange == expiry.hold.exchange { held[expiry.key] = nil }
      expired += 1
    }
    if expired * 2 > expiries.count {
      expiries.removeFirst(expired)
      expired = 0
    }
  }

  private func key(of attempt: Attempt, _ scope: ReorderFault.Scope) -> String {
    scope == .any ? "" : "\(attempt.partner.name) \(attempt.entity)"
  }
}
