import DrydockJSON

/// Looks for values of which given subschemas hold and others do not.
///
///     wanted: old schema holds, new schema does not
///        │  for each type: take subschemas apart until only bounds, names and choices are left
///        ▼
///     situation ── a choice ──▶ one situation for each alternative, depth first
///        │  no choice left: children are looked for in the same way
///        ▼
///     a value, checked by the evaluator  ·  proof that there is none  ·  no answer
///
/// A value that wants itself as a part of itself is none: the smallest value that has what is
/// wanted would hold a smaller one. What was concluded while such a search was under way is kept
/// only for as long as it lasts, so recursion hides nothing.
///
/// Work, nesting and sizes are bounded; what exceeds them ends without an answer.
struct ExampleSolver {
  /// Bounds on a search.
  struct Limits: Sendable {
    /// How many facts may be looked at for one question.
    var stepsMax = 400_000
    /// How deep values may be nested.
    var depthMax = 40
    /// How many characters or elements a value may need.
    var sizeMax = 200_000
    /// How many choices may be open within each other, all levels together.
    var choicesMax = 1_500
  }

  let programs: [SchemaProgram]
  let classes: BlockClasses
  var limits = Limits()
  /// Whether the first program's values leave out members that only the second one declares.
  var leavesOutForeignMembers = false
  /// Whether members that nobody requires are put in where they can be.
  var fillsIn = false

  /// What is preferred where anything will do; nothing for what is small and plain.
  var taste: ExampleTaste?

  private(set) var facts: [Fact] = []
  private var numberOfFact: [Fact: Int] = [:]
  private(set) var names: [String] = []
  private var numberOfName: [String: Int] = [:]
  private(set) var values: [JSONNode] = []
  private var numberOfValue: [JSONNode: Int] = [:]
  /// The names of object plans, by program and plan.
  var plans: [[ObjectPlanReading?]]

  /// What is settled, by what was wanted.
  private var settled: [[Int]: SolverOutcome] = [:]
  /// What is settled as long as the searches under way come to nothing, as they are taken to.
  private var provisional: [[Int]: (outcome: SolverOutcome, rests: Int)] = [:]
  /// What was wanted by these, in the order they were settled.
  private var provisionalOrder: [[Int]] = []
  /// The searches under way, by what is wanted, with their depth.
  private var underWay: [[Int]: Int] = [:]
  /// The outermost search under way that a conclusion rests on.
  private var rests = Int.max
  var steps = 0
  var depth = 0
  /// How many choices are open within each other.
  private var choices = 0
  /// Why the question has no answer, once that is so.
  var doubt: SolverDoubt?

  init(_ programs: [SchemaProgram]) {
    self.programs = programs
    classes = BlockClasses(programs)
    plans = programs.map { [ObjectPlanReading?](repeating: nil, count: $0.objects.count) }
  }

  // MARK: Names for things

  mutating func number(of fact: Fact) -> Int {
    if let known = numberOfFact[fact] { return known }
    facts.append(fact)
    numberOfFact[fact] = facts.count - 1
    return facts.count - 1
  }

  mutating func number(ofName name: String) -> Int {
    if let known = numberOfName[name] { return known }
    names.append(name)
    numberOfName[name] = names.count - 1
    return names.count - 1
  }

  mutating func number(ofValue value: JSONNode) -> Int {
    let value = value.sorted
    if let known = numberOfValue[value] { return known }
    values.append(value)
    numberOfValue[value] = values.count - 1
    return values.count - 1
  }

  func classOf(_ side: ProgramSide, _ block: Int32) -> Int32 {
    classes.classes[side][Int(block)]
  }

  // MARK: Searching

  /// Asks for a value with all facts, with the whole budget.
  mutating func ask(_ wanted: [Fact]) -> SolverOutcome {
    steps = limits.stepsMax
    doubt = nil
    depth = 0
    choices = 0
    underWay = [:]
    provisional = [:]
    provisionalOrder = []
    rests = .max
    let goal = wanted.map { number(of: $0) }
    return solve(goal)
  }

  /// Counts work; false when there is none left.
  mutating func spend(_ amount: Int = 1) -> Bool {
    steps -= amount
    if steps >= 0 { return true }
    doubt = .budget
    return false
  }

  /// Looks for a value with all facts.
  mutating func solve(_ wanted: [Int]) -> SolverOutcome {
    let goal = Set(wanted).sorted()
    // Long lists of facts are work as well, even where the answer is known.
    steps -= goal.count / 8
    if let known = settled[goal] { return known }
    if let level = underWay[goal] {
      rests = min(rests, level)
      return .none
    }
    if let known = provisional[goal] {
      rests = min(rests, known.rests)
      return known.outcome
    }
    guard doubt == nil else { return .unknown(.budget) }
    guard depth < limits.depthMax else { return .unknown(.depth) }
    let outerRests = rests
    let mark = provisionalOrder.count
    rests = .max
    depth += 1
    underWay[goal] = depth
    let outcome = searched(goal)
    underWay[goal] = nil
    settle(goal, outcome, since: mark)
    rests = min(outerRests, rests >= depth ? .max : rests)
    depth -= 1
    return outcome
  }

  private mutating func searched(_ goal: [Int]) -> SolverOutcome {
    var unknown: SolverDoubt?
    for type in taste?.reordered(ExampleSolver.types) ?? ExampleSolver.types {
      switch solve(goal, type) {
      case .found(let value): return .found(value)
      case .none: continue
      case .unknown(let reason): unknown = unknown ?? reason
      }
      if let doubt { return .unknown(doubt) }
    }
    return (unknown ?? doubt).map { .unknown($0) } ?? .none
  }

  /// Keeps an outcome for as long as what it rests on.
  ///
  /// Outcomes were concluded while searches further out were taken to come to nothing. If such a
  /// search does come to nothing, they hold for good; if it does not, they are forgotten.
  private mutating func settle(_ goal: [Int], _ outcome: SolverOutcome, since mark: Int) {
    if case .found = outcome {
      settled[goal] = outcome
      forget(since: mark)
      return
    }
    guard doubt == nil else { return forget(since: mark) }
    if case .unknown = outcome {
      if rests >= depth { settled[goal] = outcome }
      return forget(since: mark)
    }
    if rests >= depth {
      settled[goal] = outcome
      for other in provisionalOrder[mark...] {
        if let known = provisional[other] { settled[other] = known.outcome }
      }
      forget(since: mark)
    } else {
      for other in provisionalOrder[mark...] {
        if let known = provisional[other] {
          provisional[other] = (known.outcome, min(known.rests, rests))
        }
      }
      provisional[goal] = (outcome, rests)
      provisionalOrder.append(goal)
    }
  }

  private mutating func forget(since mark: Int) {
    for other in provisionalOrder[mark...] { provisional[other] = nil }
    provisionalOrder.removeSubrange(mark...)
  }

  /// The types in the order that values are looked for: those that are decided fast first.
  private static let types: [TypeSet] = [
    .string, .integer, .boolean, .null, .fraction, .array, .object,
  ]

  private mutating func solve(_ goal: [Int], _ type: TypeSet) -> SolverOutcome {
    var situation = Situation(type: type)
    guard enter(goal, &situation) else {
      return doubt.map { .unknown($0) } ?? .none
    }
    return choose(situation, goal)
  }

  /// Makes the choices that are left, depth first, those with fewest alternatives first.
  mutating func choose(_ start: Situation, _ goal: [Int]) -> SolverOutcome {
    var situation = start
    guard narrow(&situation) else { return doubt.map { .unknown($0) } ?? .none }
    guard
      let index = situation.choices.indices.min(by: {
        situation.choices[$0].count < situation.choices[$1].count
      })
    else { return build(situation, goal) }
    guard choices < limits.choicesMax else { return .unknown(.depth) }
    choices += 1
    defer { choices -= 1 }
    var alternatives = situation.choices.remove(at: index)
    if taste != nil { alternatives = taste?.reordered(alternatives) ?? alternatives }
    var unknown: SolverDoubt?
    for alternative in alternatives {
      var next = situation
      guard assume(alternative, &next), !isHopeless(next) else {
        if let doubt { return .unknown(doubt) }
        continue
      }
      switch choose(next, goal) {
      case .found(let value): return .found(value)
      case .none: continue
      case .unknown(let reason):
        unknown = unknown ?? reason
        if doubt != nil { return .unknown(reason) }
      }
    }
    return unknown.map { .unknown($0) } ?? .none
  }

  /// How many alternatives are few.
  private static let fewAlternatives = 6

  /// Drops alternatives that cannot hold and choices that hold already; false where none is left.
  private mutating func narrow(_ situation: inout Situation) -> Bool {
    var changed = true
    while changed {
      changed = false
      var index = 0
      while index < situation.choices.count {
        let choice = situation.choices[index]
        if choice.contains(where: { isSettled($0, situation) })
          || choice.contains(where: { isImplied($0, situation) })
        {
          situation.choices.remove(at: index)
          continue
        }
        var left: [[Int]] = []
        // Children are looked at where there are few alternatives; a long list is left for later.
        let looksInside = choice.count <= ExampleSolver.fewAlternatives
        for alternative in choice {
          var trial = situation
          trial.choices = []
          if assume(alternative, &trial), !looksInside || !isHopeless(trial) {
            left.append(alternative)
          }
          if doubt != nil { return false }
        }
        if left.isEmpty { return false }
        if left.count == 1 {
          situation.choices.remove(at: index)
          guard assume(left[0], &situation), !isHopeless(situation) else { return false }
          changed = true
          continue
        }
        situation.choices[index] = left
        index += 1
      }
    }
    return true
  }

  /// Whether all facts of an alternative are known to hold.
  private func isSettled(_ alternative: [Int], _ situation: Situation) -> Bool {
    alternative.allSatisfy { fact in
      switch facts[fact] {
      case .block(let side, let block, true): situation.positive.contains(classOf(side, block))
      case .block(let side, let block, false): situation.negative.contains(classOf(side, block))
      case .absent(let name): situation.object.absent.contains(name)
      case .present(let name): situation.object.required.contains(name)
      default: false
      }
    }
  }

  /// Builds a value of what is wanted once no choice is left, and has it checked.
  private mutating func build(_ situation: Situation, _ goal: [Int]) -> SolverOutcome {
    guard spend(4) else { return .unknown(.budget) }
    let outcome: SolverOutcome
    if let listed = situation.enumerations.min(by: { $0.count < $1.count }) {
      return enumerated(listed, situation, goal)
    }
    switch situation.type {
    case .object: outcome = solveObject(situation)
    case .array: outcome = solveArray(situation)
    case .string: outcome = solveString(situation, goal)
    case .integer, .fraction: outcome = solveNumber(situation)
    case .boolean: outcome = first([.boolean(true), .boolean(false)], situation)
    default: outcome = first([.null], situation)
    }
    switch outcome {
    case .found(let value):
      return holds(goal, for: value) ? outcome : .unknown(.keyword)
    case .none: return situation.isUncertain ? .unknown(.keyword) : .none
    case .unknown: return outcome
    }
  }

  private func first(_ candidates: [JSONNode], _ situation: Situation) -> SolverOutcome {
    let excluded = situation.excluded.map { values[$0] }
    if let value = candidates.first(where: { !excluded.contains($0) }) { return .found(value) }
    return .none
  }

  /// Tries the values of an enumeration: one of them it has to be.
  private mutating func enumerated(
    _ listed: [JSONNode],
    _ situation: Situation,
    _ goal: [Int]
  ) -> SolverOutcome {
    for value in taste?.reordered(listed) ?? listed where value.type == situation.type {
      guard spend(8) else { return .unknown(.budget) }
      if holds(goal, for: value) { return .found(value) }
    }
    return .none
  }
}
