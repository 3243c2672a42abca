import DrydockJSON

/// Turns schema documents into a program.
///
///     document ──▶ registry ──▶ blocks, one at a time from a work list ──▶ references joined,
///                 (identifiers)                                            loops refused
///
/// Subschemas are compiled when something refers to them, each once. No step recurses on input.
struct SchemaCompiler {
  var program = SchemaProgram()
  var registry: SchemaRegistry
  var problems: [SchemaProblem] = []
  let options: SchemaOptions

  /// The blocks made or promised, by where their subschema is.
  private var blockOf: [SchemaAddress: Int32] = [:]
  /// The blocks still to be made.
  private var work: [SchemaAddress] = []
  /// The patterns compiled so far.
  private var patternOf: [String: Int32] = [:]
  /// The steps that tables of patterns may still take.
  private var patternBudget = Pattern.budget

  /// The dynamic references met so far, by index into `SchemaProgram.dynamics`, and their anchors.
  var dynamicReferences: [(index: Int32, anchor: String)] = []
  /// The block being compiled.
  var current = CompiledBlock()

  init(_ document: JSONDocument, options: SchemaOptions) {
    self.options = options
    registry = SchemaRegistry(document, options: options)
    program.limits = options.limits
    program.undeclared = options.undeclaredMembers
  }

  /// Compiles the main document.
  mutating func compile() throws(SchemaError) -> SchemaProgram {
    program.root = block(at: SchemaAddress(document: 0, node: 0))
    var next = 0
    while problems.count < options.limits.problemsMax {
      if next == work.count { promiseDynamicTargets() }
      if next == work.count { break }
      if work.count > options.limits.subschemasMax {
        report(.tooManySubschemas(limit: options.limits.subschemasMax), at: 0, in: 0)
        break
      }
      compile(work[next], into: Int32(next))
      next += 1
    }
    program.documents = registry.sources
    if problems.isEmpty, registry.problems.isEmpty { finish() }
    problems += registry.problems
    guard problems.isEmpty else { throw SchemaError(problems: sortedProblems()) }
    return program
  }

  private func sortedProblems() -> [SchemaProblem] {
    let limit = options.limits.problemsMax
    var ordered = problems.enumerated().sorted { left, right in
      if left.element.document != right.element.document {
        if left.element.document == registry.sources[0].uri { return true }
        if right.element.document == registry.sources[0].uri { return false }
        return left.element.document < right.element.document
      }
      return left.element.offset == right.element.offset
        ? left.offset < right.offset : left.element.offset < right.element.offset
    }.map(\.element)
    if ordered.count >= limit {
      var last = ordered[limit - 1]
      last.kind = .tooManyProblems(limit: limit)
      ordered = ordered.prefix(limit - 1) + [last]
    }
    return ordered
  }

  /// Returns the block of a subschema, promising to make it.
  mutating func block(at address: SchemaAddress) -> Int32 {
    if let known = blockOf[address] { return known }
    let index = Int32(program.blocks.count)
    blockOf[address] = index
    program.blocks.append(Block())
    work.append(address)
    return index
  }

  /// Returns the block of a subschema if there is one.
  func knownBlock(at address: SchemaAddress) -> Int32? {
    blockOf[address]
  }

  /// Returns the block of a subschema of the document being compiled.
  mutating func block(at node: Int) -> Int32 {
    block(at: SchemaAddress(document: current.document, node: node))
  }

  /// Takes note of a mistake.
  mutating func report(_ kind: SchemaProblem.Kind, at node: Int, in document: Int? = nil) {
    let source = registry.sources[document ?? current.document]
    problems.append(SchemaProblem(kind, in: source, at: node))
  }

  /// Returns the index of a compiled pattern, or reports why there is none.
  mutating func pattern(_ source: String, at node: Int) -> Int32? {
    if let known = patternOf[source] { return known }
    do {
      program.patterns.append(try Pattern(source, budget: &patternBudget))
      let index = Int32(program.patterns.count - 1)
      patternOf[source] = index
      return index
    } catch {
      report(.badPattern(source, reason: error.message), at: node)
      return nil
    }
  }

  private mutating func compile(_ address: SchemaAddress, into index: Int32) {
    let document = registry.sources[address.document].document
    let resource = registry.resource(around: address)
    var block = Block()
    block.document = Int32(address.document)
    block.node = Int32(address.node)
    block.resource = Int32(resource)
    switch document.tape.entries[address.node].form {
    case .isTrue: block.form = .always
    case .isFalse: block.form = .never
    case .object:
      current = CompiledBlock()
      current.document = address.document
      current.resource = resource
      current.language = registry.resources[resource].language
      let view = SchemaObject(document, address.node)
      compileKeywords(view)
      current.store(into: &block, of: &program)
    default:
      report(
        .notASchema(found: ValueText.kind(address.node, in: document)),
        at: address.node,
        in: address.document
      )
    }
    program.blocks[Int(index)] = block
  }

  /// Compiles what a schema object says.
  private mutating func compileKeywords(_ view: SchemaObject) {
    if current.language.dialect == .draft07, let ref = view[.ref] {
      compileReference(view, ref)
      return
    }
    var known: Set<Keyword> = []
    for (keyword, value) in view.keywords where keyword.isKnown(in: current.language) {
      known.insert(keyword)
      compileValueKeyword(keyword, view, value)
    }
    compileMembers(view, known)
    compileElements(view, known)
    compileConditional(view, known)
  }
}

/// What is known of a block while it is compiled.
struct CompiledBlock {
  var document = 0
  var resource = 0
  var language = SchemaLanguage(.draft202012)

  var types = TypeSet.any
  var typeNode: Int32 = -1
  var strings: [Instruction] = []
  var numbers: [Instruction] = []
  var arrays: [Instruction] = []
  var objects: [Instruction] = []
  var any: [Instruction] = []
  var late: [Instruction] = []

  /// What strings and numbers need no more than.
  private var shortcut: Block.Shortcut {
    if any.isEmpty, late.isEmpty { return .scalars }
    guard let only = any.first, any.count == 1, late.isEmpty, strings.isEmpty, numbers.isEmpty
    else { return .none }
    return only.operation == .enumeration || only.operation == .constant ? .constants : .none
  }

  /// Writes the instructions in their groups and what the block then is.
  func store(into block: inout Block, of program: inout SchemaProgram) {
    block.types = types
    block.typeNode = typeNode
    func append(_ group: [Instruction]) -> Int32 {
      program.instructions += group
      return Int32(program.instructions.count)
    }
    block.stringStart = Int32(program.instructions.count)
    block.numberStart = append(strings)
    block.arrayStart = append(numbers)
    block.objectStart = append(arrays)
    block.anyStart = append(objects)
    block.lateStart = append(any.sorted { $0.operation.cost < $1.operation.cost })
    block.end = append(late)
    block.shortcut = shortcut
    if let only = objects.first, objects.count == 1, only.operation == .members {
      block.members = only.a
    }
    if block.end > block.stringStart {
      block.form = .assertions
    } else {
      block.form = types == .any ? .always : .types
    }
  }
}

extension Instruction.Operation {
  /// Where an operation stands among those about any value: what is cheap goes first.
  fileprivate var cost: Int {
    switch self {
    case .enumeration, .constant: 0
    case .reference: 1
    case .dynamicReference: 2
    case .allOf: 3
    case .not: 4
    case .conditional: 5
    case .anyOf: 6
    case .oneOf: 7
    default: 8
    }
  }
}
