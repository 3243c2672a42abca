import DrydockJSON

/// A step from a value to one of its children.
enum DocumentStep: Hashable, Sendable {
  case member(String)
  /// An element, and whether it stands for all others alike.
  case element(Int, isAny: Bool)
}

/// A place where a reader refuses what a writer may write.
struct Refusal: Sendable {
  /// The reader's subschema.
  var block: Int32
  /// The keyword that refuses, by tape index in the document of the subschema.
  var node: Int
  /// The keyword's name.
  var keyword: String
  /// The name that `required` and its like speak of, or that is unexpected.
  var name: String?
  /// Where in documents.
  var path: [DocumentStep]
  /// A document that the writer may write and the reader refuses here; none where unproven.
  var witness: JSONNode?
  /// Why nothing was proved.
  var doubt: SolverDoubt?
  /// What was asked for: facts about places in the document.
  var demands: [(path: [DocumentStep], fact: Fact)] = []
}

/// Finds every place where a reader's schema refuses documents that a writer's schema allows.
///
/// Each statement of the reader is put as a question of its own: is there a document that the
/// writer may write and that breaks this statement? Statements that nothing breaks are not looked
/// into, so the work goes where the schemas differ. All statements are asked about: one that is
/// broken hides no other.
struct CompatibilitySearch {
  /// What one question asks besides the writer's schema: facts about places in the document.
  struct Context {
    var path: [DocumentStep] = []
    var demands: [(path: [DocumentStep], fact: Fact)] = []
    /// The writer's subschemas that may apply at the path.
    var writer: [Int32] = []
    /// How many subschemas lie around this one.
    var depth = 0
  }

  var solver: ExampleSolver
  private(set) var refusals: [Refusal] = []
  /// How much work is left for all questions together.
  private var budget: Int
  private var visited: Set<[Int32]> = []
  /// What branches can be told by, for either side.
  var branchSigns: [[Int32: BranchSigns]] = [[:], [:]]
  /// How often something was passed over because it had been looked at elsewhere.
  private var skips = 0

  static let writerSide = 0
  static let readerSide = 1
  private static let refusalsMax = 200
  private static let depthMax = 60

  init(writer: SchemaProgram, reader: SchemaProgram, options: ComparisonOptions) {
    solver = ExampleSolver([writer, reader])
    solver.leavesOutForeignMembers = !options.isStrict
    solver.limits.stepsMax = max(options.workMax / 10, 1)
    budget = options.workMax
  }

  var writer: SchemaProgram { solver.programs[CompatibilitySearch.writerSide] }
  var reader: SchemaProgram { solver.programs[CompatibilitySearch.readerSide] }

  /// Looks at all of the reader's statements.
  mutating func run() {
    var context = Context()
    context.writer = writerClosure([writer.root])
    judge(reader.root, context)
    clean()
    if !refusals.isEmpty { return }
    // What no single statement refuses may still be refused as a whole, as undeclared members are.
    switch ask(context, .block(CompatibilitySearch.readerSide, reader.root, false)) {
    case .none: return
    case .found(let witness):
      let node = Int(reader.blocks[Int(reader.root)].node)
      add(reader.root, node, "schema", context, .found(witness))
    case .unknown(let reason):
      add(
        reader.root,
        Int(reader.blocks[Int(reader.root)].node),
        "schema",
        context,
        .unknown(reason)
      )
    }
  }

  /// Looks for documents that have one defect only, where there is more than one to be had.
  ///
  /// What other refusals ask for on the way to the same place is asked to hold, as far as it can be
  /// put as a fact.
  private mutating func clean() {
    guard refusals.count > 1, refusals.count <= 40 else { return }
    for index in refusals.indices {
      let refusal = refusals[index]
      guard refusal.witness != nil, let own = refusal.demands.last?.fact else { continue }
      var context = Context(path: refusal.path, demands: Array(refusal.demands.dropLast()))
      for (other, known) in refusals.enumerated() where other != index {
        guard let asked = known.demands.last, let opposite = asked.fact.repaired,
          refusal.path.starts(with: asked.path)
        else { continue }
        context.demands.append((asked.path, opposite))
      }
      guard context.demands.count >= refusal.demands.count else { continue }
      if case .found(let witness) = ask(context, own) { refusals[index].witness = witness }
    }
  }

  // MARK: Questions

  /// Asks for a document that the writer may write, with a fact at the path of a context.
  mutating func ask(_ context: Context, _ fact: Fact) -> SolverOutcome {
    guard budget > 0 else { return .unknown(.budget) }
    var wanted: [Fact] = [.block(CompatibilitySearch.writerSide, writer.root, true)]
    for demand in context.demands { wanted.append(wrapped(demand.fact, demand.path)) }
    wanted.append(wrapped(fact, context.path))
    // That a choice of the reader fails as a whole is hard to bring about and easy to check, so
    // a document is looked for without that first.
    let easy = wanted.filter { !isChoice($0) }
    if easy.count < wanted.count, easy.count > 1, case .found(let value) = put(easy) {
      let whole = wanted.map { solver.number(of: $0) }
      if solver.holds(whole, for: value), isRefused(value) { return .found(value) }
    }
    let outcome = put(wanted)
    guard case .found(let value) = outcome else { return outcome }
    return isRefused(value) ? outcome : .unknown(.keyword)
  }

  /// Takes work other than that of questions off the budget.
  mutating func charge(_ work: Int) {
    budget -= work
  }

  /// Puts a question and takes its work off the budget.
  private mutating func put(_ wanted: [Fact]) -> SolverOutcome {
    let outcome = solver.ask(wanted)
    budget -= solver.limits.stepsMax - max(solver.steps, 0) + 50
    return outcome
  }

  /// Whether a fact says of some place that a choice of the reader fails there.
  private func isChoice(_ fact: Fact) -> Bool {
    switch fact {
    case .member(_, let inner), .element(_, let inner): return isChoice(solver.facts[inner])
    case .step(CompatibilitySearch.readerSide, _, let step, false):
      let operation = reader.instructions[Int(step)].operation
      return operation == .anyOf || operation == .oneOf
    default: return false
    }
  }

  private mutating func isRefused(_ value: JSONNode) -> Bool {
    let refused = solver.number(
      of: .block(CompatibilitySearch.readerSide, reader.root, false)
    )
    return solver.holds([refused], for: value)
  }

  private mutating func wrapped(_ fact: Fact, _ path: [DocumentStep]) -> Fact {
    var result = fact
    for step in path.reversed() {
      let inner = solver.number(of: result)
      switch step {
      case .member(let name): result = .member(solver.number(ofName: name), inner)
      case .element(let index, _): result = .element(index, inner)
      }
    }
    return result
  }

  mutating func add(
    _ block: Int32,
    _ node: Int,
    _ keyword: String,
    _ context: Context,
    name: String? = nil,
    asked fact: Fact? = nil,
    _ outcome: SolverOutcome
  ) {
    guard refusals.count < CompatibilitySearch.refusalsMax else { return }
    var refusal = Refusal(
      block: block,
      node: node,
      keyword: keyword,
      name: name,
      path: context.path
    )
    refusal.demands = context.demands
    if let fact { refusal.demands.append((context.path, fact)) }
    switch outcome {
    case .none: return
    case .found(let witness): refusal.witness = witness
    case .unknown(let reason):
      // Once the work is used up, saying so once is enough.
      if reason == .budget, refusals.contains(where: { $0.doubt == .budget }) { return }
      refusal.doubt = reason
    }
    refusals.append(refusal)
  }

  // MARK: Taking the reader apart

  /// Finds what a subschema of the reader refuses at the path of a context.
  mutating func judge(_ index: Int32, _ outer: Context) {
    var context = outer
    context.depth += 1
    let fact = Fact.block(CompatibilitySearch.readerSide, index, false)
    let outcome = ask(context, fact)
    if outcome.isNone { return }
    let block = reader.blocks[Int(index)]
    guard context.depth < CompatibilitySearch.depthMax, budget > 0 else {
      add(index, Int(block.node), "schema", context, outcome)
      return
    }
    // The same pair of subschemas under the same conditions has been looked at.
    var key = [index] + Set(context.writer.map { solver.classOf(0, $0) }).sorted()
    for demand in context.demands where demand.path == context.path {
      key.append(Int32(-1 - solver.number(of: demand.fact)))
    }
    guard visited.insert(key).inserted else {
      skips += 1
      return
    }
    if block.form == .never {
      add(index, Int(block.node), "schema", context, outcome)
      return
    }
    let before = refusals.count + skips
    if block.types != .any {
      let types = Fact.types(CompatibilitySearch.readerSide, index, false)
      add(index, Int(block.typeNode), "type", context, asked: types, ask(context, types))
      context.demands.append((context.path, .types(CompatibilitySearch.readerSide, index, true)))
    }
    if block.form == .assertions {
      for step in block.stringStart..<block.end { judge(step: step, of: index, context) }
    }
    if reader.undeclared == .forbidden, block.findsUndeclared { judgeUndeclared(index, context) }
    if refusals.count + skips == before, case .found = outcome {
      add(index, Int(block.node), "schema", context, outcome)
    }
  }

  /// Looks for members that the writer declares and a reader that forbids others does not.
  private mutating func judgeUndeclared(_ index: Int32, _ context: Context) {
    let declared = declaredNames(by: index)
    let node = Int(reader.blocks[Int(index)].node)
    for name in writerNames(context) where !declared.contains(name) {
      let present = context.demanding(.present(solver.number(ofName: name)))
      let fact = Fact.declaredMembers(CompatibilitySearch.readerSide, block: index, false)
      add(index, node, "undeclared", context, name: name, ask(present, fact))
    }
  }

  private mutating func judge(step position: Int32, of index: Int32, _ context: Context) {
    let step = reader.instructions[Int(position)]
    let fact = Fact.step(CompatibilitySearch.readerSide, block: index, position, false)
    let node = Int(step.node)
    switch step.operation {
    case .members: return judgeMembers(reader.objects[Int(step.a)], step.a, of: index, context)
    case .reference: return judge(step.a, context)
    case .dynamicReference: return judge(reader.dynamics[Int(step.a)].initial, context)
    case .allOf: return reader.branches(of: step).forEach { judge($0, context) }
    case .elements: return judgeElements(step, of: index, context)
    case .contains: return judgeContains(reader.contains[Int(step.a)], of: index, context)
    default: break
    }
    let outcome = ask(context, fact)
    if outcome.isNone { return }
    let before = refusals.count + skips
    switch step.operation {
    case .anyOf, .oneOf: judgeBranches(step, fact, context)
    case .conditional:
      let plan = reader.conditionals[Int(step.a)]
      for (target, holds) in [(plan.then, true), (plan.otherwise, false)] where target >= 0 {
        let condition = Fact.block(CompatibilitySearch.readerSide, plan.condition, holds)
        judge(target, context.demanding(condition))
      }
    case .dependency:
      let plan = reader.dependencies[Int(step.a)]
      let name = solver.number(ofName: reader.text(ofName: Int(plan.name)))
      if plan.block >= 0 { judge(plan.block, context.demanding(.present(name))) }
    default: break
    }
    if refusals.count + skips == before {
      add(index, node, step.operation.keyword, context, asked: fact, outcome)
    }
  }

  /// Asks for too few and for too many elements that fit, each by itself.
  private mutating func judgeContains(
    _ plan: ContainsPlan,
    of index: Int32,
    _ context: Context
  ) {
    let side = CompatibilitySearch.readerSide
    let array = context.demanding(.isType(TypeSet.array.rawValue))
    if plan.min > 0 {
      let few = Fact.atMost(side, plan.block, Int(plan.min) - 1)
      let keyword = plan.minNode == plan.maxNode || plan.min == 1 ? "contains" : "minContains"
      add(index, Int(plan.minNode), keyword, context, ask(array, few))
    }
    if plan.max < .max {
      let many = Fact.atLeast(side, plan.block, Int(plan.max) + 1)
      add(index, Int(plan.maxNode), "maxContains", context, ask(array, many))
    }
  }

  private mutating func judgeMembers(
    _ plan: ObjectPlan,
    _ number: Int32,
    of index: Int32,
    _ context: Context
  ) {
    let side = CompatibilitySearch.readerSide
    for entry in reader.entries(of: plan) {
      if entry.isRequired {
        let absent = Fact.absent(solver.number(ofName: entry.name))
        let object = context.demanding(.isType(TypeSet.object.rawValue))
        add(
          index,
          Int(plan.requiredNode),
          "required",
          object,
          name: entry.name,
          asked: absent,
          ask(object, absent)
        )
      }
      if entry.block >= 0 {
        judge(entry.block, context.entering(.member(entry.name), writerBlocks(entry.name, context)))
      }
    }
    for pattern in 0..<plan.patternCount {
      let member = reader.patternMembers[Int(plan.patternStart + pattern)]
      let fact = Fact.patternMember(side, plan: number, pattern)
      judgeOthers(
        fact,
        member.block,
        of: index,
        Int(reader.blocks[Int(member.block)].node),
        "patternProperties",
        context
      ) { [pattern = reader.patterns[Int(member.pattern)]] in pattern.matches($0) }
    }
    if plan.additional >= 0 {
      let fact = Fact.additionalMember(side, plan: number)
      let declared = Set(reader.entries(of: plan).filter { $0.block >= 0 }.map(\.name))
      let patterns = reader.patterns(of: plan).map { reader.patterns[Int($0.pattern)] }
      judgeOthers(
        fact,
        plan.additional,
        of: index,
        Int(plan.additionalNode),
        "additionalProperties",
        context
      ) { name in !declared.contains(name) && !patterns.contains { $0.matches(name) } }
    }
    if plan.propertyNames >= 0 {
      let node = Int(reader.blocks[Int(plan.propertyNames)].node)
      let outcome = ask(context, .badName(side, plan: number))
      add(index, node, "propertyNames", context, outcome)
    }
  }

  /// Looks at members that are spoken of by a pattern or as all others.
  private mutating func judgeOthers(
    _ fact: Fact,
    _ block: Int32,
    of index: Int32,
    _ node: Int,
    _ keyword: String,
    _ context: Context,
    where concerned: (String) -> Bool
  ) {
    let outcome = ask(context, fact)
    guard case .found(let witness) = outcome else {
      add(index, node, keyword, context, outcome)
      return
    }
    let refused = solver.number(of: .block(CompatibilitySearch.readerSide, block, false))
    let members = witness.at(context.path)?.members ?? []
    let culprit = members.first { member in
      concerned(member.name) && solver.holds([refused], for: member.value)
    }
    let before = refusals.count + skips
    if let culprit, reader.blocks[Int(block)].form != .never {
      judge(
        block,
        context.entering(.member(culprit.name), writerBlocks(culprit.name, context))
      )
    }
    if refusals.count + skips == before {
      add(index, node, keyword, context, name: culprit?.name, outcome)
    }
  }

  private mutating func judgeElements(
    _ step: Instruction,
    of index: Int32,
    _ context: Context
  ) {
    let plan = reader.arrays[Int(step.a)]
    for place in 0..<Int(plan.prefixCount) {
      let block = reader.links[Int(plan.prefixStart) + place]
      let step = DocumentStep.element(place, isAny: false)
      judge(block, context.entering(step, writerBlocks(element: place, context)))
    }
    guard plan.rest >= 0 else { return }
    let first = Int(plan.prefixCount)
    let last = min(max(first, writerPrefix(context)), first + 32)
    for place in first...last {
      let step = DocumentStep.element(place, isAny: place == last)
      judge(plan.rest, context.entering(step, writerBlocks(element: place, context)))
    }
  }
}

extension CompatibilitySearch.Context {
  /// Returns this context with one more fact at its path.
  func demanding(_ fact: Fact) -> Self {
    var next = self
    next.demands.append((path, fact))
    return next
  }

  /// Returns the context of a child.
  func entering(_ step: DocumentStep, _ writer: [Int32]) -> Self {
    var next = self
    next.path.append(step)
    next.writer = writer
    return next
  }
}

extension JSONNode {
  /// The members of an object; none of other values.
  var members: [Member] {
    if case .object(let members) = self { members } else { [] }
  }

  /// Returns the value at the end of a path.
  func at(_ path: [DocumentStep]) -> JSONNode? {
    var node = self
    for step in path {
      switch (step, node) {
      case (.member(let name), .object):
        guard let next = node[name] else { return nil }
        node = next
      case (.element(let index, _), .array(let elements)):
        guard index < elements.count else { return nil }
        node = elements[index]
      default: return nil
      }
    }
    return node
  }
}
