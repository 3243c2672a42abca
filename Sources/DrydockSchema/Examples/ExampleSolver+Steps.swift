import DrydockJSON

extension ExampleSolver {
  /// Takes one instruction as holding or not; false where that contradicts what is known.
  mutating func takeStep(
    _ position: Int32,
    of block: Int32,
    _ side: ProgramSide,
    _ holds: Bool,
    _ situation: inout Situation,
    _ work: inout [Int]
  ) -> Bool {
    let step = programs[side].instructions[Int(position)]
    guard isAbout(position, programs[side].blocks[Int(block)], situation.type) else {
      return holds
    }
    let taken = TakenStep(step: step, block: block, side: side, holds: holds)
    switch step.operation {
    case .minLength, .maxLength, .pattern, .format, .content:
      return takeString(step, side, holds, &situation)
    case .minimum, .maximum, .exclusiveMinimum, .exclusiveMaximum, .multipleOf:
      takeNumber(step, programs[side].numbers[Int(step.a)], holds, &situation.number)
      return true
    case .elements, .contains, .minItems, .maxItems, .uniqueItems:
      return takeArray(taken, &situation, &work)
    case .members, .minProperties, .maxProperties, .dependency:
      return takeObject(taken, &situation, &work)
    case .unevaluatedItems, .unevaluatedProperties:
      return takeLate(position, of: block, side, holds, &situation, &work)
    case .enumeration, .constant:
      let listed = programs[side].values(of: step, in: programs[side].blocks[Int(block)])
      guard spend(listed.count / 8) else { return false }
      if holds {
        situation.enumerations.append(listed)
        return listed.contains { $0.type == situation.type }
      }
      for value in listed where value.type == situation.type {
        situation.excluded.append(number(ofValue: value))
      }
      return true
    default: return takeApplicator(taken, &situation, &work)
    }
  }

  /// Whether an instruction is about values of a type, by the group that it stands in.
  private func isAbout(_ position: Int32, _ block: Block, _ type: TypeSet) -> Bool {
    if position < block.numberStart { return type == .string }
    if position < block.arrayStart { return type == .integer || type == .fraction }
    if position < block.objectStart { return type == .array }
    if position < block.anyStart { return type == .object }
    return true
  }

  private func takeNumber(
    _ step: Instruction,
    _ value: JSONDecimal,
    _ holds: Bool,
    _ domain: inout NumberDomain
  ) {
    switch (step.operation, holds) {
    case (.minimum, true): domain.raise(value, inclusive: true)
    case (.minimum, false): domain.lowerUpper(value, inclusive: false)
    case (.exclusiveMinimum, true): domain.raise(value, inclusive: false)
    case (.exclusiveMinimum, false): domain.lowerUpper(value, inclusive: true)
    case (.maximum, true): domain.lowerUpper(value, inclusive: true)
    case (.maximum, false): domain.raise(value, inclusive: false)
    case (.exclusiveMaximum, true): domain.lowerUpper(value, inclusive: false)
    case (.exclusiveMaximum, false): domain.raise(value, inclusive: true)
    case (_, true): domain.multiples.append(value)
    case (_, false): domain.notMultiples.append(value)
    }
  }

  private func takeString(
    _ step: Instruction,
    _ side: ProgramSide,
    _ holds: Bool,
    _ situation: inout Situation
  ) -> Bool {
    let bound = Int(step.a)
    switch (step.operation, holds) {
    case (.minLength, _): return situation.string.length.takeLeast(bound, holds)
    case (.maxLength, _): return situation.string.length.takeMost(bound, holds)
    case (.pattern, _):
      let pattern = programs[side].patterns[bound]
      situation.string.patterns.append(.init(pattern: pattern, isWanted: holds))
    case (.format, _):
      guard let format = Format(rawValue: UInt8(clamping: bound)) else { return true }
      if holds {
        situation.string.formats.insert(format)
      } else {
        situation.string.notFormats.insert(format)
      }
      let narrower = situation.string.formats
      return situation.string.notFormats.allSatisfy { wide in
        !narrower.contains { $0 == wide || wide.includes($0) }
      }
    default: situation.isUncertain = true
    }
    return true
  }

  private mutating func takeArray(
    _ taken: TakenStep,
    _ situation: inout Situation,
    _ work: inout [Int]
  ) -> Bool {
    let (step, block, side, holds) = taken.parts
    let bound = Int(step.a)
    switch (step.operation, holds) {
    case (.minItems, _): return situation.array.count.takeLeast(bound, holds)
    case (.maxItems, _): return situation.array.count.takeMost(bound, holds)
    case (.uniqueItems, true):
      situation.array.isUnique = true
      return !situation.array.repeats
    case (.uniqueItems, false):
      situation.array.repeats = true
      situation.array.count.raise(2)
      return !situation.array.isUnique
    case (.elements, true):
      situation.array.plans.append(
        .init(side: side, index: step.a, owner: classOf(side, block))
      )
    case (.elements, false):
      let plan = programs[side].arrays[Int(step.a)]
      var alternatives: [[Int]] = []
      for index in 0..<plan.prefixCount {
        let inner = programs[side].links[Int(plan.prefixStart + index)]
        let fact = number(of: .block(side, inner, false))
        alternatives.append([number(of: .element(Int(index), fact))])
      }
      if plan.rest >= 0 { alternatives.append([number(of: .restElement(side, plan: step.a))]) }
      return offer(alternatives, &situation, &work)
    default:
      let plan = programs[side].contains[Int(step.a)]
      let (least, most) = (Int(plan.min), plan.max == .max ? Int.max : Int(plan.max))
      if holds {
        if least > 0 { work.append(number(of: .atLeast(side, plan.block, least))) }
        if most < .max { work.append(number(of: .atMost(side, plan.block, most))) }
        return true
      }
      var alternatives: [[Int]] = []
      if least > 0 { alternatives.append([number(of: .atMost(side, plan.block, least - 1))]) }
      if most < .max { alternatives.append([number(of: .atLeast(side, plan.block, most + 1))]) }
      return offer(alternatives, &situation, &work)
    }
    return situation.array.count.isPossible
  }

  private mutating func takeObject(
    _ taken: TakenStep,
    _ situation: inout Situation,
    _ work: inout [Int]
  ) -> Bool {
    let (step, block, side, holds) = taken.parts
    let bound = Int(step.a)
    switch (step.operation, holds) {
    case (.minProperties, _): return situation.object.count.takeLeast(bound, holds)
    case (.maxProperties, _): return situation.object.count.takeMost(bound, holds)
    case (.dependency, _): return takeDependency(taken, &situation, &work)
    case (_, true):
      let plan = ArrayDomain.Plan(side: side, index: step.a, owner: classOf(side, block))
      situation.object.plans.append(plan)
      for name in reading(of: plan).required {
        guard require(name, &situation) else { return false }
      }
      return true
    default:
      let broken = breaks(of: step.a, side).map { [number(of: $0)] }
      return offer(broken, &situation, &work)
    }
  }

  /// Returns the ways in which an object can break a plan.
  mutating func breaks(of index: Int32, _ side: ProgramSide) -> [Fact] {
    let reading = reading(of: .init(side: side, index: index, owner: -1))
    let plan = programs[side].objects[Int(index)]
    var broken = reading.required.map { Fact.absent($0) }
    for (name, block) in reading.declared {
      broken.append(.member(name, number(of: .block(side, block, false))))
    }
    for pattern in 0..<plan.patternCount {
      broken.append(.patternMember(side, plan: index, pattern))
    }
    if plan.additional >= 0 { broken.append(.additionalMember(side, plan: index)) }
    if plan.propertyNames >= 0 { broken.append(.badName(side, plan: index)) }
    return broken
  }

  private mutating func takeDependency(
    _ taken: TakenStep,
    _ situation: inout Situation,
    _ work: inout [Int]
  ) -> Bool {
    let (step, _, side, holds) = taken.parts
    let plan = programs[side].dependencies[Int(step.a)]
    let name = number(ofName: programs[side].text(ofName: Int(plan.name)))
    let needed = (plan.requiredStart..<plan.requiredStart + plan.requiredCount).map {
      number(ofName: programs[side].text(ofName: Int($0)))
    }
    let present = number(of: .present(name))
    if holds {
      var met = [present] + needed.map { number(of: .present($0)) }
      if plan.block >= 0 { met.append(number(of: .block(side, plan.block, true))) }
      return offer([[number(of: .absent(name))], met], &situation, &work)
    }
    var alternatives = needed.map { [present, number(of: .absent($0))] }
    if plan.block >= 0 {
      alternatives.append([present, number(of: .block(side, plan.block, false))])
    }
    return offer(alternatives, &situation, &work)
  }

  private mutating func takeLate(
    _ position: Int32,
    of index: Int32,
    _ side: ProgramSide,
    _ holds: Bool,
    _ situation: inout Situation,
    _ work: inout [Int]
  ) -> Bool {
    let step = programs[side].instructions[Int(position)]
    let isAboutMembers = step.operation == .unevaluatedProperties
    guard situation.type == (isAboutMembers ? .object : .array) else { return holds }
    let block = programs[side].blocks[Int(index)]
    if holds {
      let rest = ArrayDomain.Rest(side: side, owner: index, block: step.a)
      if isAboutMembers {
        situation.object.rests.append(rest)
      } else {
        situation.array.rests.append(rest)
      }
      return true
    }
    for other in programs[side].steps(of: block, about: situation.type) where other != position {
      work.append(number(of: .step(side, block: index, other, true)))
    }
    let broken: Fact =
      isAboutMembers
      ? .unevaluatedMember(side, block: index, position)
      : .unevaluatedElement(side, block: index, position)
    work.append(number(of: broken))
    return true
  }

  private mutating func takeApplicator(
    _ taken: TakenStep,
    _ situation: inout Situation,
    _ work: inout [Int]
  ) -> Bool {
    let (step, _, side, holds) = taken.parts
    func fact(_ block: Int32, _ holds: Bool) -> Int { number(of: .block(side, block, holds)) }
    switch step.operation {
    case .reference: work.append(fact(step.a, holds))
    case .dynamicReference:
      let plan = programs[side].dynamics[Int(step.a)]
      if plan.candidateCount > 1, programs[side].usesDynamicScope {
        // Where it leads depends on the way that evaluation came, which is not followed.
        situation.isUncertain = true
      } else {
        work.append(fact(plan.initial, holds))
      }
    case .not: work.append(fact(step.a, !holds))
    case .allOf, .anyOf:
      let branches = programs[side].branches(of: step)
      guard (step.operation == .allOf) == holds else {
        return offer(branches.map { [fact($0, holds)] }, &situation, &work)
      }
      work += branches.reversed().map { fact($0, holds) }
    case .oneOf:
      return takeOneOf(Array(programs[side].branches(of: step)), side, holds, &situation, &work)
    case .conditional:
      let plan = programs[side].conditionals[Int(step.a)]
      var alternatives: [[Int]] = []
      if holds {
        let then = plan.then >= 0 ? [fact(plan.then, true)] : []
        let otherwise = plan.otherwise >= 0 ? [fact(plan.otherwise, true)] : []
        alternatives = [[fact(plan.condition, true)] + then]
        alternatives.append([fact(plan.condition, false)] + otherwise)
      } else {
        if plan.then >= 0 {
          alternatives.append([fact(plan.condition, true), fact(plan.then, false)])
        }
        if plan.otherwise >= 0 {
          alternatives.append([fact(plan.condition, false), fact(plan.otherwise, false)])
        }
      }
      return offer(alternatives, &situation, &work)
    default: situation.isUncertain = true
    }
    return true
  }

  private mutating func takeOneOf(
    _ branches: [Int32],
    _ side: ProgramSide,
    _ holds: Bool,
    _ situation: inout Situation,
    _ work: inout [Int]
  ) -> Bool {
    let wanted = branches.map { number(of: .block(side, $0, true)) }
    let unwanted = branches.map { number(of: .block(side, $0, false)) }
    guard spend(branches.count * (holds ? branches.count : 1)) else { return false }
    var alternatives: [[Int]] = []
    if holds {
      for chosen in branches.indices {
        alternatives.append(
          [wanted[chosen]] + unwanted.indices.filter { $0 != chosen }.map { unwanted[$0] }
        )
      }
    } else {
      alternatives.append(unwanted)
      guard spend(branches.count * branches.count / 4) else { return false }
      for first in branches.indices {
        for second in branches.indices.dropFirst(first + 1) {
          alternatives.append([wanted[first], wanted[second]])
        }
      }
    }
    return offer(alternatives, &situation, &work)
  }
}

/// One instruction that is taken as holding or not.
private struct TakenStep {
  let step: Instruction
  /// The subschema that it belongs to.
  let block: Int32
  let side: ProgramSide
  let holds: Bool

  var parts: (step: Instruction, block: Int32, side: ProgramSide, holds: Bool) {
    (step, block, side, holds)
  }
}
