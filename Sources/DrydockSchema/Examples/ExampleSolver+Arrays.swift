import DrydockJSON

extension ExampleSolver {
  /// Returns what a statement about what is left over says of one child, as a fact.
  ///
  /// - Returns: -1 where breaking it needs nothing but the child's being there.
  mutating func restFact(_ rest: ArrayDomain.Rest, holds: Bool) -> Int {
    if rest.block >= 0 { return number(of: .block(rest.side, rest.block, holds)) }
    // Nothing may be left over: no type fits.
    return holds ? number(of: .never) : -1
  }

  /// Returns the plans that evaluate children on behalf of a subschema.
  ///
  /// These belong to the subschema itself and to those that it applies to the same value, as far as
  /// they are known to hold.
  func plans(coveredBy rest: ArrayDomain.Rest, _ situation: Situation) -> [ArrayDomain.Plan] {
    let program = programs[rest.side]
    var owners: Set<Int32> = []
    var work = [rest.owner]
    while let block = work.popLast() {
      guard owners.insert(classOf(rest.side, block)).inserted else { continue }
      for target in program.inPlaceTargets(of: block)
      where situation.positive.contains(classOf(rest.side, target)) {
        work.append(target)
      }
    }
    let all = situation.type == .object ? situation.object.plans : situation.array.plans
    return all.filter { owners.contains($0.owner) }
  }

  /// Whether more may be evaluated than the plans tell: by branches nobody decided about.
  func isCoverageOpen(_ rest: ArrayDomain.Rest, _ situation: Situation) -> Bool {
    let program = programs[rest.side]
    var seen: Set<Int32> = []
    var work = [rest.owner]
    while let block = work.popLast() {
      guard seen.insert(block).inserted else { continue }
      let owner = program.blocks[Int(block)]
      for position in program.steps(of: owner, about: situation.type) {
        let operation = program.instructions[Int(position)].operation
        // What one subschema finds left over, and what some element was found to be, is evaluated.
        if operation.isLate, block != rest.owner { return true }
        if operation == .contains { return true }
      }
      for target in program.inPlaceTargets(of: block) {
        let name = classOf(rest.side, target)
        if situation.positive.contains(name) {
          work.append(target)
        } else if !situation.negative.contains(name),
          program.blocks[Int(target)].form == .assertions
        {
          return true
        }
      }
    }
    return false
  }

  /// Looks for an array in a situation without choices.
  mutating func solveArray(_ situation: Situation) -> SolverOutcome {
    let outcome = searchArray(situation)
    guard case .none = outcome,
      situation.array.rests.contains(where: { isCoverageOpen($0, situation) })
    else { return outcome }
    // More may be evaluated than is known; what is impossible even so is impossible.
    var relaxed = situation
    relaxed.array.rests = []
    return searchArray(relaxed).isNone ? .none : .unknown(.keyword)
  }

  private mutating func searchArray(_ situation: Situation) -> SolverOutcome {
    var domain = situation.array
    guard domain.count.min <= limits.sizeMax else { return .unknown(.size) }
    if domain.count.min > domain.count.max { return .none }
    let settledLength = max(
      domain.plans.map { Int(programs[$0.side].arrays[Int($0.index)].prefixCount) }.max() ?? 0,
      (domain.elements.keys.max() ?? -1) + 1
    )
    // What an element behind the first ones has to break: any place up to the first where all
    // further ones are alike will do.
    if let plan = domain.broken.popLast() {
      let array = programs[plan.side].arrays[Int(plan.index)]
      let fact = number(of: .block(plan.side, array.rest, false))
      return tryPlaces(
        Int(array.prefixCount)...max(Int(array.prefixCount), settledLength),
        fact,
        domain,
        situation
      )
    }
    if let rest = domain.brokenRests.popLast() {
      let start = coveredCount(rest, situation)
      guard let start else { return .none }
      let fact = restFact(rest, holds: false)
      return tryPlaces(start...max(start, settledLength), fact, domain, situation)
    }
    let demanded = domain.atLeast.reduce(0) { min($0 + $1.count, limits.sizeMax) }
    let most = min(
      domain.count.max,
      max(domain.count.min, settledLength) + demanded + (domain.repeats ? 2 : 0)
    )
    var unknown: SolverDoubt?
    var lengths = Array(domain.count.min...max(domain.count.min, most))
    if lengths.count > 64 { lengths = Array(lengths.prefix(32) + lengths.suffix(32)) }
    if lengths.first == 0, lengths.count == 1, domain.count.max > 0, depth < 6 {
      if fillsIn { lengths = [1, 0] }
      if let drawn = taste?.below(min(domain.count.max, 3) + 1) { lengths = [drawn, 0] }
    }
    for length in lengths {
      switch elements(length, domain, situation) {
      case .found(let value): return .found(value)
      case .none: continue
      case .unknown(let reason): unknown = unknown ?? reason
      }
      if let doubt { return .unknown(doubt) }
    }
    return unknown.map { .unknown($0) } ?? .none
  }

  private mutating func tryPlaces(
    _ places: ClosedRange<Int>,
    _ fact: Int,
    _ domain: ArrayDomain,
    _ situation: Situation
  ) -> SolverOutcome {
    var unknown: SolverDoubt?
    for place in places where place < domain.count.max {
      var next = situation
      next.array = domain
      if fact >= 0 { next.array.elements[place, default: []].append(fact) }
      next.array.count.raise(place + 1)
      switch searchArray(next) {
      case .found(let value): return .found(value)
      case .none: continue
      case .unknown(let reason): unknown = unknown ?? reason
      }
      if let doubt { return .unknown(doubt) }
    }
    return unknown.map { .unknown($0) } ?? .none
  }

  /// Returns how many elements are evaluated from the start, or nothing where all are.
  private func coveredCount(_ rest: ArrayDomain.Rest, _ situation: Situation) -> Int? {
    var count = 0
    for plan in plans(coveredBy: rest, situation) {
      let array = programs[plan.side].arrays[Int(plan.index)]
      if array.rest >= 0 { return nil }
      count = max(count, Int(array.prefixCount))
    }
    return count
  }

  /// Returns what is wanted of the element at a place.
  private mutating func goal(
    _ place: Int,
    _ domain: ArrayDomain,
    _ rests: [(start: Int, fact: Int)]
  ) -> [Int] {
    var goal = domain.elements[place] ?? []
    for plan in domain.plans {
      let array = programs[plan.side].arrays[Int(plan.index)]
      if place < Int(array.prefixCount) {
        let block = programs[plan.side].links[Int(array.prefixStart) + place]
        goal.append(number(of: .block(plan.side, block, true)))
      } else if array.rest >= 0 {
        goal.append(number(of: .block(plan.side, array.rest, true)))
      }
    }
    for rest in rests where place >= rest.start { goal.append(rest.fact) }
    return goal
  }

  /// Looks for an array of a length.
  private mutating func elements(
    _ length: Int,
    _ domain: ArrayDomain,
    _ situation: Situation
  ) -> SolverOutcome {
    guard spend(length / 8 + 1) else { return .unknown(.budget) }
    var rests: [(start: Int, fact: Int)] = []
    for rest in domain.rests {
      guard let start = coveredCount(rest, situation) else { continue }
      rests.append((start, restFact(rest, holds: true)))
    }
    var goals: [[Int]] = []
    for place in 0..<length { goals.append(goal(place, domain, rests)) }
    var isExact = true
    guard demand(domain, &goals, &isExact) else { return isExact ? .none : .unknown(.keyword) }
    var values: [JSONNode] = []
    var taken: Set<JSONNode> = []
    for place in 0..<length {
      var wanted = goals[place]
      if domain.repeats, place == 1 {
        // The same as the element before.
        switch solve(goals[0] + goals[1]) {
        case .found(let value): values = [value, value]
        case .none: return .unknown(.keyword)
        case .unknown(let reason): return .unknown(reason)
        }
        continue
      }
      if domain.isUnique {
        for value in values { wanted.append(number(of: .differs(number(ofValue: value)))) }
      }
      switch solve(wanted) {
      case .found(let value):
        if domain.isUnique, !taken.insert(value.sorted).inserted { return .unknown(.keyword) }
        values.append(value)
      case .none: return isExact && !domain.isUnique ? .none : uniqueOutcome(domain, goals)
      case .unknown(let reason): return .unknown(reason)
      }
    }
    return .found(.array(values))
  }

  /// Tells apart, where elements must differ, that one cannot be from that others were badly
  /// chosen.
  private mutating func uniqueOutcome(_ domain: ArrayDomain, _ goals: [[Int]]) -> SolverOutcome {
    for goal in goals where solve(goal).isNone { return .none }
    // With one and the same demand on all places, the order of choice does not matter.
    return Set(goals.map { Set($0) }).count == 1 ? .none : .unknown(.keyword)
  }

  /// Spreads counts of elements over the places; false where they do not fit.
  private mutating func demand(
    _ domain: ArrayDomain,
    _ goals: inout [[Int]],
    _ isExact: inout Bool
  ) -> Bool {
    var used: Set<Int> = []
    for demand in domain.atLeast {
      let fact = number(of: .block(demand.side, demand.block, true))
      var left = demand.count
      if left > goals.count { return false }
      for sharing in [false, true] where left > 0 {
        for place in goals.indices where left > 0 && !goals[place].contains(fact) {
          if used.contains(place) != sharing { continue }
          guard case .found = solve(goals[place] + [fact]) else { continue }
          goals[place].append(fact)
          used.insert(place)
          left -= 1
        }
      }
      if left > 0 {
        isExact = domain.atLeast.count == 1
        return false
      }
    }
    for limit in domain.atMost {
      let fact = number(of: .block(limit.side, limit.block, true))
      let opposite = number(of: .block(limit.side, limit.block, false))
      var fitting = 0
      for place in goals.indices {
        if goals[place].contains(fact) {
          fitting += 1
        } else if fitting < limit.count, solve(goals[place] + [opposite]).isNone {
          fitting += 1
        } else {
          goals[place].append(opposite)
        }
      }
      if fitting > limit.count {
        isExact = domain.atLeast.isEmpty
        return false
      }
    }
    return true
  }
}

extension SchemaProgram {
  /// Returns the subschemas that a subschema applies to the same value.
  func inPlaceTargets(of index: Int32) -> [Int32] {
    let block = blocks[Int(index)]
    guard block.form == .assertions else { return [] }
    var targets: [Int32] = []
    for position in block.objectStart..<block.lateStart {
      let step = instructions[Int(position)]
      switch step.operation {
      case .reference: targets.append(step.a)
      case .dynamicReference: targets.append(dynamics[Int(step.a)].initial)
      case .allOf, .anyOf, .oneOf: targets += branches(of: step)
      case .conditional:
        let plan = conditionals[Int(step.a)]
        targets += [plan.condition, plan.then, plan.otherwise].filter { $0 >= 0 }
      case .dependency:
        let plan = dependencies[Int(step.a)]
        if plan.block >= 0 { targets.append(plan.block) }
      default: continue
      }
    }
    return targets
  }
}

extension Instruction.Operation {
  /// Whether this is about what is left over.
  var isLate: Bool { self == .unevaluatedItems || self == .unevaluatedProperties }
}
