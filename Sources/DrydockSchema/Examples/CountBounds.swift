/// How many of something there may be: characters of a text, elements, members.
struct CountBounds: Hashable, Sendable {
  var min = 0
  var max = Int.max

  /// Whether some number is left.
  var isPossible: Bool { min <= max }

  /// Asks for so many at least.
  mutating func raise(_ bound: Int) {
    min = Swift.max(min, bound)
  }

  /// Asks for so many at most.
  mutating func lower(_ bound: Int) {
    max = Swift.min(max, bound)
  }

  /// Takes a bound from below as holding or not; false where no number is left.
  mutating func takeLeast(_ bound: Int, _ holds: Bool) -> Bool {
    if holds { raise(bound) } else { lower(bound - 1) }
    return isPossible
  }

  /// Takes a bound from above as holding or not; false where no number is left.
  mutating func takeMost(_ bound: Int, _ holds: Bool) -> Bool {
    if holds { lower(bound) } else { raise(bound + 1) }
    return isPossible
  }
}
