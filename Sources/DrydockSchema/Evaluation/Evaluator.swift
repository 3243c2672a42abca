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

  /// Evaluates a block for a value that is not the one being looked at.
  @inline(__always)
  func child<S: Sink>(
    _ index: Int32,
    _ node: Int,
    in instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let block = blocks[Int(index)]
    if block.form == .always { return true }
    if block.form == .types {
      let types = type(of: instance.tape.entries[node], node, in: instance, wanted: block.types)
      if !block.types.isDisjoint(with: types) { return true }
    }
    return evaluate(index, node, Frame.entry, in: instance, &state)
  }

  /// Returns the type of a value; of a number the finer one only where it matters.
  @inline(__always)
  func type(
    of entry: JSONTape.Entry,
    _ node: Int,
    in instance: JSONDocument,
    wanted: TypeSet
  ) -> TypeSet {
    let form = entry.tag & 0xF
    if form != JSONTape.Form.number.rawValue {
      return TypeSet(
        rawValue: UInt8(truncatingIfNeeded: 0x40_20_10_00_02_02_01 &>> UInt64(form * 8))
      )
    }
    if entry.tag & JSONTape.plainInteger != 0 { return .integer }
    let both = wanted.intersection(.number)
    if both == .number || both.isEmpty { return both }
    return isInteger(node, in: instance) ? .integer : .fraction
  }

  private func isInteger(_ node: Int, in instance: JSONDocument) -> Bool {
    let entry = instance.tape.entries[node]
    if entry.tag & JSONTape.relaxed == 0, let small = SmallDecimal(instance.bytes, entry.range) {
      return small.isInteger
    }
    return JSONDecimal(scanned: instance.numberText(at: node).utf8).isInteger
  }

  /// Evaluates a block.
  ///
  /// - Parameter frame: Where evaluated children are marked, or one of `Frame`'s constants.
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
    let types = type(of: entry, node, in: instance, wanted: block.types)
    if block.form == .never || block.types.isDisjoint(with: types) {
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
    let form = entry.tag & 0xF
    let isContainer = form >= JSONTape.Form.array.rawValue
    let findsUndeclared =
      block.findsUndeclared && frame == Frame.entry && form == JSONTape.Form.object.rawValue
      && (S.reports || undeclared == .forbidden)
    var inner = frame == Frame.entry ? Frame.none : frame
    let opensFrame = isContainer && (block.lateStart < block.end || findsUndeclared)
    if opensFrame { inner = state.openFrame(children: instance.childCount(of: node)) }
    let value = Place(block: index, node: node, frame: inner)

    var valid = true
    switch form {
    case JSONTape.Form.string.rawValue:
      if block.stringStart < block.numberStart {
        valid = runStrings(block.stringStart, block.numberStart, value, instance, &state)
      }
    case JSONTape.Form.number.rawValue:
      if block.numberStart < block.arrayStart {
        valid = runNumbers(block.numberStart, block.arrayStart, value, instance, &state)
      }
    case JSONTape.Form.array.rawValue:
      if block.arrayStart < block.objectStart {
        valid = runArrays(block.arrayStart, block.objectStart, value, instance, &state)
      }
    case JSONTape.Form.object.rawValue:
      if block.objectStart < block.anyStart {
        valid = runObjects(block.objectStart, block.anyStart, value, instance, &state)
      }
    default: break
    }
    if valid || S.reports, block.anyStart < block.lateStart {
      valid = runAny(block.anyStart, block.lateStart, value, instance, &state) && valid
    }
    if opensFrame {
      if valid || S.reports {
        valid = runLate(block.lateStart, block.end, value, instance, &state) && valid
        if findsUndeclared {
          valid = reportUndeclared(value, instance, &state) && valid
        }
      }
      state.closeFrame(at: inner, outer: frame)
    }
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
