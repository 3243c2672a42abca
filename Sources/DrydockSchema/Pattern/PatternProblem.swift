/// A reason why a regular expression cannot be compiled.
struct PatternProblem: Error, Hashable, Sendable {
  /// What is wrong.
  enum Kind: Hashable, Sendable {
    /// The text ends where more is needed.
    case unexpectedEnd(expected: String)
    /// A character stands where it may not.
    case unexpected(String)
    /// An escape that ECMA-262 does not define.
    case unknownEscape(String)
    /// A range or a repetition whose lower bound is above its upper bound.
    case reversedBounds(String)
    /// A `\p{…}` that names no property known here.
    case unknownProperty(String)
    /// A construct that cannot be matched in linear time.
    case unsupported(String)
    /// Groups nested deeper than the limit.
    case tooDeep(limit: Int)
    /// An automaton larger than the limit.
    case tooLarge(limit: Int)
  }

  /// What is wrong.
  var kind: Kind

  /// How many scalars of the pattern precede the place.
  var position: Int
}
