import DrydockJSON

extension ChangeLister {
  private func declared(_ side: Side, _ plan: ObjectPlan?) -> [SchemaProgram.MemberEntry] {
    guard let plan else { return [] }
    return side.program.entries(of: plan).filter { $0.block >= 0 }
  }

  mutating func compareMembers(_ left: Side, _ right: Side, _ path: [DocumentStep]) {
    let before = left.step(.members).map { left.program.objects[Int($0.a)] }
    let after = right.step(.members).map { right.program.objects[Int($0.a)] }
    let earlier = declared(left, before)
    let later = declared(right, after)
    for entry in earlier {
      let inner = path + [.member(entry.name)]
      if let other = later.first(where: { $0.name == entry.name }) {
        work.append((entry.block, other.block, inner))
      } else {
        add(
          "member",
          .removed,
          left,
          right,
          Int(entry.node) + 1,
          nil,
          inner,
          name: entry.name,
          old: entry.isRequired ? "required" : "declared",
          new: "not declared"
        )
      }
    }
    for entry in later where !earlier.contains(where: { $0.name == entry.name }) {
      add(
        "member",
        .added,
        left,
        right,
        nil,
        Int(entry.node) + 1,
        path + [.member(entry.name)],
        name: entry.name,
        old: "not declared",
        new: entry.isRequired ? "required" : "declared"
      )
    }
    comparePatterns(left, right, before, after, path)
    let rest = path + [.member("*")]
    pair(
      "additional-properties",
      before?.additional ?? -1,
      after?.additional ?? -1,
      Int(before?.additionalNode ?? -1),
      Int(after?.additionalNode ?? -1),
      left,
      right,
      path,
      rest
    )
  }

  private mutating func comparePatterns(
    _ left: Side,
    _ right: Side,
    _ before: ObjectPlan?,
    _ after: ObjectPlan?,
    _ path: [DocumentStep]
  ) {
    func patterns(_ side: Side, _ plan: ObjectPlan?) -> [(String, Int32, Int)] {
      guard let plan else { return [] }
      let nodes = side.value["patternProperties"]?.members.map { ($0.name, $0.value.index) } ?? []
      return side.program.patterns(of: plan).map { member in
        let source = side.program.patterns[Int(member.pattern)].source
        return (source, member.block, nodes.first { $0.0 == source }?.1 ?? side.value.index)
      }
    }
    let earlier = patterns(left, before)
    let later = patterns(right, after)
    for entry in earlier {
      if let other = later.first(where: { $0.0 == entry.0 }) {
        work.append((entry.1, other.1, path + [.member("*")]))
      } else {
        add(
          "pattern-property",
          .removed,
          left,
          right,
          entry.2,
          nil,
          path,
          name: entry.0,
          old: ValueText.quoted(entry.0),
          new: "nothing"
        )
      }
    }
    for entry in later where !earlier.contains(where: { $0.0 == entry.0 }) {
      add(
        "pattern-property",
        .added,
        left,
        right,
        nil,
        entry.2,
        path,
        name: entry.0,
        old: "nothing",
        new: ValueText.quoted(entry.0)
      )
    }
  }

  /// Compares a subschema that either side may lack.
  private mutating func pair(
    _ subject: String,
    _ before: Int32,
    _ after: Int32,
    _ oldNode: Int,
    _ newNode: Int,
    _ left: Side,
    _ right: Side,
    _ path: [DocumentStep],
    _ inner: [DocumentStep]
  ) {
    guard before >= 0 || after >= 0 else { return }
    let isSame = { (block: Block) in block.form == .always }
    if before >= 0, after >= 0 {
      let (earlier, later) = (left.program.blocks[Int(before)], right.program.blocks[Int(after)])
      let isPlain = [earlier, later].contains { $0.form == .always || $0.form == .never }
      if !isPlain {
        work.append((before, after, inner))
        return
      }
      if earlier.form == later.form { return }
      let kind: SchemaChange.Kind =
        earlier.form == .always || later.form == .never ? .narrowed : .extended
      add(
        subject,
        kind,
        left,
        right,
        oldNode,
        newNode,
        path,
        old: shown(oldNode, left),
        new: shown(newNode, right)
      )
      return
    }
    if before < 0, isSame(right.program.blocks[Int(after)]), subject != "contains" {
      // Saying that anything goes where nothing was said changes nothing.
      add(
        subject,
        .added,
        left,
        right,
        nil,
        newNode,
        path,
        old: "nothing",
        new: shown(newNode, right)
      )
      return
    }
    add(
      subject,
      before < 0 ? .added : .removed,
      left,
      right,
      before < 0 ? nil : oldNode,
      after < 0 ? nil : newNode,
      path,
      old: before < 0 ? "nothing" : shown(oldNode, left),
      new: after < 0 ? "nothing" : shown(newNode, right)
    )
  }

  private func shown(_ node: Int, _ side: Side) -> String {
    node < 0 ? "nothing" : ValueText.exact(node, in: side.document)
  }

  // MARK: Elements

  mutating func compareElements(_ left: Side, _ right: Side, _ path: [DocumentStep]) {
    let before = left.step(.elements).map { left.program.arrays[Int($0.a)] } ?? ArrayPlan()
    let after = right.step(.elements).map { right.program.arrays[Int($0.a)] } ?? ArrayPlan()
    func prefix(_ plan: ArrayPlan, _ side: Side) -> [Int32] {
      Array(side.program.links[Int(plan.prefixStart)..<Int(plan.prefixStart + plan.prefixCount)])
    }
    func node(_ place: Int, _ side: Side) -> Int? {
      let list = side.value["prefixItems"] ?? side.value["items"]
      return list?[place]?.index
    }
    let earlier = prefix(before, left)
    let later = prefix(after, right)
    for place in 0..<max(earlier.count, later.count) {
      let inner = path + [.element(place, isAny: false)]
      if place < earlier.count, place < later.count {
        work.append((earlier[place], later[place], inner))
      } else if place < earlier.count {
        add(
          "element",
          .removed,
          left,
          right,
          node(place, left),
          nil,
          inner,
          old: "declared",
          new: "not declared"
        )
      } else {
        add(
          "element",
          .added,
          left,
          right,
          nil,
          node(place, right),
          inner,
          old: "not declared",
          new: "declared"
        )
      }
    }
    pair(
      before.isAdditional || after.isAdditional ? "additional-items" : "items",
      before.rest,
      after.rest,
      Int(before.restNode),
      Int(after.restNode),
      left,
      right,
      path,
      path + [.element(max(earlier.count, later.count), isAny: true)]
    )
  }

  // MARK: Applicators

  /// Compares keywords that hold one subschema.
  mutating func compareSubschema(
    _ keyword: String,
    _ left: Side,
    _ right: Side,
    _ path: [DocumentStep]
  ) {
    let before = subschema(keyword, left)
    let after = subschema(keyword, right)
    let inner: [DocumentStep] =
      switch keyword {
      case "contains", "unevaluatedItems": path + [.element(0, isAny: true)]
      case "propertyNames", "unevaluatedProperties": path + [.member("*")]
      default: path
      }
    pair(
      ChangeLister.kebab(keyword),
      before,
      after,
      left.value[keyword]?.index ?? -1,
      right.value[keyword]?.index ?? -1,
      left,
      right,
      path,
      inner
    )
  }

  private func subschema(_ keyword: String, _ side: Side) -> Int32 {
    let program = side.program
    switch keyword {
    case "not": return side.step(.not)?.a ?? -1
    case "contains": return side.step(.contains).map { program.contains[Int($0.a)].block } ?? -1
    case "propertyNames":
      return side.step(.members).map { program.objects[Int($0.a)].propertyNames } ?? -1
    case "unevaluatedProperties": return side.step(.unevaluatedProperties)?.a ?? -1
    case "unevaluatedItems": return side.step(.unevaluatedItems)?.a ?? -1
    default:
      guard let step = side.step(.conditional) else { return -1 }
      let plan = program.conditionals[Int(step.a)]
      if keyword == "if" { return plan.condition }
      return keyword == "then" ? plan.then : plan.otherwise
    }
  }

  /// Compares the branches of a choice: same ones first, then those that are most alike.
  mutating func compareBranches(
    _ keyword: String,
    _ left: Side,
    _ right: Side,
    _ path: [DocumentStep]
  ) {
    func branches(_ side: Side) -> [Int32] {
      let operation: Instruction.Operation =
        keyword == "allOf" ? .allOf : (keyword == "anyOf" ? .anyOf : .oneOf)
      return side.step(operation).map { Array(side.program.branches(of: $0)) } ?? []
    }
    let before = branches(left)
    let after = branches(right)
    if before.isEmpty, after.isEmpty { return }
    let oldNode = left.value[keyword]
    let newNode = right.value[keyword]
    let subject = ChangeLister.kebab(keyword)
    if before.isEmpty || after.isEmpty {
      add(
        subject,
        before.isEmpty ? .added : .removed,
        left,
        right,
        oldNode?.index,
        newNode?.index,
        path,
        old: left.shown(oldNode),
        new: right.shown(newNode)
      )
      return
    }
    let pairs = pairs(before, after)
    let taken = Set(pairs.values)
    for place in before.indices {
      if let partner = pairs[place] {
        work.append((before[place], after[partner], path))
      } else {
        let node = oldNode?[place]
        add(
          subject + "-branch",
          .removed,
          left,
          right,
          node?.index,
          nil,
          path,
          old: left.shown(node),
          new: "nothing"
        )
      }
    }
    for place in after.indices where !taken.contains(place) {
      let node = newNode?[place]
      add(
        subject + "-branch",
        .added,
        left,
        right,
        nil,
        node?.index,
        path,
        old: "nothing",
        new: right.shown(node)
      )
    }
  }

  /// Returns which branch after the change is which branch before it.
  ///
  /// A choice that many references lead to is looked at once.
  private mutating func pairs(_ before: [Int32], _ after: [Int32]) -> [Int: Int] {
    if let known = pairings[[before, after]] { return known }
    let found = pairBranches(before, after)
    pairings[[before, after]] = found
    return found
  }

  private mutating func pairBranches(_ before: [Int32], _ after: [Int32]) -> [Int: Int] {
    var pairs: [Int: Int] = [:]
    var taken: Set<Int> = []
    for place in before.indices {
      let name = classes.classes[0][Int(before[place])]
      let same = after.indices.first {
        !taken.contains($0) && classes.classes[1][Int(after[$0])] == name
      }
      guard let same else { continue }
      pairs[place] = same
      taken.insert(same)
    }
    let open = before.indices.filter { pairs[$0] == nil }
    let free = after.indices.filter { !taken.contains($0) }
    // Beyond what can be held against each other, places have to do.
    likenessesLeft -= open.count * free.count
    if open.count * free.count > 10_000 || likenessesLeft < 0 {
      for place in open where free.contains(place) { pairs[place] = place }
      return pairs
    }
    let signs = free.map { (BranchSigns(new, after[$0]), $0) }
    for place in open {
      let own = BranchSigns(old, before[place])
      let scored = signs.filter { !taken.contains($0.1) }.map { (own.likeness(to: $0.0), $0.1) }
      guard let best = scored.map(\.0).max(), best > 0 else { continue }
      let leaders = scored.filter { $0.0 == best }.map(\.1)
      guard let partner = leaders.contains(place) ? place : leaders.first else { continue }
      pairs[place] = partner
      taken.insert(partner)
    }
    return pairs
  }

  // MARK: Dependencies

  mutating func compareDependencies(_ left: Side, _ right: Side, _ path: [DocumentStep]) {
    let before = dependencies(left)
    let after = dependencies(right)
    for entry in before {
      guard let other = after.first(where: { $0.name == entry.name && $0.isList == entry.isList })
      else {
        add(
          "dependency",
          .removed,
          left,
          right,
          entry.node,
          nil,
          path,
          name: entry.name,
          old: entry.shown,
          new: "nothing"
        )
        continue
      }
      if entry.isList {
        if entry.names == other.names { continue }
        let kind: SchemaChange.Kind =
          other.names.isSubset(of: entry.names)
          ? .extended : (entry.names.isSubset(of: other.names) ? .narrowed : .changed)
        add(
          "dependency",
          kind,
          left,
          right,
          entry.node,
          other.node,
          path,
          name: entry.name,
          old: entry.shown,
          new: other.shown
        )
      } else {
        work.append((entry.block, other.block, path))
      }
    }
    for entry in after
    where !before.contains(where: { $0.name == entry.name && $0.isList == entry.isList }) {
      add(
        "dependency",
        .added,
        left,
        right,
        nil,
        entry.node,
        path,
        name: entry.name,
        old: "nothing",
        new: entry.shown
      )
    }
  }

  /// What the presence of a member asks for, on one side.
  private struct Dependency {
    var name: String
    var names: Set<String>
    var block: Int32
    var node: Int
    var shown: String
    var isList: Bool { block < 0 }
  }

  private func dependencies(_ side: Side) -> [Dependency] {
    guard side.block.form == .assertions else { return [] }
    return (side.block.objectStart..<side.block.anyStart).compactMap { position in
      let program = side.program
      let step = program.instructions[Int(position)]
      guard step.operation == .dependency else { return nil }
      let plan = program.dependencies[Int(step.a)]
      let run = plan.requiredStart..<plan.requiredStart + plan.requiredCount
      return Dependency(
        name: program.text(ofName: Int(plan.name)),
        names: Set(run.map { program.text(ofName: Int($0)) }),
        block: plan.block,
        node: Int(step.node),
        shown: ValueText.exact(Int(step.node), in: side.document)
      )
    }
  }
}
