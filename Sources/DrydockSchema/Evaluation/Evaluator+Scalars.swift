import DrydockJSON

extension SchemaProgram {
  /// Runs the instructions about a string.
  func runStrings<S: Sink>(
    _ start: Int32,
    _ end: Int32,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let entry = instance.tape.entries[place.node]
    if entry.tag & (TapeCode.escaped | TapeCode.unquoted) != 0 {
      return runUnescaped(start, end, place, instance.utf8(at: place.node), &state)
    }
    var valid = true
    for position in start..<end
    where !holds(instructions[Int(position)], for: instance.bytes, entry.content) {
      valid = false
      if !S.reports { return false }
      let step = instructions[Int(position)]
      fail(step.operation.rule, step, place, &state)
    }
    return valid
  }

  /// Runs the instructions about a string that is not written as it reads.
  @inline(never)
  private func runUnescaped<S: Sink>(
    _ start: Int32,
    _ end: Int32,
    _ place: Place,
    _ text: [UInt8],
    _ state: inout EvaluationState<S>
  ) -> Bool {
    var valid = true
    for position in start..<end
    where !holds(instructions[Int(position)], for: text, 0..<text.count) {
      valid = false
      if !S.reports { return false }
      let step = instructions[Int(position)]
      fail(step.operation.rule, step, place, &state)
    }
    return valid
  }

  /// Returns whether an instruction about strings holds for a range of UTF-8.
  @inline(__always)
  private func holds(_ step: Instruction, for bytes: [UInt8], _ range: Range<Int>) -> Bool {
    switch step.operation {
    case .minLength: hasLength(bytes, range, atLeast: Int(step.a))
    case .maxLength:
      range.count <= Int(step.a) || !hasLength(bytes, range, atLeast: Int(step.a) + 1)
    case .pattern: patterns[Int(step.a)].matches(bytes, in: range)
    case .format:
      Format(rawValue: UInt8(truncatingIfNeeded: step.a))?.accepts(bytes, range) ?? true
    case .content:
      ContentCheck.accepts(bytes, range, isEncoded: step.a == 1, isJSON: step.b == 1)
    default: true
    }
  }

  private func hasLength(_ bytes: [UInt8], _ range: Range<Int>, atLeast bound: Int) -> Bool {
    // A scalar takes one to four bytes.
    if range.count < bound { return false }
    if bound <= 1 || range.count >= bound * 4 { return true }
    return UTF8Reading.scalarCount(in: bytes, range) >= bound
  }

  /// Runs the instructions about a number.
  func runNumbers<S: Sink>(
    _ start: Int32,
    _ end: Int32,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let entry = instance.tape.entries[place.node]
    var small: SmallDecimal?
    if entry.tag & TapeCode.relaxed == 0 { small = SmallDecimal(instance.bytes, entry.range) }
    var valid = true
    for position in start..<end {
      let step = instructions[Int(position)]
      let holds: Bool
      if let small, let bound = smallNumbers[Int(step.a)] {
        switch step.operation {
        case .minimum: holds = !small.isLess(than: bound)
        case .maximum: holds = !bound.isLess(than: small)
        case .exclusiveMinimum: holds = bound.isLess(than: small)
        case .exclusiveMaximum: holds = small.isLess(than: bound)
        case .multipleOf: holds = small.isMultiple(of: bound)
        default: holds = true
        }
      } else {
        let value = JSONDecimal(scanned: instance.numberText(at: place.node).utf8)
        holds = compare(value, with: numbers[Int(step.a)], by: step.operation)
      }
      if holds { continue }
      valid = false
      if !S.reports { return false }
      fail(step.operation.rule, step, place, &state)
    }
    return valid
  }

  private func compare(
    _ value: JSONDecimal,
    with bound: JSONDecimal,
    by operation: Instruction.Operation
  ) -> Bool {
    switch operation {
    case .minimum: value >= bound
    case .maximum: value <= bound
    case .exclusiveMinimum: value > bound
    case .exclusiveMaximum: value < bound
    case .multipleOf: value.isMultiple(of: bound)
    default: true
    }
  }

  /// Records the failure of an instruction.
  @inline(never)
  func fail<S: Sink>(
    _ rule: Rule,
    _ step: Instruction,
    _ place: Place,
    name: Int = -1,
    detail: Int32? = nil,
    other: Int32 = -1,
    _ state: inout EvaluationState<S>
  ) {
    state.sink.add(
      Failure(
        rule: rule,
        node: Int32(place.node),
        name: Int32(name),
        block: place.block,
        keyword: step.node,
        detail: detail ?? step.a,
        other: other
      )
    )
  }
}

extension JSONTape.Entry {
  /// The byte range of the text between the quotes.
  @inline(__always)
  var content: Range<Int> {
    let start = Int(offset) &+ 1
    return start..<start &+ Int(length) &- 2
  }
}

extension Instruction.Operation {
  /// The rule that an operation stands for; applicators that have none of their own give `not`.
  var rule: Rule {
    switch self {
    case .minLength: .minLength
    case .maxLength: .maxLength
    case .pattern: .pattern
    case .format: .format
    case .content: .content
    case .minimum: .minimum
    case .maximum: .maximum
    case .exclusiveMinimum: .exclusiveMinimum
    case .exclusiveMaximum: .exclusiveMaximum
    case .multipleOf: .multipleOf
    case .elements: .items
    case .contains: .contains
    case .minItems: .minItems
    case .maxItems: .maxItems
    case .uniqueItems: .uniqueItems
    case .members: .additionalProperties
    case .minProperties: .minProperties
    case .maxProperties: .maxProperties
    case .dependency: .dependentRequired
    case .enumeration: .enumeration
    case .constant: .constant
    case .anyOf: .anyOf
    case .oneOf: .oneOf
    case .unevaluatedItems: .unevaluatedItems
    case .unevaluatedProperties: .unevaluatedProperties
    case .allOf, .not, .reference, .dynamicReference, .conditional: .not
    }
  }
}
