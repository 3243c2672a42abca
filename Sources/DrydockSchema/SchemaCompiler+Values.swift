import DrydockJSON

extension SchemaCompiler {
  /// Compiles a keyword that needs no other keyword beside it.
  mutating func compileValueKeyword(_ keyword: Keyword, _ view: SchemaObject, _ value: Int) {
    switch keyword {
    case .type: compileType(view, value)
    case .enumeration, .constant: compileConstants(keyword, view, value)
    case .minLength: compileCount(.minLength, keyword, view, value) { $0.strings.append($1) }
    case .maxLength: compileCount(.maxLength, keyword, view, value) { $0.strings.append($1) }
    case .pattern: compilePattern(view, value)
    case .format: compileFormat(view, value)
    case .minimum: compileBound(.minimum, keyword, view, value)
    case .maximum: compileBound(.maximum, keyword, view, value)
    case .exclusiveMinimum: compileBound(.exclusiveMinimum, keyword, view, value)
    case .exclusiveMaximum: compileBound(.exclusiveMaximum, keyword, view, value)
    case .multipleOf: compileBound(.multipleOf, keyword, view, value)
    case .minItems: compileCount(.minItems, keyword, view, value) { $0.arrays.append($1) }
    case .maxItems: compileCount(.maxItems, keyword, view, value) { $0.arrays.append($1) }
    case .uniqueItems: compileUniqueItems(view, value)
    case .minProperties:
      compileCount(.minProperties, keyword, view, value) { $0.objects.append($1) }
    case .maxProperties:
      compileCount(.maxProperties, keyword, view, value) { $0.objects.append($1) }
    case .allOf: compileBranches(.allOf, keyword, view, value)
    case .anyOf: compileBranches(.anyOf, keyword, view, value)
    case .oneOf: compileBranches(.oneOf, keyword, view, value)
    case .not:
      current.any.append(
        Instruction(operation: .not, a: block(at: value), b: 0, node: Int32(value))
      )
    case .ref: compileReference(view, value)
    case .dynamicRef: compileDynamicReference(.dynamicRef, view, value)
    case .recursiveRef: compileDynamicReference(.recursiveRef, view, value)
    case .contentEncoding: if options.assertsContent { compileContent(view) }
    case .contentMediaType:
      if options.assertsContent, view[.contentEncoding] == nil { compileContent(view) }
    case .unevaluatedItems:
      current.late.append(
        Instruction(
          operation: .unevaluatedItems,
          a: block(at: value),
          b: 0,
          node: Int32(value)
        )
      )
    case .unevaluatedProperties:
      current.late.append(
        Instruction(
          operation: .unevaluatedProperties,
          a: block(at: value),
          b: 0,
          node: Int32(value)
        )
      )
    case .id, .schema, .anchor, .dynamicAnchor:
      if view.string(value) == nil { reportType(keyword, "string", view, value) }
    case .defs, .definitions:
      if view.document.tape.entries[value].form != .object {
        reportType(keyword, "object", view, value)
      } else {
        for name in view.names(value) { _ = block(at: name + 1) }
      }
    default: break
    }
  }

  /// Takes note of a keyword whose value has the wrong type.
  mutating func reportType(
    _ keyword: Keyword,
    _ expected: String,
    _ view: SchemaObject,
    _ value: Int
  ) {
    report(
      .wrongType(
        keyword: keyword.rawValue,
        expected: expected,
        found: ValueText.shown(value, in: view.document)
      ),
      at: value
    )
  }

  private mutating func compileType(_ view: SchemaObject, _ value: Int) {
    let isString = view.document.tape.entries[value].form == .string
    let elements = isString ? [value] : view.elements(value)
    if elements.isEmpty {
      reportType(.type, "string or array of strings", view, value)
      return
    }
    var types = TypeSet()
    for element in elements {
      guard let name = view.string(element) else {
        reportType(.type, "string", view, element)
        continue
      }
      guard let type = TypeSet.named(name) else {
        report(.unknownType(name), at: element)
        continue
      }
      types.formUnion(type)
    }
    current.types = types
    current.typeNode = Int32(value)
  }

  private mutating func compileConstants(
    _ keyword: Keyword,
    _ view: SchemaObject,
    _ value: Int
  ) {
    var values = [value]
    if keyword == .enumeration {
      guard view.document.tape.entries[value].form == .array else {
        reportType(keyword, "array", view, value)
        return
      }
      values = view.elements(value)
    }
    var plan = EnumerationPlan()
    let nameStart = program.names.count
    var texts: Set<[UInt8]> = []
    for node in values {
      guard let text = view.string(node), texts.insert(Array(text.utf8)).inserted else { continue }
      _ = program.add(name: text, node: Int32(node))
    }
    if program.names.count > nameStart {
      plan.table = program.addTable(ofNames: nameStart..<program.names.count)
    }
    plan.valueStart = Int32(program.links.count)
    for node in values where view.document.tape.entries[node].form != .string {
      program.links.append(Int32(node))
    }
    plan.valueCount = Int32(program.links.count) - plan.valueStart
    program.enumerations.append(plan)
    current.any.append(
      Instruction(
        operation: keyword == .constant ? .constant : .enumeration,
        a: Int32(program.enumerations.count - 1),
        b: 0,
        node: Int32(value)
      )
    )
  }

  /// Reads a whole number from 0, which may be written as `2.0`; huge ones are cut.
  mutating func count(_ keyword: Keyword, _ view: SchemaObject, _ value: Int) -> Int32? {
    guard view.document.tape.entries[value].form == .number else {
      reportType(keyword, "integer of at least 0", view, value)
      return nil
    }
    let number = JSONDecimal(scanned: view.document.numberText(at: value).utf8)
    guard number.isInteger, !number.isNegative else {
      report(
        .wrongValue(
          keyword: keyword.rawValue,
          expected: "integer of at least 0",
          found: view.document.numberText(at: value)
        ),
        at: value
      )
      return nil
    }
    return Int32(clamping: number.int64 ?? .max)
  }

  private mutating func compileCount(
    _ operation: Instruction.Operation,
    _ keyword: Keyword,
    _ view: SchemaObject,
    _ value: Int,
    append: (inout CompiledBlock, Instruction) -> Void
  ) {
    guard let bound = count(keyword, view, value) else { return }
    append(&current, Instruction(operation: operation, a: bound, b: 0, node: Int32(value)))
  }

  private mutating func compileBound(
    _ operation: Instruction.Operation,
    _ keyword: Keyword,
    _ view: SchemaObject,
    _ value: Int
  ) {
    guard view.document.tape.entries[value].form == .number else {
      reportType(keyword, "number", view, value)
      return
    }
    let text = Array(view.document.numberText(at: value).utf8)
    let number = JSONDecimal(scanned: text)
    if operation == .multipleOf, number.isZero || number.isNegative {
      report(
        .wrongValue(
          keyword: keyword.rawValue,
          expected: "number above 0",
          found: String(decoding: text, as: UTF8.self)
        ),
        at: value
      )
      return
    }
    program.numbers.append(number)
    program.smallNumbers.append(SmallDecimal(text, 0..<text.count))
    current.numbers.append(
      Instruction(
        operation: operation,
        a: Int32(program.numbers.count - 1),
        b: 0,
        node: Int32(value)
      )
    )
  }

  private mutating func compilePattern(_ view: SchemaObject, _ value: Int) {
    guard let source = view.string(value) else {
      reportType(.pattern, "string", view, value)
      return
    }
    guard let index = pattern(source, at: value) else { return }
    current.strings.append(
      Instruction(operation: .pattern, a: index, b: 0, node: Int32(value))
    )
  }

  private mutating func compileFormat(_ view: SchemaObject, _ value: Int) {
    guard let name = view.string(value) else {
      reportType(.format, "string", view, value)
      return
    }
    let asserts =
      options.assertsFormat || current.language.vocabularies.contains(.formatAssertion)
    guard asserts, let format = Format(name: name, dialect: current.language.dialect) else {
      return
    }
    current.strings.append(
      Instruction(operation: .format, a: Int32(format.rawValue), b: 0, node: Int32(value))
    )
  }

  private mutating func compileContent(_ view: SchemaObject) {
    let isEncoded = view[.contentEncoding].flatMap(view.string) == "base64"
    let isJSON = view[.contentMediaType].flatMap(view.string) == "application/json"
    guard isEncoded || isJSON, let node = view[isEncoded ? .contentEncoding : .contentMediaType]
    else { return }
    current.strings.append(
      Instruction(
        operation: .content,
        a: isEncoded ? 1 : 0,
        b: isJSON ? 1 : 0,
        node: Int32(node)
      )
    )
  }

  private mutating func compileUniqueItems(_ view: SchemaObject, _ value: Int) {
    switch view.document.tape.entries[value].form {
    case .isTrue:
      current.arrays.append(
        Instruction(operation: .uniqueItems, a: 0, b: 0, node: Int32(value))
      )
    case .isFalse: break
    default: reportType(.uniqueItems, "boolean", view, value)
    }
  }

  private mutating func compileBranches(
    _ operation: Instruction.Operation,
    _ keyword: Keyword,
    _ view: SchemaObject,
    _ value: Int
  ) {
    let branches = view.elements(value)
    if branches.isEmpty {
      reportType(keyword, "array of at least one schema", view, value)
      return
    }
    let blocks = branches.map { block(at: $0) }
    let start = program.links.count
    program.links += blocks
    current.any.append(
      Instruction(
        operation: operation,
        a: Int32(start),
        b: Int32(blocks.count),
        node: Int32(value)
      )
    )
  }
}
