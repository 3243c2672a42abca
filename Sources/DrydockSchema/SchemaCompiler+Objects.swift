import DrydockJSON

extension SchemaCompiler {
  /// Compiles the keywords about the members of an object, which share one pass.
  mutating func compileMembers(_ view: SchemaObject, _ known: Set<Keyword>) {
    compileDependencies(view, known)
    var plan = ObjectPlan()
    var node: Int32 = -1
    var table: [(name: String, block: Int32, node: Int)] = []
    var place: [[UInt8]: Int] = [:]
    func value(_ keyword: Keyword) -> Int? { known.contains(keyword) ? view[keyword] : nil }

    if let properties = value(.properties), isMap(.properties, view, properties) {
      node = Int32(properties)
      for name in view.names(properties) {
        let text = view.document.text(at: name)
        let entry = (text, block(at: name + 1), name)
        if let earlier = place[Array(text.utf8)] {
          table[earlier] = entry
        } else {
          place[Array(text.utf8)] = table.count
          table.append(entry)
        }
      }
    }
    var required: [String] = []
    if let list = value(.required) {
      node = node < 0 ? Int32(list) : node
      plan.requiredNode = Int32(list)
      required = names(.required, view, list)
    }
    for name in required where place[Array(name.utf8)] == nil {
      place[Array(name.utf8)] = table.count
      table.append((name, -1, plan.requiredNode >= 0 ? Int(plan.requiredNode) : 0))
    }
    if let patterns = value(.patternProperties), isMap(.patternProperties, view, patterns) {
      node = node < 0 ? Int32(patterns) : node
      compilePatternProperties(view, patterns, &plan)
    }
    if let additional = value(.additionalProperties) {
      node = node < 0 ? Int32(additional) : node
      plan.additionalNode = Int32(additional)
      plan.additional = block(at: additional)
    }
    if let propertyNames = value(.propertyNames) {
      node = node < 0 ? Int32(propertyNames) : node
      plan.propertyNames = block(at: propertyNames)
    }
    guard node >= 0 else { return }
    storeNames(table, place, required, &plan)
    program.objects.append(plan)
    current.objects.append(
      Instruction(operation: .members, a: Int32(program.objects.count - 1), b: 0, node: node)
    )
  }

  private mutating func storeNames(
    _ table: [(name: String, block: Int32, node: Int)],
    _ place: [[UInt8]: Int],
    _ required: [String],
    _ plan: inout ObjectPlan
  ) {
    let start = program.names.count
    for entry in table {
      _ = program.add(name: entry.name, block: entry.block, node: Int32(entry.node))
    }
    plan.nameStart = Int32(start)
    plan.nameEnd = Int32(program.names.count)
    if !table.isEmpty {
      plan.table = program.addTable(ofNames: start..<program.names.count)
      plan.slotStart = program.tables[Int(plan.table)].slotStart
      plan.slotMask = program.tables[Int(plan.table)].slotMask
    }
    plan.requiredCount = Int32(required.count)
    for (bit, name) in required.prefix(64).enumerated() {
      guard let index = place[Array(name.utf8)] else { continue }
      program.names[start + index].requiredBit = UInt8(bit)
      plan.requiredMask |= 1 << UInt64(bit)
    }
    plan.extraStart = Int32(program.names.count)
    for name in required.dropFirst(64) { _ = program.add(name: name) }
    plan.extraCount = Int32(program.names.count) - plan.extraStart
  }

  private mutating func compilePatternProperties(
    _ view: SchemaObject,
    _ patterns: Int,
    _ plan: inout ObjectPlan
  ) {
    var members: [PatternMember] = []
    for name in view.names(patterns) {
      let block = block(at: name + 1)
      guard let index = pattern(view.document.text(at: name), at: name) else { continue }
      members.append(PatternMember(pattern: index, block: block))
    }
    plan.patternStart = Int32(program.patternMembers.count)
    plan.patternCount = Int32(members.count)
    program.patternMembers += members
  }

  private mutating func compileDependencies(_ view: SchemaObject, _ known: Set<Keyword>) {
    for keyword in [Keyword.dependentRequired, .dependentSchemas, .dependencies]
    where known.contains(keyword) {
      guard let value = view[keyword], isMap(keyword, view, value) else { continue }
      for name in view.names(value) {
        let isList = view.document.tape.entries[name + 1].form == .array
        var plan = DependencyPlan(name: 0)
        if keyword == .dependentRequired || (keyword == .dependencies && isList) {
          let required = names(keyword, view, name + 1)
          plan.requiredStart = Int32(program.names.count)
          plan.requiredCount = Int32(required.count)
          for name in required { _ = program.add(name: name) }
        } else {
          plan.block = block(at: name + 1)
        }
        plan.name = Int32(program.add(name: view.document.text(at: name)))
        program.dependencies.append(plan)
        current.objects.append(
          Instruction(
            operation: .dependency,
            a: Int32(program.dependencies.count - 1),
            b: 0,
            node: Int32(name + 1)
          )
        )
      }
    }
  }

  /// Returns whether a keyword's value is an object, reporting it otherwise.
  private mutating func isMap(_ keyword: Keyword, _ view: SchemaObject, _ value: Int) -> Bool {
    if view.document.tape.entries[value].form == .object { return true }
    reportType(keyword, "object", view, value)
    return false
  }

  /// Reads an array of distinct names.
  private mutating func names(
    _ keyword: Keyword,
    _ view: SchemaObject,
    _ value: Int
  ) -> [String] {
    guard view.document.tape.entries[value].form == .array else {
      reportType(keyword, "array of strings", view, value)
      return []
    }
    var found: [String] = []
    var known: Set<[UInt8]> = []
    for element in view.elements(value) {
      guard let name = view.string(element) else {
        reportType(keyword, "string", view, element)
        continue
      }
      if known.insert(Array(name.utf8)).inserted { found.append(name) }
    }
    return found
  }
}
