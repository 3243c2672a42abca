import DrydockJSON

/// What a program says, read back out of it.
extension SchemaProgram {
  /// A name that an object plan mentions.
  struct MemberEntry: Sendable {
    var name: String
    /// The subschema of the member, or -1.
    var block: Int32
    var isRequired: Bool
    /// The tape index of the name in its schema.
    var node: Int32
  }

  /// Returns the names that a plan mentions, in the order of the schema.
  func entries(of plan: ObjectPlan) -> [MemberEntry] {
    var entries: [MemberEntry] = []
    var extra: Set<String> = []
    for name in plan.extraStart..<plan.extraStart + plan.extraCount {
      extra.insert(text(ofName: Int(name)))
    }
    for index in Int(plan.nameStart)..<Int(plan.nameEnd) {
      let text = text(ofName: index)
      entries.append(
        MemberEntry(
          name: text,
          block: names[index].block,
          isRequired: names[index].isRequired || extra.contains(text),
          node: nameNodes[index]
        )
      )
    }
    return entries
  }

  /// Returns the patterns of names of a plan.
  func patterns(of plan: ObjectPlan) -> ArraySlice<PatternMember> {
    patternMembers[Int(plan.patternStart)..<Int(plan.patternStart + plan.patternCount)]
  }

  /// Returns the values of an enumeration or constant, members of objects sorted by name.
  func values(of step: Instruction, in block: Block) -> [JSONNode] {
    let document = documents[Int(block.document)].document
    let value = JSONValue(document: document, index: Int(step.node))
    if step.operation == .constant { return [JSONNode(value).sorted] }
    return value.elements.map { JSONNode($0).sorted }
  }

  /// Returns the branches of an applicator.
  func branches(of step: Instruction) -> ArraySlice<Int32> {
    links[Int(step.a)..<Int(step.a + step.b)]
  }

  /// Returns the positions of the instructions of a block that matter to values of a type.
  func steps(of block: Block, about type: TypeSet) -> [Int32] {
    guard block.form == .assertions else { return [] }
    var found: [Int32] = []
    switch type {
    case .string: found += block.stringStart..<block.numberStart
    case .integer, .fraction, .number: found += block.numberStart..<block.arrayStart
    case .array: found += block.arrayStart..<block.objectStart
    case .object: found += block.objectStart..<block.anyStart
    default: break
    }
    found += block.anyStart..<block.lateStart
    for position in block.lateStart..<block.end {
      let isAboutMembers =
        instructions[Int(position)].operation == .unevaluatedProperties
      if type == .object ? isAboutMembers : (type == .array && !isAboutMembers) {
        found.append(position)
      }
    }
    return found
  }
}

extension JSONNode {
  /// This value with the members of objects sorted by name, so that equal values are equal nodes.
  var sorted: JSONNode {
    switch self {
    case .array(let elements): .array(elements.map(\.sorted))
    case .object(let members):
      .object(
        members.map { Member($0.name, $0.value.sorted) }
          .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      )
    default: self
    }
  }

  /// The type of this value.
  var type: TypeSet {
    switch self {
    case .null: .null
    case .boolean: .boolean
    case .number(let number): number.isInteger ? .integer : .fraction
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }
}
