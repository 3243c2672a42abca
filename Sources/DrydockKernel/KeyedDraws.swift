/// Random numbers that depend on what they are for, never on how many were drawn before.
///
///     let draws = seed.draws(for: "faults")
///     let key = KeyedDraws.Key(partner: "3pl", entity: "SO-1", attempt: 1, purpose: "latency")
///     draws.duration(in: .milliseconds(20) ... .milliseconds(80), key)
///
/// So removing one consumer moves no other, and a failing run shrinks. Two draws with one key are
/// equal: give each its own purpose. Values are fixed for ever by known-answer tests.
public struct KeyedDraws: Hashable, Sendable {
  @usableFromInline let state: UInt64

  init(state: UInt64) {
    self.state = state
  }

  /// A text hashed ahead of time, for keys that are made often.
  public struct Label: Hashable, Sendable {
    @usableFromInline let word: UInt64

    /// Creates the label of a text.
    public init(_ text: String) {
      word = Mixing.hash(text)
    }

    /// The label of the empty text.
    public static let none = Label("")
  }

  /// What a draw is for.
  public struct Key: Hashable, Sendable {
    @usableFromInline let word: UInt64

    /// Creates a key from texts.
    public init(
      partner: String = "",
      operation: String = "",
      entity: String = "",
      attempt: Int = 0,
      purpose: String
    ) {
      self.init(
        partner: Label(partner),
        operation: Label(operation),
        entity: Label(entity),
        attempt: attempt,
        purpose: Label(purpose)
      )
    }

    /// Creates the same key from labels, without hashing text.
    @inlinable
    public init(
      partner: Label,
      operation: Label,
      entity: Label,
      attempt: Int = 0,
      purpose: Label
    ) {
      var state = Mixing.combine(Mixing.fourth, partner.word)
      state = Mixing.combine(state, operation.word)
      state = Mixing.combine(state, entity.word)
      state = Mixing.combine(state, UInt64(truncatingIfNeeded: attempt))
      word = Mixing.combine(state, purpose.word)
    }

    /// Creates a key for an entity that is known by a number, such as the index of an order.
    @inlinable
    public init(entityNumber: UInt64, attempt: Int = 0, purpose: Label) {
      var state = Mixing.combine(Mixing.second, entityNumber)
      state = Mixing.combine(state, UInt64(truncatingIfNeeded: attempt))
      word = Mixing.combine(state, purpose.word)
    }
  }

  /// Returns 64 bits for a key.
  @inlinable
  public func bits(_ key: Key) -> UInt64 {
    Mixing.finish(Mixing.combine(state, key.word))
  }

  /// Returns a number from 0 up to, not including, a bound; 0 if the bound is 0.
  ///
  /// The high half of a 64 × 64-bit product: no number is likelier than another by more than
  /// `bound / 2^64`.
  @inlinable
  public func below(_ bound: UInt64, _ key: Key) -> UInt64 {
    bits(key).multipliedFullWidth(by: bound).high
  }

  /// Returns whether something with these odds happens; always for odds of one or more.
  @inlinable
  public func happens(_ odds: Ratio, _ key: Key) -> Bool {
    below(odds.denominator, key) < odds.numerator
  }

  /// Returns a duration in a range, both ends included, in whole nanoseconds.
  public func duration(in range: ClosedRange<Duration>, _ key: Key) -> Duration {
    let lower = range.lowerBound.wholeNanoseconds
    let width = UInt64(bitPattern: range.upperBound.wholeNanoseconds &- lower)
    let (bound, overflow) = width.addingReportingOverflow(1)
    let drawn = overflow ? bits(key) : below(bound, key)
    return .nanoseconds(lower &+ Int64(bitPattern: drawn))
  }

  /// Returns an integer in a range, both ends included.
  public func integer(in range: ClosedRange<Int64>, _ key: Key) -> Int64 {
    let (bound, overflow) = UInt64(bitPattern: range.upperBound &- range.lowerBound)
      .addingReportingOverflow(1)
    let drawn = overflow ? bits(key) : below(bound, key)
    return range.lowerBound &+ Int64(bitPattern: drawn)
  }

  /// Returns one index by weight; `nil` if all weights are zero or their sum exceeds 64 bits.
  public func index(weights: [UInt64], _ key: Key) -> Int? {
    var total: UInt64 = 0
    for weight in weights {
      let (sum, overflow) = total.addingReportingOverflow(weight)
      guard !overflow else { return nil }
      total = sum
    }
    guard total > 0 else { return nil }
    var drawn = below(total, key)
    for (index, weight) in weights.enumerated() {
      guard drawn >= weight else { return index }
      drawn -= weight
    }
    return nil
  }

  /// Returns a sub-stream: draws that are independent of these.
  public func derived(_ label: String) -> KeyedDraws {
    KeyedDraws(state: Mixing.combine(state ^ Mixing.third, Mixing.hash(label)))
  }
}
