import DrydockJSON

extension SchemaProgram {
  /// What the members that tell branches apart say about an object.
  enum Discrimination {
    /// Nothing: there are none, or the object has none of them.
    case none
    /// These branches are meant, as a member says.
    case chosen([Int], by: String)
    /// A member that should tell has a value that no branch knows; by its name and value.
    case unknown(name: Int, value: Int)
  }

  /// A member whose values a branch fixes.
  private struct Discriminator {
    /// The member, by index in `names`.
    var name: Int32
    /// The block that fixes its values.
    var block: Int32
  }

  /// How far a branch is followed for what it fixes.
  private static var followMax: Int { 200 }

  /// Returns which of the candidates an object is meant for.
  func discriminate(
    _ candidates: [Int],
    _ branches: [Int32],
    _ node: Int,
    _ instance: JSONDocument
  ) -> Discrimination {
    var matching: [Int] = []
    var open: [Int] = []
    var telling: String?
    var refused: [Int32: Int] = [:]
    var firstRefused: (name: Int32, value: Int)?
    for candidate in candidates {
      var matches = 0
      var refuses = false
      for discriminator in discriminators(of: branches[candidate]) {
        guard let value = member(named: discriminator.name, of: node, in: instance) else {
          continue
        }
        if isFixed(value, by: discriminator.block, instance) {
          matches += 1
          telling = telling ?? text(ofName: Int(discriminator.name))
        } else {
          refuses = true
          refused[Int32(value), default: 0] += 1
          if firstRefused == nil { firstRefused = (discriminator.name, value) }
        }
      }
      if refuses { continue }
      if matches > 0 { matching.append(candidate) } else { open.append(candidate) }
    }
    if !matching.isEmpty { return .chosen(matching, by: telling ?? "") }
    if let first = firstRefused, open.isEmpty, refused[Int32(first.value)] == candidates.count,
      candidates.count > 1
    {
      return .unknown(name: first.value - 1, value: first.value)
    }
    if let first = firstRefused, !open.isEmpty {
      return .chosen(open, by: text(ofName: Int(first.name)))
    }
    return .none
  }

  /// Returns the members that a branch fixes to constants, its references and `allOf` included.
  private func discriminators(of branch: Int32) -> [Discriminator] {
    var found: [Discriminator] = []
    for index in inPlace(branch) {
      let block = blocks[Int(index)]
      for position in block.objectStart..<block.anyStart {
        let step = instructions[Int(position)]
        guard step.operation == .members else { continue }
        let plan = objects[Int(step.a)]
        guard plan.table >= 0 else { continue }
        let table = tables[Int(plan.table)]
        for name in table.nameStart..<table.nameStart + table.nameCount {
          let member = names[Int(name)].block
          if member >= 0, isEnumeration(member) {
            found.append(Discriminator(name: name, block: member))
          }
        }
      }
    }
    return found
  }

  /// Returns the blocks that apply to the same value as one does, whatever the value is.
  func inPlace(_ block: Int32) -> [Int32] {
    var found = [block]
    var next = 0
    while next < found.count, found.count < SchemaProgram.followMax {
      let current = blocks[Int(found[next])]
      next += 1
      guard current.form == .assertions else { continue }
      for position in current.anyStart..<current.lateStart {
        let step = instructions[Int(position)]
        switch step.operation {
        case .reference: if !found.contains(step.a) { found.append(step.a) }
        case .allOf:
          for link in step.a..<step.a + step.b where !found.contains(links[Int(link)]) {
            found.append(links[Int(link)])
          }
        default: continue
        }
      }
    }
    return found
  }

  /// Returns the types that a block can accept, its references and `allOf` included.
  func acceptedTypes(of block: Int32) -> TypeSet {
    var types = TypeSet.any
    for index in inPlace(block) {
      let block = blocks[Int(index)]
      if block.form == .never { return [] }
      types.formIntersection(block.types)
      for position in block.anyStart..<block.lateStart {
        let step = instructions[Int(position)]
        switch step.operation {
        case .enumeration, .constant:
          types.formIntersection(constantTypes(of: step, in: block))
        default: continue
        }
      }
    }
    return types
  }

  /// Returns the types of the values of an enumeration.
  func constantTypes(of step: Instruction, in block: Block) -> TypeSet {
    let plan = enumerations[Int(step.a)]
    var types = TypeSet()
    if plan.table >= 0 { types.insert(.string) }
    let constants = documents[Int(block.document)].document
    for index in plan.valueStart..<plan.valueStart + plan.valueCount {
      let node = Int(links[Int(index)])
      let type = TapeCode.type(of: constants.tape.entries[node].tag)
      types.formUnion(type.isDisjoint(with: .number) ? type : .number)
    }
    return types
  }

  /// Returns how many constants an enumeration has.
  func constantCount(of plan: EnumerationPlan) -> Int32 {
    plan.valueCount + (plan.table >= 0 ? tables[Int(plan.table)].nameCount : 0)
  }

  /// Returns whether a member that is held to constants shows that an object is not valid.
  ///
  /// Of several branches most are refused by such a member, wherever it stands in the object.
  @inline(__always)
  func isForeign(_ object: Int, to block: Int32, in instance: JSONDocument) -> Bool {
    let index = blocks[Int(block)].members
    if index < 0 || objects[Int(index)].discriminator < 0 { return false }
    return isForeign(object, to: objects[Int(index)], in: instance)
  }

  @inline(never)
  private func isForeign(_ object: Int, to plan: ObjectPlan, in instance: JSONDocument) -> Bool {
    let entries = instance.tape.entries.span
    let text = instance.bytes.span
    let end = Int(entries[object].next)
    var cursor = object &+ 1
    while cursor < end {
      let tag = entries[cursor].tag
      if TapeCode.nameHash(tag) == plan.discriminatorHash,
        tag & (TapeCode.escaped | TapeCode.unquoted) == 0,
        isNamed(Int(plan.discriminator), text, entries[cursor].content)
      {
        let block = blocks[Int(names[Int(plan.discriminator)].block)]
        let step = instructions[Int(block.anyStart)]
        return !isMember(cursor &+ 1, of: enumerations[Int(step.a)], block, instance)
      }
      cursor = Int(entries[cursor &+ 1].next)
    }
    return false
  }

  /// Returns whether all that a block says is which constants it accepts.
  func isEnumeration(_ block: Int32) -> Bool {
    fixing(block) != nil
  }

  /// Returns the instruction by which a block, or what it refers to, fixes a value.
  func fixing(_ block: Int32) -> (step: Instruction, block: Int32)? {
    for index in inPlace(block) {
      let block = blocks[Int(index)]
      for position in block.anyStart..<block.lateStart {
        let step = instructions[Int(position)]
        if step.operation == .enumeration || step.operation == .constant { return (step, index) }
      }
    }
    return nil
  }

  private func isFixed(_ value: Int, by block: Int32, _ instance: JSONDocument) -> Bool {
    var state = EvaluationState(
      sink: VerdictSink(),
      depthMax: limits.depthMax,
      steps: limits.stepsMin
    )
    return evaluate(block, value, Frame.entry, in: instance, &state)
  }
}
