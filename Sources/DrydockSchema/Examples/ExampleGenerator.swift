public import DrydockJSON
public import DrydockKernel

/// Makes documents that a schema accepts, and documents that it refuses for one reason.
///
///     let examples = ExampleGenerator(schema)
///     examples.minimal()                       // only what has to be there
///     examples.maximal()                       // every declared member that can be there
///     examples.drawn(3, seed: Seed(7))         // valid, different, the same for the same seed
///     examples.withOneDefect()                 // each breaks one keyword and nothing else
///
/// Every document is checked by the evaluator before it is returned. Where a schema accepts
/// nothing,
/// or nothing is found within the bounds, there is none.
public struct ExampleGenerator: Sendable {
  /// A document that breaks one keyword.
  public struct Defect: Sendable {
    /// The document.
    public var document: JSONNode
    /// The keyword that it breaks, as a pointer into the schema.
    public var keyword: JSONPointer
  }

  private let schema: Schema
  private let options: SchemaOptions

  /// Prepares to make documents.
  ///
  /// - Parameters:
  ///   - schema: The schema.
  ///   - options: The options that it was compiled with; needed for defects.
  public init(_ schema: Schema, options: SchemaOptions = SchemaOptions()) {
    self.schema = schema
    self.options = options
  }

  private func solver() -> ExampleSolver { ExampleSolver([schema.program]) }

  private func found(_ solver: inout ExampleSolver, _ more: [Fact] = []) -> JSONNode? {
    let wanted = [Fact.block(0, schema.program.root, true)] + more
    guard case .found(let value) = solver.ask(wanted) else { return nil }
    return isValid(value) ? value : nil
  }

  private func isValid(_ value: JSONNode) -> Bool {
    guard let document = try? JSONDocument.parse(value.bytes()) else { return false }
    return schema.isValid(document.root)
  }

  /// Returns a small document: only what has to be there.
  public func minimal() -> JSONNode? {
    var solver = solver()
    return found(&solver)
  }

  /// Returns a document with every declared member that can be there.
  ///
  /// Where members exclude each other, those that come first in the schema win.
  public func maximal() -> JSONNode? {
    var solver = solver()
    solver.fillsIn = true
    return found(&solver)
  }

  /// Returns a document in which the value at a pointer is there; `*` means the first element.
  public func containing(_ pointer: JSONPointer) -> JSONNode? {
    var solver = solver()
    var fact: Fact?
    for token in pointer.tokens.reversed() {
      let inner = solver.number(of: fact ?? .isType(TypeSet.any.rawValue))
      if token == "*" {
        fact = .element(0, inner)
      } else if let place = Int(token) {
        fact = .element(place, inner)
      } else {
        fact = .member(solver.number(ofName: token), inner)
      }
    }
    return found(&solver, fact.map { [$0] } ?? [])
  }

  /// Returns valid documents that differ, drawn from a seed.
  ///
  /// - Parameters:
  ///   - count: How many are wanted; fewer come back where the schema accepts fewer.
  ///   - seed: Where the draws start.
  /// - Returns: The documents, the same for the same seed.
  public func drawn(_ count: Int, seed: Seed) -> [JSONNode] {
    var documents: [JSONNode] = []
    var known: Set<JSONNode> = []
    let draws = seed.draws(for: "examples")
    for attempt in 0..<count * 4 where documents.count < count {
      var solver = solver()
      solver.taste = ExampleTaste(draws: draws.derived(String(attempt)))
      guard let value = found(&solver), known.insert(value.sorted).inserted else { continue }
      documents.append(value)
    }
    return documents
  }

  // MARK: Defects

  /// Returns documents of which each breaks one keyword and nothing else.
  ///
  /// A keyword is taken out of the schema; what the rest accepts and the whole refuses breaks it.
  ///
  /// - Parameter max: How many keywords are tried at most.
  /// - Returns: The documents, in the order of the keywords in the schema.
  public func withOneDefect(max: Int = 200) -> [Defect] {
    guard let source = schema.program.documents.first else { return [] }
    var defects: [Defect] = []
    for pointer in keywords(of: source.document).prefix(max) {
      var rest = JSONNode(source.document.root)
      guard rest.remove(at: pointer), let document = try? JSONDocument.parse(rest.bytes()),
        let weaker = try? Schema.compile(document, options: options)
      else { continue }
      var solver = ExampleSolver([weaker.program, schema.program])
      solver.limits.stepsMax = 100_000
      let wanted: [Fact] = [
        .block(0, weaker.program.root, true), .block(1, schema.program.root, false),
      ]
      guard case .found(let value) = solver.ask(wanted), !isValid(value) else { continue }
      defects.append(Defect(document: value, keyword: pointer))
    }
    return defects
  }

  /// Returns the keywords that can be taken out, in the order of the text.
  private func keywords(of document: JSONDocument) -> [JSONPointer] {
    var nodes: Set<Int> = []
    let program = schema.program
    for block in program.blocks where block.document == 0 && block.form == .assertions {
      if block.typeNode >= 0 { nodes.insert(Int(block.typeNode)) }
      for position in block.stringStart..<block.end {
        let step = program.instructions[Int(position)]
        switch step.operation {
        case .members: nodes.formUnion(memberNodes(program.objects[Int(step.a)], document))
        case .elements, .allOf, .reference, .dynamicReference, .conditional: continue
        default: nodes.insert(Int(step.node))
        }
      }
    }
    return nodes.sorted().map { TapePointer.pointer(to: $0, in: document) }
  }

  /// Returns the required names and what is said of other members, by tape index.
  private func memberNodes(_ plan: ObjectPlan, _ document: JSONDocument) -> [Int] {
    var nodes: [Int] = []
    if plan.requiredNode >= 0 {
      let list = JSONValue(document: document, index: Int(plan.requiredNode))
      nodes += list.elements.map(\.index)
    }
    if plan.additionalNode >= 0 { nodes.append(Int(plan.additionalNode)) }
    return nodes
  }
}
