import DrydockJSON

extension SchemaProgram {
  /// Runs the instructions about an array.
  @inline(never)
  func runArrays<S: Sink>(
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
      case .elements: holds = elements(arrays[Int(step.a)], step, place, instance, &state)
      case .contains: holds = contains(contains[Int(step.a)], step, place, instance, &state)
      case .minItems:
        holds = instance.childCount(of: place.node) >= Int(step.a)
        if !holds, S.reports { fail(.minItems, step, place, &state) }
      case .maxItems:
        holds = instance.childCount(of: place.node) <= Int(step.a)
        if !holds, S.reports { fail(.maxItems, step, place, &state) }
      case .uniqueItems: holds = uniqueItems(step, place, instance, &state)
      default: continue
      }
      if holds { continue }
      valid = false
      if !S.reports { return false }
    }
    return valid
  }

  @inline(__always)
  private func elements<S: Sink>(
    _ plan: ArrayPlan,
    _ step: Instruction,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    var cursor = place.node + 1
    let end = Int(instance.tape.entries[place.node].next)
    var ordinal = 0
    var valid = true
    while cursor < end {
      let block: Int32
      if ordinal < Int(plan.prefixCount) {
        block = links[Int(plan.prefixStart) + ordinal]
      } else if plan.rest >= 0 {
        block = plan.rest
      } else {
        break
      }
      if S.reports, blocks[Int(block)].form == .never, ordinal >= Int(plan.prefixCount) {
        let keyword = Instruction(operation: .elements, a: step.a, b: 0, node: plan.restNode)
        fail(
          plan.isAdditional ? .additionalItems : .items,
          keyword,
          Place(block: place.block, node: cursor, frame: place.frame),
          detail: plan.prefixCount,
          other: Int32(place.node),
          &state
        )
        valid = false
      } else if !child(block, cursor, in: instance, &state) {
        valid = false
        if !S.reports { return false }
      }
      if place.frame >= 0 { state.mark(ordinal, in: place.frame) }
      ordinal &+= 1
      cursor = Int(instance.tape.entries[cursor].next)
    }
    return valid
  }

  private func contains<S: Sink>(
    _ plan: ContainsPlan,
    _ step: Instruction,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    var count = 0
    var ordinal = 0
    var cursor = place.node + 1
    let end = Int(instance.tape.entries[place.node].next)
    let marks = plan.evaluates && place.frame >= 0
    let enough = Int(plan.max) == Int(Int32.max) && !marks && !S.reports
    while cursor < end {
      if judge(plan.block, cursor, Frame.entry, in: instance, &state) {
        count += 1
        if marks { state.mark(ordinal, in: place.frame) }
        if enough, count >= Int(plan.min) { return true }
      }
      ordinal += 1
      cursor = Int(instance.tape.entries[cursor].next)
    }
    if count < Int(plan.min) {
      if S.reports {
        let keyword = Instruction(operation: .contains, a: step.a, b: 0, node: plan.minNode)
        fail(
          plan.minNode == step.node ? .contains : .minContains,
          keyword,
          place,
          other: Int32(count),
          &state
        )
      }
      return false
    }
    if count > Int(plan.max) {
      if S.reports {
        let keyword = Instruction(operation: .contains, a: step.a, b: 0, node: plan.maxNode)
        fail(.maxContains, keyword, place, other: Int32(count), &state)
      }
      return false
    }
    return true
  }

  private func uniqueItems<S: Sink>(
    _ step: Instruction,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let count = instance.childCount(of: place.node)
    if count < 2 { return true }
    var items: [(hash: UInt64, node: Int)] = []
    items.reserveCapacity(count)
    var cursor = place.node + 1
    let end = Int(instance.tape.entries[place.node].next)
    while cursor < end {
      items.append((ValueHash.hash(of: cursor, in: instance), cursor))
      cursor = Int(instance.tape.entries[cursor].next)
    }
    items.sort { $0.hash == $1.hash ? $0.node < $1.node : $0.hash < $1.hash }
    var valid = true
    var groupStart = 0
    for index in items.indices {
      if items[index].hash != items[groupStart].hash { groupStart = index }
      for earlier in groupStart..<index {
        // Equal hashes of different values are made on purpose only; their work is counted.
        state.steps &-= 1
        if state.steps < 0 {
          state.isExhausted = true
          return false
        }
        guard
          JSONValue.areEqual(instance, items[earlier].node, instance, items[index].node)
        else { continue }
        valid = false
        if !S.reports { return false }
        fail(
          .uniqueItems,
          step,
          Place(block: place.block, node: items[index].node, frame: -2),
          detail: Int32(items[earlier].node),
          &state
        )
        break
      }
    }
    return valid
  }
}
