import DrydockJSON

/// Which subschemas of one or two programs say the same, however they are written down.
///
/// Subschemas start out as one class and are told apart by what they say and by the classes of the
/// subschemas below them, until nothing changes any more. So recursive schemas are compared without
/// unrolling them, and equal classes accept the same values.
///
/// - Complexity: O(rounds × size); the rounds are at most the depth of what tells two apart.
struct BlockClasses: Sendable {
  /// The class of each subschema, by program and block.
  var classes: [[Int32]]
  /// How many classes there are.
  private(set) var count = 0

  /// How often classes are split at most; what is then still together is told apart by place.
  private static let roundsMax = 300

  /// What a subschema says itself, and the subschemas that it names, in a settled order.
  private struct Statement {
    var own: [Int] = []
    var children: [Int32] = []
  }

  init(_ programs: [SchemaProgram]) {
    var reader = StatementReader()
    let statements = programs.map { program in
      program.blocks.indices.map { reader.statement(of: Int32($0), in: program) }
    }
    classes = programs.map { [Int32](repeating: 0, count: $0.blocks.count) }
    // Where references depend on the way that evaluation came, looking the same means little.
    if programs.contains(where: \.usesDynamicScope) {
      tellAllApart()
      return
    }
    for _ in 0..<BlockClasses.roundsMax {
      let before = count
      split(statements)
      if count == before { return }
    }
    // Too deep to be settled: nothing counts as equal but what is the very same.
    tellAllApart()
  }

  private mutating func tellAllApart() {
    var next: Int32 = 0
    for side in classes.indices {
      for block in classes[side].indices {
        classes[side][block] = next
        next += 1
      }
    }
    count = Int(next)
  }

  private mutating func split(_ statements: [[Statement]]) {
    var known: [[Int]: Int32] = [:]
    var result = classes
    for side in classes.indices {
      for block in classes[side].indices {
        let statement = statements[side][block]
        var key = statement.own
        key.append(-1)
        for child in statement.children {
          key.append(child < 0 ? -1 : Int(classes[side][Int(child)]))
        }
        key.append(Int(classes[side][block]))
        let name = known[key] ?? Int32(known.count)
        known[key] = name
        result[side][block] = name
      }
    }
    classes = result
    count = known.count
  }

  /// Puts subschemas into numbers.
  private struct StatementReader {
    private var texts: [String: Int] = [:]
    private var numbers: [JSONDecimal: Int] = [:]
    private var values: [JSONNode: Int] = [:]

    mutating func text(_ text: String) -> Int {
      let number = texts[text] ?? texts.count
      texts[text] = number
      return number
    }

    mutating func number(_ number: JSONDecimal) -> Int {
      let known = numbers[number] ?? numbers.count
      numbers[number] = known
      return known
    }

    mutating func value(_ value: JSONNode) -> Int {
      let known = values[value] ?? values.count
      values[value] = known
      return known
    }

    mutating func statement(of index: Int32, in program: SchemaProgram) -> Statement {
      let block = program.blocks[Int(index)]
      var statement = Statement()
      statement.own = [
        Int(block.form.rawValue), block.form == .never ? 0 : Int(block.types.rawValue),
      ]
      if program.undeclared == .forbidden { statement.own.append(block.findsUndeclared ? 1 : 0) }
      guard block.form == .assertions else { return statement }
      var parts: [Statement] = []
      for position in block.stringStart..<block.end {
        parts.append(step(program.instructions[Int(position)], block, program))
      }
      // The order of keywords in a text says nothing.
      parts.sort { $0.own.lexicographicallyPrecedes($1.own) }
      for part in parts {
        statement.own.append(part.own.count)
        statement.own += part.own
        statement.children += part.children
        statement.children.append(-1)
      }
      return statement
    }

    private mutating func step(
      _ step: Instruction,
      _ block: Block,
      _ program: SchemaProgram
    ) -> Statement {
      var part = Statement(own: [Int(step.operation.rawValue)])
      switch step.operation {
      case .minLength, .maxLength, .minItems, .maxItems, .minProperties, .maxProperties, .format,
        .content, .uniqueItems:
        part.own += [Int(step.a), Int(step.b)]
      case .pattern: part.own.append(text(program.patterns[Int(step.a)].source))
      case .minimum, .maximum, .exclusiveMinimum, .exclusiveMaximum, .multipleOf:
        part.own.append(number(program.numbers[Int(step.a)]))
      case .elements:
        let plan = program.arrays[Int(step.a)]
        part.own.append(Int(plan.prefixCount))
        part.children +=
          program.links[
            Int(plan.prefixStart)..<Int(plan.prefixStart + plan.prefixCount)
          ]
        part.children.append(plan.rest)
      case .contains:
        let plan = program.contains[Int(step.a)]
        part.own += [Int(plan.min), Int(plan.max), plan.evaluates ? 1 : 0]
        part.children.append(plan.block)
      case .members: members(program.objects[Int(step.a)], program, &part)
      case .dependency:
        let plan = program.dependencies[Int(step.a)]
        part.own.append(text(program.text(ofName: Int(plan.name))))
        let run = plan.requiredStart..<plan.requiredStart + plan.requiredCount
        part.own += run.map { text(program.text(ofName: Int($0))) }.sorted()
        part.children.append(plan.block)
      case .enumeration, .constant:
        part.own[0] = Int(Instruction.Operation.enumeration.rawValue)
        part.own += program.values(of: step, in: block).map { value($0) }.sorted()
      case .allOf, .anyOf, .oneOf:
        part.own.append(Int(step.b))
        part.children += program.links[Int(step.a)..<Int(step.a + step.b)]
      case .not, .reference, .unevaluatedItems, .unevaluatedProperties:
        part.children.append(step.a)
      case .dynamicReference:
        part.own.append(Int(step.node))
        part.children.append(program.dynamics[Int(step.a)].initial)
      case .conditional:
        let plan = program.conditionals[Int(step.a)]
        part.children += [plan.condition, plan.then, plan.otherwise]
      }
      return part
    }

    private mutating func members(
      _ plan: ObjectPlan,
      _ program: SchemaProgram,
      _ part: inout Statement
    ) {
      var declared: [(name: Int, block: Int32)] = []
      var required: [Int] = []
      for entry in program.entries(of: plan) {
        let name = text(entry.name)
        if entry.block >= 0 { declared.append((name, entry.block)) }
        if entry.isRequired { required.append(name) }
      }
      declared.sort { $0.name < $1.name }
      var patterns: [(name: Int, block: Int32)] = []
      for member in program.patterns(of: plan) {
        patterns.append((text(program.patterns[Int(member.pattern)].source), member.block))
      }
      patterns.sort { $0.name < $1.name }
      part.own += [declared.count] + declared.map(\.name)
      part.own += [required.count] + required.sorted()
      part.own += [patterns.count] + patterns.map(\.name)
      part.children += declared.map(\.block) + patterns.map(\.block)
      part.children += [plan.additional, plan.propertyNames]
    }
  }
}
