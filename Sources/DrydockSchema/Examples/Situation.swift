import DrydockJSON

/// What is known of a value that is looked for, its type settled.
struct Situation: Sendable {
  /// The one type of the value.
  let type: TypeSet
  /// The classes of subschemas that hold, and of those that do not.
  var positive: Set<Int32> = []
  var negative: Set<Int32> = []
  /// Choices still to be made: of each, one alternative has to hold with all its facts.
  var choices: [[[Int]]] = []
  /// The enumerations that the value has to be in.
  var enumerations: [[JSONNode]] = []
  /// Values, by number, that it must not be.
  var excluded: [Int] = []
  /// Whether something was wanted that the search cannot reason about.
  var isUncertain = false

  var number = NumberDomain()
  var string = StringDomain()
  var array = ArrayDomain()
  var object = ObjectDomain()

  init(type: TypeSet) {
    self.type = type
  }
}

/// What is wanted of a number.
struct NumberDomain: Sendable {
  /// A bound and whether the number may be it.
  struct Bound: Sendable {
    var value: JSONDecimal
    var isInclusive: Bool
  }

  var lower: Bound?
  var upper: Bound?
  var multiples: [JSONDecimal] = []
  var notMultiples: [JSONDecimal] = []

  /// Raises the lower bound.
  mutating func raise(_ value: JSONDecimal, inclusive: Bool) {
    if let lower, lower.value > value || (lower.value == value && !lower.isInclusive) { return }
    lower = Bound(value: value, isInclusive: inclusive)
  }

  /// Lowers the upper bound.
  mutating func lowerUpper(_ value: JSONDecimal, inclusive: Bool) {
    if let upper, upper.value < value || (upper.value == value && !upper.isInclusive) { return }
    upper = Bound(value: value, isInclusive: inclusive)
  }
}

/// What is wanted of a text.
struct StringDomain: Sendable {
  /// A pattern that has to match, or must not.
  struct Demand: Sendable {
    var pattern: Pattern
    var isWanted: Bool
  }

  var length = CountBounds()
  var patterns: [Demand] = []
  var formats: Set<Format> = []
  var notFormats: Set<Format> = []
}

/// What is wanted of an array.
struct ArrayDomain: Sendable {
  /// A plan by program and index.
  struct Plan: Hashable, Sendable {
    var side: ProgramSide
    var index: Int32
    /// The class of the subschema that it belongs to.
    var owner: Int32
  }
  /// How many elements must, or may, fit a subschema.
  struct Count: Hashable, Sendable {
    var side: ProgramSide
    var block: Int32
    var count: Int
  }
  /// What is said of elements that nothing has evaluated.
  struct Rest: Hashable, Sendable {
    var side: ProgramSide
    var owner: Int32
    var block: Int32
  }

  var count = CountBounds()
  var plans: [Plan] = []
  var elements: [Int: [Int]] = [:]
  var atLeast: [Count] = []
  var atMost: [Count] = []
  var rests: [Rest] = []
  var isUnique = false
  var repeats = false
  /// Plans with an element behind the first ones that breaks them.
  var broken: [Plan] = []
  /// Statements about unevaluated elements that some element breaks.
  var brokenRests: [Rest] = []
}

/// What is wanted of an object.
struct ObjectDomain: Sendable {
  /// What some member has to break.
  enum Break: Hashable, Sendable {
    /// What a plan says of members whose names match one of its patterns.
    case pattern(ArrayDomain.Plan, Int32)
    /// What a plan says of members it does not mention.
    case additional(ArrayDomain.Plan)
    /// What a plan says of names.
    case name(ArrayDomain.Plan)
    /// What is said of members that nothing evaluated.
    case unevaluated(ArrayDomain.Rest)
  }

  var count = CountBounds()
  var plans: [ArrayDomain.Plan] = []
  /// Names that have to be there, in the order they were asked for.
  var required: [Int] = []
  var absent: Set<Int> = []
  /// Facts of members that have to be there.
  var members: [Int: [Int]] = [:]
  var rests: [ArrayDomain.Rest] = []
  var breaks: [Break] = []
}
