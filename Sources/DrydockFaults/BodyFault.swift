package import DrydockKernel

/// Damages the bytes that a partner sends: a webhook, or the answer to a call.
///
/// A signature covers the whole bytes and no longer verifies.
package struct BodyFault: Hashable, Sendable {
  /// How the bytes are damaged.
  package enum Damage: Hashable, Sendable {
    /// The body ends after a share of its bytes; where none is given, after a drawn one.
    case truncated(at: Ratio?)
    /// One separator is another sign, so that the format's reader stops there.
    case malformed
  }

  /// How the bytes are damaged.
  package var damage: Damage

  package init(damage: Damage = .truncated(at: nil)) {
    self.damage = damage
  }

  /// What it does, in a few words.
  package var summary: String {
    switch damage {
    case .truncated: "truncated body"
    case .malformed: "malformed body"
    }
  }

  func ruling(at moment: Moment) -> Ruling {
    switch damage {
    case .malformed:
      return .fires(Injection(consequence: .tampered(.malformedBody), effect: "body malformed"))
    case .truncated(let share):
      // At least one byte in a hundred stays, and one goes.
      let place = moment.draws.bits(AttemptDraws.Purpose.place).multipliedFullWidth(by: 99).high
      let kept = share ?? Ratio(1 + place, 100)
      return .fires(
        Injection(
          consequence: .tampered(.truncatedBody(at: kept)),
          effect: "body truncated at \(kept)"
        )
      )
    }
  }
}
