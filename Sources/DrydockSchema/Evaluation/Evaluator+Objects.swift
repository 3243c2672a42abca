import DrydockJSON

extension SchemaProgram {
  /// Runs the instructions about an object.
  @inline(never)
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
  ///
  /// Most members of most payloads are declared and of a type that settles the matter, so this is
  /// the innermost loop: all else is called from it.
  @inline(never)
  func members<S: Sink>(
    _ plan: ObjectPlan,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let entries = instance.tape.entries.span
    let text = instance.bytes.span
    let children = TapeCode.children(entries[place.node].tag)
    if !S.reports, children < Int(plan.requiredCount) { return false }
    var seen: UInt64 = 0
    var valid = true
    var cursor = place.node &+ 1
    let end = Int(entries[place.node].next)
    var ordinal = 0
    while cursor < end {
      let name = entries[cursor]
      let value = entries[cursor &+ 1]
      let found =
        name.tag & (TapeCode.escaped | TapeCode.unquoted) == 0
        ? find(
          TapeCode.nameHash(name.tag),
          text,
          name.content,
          from: plan.slotStart,
          mask: plan.slotMask
        )
        : lookUpSlowly(cursor, plan, instance)
      var isEvaluated = false
      var holds = true
      if found >= 0 {
        seen |= names[found].required
        let block = names[found].block
        if block >= 0 {
          isEvaluated = true
          let outlook = names[found].outlook
          holds = member(block, outlook, cursor, value.tag, place, instance, &state)
        }
      }
      if plan.patternCount > 0, holds || S.reports {
        let other = otherMember(plan, cursor, isEvaluated, place, instance, &state)
        isEvaluated = isEvaluated || other.matched
        holds = other.holds && holds
      } else if !isEvaluated, plan.additional >= 0 {
        isEvaluated = true
        holds = additionalMember(plan, cursor, value.tag, place, instance, &state)
      }
      if plan.propertyNames >= 0, holds || S.reports {
        holds = child(plan.propertyNames, cursor, in: instance, &state) && holds
      }
      if !holds {
        valid = false
        if !S.reports { return false }
      }
      if isEvaluated, place.frame >= 0 { state.mark(ordinal, in: place.frame) }
      ordinal &+= 1
      cursor = Int(value.next)
    }
    if seen & plan.requiredMask == plan.requiredMask, plan.extraCount == 0 { return valid }
    return required(plan, seen: seen, place, instance, &state) && valid
  }

  @inline(never)
  private func lookUpSlowly(_ cursor: Int, _ plan: ObjectPlan, _ instance: JSONDocument) -> Int {
    guard plan.table >= 0 else { return -1 }
    let text = instance.utf8(at: cursor)
    return find(text, 0..<text.count, in: tables[Int(plan.table)])
  }

  /// Evaluates the block of a member, by the place of its name.
  @inline(__always)
  private func member<S: Sink>(
    _ block: Int32,
    _ outlook: TypeOutlook,
    _ name: Int,
    _ tag: UInt32,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let type = TapeCode.type(of: tag)
    if !outlook.accepted.isDisjoint(with: type) { return true }
    if S.reports {
      if blocks[Int(block)].form == .never {
        refuse(.never, name, by: blocks[Int(block)].node, place, &state)
        return false
      }
    } else if outlook.possible.isDisjoint(with: type) {
      return false
    }
    return inner(block, name &+ 1, tag, Frame.entry, in: instance, &state)
  }

  /// Evaluates the block of the members that nothing else matches.
  @inline(__always)
  private func additionalMember<S: Sink>(
    _ plan: ObjectPlan,
    _ name: Int,
    _ tag: UInt32,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    if let known = foregone(plan.additional, tag, S.reports) { return known }
    if S.reports, blocks[Int(plan.additional)].form == .never {
      refuse(.additionalProperties, name, by: plan.additionalNode, place, &state)
      return false
    }
    return inner(plan.additional, name &+ 1, tag, Frame.entry, in: instance, &state)
  }

  /// Records that a member must not be there.
  private func refuse<S: Sink>(
    _ rule: Rule,
    _ name: Int,
    by keyword: Int32,
    _ place: Place,
    _ state: inout EvaluationState<S>
  ) {
    state.sink.add(
      Failure(
        rule: rule,
        node: Int32(place.node),
        name: Int32(name),
        block: place.block,
        keyword: keyword
      )
    )
  }

  /// Holds a member against patterns and the block for the rest.
  @inline(never)
  private func otherMember<S: Sink>(
    _ plan: ObjectPlan,
    _ name: Int,
    _ isDeclared: Bool,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> (matched: Bool, holds: Bool) {
    var matched = false
    var holds = true
    let tag = instance.tape.entries[name &+ 1].tag
    if plan.patternCount > 0 {
      let entry = instance.tape.entries[name]
      let isPlain = entry.tag & TapeCode.escaped == 0
      let text = isPlain ? instance.bytes : instance.utf8(at: name)
      let range = isPlain ? entry.contentRange : 0..<text.count
      for index in plan.patternStart..<plan.patternStart + plan.patternCount {
        let candidate = patternMembers[Int(index)]
        guard patterns[Int(candidate.pattern)].matches(text, in: range) else { continue }
        matched = true
        let outlook = outlooks[Int(candidate.block)]
        holds =
          member(candidate.block, outlook, name, tag, place, instance, &state) && holds
        if !holds, !S.reports { return (matched, false) }
      }
    }
    if !matched, !isDeclared, plan.additional >= 0 {
      matched = true
      holds = additionalMember(plan, name, tag, place, instance, &state) && holds
      if !holds, !S.reports { return (matched, false) }
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
    let span = nameBytes.span.extracting(start..<start + Int(entry.length))
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
      valid = inPlace(plan.block, place, in: instance, &state) && valid
    }
    return valid
  }
}
