package import DrydockKernel

/// The four gates of a fault, all of which must open for it to fire.
///
///     match ─▶ count ─▶ time ─▶ odds ─▶ fires
///       │        │        │       └▶ eligible, not fired
///       └────────┴────────┴▶ not eligible
///
/// They are asked in this order. The count gate lets the first `skip` matching attempts of the run
/// pass, whatever their instant, and closes for good after `atMost` firings.
package struct Gates: Hashable, Sendable {
  /// Which attempts.
  package var match: Match
  /// How many matching attempts pass before the first one is eligible.
  package var skip: Int
  /// How often it fires at most; nothing for no bound.
  package var atMost: Int?
  /// When.
  package var time: TimeGate
  /// How likely, drawn anew for each attempt.
  package var odds: Ratio

  package init(
    match: Match = Match(),
    skip: Int = 0,
    atMost: Int? = nil,
    time: TimeGate = .always,
    odds: Ratio = .one
  ) {
    self.match = match
    self.skip = skip
    self.atMost = atMost
    self.time = time
    self.odds = odds
  }
}

/// A chance as the number of 64-bit draws that hit it.
struct Odds: Hashable, Sendable {
  /// Draws below this hit; nothing for odds of one or more.
  private let threshold: UInt64?

  init(_ ratio: Ratio) {
    threshold =
      ratio.numerator >= ratio.denominator
      ? nil : ratio.denominator.dividingFullWidth((ratio.numerator, 0)).quotient
  }

  private init(threshold: UInt64?) {
    self.threshold = threshold
  }

  /// Returns these odds times a part of a whole.
  func scaled(by part: UInt64, of whole: UInt64) -> Odds {
    guard part < whole else { return self }
    let product = (threshold ?? .max).multipliedFullWidth(by: part)
    return Odds(threshold: whole.dividingFullWidth(product).quotient)
  }

  func hit(_ bits: UInt64) -> Bool {
    threshold.map { bits < $0 } ?? true
  }
}
