import DrydockJSON

extension SchemaCompiler {
  /// Compiles the keywords about the elements of an array.
  mutating func compileElements(_ view: SchemaObject, _ known: Set<Keyword>) {
    func value(_ keyword: Keyword) -> Int? { known.contains(keyword) ? view[keyword] : nil }
    var prefix: Int?
    var rest: Int?
    if let items = value(.items) {
      if view.document.tape.entries[items].form != .array {
        rest = items
      } else if current.language.dialect != .draft202012 {
        prefix = items
        rest = value(.additionalItems)
      } else {
        report(
          .wrongType(
            keyword: "items",
            expected: "schema ('prefixItems' takes a list)",
            found: ValueText.shown(items, in: view.document)
          ),
          at: items
        )
      }
    }
    if let items = value(.prefixItems) {
      if view.elements(items).isEmpty {
        reportType(.prefixItems, "array of at least one schema", view, items)
      } else {
        prefix = items
      }
    }
    if prefix != nil || rest != nil {
      var plan = ArrayPlan()
      let blocks = prefix.map { view.elements($0).map { block(at: $0) } } ?? []
      plan.prefixStart = Int32(program.links.count)
      plan.prefixCount = Int32(blocks.count)
      program.links += blocks
      if let rest {
        plan.rest = block(at: rest)
        plan.restNode = Int32(rest)
        plan.isAdditional = prefix == view[.items]
      }
      program.arrays.append(plan)
      current.arrays.append(
        Instruction(
          operation: .elements,
          a: Int32(program.arrays.count - 1),
          b: 0,
          node: Int32(prefix ?? rest ?? view.node)
        )
      )
    }
    if let contains = value(.contains) { compileContains(view, contains, known) }
  }

  private mutating func compileContains(
    _ view: SchemaObject,
    _ value: Int,
    _ known: Set<Keyword>
  ) {
    var plan = ContainsPlan(
      block: block(at: value),
      min: 1,
      max: .max,
      minNode: Int32(value),
      maxNode: Int32(value),
      evaluates: current.language.dialect == .draft202012
    )
    if known.contains(.minContains), let node = view[.minContains] {
      plan.min = count(.minContains, view, node) ?? 1
      plan.minNode = Int32(node)
    }
    if known.contains(.maxContains), let node = view[.maxContains] {
      plan.max = count(.maxContains, view, node) ?? .max
      plan.maxNode = Int32(node)
    }
    program.contains.append(plan)
    current.arrays.append(
      Instruction(
        operation: .contains,
        a: Int32(program.contains.count - 1),
        b: 0,
        node: Int32(value)
      )
    )
  }

  /// Compiles `if`, which means nothing without `then` or `else` but to those who ask what it
  /// evaluated.
  mutating func compileConditional(_ view: SchemaObject, _ known: Set<Keyword>) {
    guard known.contains(.condition), let condition = view[.condition] else { return }
    let then = view[.then].map { block(at: $0) } ?? -1
    let otherwise = view[.otherwise].map { block(at: $0) } ?? -1
    program.conditionals.append(
      ConditionalPlan(condition: block(at: condition), then: then, otherwise: otherwise)
    )
    current.any.append(
      Instruction(
        operation: .conditional,
        a: Int32(program.conditionals.count - 1),
        b: 0,
        node: Int32(condition)
      )
    )
  }
}
