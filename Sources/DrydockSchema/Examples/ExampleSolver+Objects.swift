import DrydockJSON

/// The names of an object plan, as a solver numbers them.
struct ObjectPlanReading: Sendable {
  /// The declared names and their subschemas, in the order of the schema.
  var declared: [(name: Int, block: Int32)] = []
  var blockOf: [Int: Int32] = [:]
  var required: [Int] = []
}

extension ExampleSolver {
  /// Returns the names of a plan.
  mutating func reading(of plan: ArrayDomain.Plan) -> ObjectPlanReading {
    if let known = plans[plan.side][Int(plan.index)] { return known }
    var reading = ObjectPlanReading()
    let program = programs[plan.side]
    for entry in program.entries(of: program.objects[Int(plan.index)]) {
      let name = number(ofName: entry.name)
      if entry.block >= 0 {
        reading.declared.append((name, entry.block))
        reading.blockOf[name] = entry.block
      }
      if entry.isRequired { reading.required.append(name) }
    }
    plans[plan.side][Int(plan.index)] = reading
    return reading
  }

  /// Looks for an object in a situation without choices.
  mutating func solveObject(_ situation: Situation) -> SolverOutcome {
    var search = ObjectSearch(domain: situation.object, situation: situation)
    search.read(&self)
    let outcome = satisfyBreaks(search, situation.object.breaks[...])
    let open = situation.object.rests.contains { isCoverageOpen($0, situation) }
    guard case .none = outcome, open else { return outcome }
    // More may be evaluated than is known; what is impossible even so is impossible.
    var relaxed = situation
    relaxed.object.rests = []
    var without = ObjectSearch(domain: relaxed.object, situation: relaxed)
    without.read(&self)
    let bound = satisfyBreaks(without, relaxed.object.breaks[...])
    return bound.isNone ? .none : .unknown(.keyword)
  }

  /// Finds a member for each break that is wanted, then all others.
  private mutating func satisfyBreaks(
    _ search: ObjectSearch,
    _ breaks: ArraySlice<ObjectDomain.Break>
  ) -> SolverOutcome {
    guard let wanted = breaks.first else { return fill(search) }
    guard spend(2) else { return .unknown(.budget) }
    var unknown: SolverDoubt?
    for name in search.universe where !search.domain.absent.contains(name) {
      if let end = attempt(wanted, by: name, search, breaks.dropFirst(), &unknown) { return end }
    }
    let fresh = search.freshNames(for: wanted, &self)
    for text in fresh.names {
      let name = number(ofName: text)
      var wider = search
      wider.universe.append(name)
      if let end = attempt(wanted, by: name, wider, breaks.dropFirst(), &unknown) { return end }
    }
    if let unknown { return .unknown(unknown) }
    if !fresh.isComplete { return .unknown(.keyword) }
    return .none
  }

  /// Has a member break what is wanted; nothing where another member may do it.
  private mutating func attempt(
    _ wanted: ObjectDomain.Break,
    by name: Int,
    _ search: ObjectSearch,
    _ rest: ArraySlice<ObjectDomain.Break>,
    _ unknown: inout SolverDoubt?
  ) -> SolverOutcome? {
    guard let inner = search.facts(breaking: wanted, name, &self) else { return nil }
    var next = search
    next.add(name, inner)
    switch satisfyBreaks(next, rest) {
    case .found(let value): return .found(value)
    case .none: break
    case .unknown(let reason): unknown = unknown ?? reason
    }
    return doubt.map { .unknown($0) }
  }

  /// Builds the members: those that have to be there, and others up to the least count.
  private mutating func fill(_ search: ObjectSearch) -> SolverOutcome {
    let domain = search.domain
    guard domain.count.min <= limits.sizeMax else { return .unknown(.size) }
    var members: [Int: JSONNode] = [:]
    for name in domain.required {
      guard search.allows(name, &self) else { return .none }
      switch solve(search.goal(name, &self)) {
      case .found(let value): members[name] = value
      case .none: return .none
      case .unknown(let reason): return .unknown(reason)
      }
    }
    if members.count > domain.count.max { return .none }
    var unknown: SolverDoubt?
    let wanted = fillsIn || (taste != nil && depth < 6) ? Int.max : domain.count.min
    for name in search.universe
    where members.count < min(wanted, domain.count.max) && members[name] == nil {
      guard !domain.absent.contains(name), search.allows(name, &self) else { continue }
      if taste != nil, members.count >= domain.count.min, taste?.below(2) == 0 { continue }
      switch solve(search.goal(name, &self)) {
      case .found(let value): members[name] = value
      case .none: continue
      case .unknown(let reason): unknown = reason
      }
      if let doubt { return .unknown(doubt) }
    }
    var order = search.universe.filter { members[$0] != nil }
    if members.count < domain.count.min {
      let missing = domain.count.min - members.count
      let fresh = search.freshNames(count: missing, &self)
      for text in fresh.names where members.count < domain.count.min {
        let name = number(ofName: text)
        guard case .found(let value) = solve(search.goal(name, &self)) else { continue }
        members[name] = value
        order.append(name)
      }
      if members.count < domain.count.min {
        if let unknown { return .unknown(unknown) }
        return fresh.isComplete && fresh.names.isEmpty ? .none : .unknown(.keyword)
      }
    }
    return .found(
      .object(order.compactMap { name in members[name].map { .init(names[name], $0) } })
    )
  }
}

extension ExampleSolver {
  /// Whether some member that has to be there cannot be, as far as is known yet.
  ///
  /// What is known later only asks for more, so what is hopeless stays so.
  mutating func isHopeless(_ situation: Situation) -> Bool {
    guard situation.type == .object, !situation.object.required.isEmpty,
      spend(situation.object.required.count + situation.object.plans.count)
    else { return false }
    var domain = situation.object
    domain.rests = []
    var search = ObjectSearch(domain: domain, situation: situation)
    search.readPlans(&self)
    for name in domain.required {
      let goal = search.goal(name, &self)
      guard goal.count > 1, spend() else { continue }
      if solve(goal).isNone { return true }
    }
    return false
  }

  /// Whether an alternative holds because of what is known of a member: one that has to be there
  /// and cannot be what it must not.
  mutating func isImplied(_ alternative: [Int], _ situation: Situation) -> Bool {
    guard situation.type == .object, alternative.count == 1,
      case .member(let name, let inner) = facts[alternative[0]],
      case .block(let side, let block, false) = facts[inner],
      programs[side].blocks[Int(block)].isPlain(in: programs[side]),
      situation.object.required.contains(name), spend(4)
    else { return false }
    var domain = situation.object
    domain.rests = []
    var search = ObjectSearch(domain: domain, situation: situation)
    search.readPlans(&self)
    let opposite = number(of: .block(side, block, true))
    return solve(search.goal(name, &self) + [opposite]).isNone
  }
}

extension Block {
  /// Whether the block speaks of nothing but a scalar value itself.
  func isPlain(in program: SchemaProgram) -> Bool {
    guard form == .assertions else { return true }
    for position in stringStart..<end {
      switch program.instructions[Int(position)].operation {
      case .enumeration, .constant, .minLength, .maxLength, .pattern, .minimum, .maximum,
        .exclusiveMinimum, .exclusiveMaximum, .multipleOf:
        continue
      default: return false
      }
    }
    return true
  }
}

/// The search for the members of one object.
struct ObjectSearch {
  var domain: ObjectDomain
  let situation: Situation
  /// The names that anybody mentions, in a settled order.
  var universe: [Int] = []
  private var readings: [ObjectPlanReading] = []
  /// Names that the second program declares and the first does not, which are left out.
  private var foreign: Set<Int> = []
  /// The plans that tell, for each statement about what is left over, what is not.
  private var covers: [ArrayDomain.Rest: [ArrayDomain.Plan]] = [:]

  init(domain: ObjectDomain, situation: Situation) {
    self.domain = domain
    self.situation = situation
  }

  /// Reads the plans as far as members that have to be there need them.
  mutating func readPlans(_ solver: inout ExampleSolver) {
    for plan in domain.plans { readings.append(solver.reading(of: plan)) }
  }

  /// Reads the plans.
  mutating func read(_ solver: inout ExampleSolver) {
    var seen: Set<Int> = []
    for plan in domain.plans {
      let reading = solver.reading(of: plan)
      readings.append(reading)
      for (name, _) in reading.declared where seen.insert(name).inserted { universe.append(name) }
    }
    for name in domain.required where seen.insert(name).inserted { universe.append(name) }
    // Names that only broken plans declare matter too: they are where plans differ.
    for wanted in domain.breaks {
      if case .additional(let plan) = wanted {
        for (name, _) in solver.reading(of: plan).declared where seen.insert(name).inserted {
          universe.append(name)
        }
      }
      if case .unevaluated(let rest) = wanted {
        covers[rest] = solver.plans(coveredBy: rest, situation)
      }
    }
    for rest in domain.rests { covers[rest] = solver.plans(coveredBy: rest, situation) }
    if solver.leavesOutForeignMembers { readForeign(&solver) }
  }

  private mutating func readForeign(_ solver: inout ExampleSolver) {
    var own: Set<Int> = []
    var others: Set<Int> = []
    for (plan, reading) in zip(domain.plans, readings) {
      for (name, _) in reading.declared {
        if plan.side == 0 { own.insert(name) } else { others.insert(name) }
      }
      if plan.side == 0 { own.formUnion(reading.required) }
    }
    for name in domain.members.keys { others.insert(name) }
    for name in others where !own.contains(name) {
      let matchesOwn = domain.plans.contains { plan in
        plan.side == 0 && matchesPattern(of: plan, solver.names[name], solver)
      }
      if !matchesOwn { foreign.insert(name) }
    }
    // Where the first program says nothing of this object, it declares nothing either.
    if !domain.plans.contains(where: { $0.side == 0 }) { foreign.formUnion(others) }
  }

  /// Whether a member may be there at all.
  func allows(_ name: Int, _ solver: inout ExampleSolver) -> Bool {
    if foreign.contains(name) { return false }
    for plan in domain.plans {
      let names = solver.programs[plan.side].objects[Int(plan.index)].propertyNames
      guard names >= 0 else { continue }
      let fact = solver.number(of: .block(plan.side, names, true))
      if !solver.holds([fact], for: .string(solver.names[name])) { return false }
    }
    return true
  }

  mutating func add(_ name: Int, _ facts: [Int]) {
    domain.members[name, default: []] += facts
    if !domain.required.contains(name) { domain.required.append(name) }
  }

  private func matchesPattern(
    of plan: ArrayDomain.Plan,
    _ name: String,
    _ solver: ExampleSolver
  ) -> Bool {
    let program = solver.programs[plan.side]
    return program.patterns(of: program.objects[Int(plan.index)]).contains {
      program.patterns[Int($0.pattern)].matches(name)
    }
  }

  /// Whether a plan mentions a name, by itself or by a pattern.
  private func mentions(
    _ plan: ArrayDomain.Plan,
    _ name: Int,
    _ solver: inout ExampleSolver
  ) -> Bool {
    solver.reading(of: plan).blockOf[name] != nil
      || matchesPattern(of: plan, solver.names[name], solver)
  }

  /// Returns what is wanted of a member.
  func goal(_ name: Int, _ solver: inout ExampleSolver) -> [Int] {
    var goal = domain.members[name] ?? []
    let text = solver.names[name]
    for (plan, reading) in zip(domain.plans, readings) {
      let program = solver.programs[plan.side]
      let object = program.objects[Int(plan.index)]
      var isMentioned = false
      if let block = reading.blockOf[name] {
        isMentioned = true
        goal.append(solver.number(of: .block(plan.side, block, true)))
      }
      for member in program.patterns(of: object)
      where program.patterns[Int(member.pattern)].matches(text) {
        isMentioned = true
        goal.append(solver.number(of: .block(plan.side, member.block, true)))
      }
      if !isMentioned, object.additional >= 0 {
        goal.append(solver.number(of: .block(plan.side, object.additional, true)))
      }
    }
    for rest in domain.rests where !isCovered(name, by: rest, &solver) {
      goal.append(solver.restFact(rest, holds: true))
    }
    return goal
  }

  private func isCovered(
    _ name: Int,
    by rest: ArrayDomain.Rest,
    _ solver: inout ExampleSolver
  ) -> Bool {
    for plan in covers[rest] ?? [] {
      if solver.programs[plan.side].objects[Int(plan.index)].additional >= 0 { return true }
      if mentions(plan, name, &solver) { return true }
    }
    return false
  }

  /// Returns what a member with this name must be for a break, or nothing where it cannot serve.
  func facts(
    breaking wanted: ObjectDomain.Break,
    _ name: Int,
    _ solver: inout ExampleSolver
  ) -> [Int]? {
    switch wanted {
    case .pattern(let plan, let index):
      let program = solver.programs[plan.side]
      let object = program.objects[Int(plan.index)]
      let member = program.patternMembers[Int(object.patternStart + index)]
      guard program.patterns[Int(member.pattern)].matches(solver.names[name]) else { return nil }
      return [solver.number(of: .block(plan.side, member.block, false))]
    case .additional(let plan):
      guard !mentions(plan, name, &solver) else { return nil }
      let block = solver.programs[plan.side].objects[Int(plan.index)].additional
      return [solver.number(of: .block(plan.side, block, false))]
    case .name(let plan):
      let block = solver.programs[plan.side].objects[Int(plan.index)].propertyNames
      let fact = solver.number(of: .block(plan.side, block, false))
      return solver.holds([fact], for: .string(solver.names[name])) ? [] : nil
    case .unevaluated(let rest):
      if isCovered(name, by: rest, &solver) { return nil }
      let fact = solver.restFact(rest, holds: false)
      return fact < 0 ? [] : [fact]
    }
  }

  // MARK: Names that nobody mentions

  /// Names that were made up, and whether all kinds of such names were tried.
  struct Fresh {
    var names: [String] = []
    var isComplete = true
  }

  /// Makes up names for a break: one for each way in which patterns can tell names apart.
  func freshNames(for wanted: ObjectDomain.Break, _ solver: inout ExampleSolver) -> Fresh {
    var fixed: [Fact] = []
    var free: [Fact] = []
    switch wanted {
    case .pattern(let plan, let index):
      let program = solver.programs[plan.side]
      let start = program.objects[Int(plan.index)].patternStart
      fixed.append(.pattern(plan.side, program.patternMembers[Int(start + index)].pattern, true))
    case .additional(let plan): fixed += patternFacts(of: plan, solver, holds: false)
    case .name(let plan):
      let block = solver.programs[plan.side].objects[Int(plan.index)].propertyNames
      fixed.append(.block(plan.side, block, false))
    case .unevaluated(let rest):
      for plan in covers[rest] ?? [] {
        if solver.programs[plan.side].objects[Int(plan.index)].additional >= 0 { return Fresh() }
        fixed += patternFacts(of: plan, solver, holds: false)
      }
    }
    for plan in domain.plans { free += patternFacts(of: plan, solver, holds: true) }
    return names(
      fixed,
      free.filter { !fixed.contains($0) && !fixed.contains($0.opposite) },
      &solver
    )
  }

  /// Makes up names for members that are only there to be counted.
  func freshNames(count: Int, _ solver: inout ExampleSolver) -> Fresh {
    var free: [Fact] = []
    for plan in domain.plans { free += patternFacts(of: plan, solver, holds: true) }
    var fresh = Fresh()
    var taken = Set(universe)
    // Names outside all patterns first; what is left is asked of each pattern in turn.
    let regions = [free.map(\.opposite)] + free.map { [$0] }
    for region in regions {
      while fresh.names.count < count {
        var goal = region.map { solver.number(of: $0) } + nameFacts(&solver)
        goal += taken.sorted().map { name in
          solver.number(of: .differs(solver.number(ofValue: .string(solver.names[name]))))
        }
        guard case .found(.string(let text)) = solver.solve(goal) else { break }
        guard case .found = solver.solve(self.goal(solver.number(ofName: text), &solver)) else {
          break
        }
        fresh.names.append(text)
        taken.insert(solver.number(ofName: text))
      }
    }
    fresh.isComplete = free.count <= 1
    return fresh
  }

  private func patternFacts(
    of plan: ArrayDomain.Plan,
    _ solver: ExampleSolver,
    holds: Bool
  ) -> [Fact] {
    let program = solver.programs[plan.side]
    return program.patterns(of: program.objects[Int(plan.index)]).map {
      .pattern(plan.side, $0.pattern, holds)
    }
  }

  /// What names have to be like, whatever they are for.
  private func nameFacts(_ solver: inout ExampleSolver) -> [Int] {
    var facts = [solver.number(of: .isType(TypeSet.string.rawValue))]
    for plan in domain.plans {
      let block = solver.programs[plan.side].objects[Int(plan.index)].propertyNames
      if block >= 0 { facts.append(solver.number(of: .block(plan.side, block, true))) }
    }
    return facts
  }

  private func names(_ fixed: [Fact], _ free: [Fact], _ solver: inout ExampleSolver) -> Fresh {
    var fresh = Fresh()
    let open = Array(free.prefix(5))
    fresh.isComplete = open.count == free.count
    var base = fixed.map { solver.number(of: $0) } + nameFacts(&solver)
    for name in Set(universe).union(foreign).sorted() {
      let value = solver.number(ofValue: .string(solver.names[name]))
      base.append(solver.number(of: .differs(value)))
    }
    for wanted in foreignDeclarations(&solver) {
      let value = solver.number(ofValue: .string(solver.names[wanted]))
      base.append(solver.number(of: .differs(value)))
    }
    for region in 0..<1 << open.count {
      let chosen = open.enumerated().map { index, fact in
        solver.number(of: region >> index & 1 == 1 ? fact : fact.opposite)
      }
      switch solver.solve(base + chosen) {
      case .found(.string(let text)): fresh.names.append(text)
      case .unknown: fresh.isComplete = false
      default: continue
      }
    }
    return fresh
  }

  /// The names that plans to be broken declare.
  private func foreignDeclarations(_ solver: inout ExampleSolver) -> [Int] {
    var found: Set<Int> = []
    for wanted in domain.breaks {
      switch wanted {
      case .additional(let plan), .pattern(let plan, _), .name(let plan):
        found.formUnion(solver.reading(of: plan).blockOf.keys)
      case .unevaluated(let rest):
        for plan in covers[rest] ?? [] {
          found.formUnion(solver.reading(of: plan).blockOf.keys)
        }
      }
    }
    return found.sorted()
  }
}
