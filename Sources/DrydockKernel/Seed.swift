/// Where all randomness of a run starts.
///
///     let draws = Seed(7).draws(for: "faults")
///     draws.happens(odds, KeyedDraws.Key(partner: "carrier", purpose: "lost answer"))
public struct Seed: Hashable, Sendable {
  /// The number that a person writes down to repeat a run.
  public var value: UInt64

  /// Creates the seed of a number.
  public init(_ value: UInt64) {
    self.value = value
  }

  /// Creates a seed from decimal text.
  public init?(parsing text: String) {
    guard let number = DecimalText(parsing: text.utf8), !number.isNegative,
      let value = number.scaled(toDigits: 0)
    else { return nil }
    self.value = value
  }

  /// Returns the draws of a named stream; streams of one seed are independent.
  public func draws(for stream: String) -> KeyedDraws {
    KeyedDraws(state: Mixing.combine(Mixing.combine(Mixing.third, value), Mixing.hash(stream)))
  }
}

extension Seed: CustomStringConvertible {
  /// The number in decimal.
  public var description: String { "\(value)" }
}
