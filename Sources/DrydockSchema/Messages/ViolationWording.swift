import DrydockJSON
import DrydockKernel

/// Words for one failure.
struct ViolationWording {
  let shared: SharedProgram
  let instance: JSONDocument
  let failure: Failure

  /// How many values or names are listed.
  private static let listMax = 8

  init(_ shared: SharedProgram, _ instance: JSONDocument, _ failure: Failure) {
    self.shared = shared
    self.instance = instance
    self.failure = failure
  }

  /// The tape index that the violation points to.
  var place: Int {
    if failure.rule == .anyOf || failure.rule == .oneOf, failure.detail == -2 {
      return Int(failure.other)
    }
    return Int(failure.name >= 0 ? failure.name : failure.node)
  }

  private var source: JSONDocument {
    shared.program.documents[Int(shared.program.blocks[Int(failure.block)].document)].document
  }

  /// What the schema wants.
  var expected: String {
    switch failure.rule {
    case .type:
      return ValueText.types(TypeSet(rawValue: UInt8(truncatingIfNeeded: failure.detail)))
    case .enumeration, .constant: return oneOf(values(of: Int(failure.detail)))
    case .minLength, .maxLength, .pattern, .format: return expectedText
    case .content: return failure.detail == 1 ? "content in base64" : "content in JSON"
    case .minimum, .maximum, .exclusiveMinimum, .exclusiveMaximum, .multipleOf:
      return expectedNumber
    case .items, .additionalItems, .unevaluatedItems: return expectedEnd
    case .contains, .minContains:
      return "at least \(ValueText.counted(contains.min, "element")) matching 'contains'"
    case .maxContains:
      return "at most \(ValueText.counted(contains.max, "element")) matching 'contains'"
    case .minItems: return "at least " + ValueText.counted(Int(failure.detail), "element")
    case .maxItems: return "at most " + ValueText.counted(Int(failure.detail), "element")
    case .uniqueItems: return "elements that differ"
    case .required: return "member '\(shared.program.text(ofName: Int(failure.detail)))'"
    case .dependentRequired:
      let name = shared.program.text(ofName: Int(failure.detail))
      return "member '\(name)', which '\(shared.program.text(ofName: Int(failure.other)))' asks for"
    case .additionalProperties, .unevaluatedProperties, .undeclaredMember:
      return expectedMembers
    case .minProperties: return "at least " + ValueText.counted(Int(failure.detail), "member")
    case .maxProperties: return "at most " + ValueText.counted(Int(failure.detail), "member")
    case .anyOf, .oneOf: return expectedBranch
    case .not: return expectedOther
    case .never: return failure.name >= 0 ? "no member \(memberName)" : "no value"
    case .limit:
      return failure.detail == 1
        ? "subschemas within each other at most \(shared.program.limits.depthMax) deep"
        : "a document that takes less work"
    }
  }

  /// What is there instead.
  var found: String {
    let node = Int(failure.node)
    switch failure.rule {
    case .type: return ValueText.shownWithKind(node, in: instance)
    case .contains, .minContains, .maxContains: return String(failure.other)
    case .minItems, .maxItems:
      return String(instance.childCount(of: node))
    case .minProperties, .maxProperties:
      return String(instance.childCount(of: node))
    case .minLength, .maxLength:
      let length = instance.text(at: node).unicodeScalars.count
      return "\(length) in \(ValueText.shown(node, in: instance))"
    case .uniqueItems:
      let first = TapePointer.pointer(to: Int(failure.detail), in: instance)
      return "\(ValueText.shown(node, in: instance)) at '\(first)' too"
    case .required, .dependentRequired: return "no such member"
    case .additionalProperties, .unevaluatedProperties, .undeclaredMember, .never:
      return failure.name >= 0 ? "member \(memberName)" : ValueText.shown(node, in: instance)
    case .oneOf where failure.detail >= 0:
      return "a match of branches \(failure.detail + 1) and \(failure.other + 1)"
    case .anyOf where failure.detail == -2, .oneOf where failure.detail == -2:
      return ValueText.shown(Int(failure.other), in: instance)
    case .anyOf where failure.detail == -4, .oneOf where failure.detail == -4:
      return missingNames.count == 2 ? "neither" : "none of them"
    case .limit: return failure.detail == 1 ? "deeper nesting" : "more"
    case .enumeration, .constant, .not: return ValueText.exact(node, in: instance)
    default: return ValueText.shown(node, in: instance)
    }
  }

  /// What was probably meant.
  var suggestion: String? {
    switch failure.rule {
    case .enumeration, .constant: return nearestValue(values(of: Int(failure.detail)), place)
    case .anyOf, .oneOf:
      if failure.detail == -2 || failure.detail == -3 { return nearestValue(branchValues, place) }
      return nil
    case .additionalProperties, .unevaluatedProperties, .undeclaredMember:
      let absent = shared.program.declaredNames(of: failure.block).filter { name in
        instance.indexOfMember(name.utf8.span, in: Int(failure.node)) == nil
      }
      return NameSuggestion.nearest(to: instance.text(at: Int(failure.name)), among: absent)
    default: return nil
    }
  }

  private var memberName: String {
    ValueText.quoted(instance.text(at: Int(failure.name)))
  }

  // MARK: Strings and numbers

  private var expectedText: String {
    let noun = isName ? "name" : "string"
    switch failure.rule {
    case .minLength:
      return "\(noun) of at least \(ValueText.counted(Int(failure.detail), "character"))"
    case .maxLength:
      return "\(noun) of at most \(ValueText.counted(Int(failure.detail), "character"))"
    case .pattern:
      return
        "\(noun) matching \(ValueText.quoted(shared.program.patterns[Int(failure.detail)].source))"
    default:
      let format = Format(rawValue: UInt8(truncatingIfNeeded: failure.detail))
      return "\(noun) of format '\(format?.name ?? "")'"
    }
  }

  private var isName: Bool {
    TapePointer.isName(Int(failure.node), in: instance)
  }

  /// Describes all bounds of the block at once, so that mending one does not break another.
  private var expectedNumber: String {
    let block = shared.program.blocks[Int(failure.block)]
    var above: String?
    var below: String?
    var minimum: String?
    var maximum: String?
    var multiple: String?
    for position in block.numberStart..<block.arrayStart {
      let step = shared.program.instructions[Int(position)]
      let text = source.numberText(at: Int(step.node))
      switch step.operation {
      case .minimum: minimum = text
      case .exclusiveMinimum: above = text
      case .maximum: maximum = text
      case .exclusiveMaximum: below = text
      case .multipleOf: multiple = "that is a multiple of \(text)"
      default: continue
      }
    }
    var parts = [block.types.isDisjoint(with: .fraction) ? "integer" : "number"]
    var bounds: [String] = []
    if let minimum, let maximum {
      bounds.append("from \(minimum) to \(maximum)")
    } else {
      if let minimum { bounds.append("of at least \(minimum)") }
      if let maximum { bounds.append("of at most \(maximum)") }
    }
    if let above { bounds.append("above \(above)") }
    if let below { bounds.append("below \(below)") }
    if !bounds.isEmpty { parts.append(bounds.joined(separator: " and ")) }
    if let multiple { parts.append(multiple) }
    return parts.joined(separator: " ")
  }

  // MARK: Arrays and objects

  private var contains: (min: Int, max: Int) {
    let plan = shared.program.contains[Int(failure.detail)]
    return (Int(plan.min), Int(plan.max))
  }

  private var expectedEnd: String {
    guard failure.rule != .unevaluatedItems, failure.detail >= 0 else {
      return "no further elements"
    }
    return "at most " + ValueText.counted(Int(failure.detail), "element")
  }

  private var expectedMembers: String {
    let names = shared.program.declaredNames(of: failure.block)
    if names.isEmpty { return "no members" }
    return "only " + listed(names.map { ValueText.quoted($0) })
  }

  // MARK: Values and branches

  private func values(of plan: Int) -> [Int] {
    values(of: shared.program.enumerations[plan])
  }

  private func values(of plan: EnumerationPlan) -> [Int] {
    var nodes: [Int] = []
    if plan.table >= 0 {
      let table = shared.program.tables[Int(plan.table)]
      for name in table.nameStart..<table.nameStart + table.nameCount {
        nodes.append(Int(shared.program.nameNodes[Int(name)]))
      }
    }
    for index in plan.valueStart..<plan.valueStart + plan.valueCount {
      nodes.append(Int(shared.program.links[Int(index)]))
    }
    return nodes.sorted()
  }

  private func oneOf(_ nodes: [Int]) -> String {
    oneOf(nodes.map { ($0, source) })
  }

  private func oneOf(_ values: [(node: Int, document: JSONDocument)]) -> String {
    let texts = values.map { ValueText.exact($0.node, in: $0.document) }
    if texts.isEmpty { return "nothing" }
    return texts.count == 1 ? texts[0] : "one of " + listed(texts)
  }

  private func listed(_ texts: [String]) -> String {
    guard texts.count > ViolationWording.listMax + 1 else {
      return texts.joined(separator: ", ")
    }
    return texts.prefix(ViolationWording.listMax).joined(separator: ", ")
      + " or \(texts.count - ViolationWording.listMax) others"
  }

  private func nearestValue(_ nodes: [Int], _ place: Int) -> String? {
    nearestValue(nodes.map { ($0, source) }, place)
  }

  private func nearestValue(
    _ values: [(node: Int, document: JSONDocument)],
    _ place: Int
  ) -> String? {
    let value = isUnknownDiscriminator ? place : Int(failure.node)
    let texts = values.compactMap { value in
      value.document.tape.entries[value.node].form == .string
        ? value.document.text(at: value.node) : nil
    }
    guard instance.tape.entries[value].form == .string else {
      let shown = ValueText.shown(value, in: instance)
      return texts.first { $0 == shown }
    }
    return NameSuggestion.nearest(to: instance.text(at: value), among: texts)
  }

  private var isUnknownDiscriminator: Bool { failure.detail == -2 }

  private var step: Instruction? {
    let block = shared.program.blocks[Int(failure.block)]
    for position in block.anyStart..<block.lateStart
    where shared.program.instructions[Int(position)].node == failure.keyword {
      return shared.program.instructions[Int(position)]
    }
    return nil
  }

  private var branches: [Int32] {
    guard let step else { return [] }
    return Array(shared.program.links[Int(step.a)..<Int(step.a + step.b)])
  }

  private var expectedBranch: String {
    if failure.detail >= 0 { return "a match of exactly one of \(branches.count) branches" }
    if failure.detail == -4 {
      return "member " + ValueText.alternatives(missingNames.map { ValueText.quoted($0) })
    }
    if failure.detail < -1 { return oneOf(branchValues) }
    return "a match of one of \(branches.count) branches"
  }

  /// The required members of the branches that the object lacks.
  private var missingNames: [String] {
    var found: [String] = []
    for branch in branches {
      for name in shared.program.requiredNames(of: branch)
      where !found.contains(name)
        && instance.indexOfMember(name.utf8.span, in: Int(failure.node)) == nil
      {
        found.append(name)
      }
    }
    return found
  }

  /// The constants that the branches fix, for the value itself or the member that tells.
  private var branchValues: [(node: Int, document: JSONDocument)] {
    var found: [(node: Int, document: JSONDocument)] = []
    let name = failure.detail == -2 ? instance.text(at: Int(failure.name)) : nil
    for branch in branches {
      let fixing =
        name.map { name in shared.program.memberBlocks(of: branch, named: name) } ?? [branch]
      for block in fixing {
        guard let (step, owner) = shared.program.fixing(block) else { continue }
        let document = shared.program.documents[Int(shared.program.blocks[Int(owner)].document)]
          .document
        for node in values(of: shared.program.enumerations[Int(step.a)])
        where !found.contains(where: { JSONValue.areEqual($0.document, $0.node, document, node) }) {
          found.append((node, document))
        }
      }
    }
    return found
  }

  /// Says what `not` rules out, where that is short.
  private var expectedOther: String {
    guard let step, step.operation == .not else { return "a value that 'not' does not match" }
    let inner = shared.program.blocks[Int(step.a)]
    if inner.form == .types { return "anything but " + ValueText.types(inner.types) }
    if inner.form == .always { return "no value" }
    if let (fixing, owner) = shared.program.fixing(step.a), inner.end == inner.stringStart + 1 {
      let document = shared.program.documents[Int(shared.program.blocks[Int(owner)].document)]
        .document
      let nodes = values(of: shared.program.enumerations[Int(fixing.a)])
      return "anything but " + listed(nodes.map { ValueText.exact($0, in: document) })
    }
    return "a value that 'not' does not match"
  }
}

extension SchemaProgram {
  /// Returns the names that a block and what it applies to the same value require.
  func requiredNames(of block: Int32) -> [String] {
    names(of: block) { $0.isRequired }
  }

  /// Returns the names that a block and what it applies to the same value declare.
  func declaredNames(of block: Int32) -> [String] {
    names(of: block) { _ in true }
  }

  private func names(of block: Int32, where isWanted: (NameEntry) -> Bool) -> [String] {
    var found: [String] = []
    for index in inPlace(block) {
      let block = blocks[Int(index)]
      for position in block.objectStart..<block.anyStart {
        let step = instructions[Int(position)]
        guard step.operation == .members else { continue }
        let plan = objects[Int(step.a)]
        guard plan.table >= 0 else { continue }
        let table = tables[Int(plan.table)]
        for name in table.nameStart..<table.nameStart + table.nameCount
        where isWanted(self.names[Int(name)]) {
          found.append(text(ofName: Int(name)))
        }
      }
    }
    return found
  }

  /// Returns the blocks that a branch holds a member to.
  func memberBlocks(of block: Int32, named name: String) -> [Int32] {
    var found: [Int32] = []
    let text = Array(name.utf8)
    for index in inPlace(block) {
      let block = blocks[Int(index)]
      for position in block.objectStart..<block.anyStart {
        let step = instructions[Int(position)]
        guard step.operation == .members else { continue }
        let plan = objects[Int(step.a)]
        guard plan.table >= 0 else { continue }
        let entry = find(text, 0..<text.count, in: tables[Int(plan.table)])
        if entry >= 0, names[entry].block >= 0 { found.append(names[entry].block) }
      }
    }
    return found
  }
}

extension TapePointer {
  /// Returns whether a tape index is that of a member's name.
  static func isName(_ node: Int, in document: JSONDocument) -> Bool {
    guard document.tape.entries[node].form == .string else { return false }
    let end = Int(document.tape.entries[node].offset + document.tape.entries[node].length)
    var index = end
    while index < document.bytes.count, document.bytes[index] <= 0x20 { index += 1 }
    return index < document.bytes.count && document.bytes[index] == UInt8(ascii: ":")
  }
}
