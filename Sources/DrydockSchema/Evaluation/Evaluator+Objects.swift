import DrydockJSON

extension SchemaProgram {
  /// Runs the instructions about an object.
  func runObjects<S: Sink>(
    _ start: Int32,
    _ end: Int32,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    var valid = true
    for position in start..<end {
      let step = instructions[Int(position)]
      var holds = true
      switch step.operation {
      case .members: holds = members(objects[Int(step.a)], place, instance, &state)
      case .minProperties:
        holds = instance.childCount(of: place.node) >= Int(step.a)
        if !holds, S.reports { fail(.minProperties, step, place, &state) }
      case .maxProperties:
        holds = instance.childCount(of: place.node) <= Int(step.a)
        if !holds, S.reports { fail(.maxProperties, step, place, &state) }
      case .dependency:
        holds = dependency(dependencies[Int(step.a)], step, place, instance, &state)
      default: continue
      }
      if holds { continue }
      valid = false
      if !S.reports { return false }
    }
    return valid
  }

  /// Walks the members of an object once.
  @inline(__always)
  private func members<S: Sink>(
    _ plan: ObjectPlan,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let entries = instance.tape.entries.span
    var seen: UInt64 = 0
    var valid = true
    var cursor = place.node &+ 1
    let end = Int(entries[place.node].next)
    var ordinal = 0
    // Payloads mostly follow the order of their schema, so the next name is tried first.
    var guess = Int(plan.nameStart)
    while cursor < end {
      var isEvaluated = false
      if plan.table >= 0 {
        let found = lookUp(entries[cursor], cursor, plan, guess, instance)
        if found >= 0 {
          guess = found &+ 1
          let entry = names[found]
          seen |= entry.required
          if entry.block >= 0 {
            isEvaluated = true
            if entry.leaf.isDisjoint(with: TapeCode.type(of: entries[cursor &+ 1].tag)),
              !member(entry.block, cursor, place, instance, &state)
            {
              valid = false
              if !S.reports { return false }
            }
          }
        }
      }
      if plan.needsMore(isEvaluated) {
        let (matched, holds) = otherMember(
          plan,
          cursor,
          isDeclared: isEvaluated,
          place,
          instance,
          &state
        )
        isEvaluated = isEvaluated || matched
        if !holds {
          valid = false
          if !S.reports { return false }
        }
      }
      if isEvaluated, place.frame >= 0 { state.mark(ordinal, in: place.frame) }
      ordinal &+= 1
      cursor = Int(entries[cursor &+ 1].next)
    }
    if seen & plan.requiredMask == plan.requiredMask, plan.extraCount == 0 { return valid }
    return required(plan, seen: seen, place, instance, &state) && valid
  }

  /// Returns the index in `names` of a member's name, or -1.
  @inline(__always)
  private func lookUp(
    _ name: JSONTape.Entry,
    _ cursor: Int,
    _ plan: ObjectPlan,
    _ guess: Int,
    _ instance: JSONDocument
  ) -> Int {
    if name.tag & (TapeCode.escaped | TapeCode.unquoted) != 0 {
      return lookUpSlowly(cursor, plan, instance)
    }
    let range = name.content
    let key = NameKey(instance.bytes.span, range)
    if guess < Int(plan.nameEnd), names[guess].key == key, matches(guess, instance.bytes, range) {
      return guess
    }
    return find(key, instance.bytes, range, in: tables[Int(plan.table)])
  }

  @inline(never)
  private func lookUpSlowly(_ cursor: Int, _ plan: ObjectPlan, _ instance: JSONDocument) -> Int {
    let text = instance.utf8(at: cursor)
    return find(text, 0..<text.count, in: tables[Int(plan.table)])
  }

  /// Evaluates the block of a member, by the place of its name.
  @inline(__always)
  private func member<S: Sink>(
    _ block: Int32,
    _ name: Int,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    if S.reports, blocks[Int(block)].form == .never {
      let refusal = Failure(
        rule: .never,
        node: Int32(place.node),
        name: Int32(name),
        block: place.block,
        keyword: blocks[Int(block)].node
      )
      state.sink.add(refusal)
      return false
    }
    return inner(
      block,
      name &+ 1,
      instance.tape.entries[name &+ 1].tag,
      in: instance,
      &state
    )
  }

  /// Holds a member against patterns, the block for the rest, and the block for names.
  @inline(never)
  private func otherMember<S: Sink>(
    _ plan: ObjectPlan,
    _ name: Int,
    isDeclared: Bool,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> (matched: Bool, holds: Bool) {
    var matched = false
    var holds = true
    if plan.patternCount > 0 {
      let entry = instance.tape.entries[name]
      let isPlain = entry.tag & TapeCode.escaped == 0
      let text = isPlain ? instance.bytes : instance.utf8(at: name)
      let range = isPlain ? entry.contentRange : 0..<text.count
      for index in plan.patternStart..<plan.patternStart + plan.patternCount {
        let candidate = patternMembers[Int(index)]
        guard patterns[Int(candidate.pattern)].matches(text, in: range) else { continue }
        matched = true
        holds = member(candidate.block, name, place, instance, &state) && holds
        if !holds, !S.reports { return (matched, false) }
      }
    }
    if !matched, !isDeclared, plan.additional >= 0 {
      matched = true
      if S.reports, blocks[Int(plan.additional)].form == .never {
        let refusal = Failure(
          rule: .additionalProperties,
          node: Int32(place.node),
          name: Int32(name),
          block: place.block,
          keyword: plan.additionalNode
        )
        state.sink.add(refusal)
        holds = false
      } else {
        holds = child(plan.additional, name + 1, in: instance, &state) && holds
      }
      if !holds, !S.reports { return (matched, false) }
    }
    if plan.propertyNames >= 0 {
      holds = child(plan.propertyNames, name, in: instance, &state) && holds
    }
    return (matched, holds)
  }

  /// Looks for the required members; called only where one may be missing.
  @inline(never)
  private func required<S: Sink>(
    _ plan: ObjectPlan,
    seen: UInt64,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let missing = plan.requiredMask & ~seen
    var valid = missing == 0
    if !S.reports, !valid { return false }
    let keyword = Instruction(operation: .members, a: 0, b: 0, node: plan.requiredNode)
    if missing != 0, plan.table >= 0 {
      let table = tables[Int(plan.table)]
      for name in table.nameStart..<table.nameStart + table.nameCount
      where names[Int(name)].required & missing != 0 {
        fail(.required, keyword, place, detail: name, &state)
      }
    }
    for name in plan.extraStart..<plan.extraStart + plan.extraCount
    where member(named: name, of: place.node, in: instance) == nil {
      valid = false
      if !S.reports { return false }
      fail(.required, keyword, place, detail: name, &state)
    }
    return valid
  }

  /// Returns the tape index of a member's value by an index in `names`.
  func member(named name: Int32, of object: Int, in instance: JSONDocument) -> Int? {
    let entry = names[Int(name)]
    let start = Int(entry.byteStart)
    let span = nameBytes.span.extracting(start..<start + Int(entry.key.length))
    return instance.indexOfMember(span, in: object)
  }

  private func dependency<S: Sink>(
    _ plan: DependencyPlan,
    _ step: Instruction,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    guard member(named: plan.name, of: place.node, in: instance) != nil else { return true }
    var valid = true
    for name in plan.requiredStart..<plan.requiredStart + plan.requiredCount
    where member(named: name, of: place.node, in: instance) == nil {
      valid = false
      if !S.reports { return false }
      fail(.dependentRequired, step, place, detail: name, other: plan.name, &state)
    }
    if plan.block >= 0 {
      let inner = Frame.inPlace(place.frame)
      valid = evaluate(plan.block, place.node, inner, in: instance, &state) && valid
    }
    return valid
  }
}
