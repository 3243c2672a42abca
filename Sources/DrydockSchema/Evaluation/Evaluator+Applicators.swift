import DrydockJSON

extension SchemaProgram {
  /// Runs the instructions about any value: applicators, constants and references.
  func runAny<S: Sink>(
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
      case .enumeration, .constant:
        let block = blocks[Int(place.block)]
        holds = isMember(place.node, of: enumerations[Int(step.a)], block, instance)
        if !holds, S.reports { fail(step.operation.rule, step, place, &state) }
      case .allOf: holds = allOf(step, place, instance, &state)
      case .anyOf: holds = anyOf(step, place, instance, &state)
      case .oneOf: holds = oneOf(step, place, instance, &state)
      case .not:
        holds = !judge(step.a, place.node, Frame.none, in: instance, &state)
        if !holds, S.reports { fail(.not, step, place, &state) }
      case .reference: holds = inPlace(step.a, place, in: instance, &state)
      case .dynamicReference:
        let target = resolve(dynamics[Int(step.a)], &state)
        holds = inPlace(target, place, in: instance, &state)
      case .conditional: holds = conditional(conditionals[Int(step.a)], place, instance, &state)
      default: continue
      }
      if holds { continue }
      valid = false
      if !S.reports { return false }
    }
    return valid
  }

  /// Returns whether a value is one of the constants of a block.
  func isMember(
    _ node: Int,
    of plan: EnumerationPlan,
    _ block: Block,
    _ instance: JSONDocument
  ) -> Bool {
    let entry = instance.tape.entries[node]
    if entry.tag & 0xF == TapeCode.string {
      guard plan.table >= 0 else { return false }
      let table = tables[Int(plan.table)]
      if entry.tag & (TapeCode.escaped | TapeCode.unquoted) == 0 {
        return find(instance.bytes, entry.content, in: table) >= 0
      }
      let text = instance.utf8(at: node)
      return find(text, 0..<text.count, in: table) >= 0
    }
    let constants = documents[Int(block.document)].document
    for index in plan.valueStart..<plan.valueStart + plan.valueCount
    where JSONValue.areEqual(constants, Int(links[Int(index)]), instance, node) {
      return true
    }
    return false
  }

  private func allOf<S: Sink>(
    _ step: Instruction,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    var valid = true
    for index in step.a..<step.a + step.b {
      if inPlace(links[Int(index)], place, in: instance, &state) { continue }
      valid = false
      if !S.reports { return false }
    }
    return valid
  }

  private func anyOf<S: Sink>(
    _ step: Instruction,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    var valid = false
    for index in step.a..<step.a + step.b
    where attempt(links[Int(index)], place, in: instance, &state) {
      valid = true
      if place.frame < 0 { return true }
    }
    if !valid, S.reports { reportBranches(step, place, instance, &state) }
    return valid
  }

  private func oneOf<S: Sink>(
    _ step: Instruction,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    var first: Int32 = -1
    for index in step.a..<step.a + step.b
    where attempt(links[Int(index)], place, in: instance, &state) {
      if first >= 0 {
        if S.reports {
          fail(.oneOf, step, place, detail: first - step.a, other: index - step.a, &state)
        }
        return false
      }
      first = index
    }
    if first < 0, S.reports { reportBranches(step, place, instance, &state) }
    return first >= 0
  }

  /// Returns the block that a dynamic reference means on this way: that of the outermost resource.
  private func resolve<S: Sink>(
    _ plan: DynamicPlan,
    _ state: inout EvaluationState<S>
  ) -> Int32 {
    for resource in state.scope {
      for pair in 0..<plan.candidateCount
      where links[Int(plan.candidateStart + pair * 2)] == resource {
        return links[Int(plan.candidateStart + pair * 2 + 1)]
      }
    }
    return plan.initial
  }

  /// Evaluates a block for its verdict; what it marked stays only where it is valid.
  @inline(__always)
  func attempt<S: Sink>(
    _ block: Int32,
    _ place: Place,
    in instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let tag = instance.tape.entries[place.node].tag
    if let known = foregone(block, tag, false) { return known }
    if tag & TapeCode.formMask == TapeCode.object, isForeign(place.node, to: block, in: instance) {
      return false
    }
    if place.frame < 0 { return judge(block, place.node, Frame.none, in: instance, &state) }
    let before = Array(state.marks[place.frame...])
    if judge(block, place.node, place.frame, in: instance, &state) { return true }
    state.marks.replaceSubrange(place.frame..., with: before)
    return false
  }

  /// Evaluates a block for its verdict only, whatever the sink wants.
  @inline(__always)
  func judge<S: Sink>(
    _ block: Int32,
    _ node: Int,
    _ frame: Int,
    in instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let tag = instance.tape.entries[node].tag
    if let known = foregone(block, tag, false) { return known }
    if !S.reports {
      return frame < 0
        ? inner(block, node, tag, frame, in: instance, &state)
        : evaluate(block, node, frame, in: instance, &state)
    }
    var inner = EvaluationState(sink: VerdictSink(), continuing: state)
    let valid = evaluate(block, node, frame, in: instance, &inner)
    state.rejoin(inner)
    return valid
  }

  /// Runs the instructions about children that nothing before has evaluated.
  func runLate<S: Sink>(
    _ start: Int32,
    _ end: Int32,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let isObject = instance.tape.entries[place.node].form == .object
    var valid = true
    for position in start..<end {
      let step = instructions[Int(position)]
      if (step.operation == .unevaluatedProperties) != isObject { continue }
      var cursor = place.node + 1
      let last = Int(instance.tape.entries[place.node].next)
      var ordinal = 0
      while cursor < last {
        let value = isObject ? cursor + 1 : cursor
        if !state.isMarked(ordinal, in: place.frame) {
          state.mark(ordinal, in: place.frame)
          if S.reports, blocks[Int(step.a)].form == .never {
            let owner = isObject ? place.node : cursor
            fail(
              step.operation.rule,
              step,
              Place(block: place.block, node: owner, frame: -2),
              name: isObject ? cursor : -1,
              &state
            )
            valid = false
          } else if !child(step.a, value, in: instance, &state) {
            valid = false
            if !S.reports { return false }
          }
        }
        ordinal += 1
        cursor = Int(instance.tape.entries[value].next)
      }
    }
    return valid
  }

  /// Records the members that no block has mentioned; false where that is forbidden.
  func reportUndeclared<S: Sink>(
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    var cursor = place.node + 1
    let end = Int(instance.tape.entries[place.node].next)
    var ordinal = 0
    while cursor < end {
      if !state.isMarked(ordinal, in: place.frame) {
        if !S.reports { return false }
        state.sink.add(
          Failure(
            rule: .undeclaredMember,
            node: Int32(place.node),
            name: Int32(cursor),
            block: place.block,
            keyword: blocks[Int(place.block)].node
          )
        )
      }
      ordinal += 1
      cursor = Int(instance.tape.entries[cursor + 1].next)
    }
    return true
  }
}
