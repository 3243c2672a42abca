/// What the type of a value alone says about a block, before any of its instructions is run.
struct TypeOutlook: BitwiseCopyable, Hashable, Sendable {
  /// The types of which every value is valid, and says nothing that others could ask about.
  var accepted = TypeSet()
  /// The types of which some value may be valid; a fraction counts wherever an integer does.
  var possible = TypeSet.any

  /// Nothing is valid.
  static let never = TypeOutlook(accepted: [], possible: [])

  /// Everything is valid.
  static let always = TypeOutlook(accepted: .any, possible: .any)
}
