import DrydockJSON

extension CompatibilitySearch {
  /// Looks into a choice of the reader: what each of the writer's branches meets with.
  ///
  /// A branch of the writer is held against the branch of the reader that it corresponds to, so
  /// that what has changed inside a branch is reported there and not as a choice gone.
  mutating func judgeBranches(_ step: Instruction, _ fact: Fact, _ context: Context) {
    let side = CompatibilitySearch.readerSide
    let branches = Array(reader.branches(of: step))
    let own = writerBranches(context)
    let refused = context.demanding(fact)
    for (place, writerBranch) in own.enumerated() {
      let chosen =
        writerBranch < 0
        ? refused : refused.demanding(.block(CompatibilitySearch.writerSide, writerBranch, true))
      if own.count > 1, ask(chosen, fact).isNone { continue }
      guard
        let partner = partner(
          of: writerBranch,
          at: place,
          of: own.count,
          among: branches,
          chosen
        )
      else { continue }
      var next = chosen
      if writerBranch >= 0 { next.writer = writerClosure([writerBranch]) }
      // A choice that is broken because two branches fit has no fault in either.
      if ask(next, .block(side, partner, false)).isNone { continue }
      judge(partner, next)
    }
  }

  /// Returns the branches of the writer at a place, or -1 where there are none.
  private func writerBranches(_ context: Context) -> [Int32] {
    var found: [Int32] = []
    for index in context.writer {
      let block = writer.blocks[Int(index)]
      guard block.form == .assertions else { continue }
      for position in block.anyStart..<block.lateStart {
        let step = writer.instructions[Int(position)]
        if step.operation == .anyOf || step.operation == .oneOf {
          found += writer.branches(of: step)
        }
      }
    }
    return found.isEmpty || found.count > 64 ? [-1] : found
  }

  /// Returns the branch of the reader that a branch of the writer corresponds to.
  private mutating func partner(
    of branch: Int32,
    at place: Int,
    of count: Int,
    among branches: [Int32],
    _ context: Context
  ) -> Int32? {
    let side = CompatibilitySearch.readerSide
    guard branch >= 0 else {
      // One value after all: the branch that could take values of these types.
      let fitting = branches.filter { candidate in
        if case .found = ask(context, .types(side, candidate, true)) { true } else { false }
      }
      return fitting.count == 1 ? fitting[0] : nil
    }
    let name = solver.classOf(CompatibilitySearch.writerSide, branch)
    if let same = branches.first(where: { solver.classOf(side, $0) == name }) { return same }
    charge(branches.count * 8)
    let own = signs(CompatibilitySearch.writerSide, branch)
    let scored = branches.map { own.likeness(to: signs(side, $0)) }
    guard let best = scored.max() else { return nil }
    if best <= 0 { return nil }
    let leaders = branches.indices.filter { scored[$0] == best }
    if leaders.count == 1 { return branches[leaders[0]] }
    return leaders.contains(place) && count == branches.count
      ? branches[place] : branches[leaders[0]]
  }

  /// Returns what a branch can be told by.
  private mutating func signs(_ side: ProgramSide, _ branch: Int32) -> BranchSigns {
    if let known = branchSigns[side][branch] { return known }
    let made = BranchSigns(solver.programs[side], branch)
    branchSigns[side][branch] = made
    return made
  }

  // MARK: The writer's side

  /// Returns subschemas with all that they may apply to the same value.
  func writerClosure(_ blocks: [Int32]) -> [Int32] {
    var found: [Int32] = []
    var seen: Set<Int32> = []
    var next = blocks
    while let block = next.popLast() {
      guard found.count < 2_000, seen.insert(block).inserted else { continue }
      found.append(block)
      next += writer.inPlaceTargets(of: block).reversed()
    }
    return found
  }

  /// Returns the writer's subschemas of a member.
  func writerBlocks(_ name: String, _ context: Context) -> [Int32] {
    var found: [Int32] = []
    for plan in writerPlans(.members, context) {
      let object = writer.objects[Int(plan)]
      var isMentioned = false
      for entry in writer.entries(of: object) where entry.name == name && entry.block >= 0 {
        found.append(entry.block)
        isMentioned = true
      }
      for member in writer.patterns(of: object)
      where writer.patterns[Int(member.pattern)].matches(name) {
        found.append(member.block)
        isMentioned = true
      }
      if !isMentioned, object.additional >= 0 { found.append(object.additional) }
    }
    return writerClosure(found)
  }

  /// Returns the names that the writer declares at a place, in the order of its schema.
  func writerNames(_ context: Context) -> [String] {
    var found: [String] = []
    var seen: Set<String> = []
    for plan in writerPlans(.members, context) {
      for entry in writer.entries(of: writer.objects[Int(plan)]) where entry.block >= 0 {
        if seen.insert(entry.name).inserted { found.append(entry.name) }
      }
    }
    return found
  }

  /// Returns the names that a subschema of the reader declares, by itself or by what it applies.
  func declaredNames(by index: Int32) -> Set<String> {
    var found: Set<String> = []
    var seen: Set<Int32> = []
    var work = [index]
    while let next = work.popLast(), seen.count < 2_000 {
      guard seen.insert(next).inserted else { continue }
      work += reader.inPlaceTargets(of: next)
      let block = reader.blocks[Int(next)]
      guard block.form == .assertions else { continue }
      for position in block.objectStart..<block.anyStart {
        let step = reader.instructions[Int(position)]
        guard step.operation == .members else { continue }
        for entry in reader.entries(of: reader.objects[Int(step.a)]) where entry.block >= 0 {
          found.insert(entry.name)
        }
      }
    }
    return found
  }

  /// Returns the writer's subschemas of an element.
  func writerBlocks(element place: Int, _ context: Context) -> [Int32] {
    var found: [Int32] = []
    for plan in writerPlans(.elements, context) {
      let array = writer.arrays[Int(plan)]
      if place < Int(array.prefixCount) {
        found.append(writer.links[Int(array.prefixStart) + place])
      } else if array.rest >= 0 {
        found.append(array.rest)
      }
    }
    return writerClosure(found)
  }

  /// Returns how many elements the writer speaks of one by one.
  func writerPrefix(_ context: Context) -> Int {
    writerPlans(.elements, context).map { Int(writer.arrays[Int($0)].prefixCount) }.max() ?? 0
  }

  private func writerPlans(_ operation: Instruction.Operation, _ context: Context) -> [Int32] {
    context.writer.flatMap { index -> [Int32] in
      let block = writer.blocks[Int(index)]
      guard block.form == .assertions else { return [] }
      return (block.arrayStart..<block.anyStart).compactMap { position in
        let step = writer.instructions[Int(position)]
        return step.operation == operation ? step.a : nil
      }
    }
  }
}

/// What branches of a choice can be told apart by.
struct BranchSigns {
  private var types = TypeSet.any
  private var constants: [String: [JSONNode]] = [:]
  private var names: Set<String> = []
  private var place = ""
  private var title: String?

  init(_ program: SchemaProgram, _ index: Int32) {
    let block = program.blocks[Int(index)]
    types = block.types
    let document = program.documents[Int(block.document)].document
    let value = JSONValue(document: document, index: Int(block.node))
    title = value["title"]?.string
    let pointer = TapePointer.pointer(to: Int(block.node), in: document)
    place = pointer.tokens.count >= 2 ? pointer.tokens.suffix(2).joined(separator: "/") : ""
    for step in program.steps(of: block, about: .object) {
      let instruction = program.instructions[Int(step)]
      guard instruction.operation == .members else { continue }
      for entry in program.entries(of: program.objects[Int(instruction.a)]) {
        names.insert(entry.name)
        guard entry.block >= 0 else { continue }
        let member = program.blocks[Int(entry.block)]
        for inner in program.steps(of: member, about: .string) {
          let constant = program.instructions[Int(inner)]
          if constant.operation == .constant || constant.operation == .enumeration {
            constants[entry.name] = program.values(of: constant, in: member)
          }
        }
      }
    }
  }

  /// Whether the branch has a name of its own.
  private var isNamed: Bool {
    ["$defs/", "definitions/", "schemas/"].contains { place.hasPrefix($0) }
  }

  /// Returns how much speaks for two branches being the same one, before and after a change.
  func likeness(to other: BranchSigns) -> Int {
    var score = 0
    for (name, values) in constants {
      guard let others = other.constants[name] else { continue }
      score += values.contains { others.contains($0) } ? 40 : -60
    }
    if let title, title == other.title { score += 30 }
    if place == other.place,
      place.hasPrefix("$defs/") || place.hasPrefix("definitions/")
        || place.hasPrefix("schemas/")
    {
      score += 50
    }
    if types == other.types {
      score += 8
    } else if types.isDisjoint(with: other.types) {
      score -= 50
    } else {
      score += 3
    }
    let shared = names.intersection(other.names).count
    let all = names.union(other.names).count
    if all > 0 { score += shared * 20 / all - 5 }
    return score
  }
}
