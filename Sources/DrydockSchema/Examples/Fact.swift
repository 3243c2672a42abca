import DrydockJSON

/// Which of the programs at hand a fact refers to.
typealias ProgramSide = Int

/// What is wanted of a value that is looked for, in terms of the programs that speak of it.
///
/// Facts are interned: names, values and other facts stand in them by number.
enum Fact: Hashable, Sendable {
  /// Nothing will do.
  case never
  /// The value has one of these types.
  case isType(UInt8)
  /// A subschema holds, or does not.
  case block(ProgramSide, Int32, Bool)
  /// The types of a subschema hold, or do not.
  case types(ProgramSide, Int32, Bool)
  /// One instruction of a subschema holds, or does not.
  case step(ProgramSide, block: Int32, Int32, Bool)
  /// The value is not this one.
  case differs(Int)
  /// The text matches a pattern, or does not.
  case pattern(ProgramSide, Int32, Bool)

  /// A member is there and a fact holds for it.
  case member(Int, Int)
  /// A member is there.
  case present(Int)
  /// A member is not there.
  case absent(Int)
  /// Some member whose name matches a pattern of a plan breaks what the plan says of it.
  case patternMember(ProgramSide, plan: Int32, Int32)
  /// Some member that a plan does not mention breaks what the plan says of the others.
  case additionalMember(ProgramSide, plan: Int32)
  /// Some member's name breaks what a plan says of names.
  case badName(ProgramSide, plan: Int32)
  /// Some member that nothing has evaluated breaks what is said of those.
  case unevaluatedMember(ProgramSide, block: Int32, Int32)
  /// All members are declared, as they have to be, or some member is not.
  case declaredMembers(ProgramSide, block: Int32, Bool)

  /// An element is there and a fact holds for it.
  case element(Int, Int)
  /// Some element behind the first ones of a plan breaks what the plan says of the others.
  case restElement(ProgramSide, plan: Int32)
  /// Some element that nothing has evaluated breaks what is said of those.
  case unevaluatedElement(ProgramSide, block: Int32, Int32)
  /// At least so many elements fit a subschema.
  case atLeast(ProgramSide, Int32, Int)
  /// At most so many elements fit a subschema.
  case atMost(ProgramSide, Int32, Int)
  /// Two elements are equal.
  case repeated
}

/// What became of looking for a value.
enum SolverOutcome: Sendable {
  /// This value has all that was wanted.
  case found(JSONNode)
  /// There is none; this was proved.
  case none
  /// None was found, and that there is none was not proved.
  case unknown(SolverDoubt)

  /// Whether it was proved that there is no such value.
  var isNone: Bool {
    if case .none = self { true } else { false }
  }
}

/// Why a search ended without an answer.
enum SolverDoubt: String, Hashable, Sendable {
  /// The work that a search may take was used up.
  case budget
  /// Values would have to be nested too deep.
  case depth
  /// A value would have to be larger than what is built.
  case size
  /// A keyword that the search cannot reason about.
  case keyword
}

extension Fact {
  /// The fact that holds where what this one asks for is put right; nothing where that is no fact.
  var repaired: Fact? {
    switch self {
    case .block(let side, let block, let holds): .block(side, block, !holds)
    case .types(let side, let block, let holds): .types(side, block, !holds)
    case .step(let side, let block, let step, let holds): .step(side, block: block, step, !holds)
    case .absent(let name): .present(name)
    default: nil
    }
  }

  /// The fact that holds where this one about a pattern does not.
  var opposite: Fact {
    if case .pattern(let side, let pattern, let holds) = self {
      return .pattern(side, pattern, !holds)
    }
    return self
  }
}
