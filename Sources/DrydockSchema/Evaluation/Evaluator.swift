import DrydockJSON

/// Evaluates blocks over the tape of a document.
///
/// Methods of the program rather than a type of its own, so that nothing is copied to begin.
/// Recursion follows the document and the references of the schema and is bounded by
/// `SchemaLimits.depthMax`.
extension SchemaProgram {
  /// Returns whether a document's value is valid, without saying why not.
  func verdict(of node: Int, in instance: JSONDocument) -> Bool {
    var state = EvaluationState(
      sink: VerdictSink(),
      depthMax: limits.depthMax,
      steps: stepsMax(for: instance)
    )
    return child(root, node, in: instance, &state) && !state.isExhausted
  }

  /// Returns how many blocks may be evaluated for a document.
  func stepsMax(for instance: JSONDocument) -> Int {
    limits.stepsMin + limits.stepsPerValueMax * instance.tape.entries.count
  }

  /// Returns the verdict of a block where the type of a value decides it.
  ///
  /// A refusal is left to the evaluation where somebody wants to hear of it.
  @inline(__always)
  func foregone(_ index: Int32, _ tag: UInt32, _ reports: Bool) -> Bool? {
    let type = TapeCode.type(of: tag)
    let outlook = outlooks[Int(index)]
    if !outlook.accepted.isDisjoint(with: type) { return true }
    return !reports && outlook.possible.isDisjoint(with: type) ? false : nil
  }

  /// Evaluates a block for a value that is not the one being looked at.
  @inline(__always)
  func child<S: Sink>(
    _ index: Int32,
    _ node: Int,
    in instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let tag = instance.tape.entries[node].tag
    if let known = foregone(index, tag, S.reports) { return known }
    return inner(index, node, tag, Frame.entry, in: instance, &state)
  }

  /// Evaluates a block for the value that is being looked at.
  @inline(__always)
  func inPlace<S: Sink>(
    _ index: Int32,
    _ place: Place,
    in instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let tag = instance.tape.entries[place.node].tag
    if let known = foregone(index, tag, S.reports) { return known }
    if place.frame < 0 { return inner(index, place.node, tag, Frame.none, in: instance, &state) }
    return evaluate(index, place.node, place.frame, in: instance, &state)
  }

  /// Evaluates a block whose verdict the type of a value does not decide, where nobody asks which
  /// children it evaluates: with one of `Frame`'s constants.
  ///
  /// Where only the verdict counts, blocks that say a simple thing are run at once. Strings and
  /// numbers apply no other block, so with them there is nothing to count.
  @inline(__always)
  func inner<S: Sink>(
    _ index: Int32,
    _ node: Int,
    _ tag: UInt32,
    _ frame: Int,
    in instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    if S.reports { return evaluate(index, node, frame, in: instance, &state) }
    let place = Place(block: index, node: node, frame: Frame.none)
    let form = tag & TapeCode.formMask
    if form == TapeCode.object {
      let plan = blocks[Int(index)].members
      if plan >= 0, blocks[Int(index)].isPlain {
        let valid = state.enter() && members(objects[Int(plan)], place, instance, &state)
        state.depth &-= 1
        return valid
      }
    } else if form == TapeCode.array {
      if blocks[Int(index)].isPlain {
        let start = blocks[Int(index)].arrayStart
        let end = blocks[Int(index)].objectStart
        let valid = state.enter() && runArrays(start, end, place, instance, &state)
        state.depth &-= 1
        return valid
      }
    } else if form == TapeCode.string || form == TapeCode.number {
      return scalar(place, form, tag, instance, &state)
    }
    if form >= TapeCode.array, blocks[Int(index)].isFrameless {
      return container(place, form, instance, &state)
    }
    return evaluate(index, node, frame, in: instance, &state)
  }

  /// Judges an array or object by a block that needs no frame of marks.
  @inline(never)
  private func container<S: Sink>(
    _ place: Place,
    _ form: UInt32,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let index = Int(place.block)
    var valid = state.enter()
    let objectStart = blocks[index].objectStart
    let anyStart = blocks[index].anyStart
    let lateStart = blocks[index].lateStart
    if form == TapeCode.array {
      let arrayStart = blocks[index].arrayStart
      if arrayStart < objectStart {
        valid = valid && runArrays(arrayStart, objectStart, place, instance, &state)
      }
    } else if blocks[index].members >= 0 {
      let plan = objects[Int(blocks[index].members)]
      valid = valid && members(plan, place, instance, &state)
    } else if objectStart < anyStart {
      valid = valid && runObjects(objectStart, anyStart, place, instance, &state)
    }
    if anyStart < lateStart {
      valid = valid && runAny(anyStart, lateStart, place, instance, &state)
    }
    state.depth &-= 1
    return valid
  }

  /// Judges a string or number.
  @inline(never)
  private func scalar<S: Sink>(
    _ place: Place,
    _ form: UInt32,
    _ tag: UInt32,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let index = Int(place.block)
    let shortcut = blocks[index].shortcut
    if shortcut == .none || blocks[index].types.isDisjoint(with: TapeCode.type(of: tag)) {
      return evaluate(place.block, place.node, Frame.entry, in: instance, &state)
    }
    if shortcut == .constants {
      let step = instructions[Int(blocks[index].anyStart)]
      return isMember(place.node, of: enumerations[Int(step.a)], blocks[index], instance)
    }
    let start = blocks[index].numberStart
    return form == TapeCode.string
      ? runStrings(blocks[index].stringStart, start, place, instance, &state)
      : runNumbers(start, blocks[index].arrayStart, place, instance, &state)
  }

  /// Returns whether a value has one of the accepted types.
  @inline(__always)
  func hasType(
    _ accepted: TypeSet,
    _ entry: JSONTape.Entry,
    _ node: Int,
    in instance: JSONDocument
  ) -> Bool {
    let type = TapeCode.type(of: entry.tag)
    if !accepted.isDisjoint(with: type) { return true }
    if type != .fraction || accepted.isDisjoint(with: .integer) { return false }
    return isInteger(node, in: instance)
  }

  @inline(never)
  private func isInteger(_ node: Int, in instance: JSONDocument) -> Bool {
    let entry = instance.tape.entries[node]
    if entry.tag & TapeCode.relaxed == 0, let small = SmallDecimal(instance.bytes, entry.range) {
      return small.isInteger
    }
    return JSONDecimal(scanned: instance.numberText(at: node).utf8).isInteger
  }

  /// Evaluates a block with a frame where evaluated children are marked, or `Frame`'s constants.
  @inline(never)
  func evaluate<S: Sink>(
    _ index: Int32,
    _ node: Int,
    _ frame: Int,
    in instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let block = blocks[Int(index)]
    if block.form == .always { return true }
    let entry = instance.tape.entries[node]
    if block.form == .never || !hasType(block.types, entry, node, in: instance) {
      if S.reports { reportTypes(index, node, frame, &state) }
      return false
    }
    if block.form == .types { return true }
    let isEntered = state.enter()
    defer { state.depth &-= 1 }
    guard isEntered else { return false }
    if !usesDynamicScope { return evaluate(block, index, node, entry, frame, instance, &state) }
    let changesScope = state.scope.last != block.resource
    if changesScope { state.scope.append(block.resource) }
    let valid = evaluate(block, index, node, entry, frame, instance, &state)
    if changesScope { state.scope.removeLast() }
    return valid
  }

  /// Runs the instructions of a block that are about a value.
  @inline(__always)
  private func evaluate<S: Sink>(
    _ block: Block,
    _ index: Int32,
    _ node: Int,
    _ entry: JSONTape.Entry,
    _ frame: Int,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let form = entry.tag & TapeCode.formMask
    if form >= TapeCode.array, opensFrame(block, frame, form, S.reports) {
      return evaluateInFrame(block, index, node, frame, instance, &state)
    }
    let inner = frame == Frame.entry ? Frame.none : frame
    let place = Place(block: index, node: node, frame: inner)
    return run(block, form, place, instance, &state)
  }

  /// Runs the instructions of a block about a value, but for those about what is left over.
  @inline(__always)
  private func run<S: Sink>(
    _ block: Block,
    _ form: UInt32,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    var valid = true
    switch form {
    case TapeCode.string:
      if block.stringStart < block.numberStart {
        valid = runStrings(block.stringStart, block.numberStart, place, instance, &state)
      }
    case TapeCode.number:
      if block.numberStart < block.arrayStart {
        valid = runNumbers(block.numberStart, block.arrayStart, place, instance, &state)
      }
    case TapeCode.array:
      if block.arrayStart < block.objectStart {
        valid = runArrays(block.arrayStart, block.objectStart, place, instance, &state)
      }
    case TapeCode.object:
      if block.members >= 0 {
        valid = members(objects[Int(block.members)], place, instance, &state)
      } else if block.objectStart < block.anyStart {
        valid = runObjects(block.objectStart, block.anyStart, place, instance, &state)
      }
    default: break
    }
    if valid || S.reports, block.anyStart < block.lateStart {
      valid = runAny(block.anyStart, block.lateStart, place, instance, &state) && valid
    }
    return valid
  }

  /// Returns whether a block needs to know which children have been evaluated.
  @inline(__always)
  private func opensFrame(_ block: Block, _ frame: Int, _ form: UInt32, _ reports: Bool) -> Bool {
    if block.lateStart < block.end { return true }
    return block.findsUndeclared && frame == Frame.entry && form == TapeCode.object
      && (reports || undeclared == .forbidden)
  }

  /// Runs all instructions of a block, keeping account of the children that were evaluated.
  @inline(never)
  private func evaluateInFrame<S: Sink>(
    _ block: Block,
    _ index: Int32,
    _ node: Int,
    _ frame: Int,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let form = instance.tape.entries[node].tag & TapeCode.formMask
    let inner = state.openFrame(children: instance.childCount(of: node))
    let place = Place(block: index, node: node, frame: inner)
    var valid = run(block, form, place, instance, &state)
    if valid || S.reports {
      valid = runLate(block.lateStart, block.end, place, instance, &state) && valid
      if block.findsUndeclared, frame == Frame.entry, form == TapeCode.object,
        S.reports || undeclared == .forbidden
      {
        valid = reportUndeclared(place, instance, &state) && valid
      }
    }
    state.closeFrame(at: inner, outer: frame)
    return valid
  }
}

/// Where an evaluation stands.
struct Place: BitwiseCopyable {
  /// The block being applied.
  var block: Int32
  /// The value it is applied to.
  var node: Int
  /// Where its evaluated children are marked, or `Frame.none`.
  var frame: Int
}
