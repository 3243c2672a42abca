import DrydockJSON

/// What types alone decide, which spares most values of most payloads a look at the instructions.
extension SchemaCompiler {
  /// How often outlooks are made sharper by those of the blocks that they refer to.
  private static var roundsMax: Int { 8 }

  /// Works out the outlook of every block.
  ///
  /// Each round starts from outlooks that are true but vague, so it may end after any of them.
  mutating func findOutlooks() {
    program.outlooks = program.blocks.map { $0.form == .never ? .never : TypeOutlook() }
    for _ in 0..<SchemaCompiler.roundsMax {
      let sharper = program.blocks.indices.map { blockOutlook($0) }
      if sharper == program.outlooks { break }
      program.outlooks = sharper
    }
  }

  private func blockOutlook(_ index: Int) -> TypeOutlook {
    let block = program.blocks[index]
    switch block.form {
    case .never: return .never
    case .always: return .always
    case .types, .assertions: break
    }
    var outlook = TypeOutlook(accepted: block.types, possible: block.types)
    if outlook.possible.contains(.integer) { outlook.possible.insert(.fraction) }
    if block.stringStart < block.numberStart { outlook.accepted.remove(.string) }
    if block.numberStart < block.arrayStart { outlook.accepted.subtract(.number) }
    // What a container's instructions say of its children is asked for by others.
    if block.arrayStart < block.objectStart || block.anyStart < block.end {
      outlook.accepted.remove(.array)
    }
    if block.objectStart < block.end { outlook.accepted.remove(.object) }
    for position in block.anyStart..<block.lateStart {
      let step = stepOutlook(program.instructions[Int(position)], in: block)
      outlook.accepted.formIntersection(step.accepted)
      outlook.possible.formIntersection(step.possible)
    }
    return outlook
  }

  /// Returns the outlook of an instruction about any value.
  private func stepOutlook(_ step: Instruction, in block: Block) -> TypeOutlook {
    let branches = { self.program.links[Int(step.a)..<Int(step.a + step.b)].map(self.known) }
    switch step.operation {
    case .enumeration, .constant:
      return TypeOutlook(accepted: [], possible: program.constantTypes(of: step, in: block))
    case .reference: return known(step.a)
    case .allOf:
      return branches().reduce(.always) { all, branch in
        TypeOutlook(
          accepted: all.accepted.intersection(branch.accepted),
          possible: all.possible.intersection(branch.possible)
        )
      }
    case .anyOf:
      return branches().reduce(.never) { any, branch in
        TypeOutlook(
          accepted: any.accepted.union(branch.accepted),
          possible: any.possible.union(branch.possible)
        )
      }
    case .oneOf:
      var once = TypeOutlook.never
      var accepted = TypeSet()
      for branch in branches() {
        // Accepted by one branch, and by no other that might.
        accepted = accepted.subtracting(branch.possible)
          .union(branch.accepted.subtracting(once.possible))
        once.possible.formUnion(branch.possible)
      }
      once.accepted = accepted
      return once
    case .not:
      let refused = known(step.a)
      return TypeOutlook(
        accepted: TypeSet.any.subtracting(refused.possible),
        possible: TypeSet.any.subtracting(refused.accepted)
      )
    default: return TypeOutlook()
    }
  }

  private func known(_ block: Int32) -> TypeOutlook {
    program.outlooks[Int(block)]
  }
}
