import DrydockJSON

extension ExampleSolver {
  /// Takes what is wanted of a value that is entered from outside; false where it contradicts.
  ///
  /// Where members have to be declared, that is asked of a value once, where it is entered.
  mutating func enter(_ goal: [Int], _ situation: inout Situation) -> Bool {
    var given: [Int] = []
    for id in goal {
      guard situation.type == .object, case .block(let side, let block, let holds) = facts[id],
        programs[side].undeclared == .forbidden,
        programs[side].blocks[Int(block)].findsUndeclared
      else {
        given.append(id)
        continue
      }
      if holds {
        given += [id, number(of: .declaredMembers(side, block: block, true))]
        continue
      }
      let alone = number(of: .block(side, block, true))
      let broken = number(of: .declaredMembers(side, block: block, false))
      situation.choices.append([[id], [alone, broken]])
    }
    return assume(given, &situation)
  }

  /// Takes facts as given, with all that follows from them; false where they contradict.
  mutating func assume(_ given: [Int], _ situation: inout Situation) -> Bool {
    var work = Array(given.reversed())
    while let id = work.popLast() {
      guard spend() else { return false }
      guard take(facts[id], &situation, &work) else { return false }
    }
    return true
  }

  private mutating func take(
    _ fact: Fact,
    _ situation: inout Situation,
    _ work: inout [Int]
  ) -> Bool {
    switch fact {
    case .never: return false
    case .isType(let types): return !TypeSet(rawValue: types).isDisjoint(with: situation.type)
    case .block(let side, let block, let holds):
      return take(block, side, holds, &situation, &work)
    case .types(let side, let block, let holds):
      let types = programs[side].blocks[Int(block)].types
      return types.isDisjoint(with: situation.type) != holds
    case .step(let side, let block, let step, let holds):
      return takeStep(step, of: block, side, holds, &situation, &work)
    case .differs(let value):
      situation.excluded.append(value)
      return true
    case .pattern(let side, let pattern, let holds):
      guard situation.type == .string else { return true }
      situation.string.patterns.append(
        StringDomain.Demand(pattern: programs[side].patterns[Int(pattern)], isWanted: holds)
      )
      return true
    default: return takeContainer(fact, &situation)
    }
  }

  /// Takes a fact about members or elements, which only objects or arrays have.
  private mutating func takeContainer(_ fact: Fact, _ situation: inout Situation) -> Bool {
    let isObject = situation.type == .object
    let isArray = situation.type == .array
    switch fact {
    case .member(let name, let inner):
      guard isObject, require(name, &situation) else { return false }
      situation.object.members[name, default: []].append(inner)
    case .present(let name): return isObject && require(name, &situation)
    case .absent(let name):
      guard isObject, !situation.object.required.contains(name) else { return !isObject }
      situation.object.absent.insert(name)
    case .patternMember(let side, let plan, let pattern):
      situation.object.breaks.append(.pattern(planName(side, plan), pattern))
      return isObject
    case .additionalMember(let side, let plan):
      situation.object.breaks.append(.additional(planName(side, plan)))
      return isObject
    case .badName(let side, let plan):
      situation.object.breaks.append(.name(planName(side, plan)))
      return isObject
    case .unevaluatedMember(let side, let block, let step):
      let target = programs[side].instructions[Int(step)].a
      situation.object.breaks.append(
        .unevaluated(.init(side: side, owner: block, block: target))
      )
      return isObject
    case .declaredMembers(let side, let block, let holds):
      let rest = ArrayDomain.Rest(side: side, owner: block, block: -1)
      if holds {
        situation.object.rests.append(rest)
      } else {
        situation.object.breaks.append(.unevaluated(rest))
      }
    case .element(let index, let inner):
      guard isArray else { return false }
      situation.array.elements[index, default: []].append(inner)
      situation.array.count.raise(index + 1)
    case .restElement(let side, let plan):
      situation.array.broken.append(planName(side, plan))
      return isArray
    case .unevaluatedElement(let side, let block, let step):
      let target = programs[side].instructions[Int(step)].a
      situation.array.brokenRests.append(.init(side: side, owner: block, block: target))
      return isArray
    case .atLeast(let side, let block, let count):
      if count > 0 { situation.array.atLeast.append(.init(side: side, block: block, count: count)) }
      return isArray || count == 0
    case .atMost(let side, let block, let count):
      situation.array.atMost.append(.init(side: side, block: block, count: count))
      return isArray
    case .repeated:
      situation.array.repeats = true
      return isArray && !situation.array.isUnique
    default: break
    }
    return true
  }

  private func planName(_ side: ProgramSide, _ plan: Int32) -> ArrayDomain.Plan {
    ArrayDomain.Plan(side: side, index: plan, owner: -1)
  }

  /// Asks for a member; false where it must not be there.
  func require(_ name: Int, _ situation: inout Situation) -> Bool {
    if situation.object.absent.contains(name) { return false }
    if !situation.object.required.contains(name) { situation.object.required.append(name) }
    return situation.object.required.count <= situation.object.count.max
  }

  private mutating func take(
    _ index: Int32,
    _ side: ProgramSide,
    _ holds: Bool,
    _ situation: inout Situation,
    _ work: inout [Int]
  ) -> Bool {
    let block = programs[side].blocks[Int(index)]
    if block.form == .always { return holds }
    if block.form == .never { return !holds }
    let name = classOf(side, index)
    if (holds ? situation.negative : situation.positive).contains(name) { return false }
    if holds {
      guard situation.positive.insert(name).inserted else { return true }
    } else {
      guard situation.negative.insert(name).inserted else { return true }
    }
    let fits = !block.types.isDisjoint(with: situation.type)
    if !fits { return !holds }
    let steps = programs[side].steps(of: block, about: situation.type)
    if holds {
      for step in steps.reversed() {
        work.append(number(of: .step(side, block: index, step, true)))
      }
      return true
    }
    let alternatives = steps.map { [number(of: .step(side, block: index, $0, false))] }
    return offer(alternatives, &situation, &work)
  }

  /// Leaves a choice for later, or goes on with the only alternative; false where there is none.
  func offer(
    _ alternatives: [[Int]],
    _ situation: inout Situation,
    _ work: inout [Int]
  ) -> Bool {
    if alternatives.isEmpty { return false }
    if alternatives.count == 1 {
      work += alternatives[0].reversed()
    } else {
      situation.choices.append(alternatives)
    }
    return true
  }

  // MARK: Checking

  /// Returns whether all facts hold for a value, as the evaluator sees it.
  func holds(_ goal: [Int], for value: JSONNode) -> Bool {
    guard let document = try? JSONDocument.parse(value.bytes()) else { return false }
    return goal.allSatisfy { holds($0, at: 0, in: document) }
  }

  private func holds(_ fact: Int, at node: Int, in document: JSONDocument) -> Bool {
    switch facts[fact] {
    case .block(let side, let block, let holds):
      return programs[side].accepts(node, block: block, in: document) == holds
    case .types(let side, let block, let holds):
      let program = programs[side]
      let types = program.blocks[Int(block)].types
      return program.hasType(types, document.tape.entries[node], node, in: document) == holds
    case .step(let side, let block, let step, let holds):
      return programs[side].accepts(node, step: step, of: block, in: document) == holds
    case .differs(let value):
      return JSONNode(JSONValue(document: document, index: node)).sorted != values[value]
    case .pattern(let side, let pattern, let holds):
      guard document.tape.entries[node].form == .string else { return true }
      return programs[side].patterns[Int(pattern)].matches(document.text(at: node)) == holds
    case .member(let name, let inner):
      guard let index = document.indexOfMember(Array(names[name].utf8).span, in: node) else {
        return false
      }
      return holds(inner, at: index, in: document)
    case .element(let position, let inner):
      guard document.tape.entries[node].form == .array,
        let index = document.indexOfElement(position, in: node)
      else { return false }
      return holds(inner, at: index, in: document)
    default:
      // These come of taking subschemas apart, and are never asked for themselves.
      return true
    }
  }
}

extension SchemaProgram {
  /// Returns whether a subschema accepts a value that is entered from outside.
  func accepts(_ node: Int, block: Int32, in document: JSONDocument) -> Bool {
    var state = EvaluationState(
      sink: VerdictSink(),
      depthMax: limits.depthMax,
      steps: stepsMax(for: document)
    )
    return evaluate(block, node, Frame.entry, in: document, &state) && !state.isExhausted
  }

  /// Returns whether one instruction of a subschema accepts a value.
  func accepts(_ node: Int, step: Int32, of index: Int32, in document: JSONDocument) -> Bool {
    let block = blocks[Int(index)]
    if step >= block.lateStart { return accepts(node, block: index, in: document) }
    var state = EvaluationState(
      sink: VerdictSink(),
      depthMax: limits.depthMax,
      steps: stepsMax(for: document)
    )
    let place = Place(block: index, node: node, frame: Frame.none)
    let form = document.tape.entries[node].tag & TapeCode.formMask
    if step >= block.anyStart { return runAny(step, step + 1, place, document, &state) }
    if step >= block.objectStart {
      return form != TapeCode.object || runObjects(step, step + 1, place, document, &state)
    }
    if step >= block.arrayStart {
      return form != TapeCode.array || runArrays(step, step + 1, place, document, &state)
    }
    if step >= block.numberStart {
      return form != TapeCode.number || runNumbers(step, step + 1, place, document, &state)
    }
    return form != TapeCode.string || runStrings(step, step + 1, place, document, &state)
  }
}
