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
/// Every document is checked by the evaluator before it is returned. Where there is none,
/// `answer(_:)` says whether the schema accepts nothing or why the search gave up.
public struct ExampleGenerator: Sendable {
  /// A document that breaks one keyword.
  public struct Defect: Sendable {
    /// The document.
    public var document: JSONNode
    /// The keyword that it breaks, as a pointer into the schema.
    public var keyword: JSONPointer
  }

  /// What is asked for.
  public enum Shape: String, CaseIterable, Hashable, Sendable {
    /// Only what has to be there.
    case minimal
    /// Every declared member that can be there.
    case maximal
  }

  /// A document, or why there is none.
  public enum Answer: Hashable, Sendable {
    /// This one, checked by the evaluator.
    case document(JSONNode)
    /// There is none; this was proved.
    case impossible
    /// None was found, for a reason.
    case gaveUp(Reason)

    /// The document, if there is one.
    public var document: JSONNode? {
      if case .document(let node) = self { node } else { nil }
    }
  }

  /// Why a search gave up.
  public enum Reason: String, CaseIterable, Hashable, Sendable {
    /// The work that a search may take was used up.
    case budget
    /// Values would have to be nested too deep.
    case depth
    /// A value would have to be larger than what is built.
    case size
    /// A keyword that the search cannot reason about, or only in part.
    case keyword
    /// What was found is refused by the evaluator.
    case refused
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

  private func answer(_ solver: inout ExampleSolver, _ more: [Fact] = []) -> Answer {
    let wanted = [Fact.block(0, schema.program.root, true)] + more
    return Answer(solver.ask(wanted)) { isValid($0) }
  }

  private func isValid(_ value: JSONNode) -> Bool {
    guard let document = try? JSONDocument.parse(value.bytes()) else { return false }
    return schema.isValid(document)
  }

  /// Returns a document of a shape, or why there is none.
  public func answer(_ shape: Shape) -> Answer {
    var solver = solver()
    solver.fillsIn = shape == .maximal
    return answer(&solver)
  }

  /// Returns a small document: only what has to be there.
  public func minimal() -> JSONNode? {
    answer(.minimal).document
  }

  /// Returns a document with every declared member that can be there.
  ///
  /// Where members exclude each other, those that come first in the schema win.
  public func maximal() -> JSONNode? {
    answer(.maximal).document
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
    return answer(&solver, fact.map { [$0] } ?? []).document
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
      guard let value = answer(&solver).document, known.insert(value.sorted).inserted else {
        continue
      }
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
    defects(max: max).compactMap { keyword, answer in
      answer.document.map { Defect(document: $0, keyword: keyword) }
    }
  }

  /// Returns what breaks each keyword and nothing else, or why nothing does.
  ///
  /// - Parameter max: How many keywords are tried at most.
  /// - Returns: The answers, in the order of the keywords in the schema.
  public func defects(max: Int = 200) -> [(keyword: JSONPointer, answer: Answer)] {
    guard let source = schema.program.documents.first else { return [] }
    var answers: [(JSONPointer, Answer)] = []
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
      var answer = Answer(solver.ask(wanted)) { !isValid($0) }
      if case .gaveUp = answer, let document = probe(weaker, source.document, pointer) {
        answer = .document(document)
      }
      answers.append((pointer, answer))
    }
    return answers
  }

  /// Tries documents close to valid ones of a schema without a keyword.
  private func probe(
    _ weaker: Schema,
    _ source: JSONDocument,
    _ pointer: JSONPointer
  ) -> JSONNode? {
    let generator = ExampleGenerator(weaker, options: options)
    // Of a schema without a type the smallest documents are no arrays and no objects.
    var starts = [TypeSet.any, .object, .array].flatMap { generator.documents(of: $0) }
    starts += generator.drawn(4, seed: Seed(1))
    let probe = DefectProbe(
      starts: starts,
      keyword: source.root.at(pointer).map { JSONNode($0) }
    )
    return probe.first { generator.isValid($0) && !isValid($0) }
  }

  /// Returns a small and a full document of a type.
  private func documents(of type: TypeSet) -> [JSONNode] {
    Shape.allCases.compactMap { shape in
      var solver = solver()
      solver.fillsIn = shape == .maximal
      return answer(&solver, [.isType(type.rawValue)]).document
    }
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

extension ExampleGenerator.Answer {
  /// Takes the outcome of a search, its value checked.
  init(_ outcome: SolverOutcome, isRight: (JSONNode) -> Bool) {
    switch outcome {
    case .found(let value): self = isRight(value) ? .document(value) : .gaveUp(.refused)
    case .none: self = .impossible
    case .unknown(.budget): self = .gaveUp(.budget)
    case .unknown(.depth): self = .gaveUp(.depth)
    case .unknown(.size): self = .gaveUp(.size)
    case .unknown(.keyword): self = .gaveUp(.keyword)
    }
  }
}
