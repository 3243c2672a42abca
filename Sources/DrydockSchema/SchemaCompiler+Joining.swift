import DrydockJSON

extension SchemaCompiler {
  /// Joins what could only be joined once every block exists.
  mutating func finish() {
    resolveDynamicReferences()
    refuseLoops()
    guard problems.isEmpty else { return }
    if !program.usesDynamicScope, !options.keepsReferences { shortenReferences() }
    if program.undeclared != .allowed { findDeclaringBlocks() }
    findPlainBlocks()
    findDiscriminators()
    findOutlooks()
    for index in program.names.indices where program.names[index].block >= 0 {
      program.names[index].outlook = program.outlooks[Int(program.names[index].block)]
    }
  }

  /// Promises the blocks of all anchors that a dynamic reference may come to mean.
  mutating func promiseDynamicTargets() {
    for (_, anchor) in dynamicReferences {
      for resource in registry.resources {
        guard let node = resource.dynamicAnchors[anchor] else { continue }
        _ = block(at: SchemaAddress(document: resource.document, node: node))
      }
    }
  }

  /// Lists for each dynamic reference the resources that have its anchor.
  ///
  /// Resources that came in through later references count too, so this is done last.
  private mutating func resolveDynamicReferences() {
    for (index, anchor) in dynamicReferences {
      var pairs: [Int32] = []
      for (number, resource) in registry.resources.enumerated() {
        guard let node = resource.dynamicAnchors[anchor] else { continue }
        let address = SchemaAddress(document: resource.document, node: node)
        guard let block = knownBlock(at: address) else { continue }
        pairs += [Int32(number), block]
      }
      program.dynamics[Int(index)].candidateStart = Int32(program.links.count)
      program.dynamics[Int(index)].candidateCount = Int32(pairs.count / 2)
      program.links += pairs
      if pairs.count > 2 { program.usesDynamicScope = true }
    }
  }

  /// Reports chains of blocks that apply each other to the same value without end.
  private mutating func refuseLoops() {
    var state = [UInt8](repeating: 0, count: program.blocks.count)
    for start in program.blocks.indices where state[start] == 0 {
      var stack: [(block: Int, next: Int, edges: [Int32])] = []
      state[start] = 1
      stack.append((start, 0, inPlaceTargets(of: start)))
      while let top = stack.last {
        guard top.next < top.edges.count else {
          state[top.block] = 2
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let target = Int(top.edges[top.next])
        if state[target] == 1 {
          let block = program.blocks[top.block]
          let source = program.documents[Int(block.document)]
          let pointer = TapePointer.pointer(
            to: Int(program.blocks[target].node),
            in: source.document
          )
          report(
            .referenceLoop(pointer.uriFragment),
            at: Int(block.node),
            in: Int(block.document)
          )
          state[target] = 3
        } else if state[target] == 0 {
          state[target] = 1
          stack.append((target, 0, inPlaceTargets(of: target)))
        }
      }
    }
  }

  /// Returns the blocks that a block applies to the same value.
  private func inPlaceTargets(of index: Int) -> [Int32] {
    let block = program.blocks[index]
    guard block.form == .assertions else { return [] }
    var targets: [Int32] = []
    for position in block.objectStart..<block.lateStart {
      let step = program.instructions[Int(position)]
      switch step.operation {
      case .reference, .not: targets.append(step.a)
      case .dynamicReference: targets.append(program.dynamics[Int(step.a)].initial)
      case .allOf, .anyOf, .oneOf:
        targets += program.links[Int(step.a)..<Int(step.a + step.b)]
      case .conditional:
        let plan = program.conditionals[Int(step.a)]
        targets += [plan.condition, plan.then, plan.otherwise].filter { $0 >= 0 }
      case .dependency:
        let plan = program.dependencies[Int(step.a)]
        if plan.block >= 0 { targets.append(plan.block) }
      default: continue
      }
    }
    return targets
  }

  /// Puts in place of a block that only refers to another one that other one.
  private mutating func shortenReferences() {
    let original = program.blocks
    for index in original.indices {
      var target = index
      var steps = 0
      while let next = onlyReference(original[target]), steps < original.count {
        target = Int(next)
        steps += 1
      }
      program.blocks[index] = original[target]
    }
  }

  private func onlyReference(_ block: Block) -> Int32? {
    guard block.form == .assertions, block.types == .any, block.end == block.stringStart + 1,
      block.lateStart == block.anyStart + 1
    else { return nil }
    let step = program.instructions[Int(block.anyStart)]
    return step.operation == .reference ? step.a : nil
  }

  /// Marks the blocks that declare members, directly or by what they apply to the same value.
  private mutating func findDeclaringBlocks() {
    for index in program.blocks.indices {
      var found = [Int32(index)]
      var known: Set<Int32> = [Int32(index)]
      var next = 0
      while next < found.count, found.count < 1_000, !program.blocks[index].findsUndeclared {
        if declaresMembers(program.blocks[Int(found[next])]) {
          program.blocks[index].findsUndeclared = true
        }
        for target in inPlaceTargets(of: Int(found[next])) where known.insert(target).inserted {
          found.append(target)
        }
        next += 1
      }
    }
  }

  /// Marks the blocks that no frame and no other block has to do with.
  private mutating func findPlainBlocks() {
    guard !program.usesDynamicScope else { return }
    for index in program.blocks.indices {
      let block = program.blocks[index]
      let isFrameless =
        block.form == .assertions && block.lateStart == block.end
        && !(block.findsUndeclared && program.undeclared == .forbidden)
      program.blocks[index].isFrameless = isFrameless
      program.blocks[index].isPlain = isFrameless && block.anyStart == block.end
    }
  }

  /// Notes in each plan the member that tells best whether an object was meant for it.
  private mutating func findDiscriminators() {
    for index in program.objects.indices {
      let plan = program.objects[index]
      var valuesMin = Int32.max
      for name in plan.nameStart..<plan.nameEnd where program.names[Int(name)].block >= 0 {
        let block = program.blocks[Int(program.names[Int(name)].block)]
        guard block.shortcut == .constants else { continue }
        let step = program.instructions[Int(block.anyStart)]
        let values = program.constantCount(of: program.enumerations[Int(step.a)])
        if values >= valuesMin { continue }
        valuesMin = values
        program.objects[index].discriminator = name
        program.objects[index].discriminatorHash = program.key(ofName: Int(name)).hash
      }
    }
  }

  private func declaresMembers(_ block: Block) -> Bool {
    for position in block.objectStart..<block.anyStart {
      let step = program.instructions[Int(position)]
      guard step.operation == .members else { continue }
      let plan = program.objects[Int(step.a)]
      guard plan.table >= 0 else { continue }
      let table = program.tables[Int(plan.table)]
      for name in table.nameStart..<table.nameStart + table.nameCount
      where program.names[Int(name)].block >= 0 {
        return true
      }
    }
    return false
  }
}
