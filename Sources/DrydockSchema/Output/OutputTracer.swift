import DrydockJSON

/// Walks a schema beside a document, keyword by keyword, and lists what the keywords say.
///
/// Which subschemas are valid the evaluator tells; the walk goes where something is to be said:
/// into the valid ones for annotations, into the invalid ones for errors. Bounded like the
/// evaluator.
struct OutputTracer {
  /// Where the walk stands.
  struct Visit {
    /// The subschema.
    var block: Int32
    /// The value, by tape index.
    var node: Int
    /// The ways to both.
    var keywords: [String]
    var instance: [String]
    /// Whether the value is valid for the subschema.
    var isValid: Bool
  }

  /// A subschema as its text has it.
  struct Text {
    var view: SchemaObject
    /// The document that it lies in.
    var document: Int
    var language: SchemaLanguage

    /// The value of a keyword that means something here.
    subscript(keyword: Keyword) -> Int? {
      keyword.isKnown(in: language) ? view[keyword] : nil
    }
  }

  let source: OutputEvaluator
  let instance: JSONDocument
  /// Whether annotations are wanted, or errors.
  var wantsAnnotations = true
  private(set) var units: [ValidationOutput.Unit] = []
  private(set) var isCut = false
  private var scope: [Int32] = []
  private var steps: Int
  private var depth = 0
  /// The patterns of names met so far.
  var patterns: [String: Pattern] = [:]
  /// Where the blocks met so far stand.
  private var places: [Int32: SchemaWay] = [:]

  /// Where a subschema stands: in its resource, and how deep in its document.
  private struct SchemaWay {
    var uri: String
    var tokens: [String]
    var depth: Int
  }

  init(_ source: OutputEvaluator, _ instance: JSONDocument) {
    self.source = source
    self.instance = instance
    steps = source.shared.program.stepsMax(for: instance)
  }

  var program: SchemaProgram { source.shared.program }

  /// Lists what there is to say about a value.
  mutating func trace(_ node: Int) -> ValidationOutput {
    let isValid = program.verdict(of: node, in: instance)
    wantsAnnotations = isValid
    let pointer = TapePointer.pointer(to: node, in: instance)
    let root = Visit(
      block: program.root,
      node: node,
      keywords: [],
      instance: pointer.tokens,
      isValid: isValid
    )
    _ = visit(root)
    if !isValid, units.isEmpty {
      units.append(
        ValidationOutput.Unit(
          keywordLocation: .root,
          absoluteKeywordLocation: "#",
          instanceLocation: pointer,
          error: "the document takes more depth or work than the limits allow"
        )
      )
    } else if isCut, !isValid, let last = units.indices.last {
      units[last].error = "there are more errors than are listed"
      units[last].keywordLocation = .root
      units[last].absoluteKeywordLocation = "#"
      units[last].instanceLocation = pointer
    }
    return ValidationOutput(isValid: isValid, units: units, isCut: isCut)
  }

  // MARK: Verdicts

  /// Returns the state of an evaluation that begins where the walk stands.
  private func state<Failures: Sink>(_ sink: Failures) -> EvaluationState<Failures> {
    var state = EvaluationState(sink: sink, depthMax: program.limits.depthMax, steps: steps)
    state.depth = depth
    state.scope = scope
    return state
  }

  /// Returns whether a value is valid for a block, on the way that the walk came.
  mutating func judge(_ block: Int32, _ node: Int) -> Bool {
    var state = state(VerdictSink())
    let isValid = program.child(block, node, in: instance, &state) && !state.isExhausted
    steps = state.steps
    return isValid
  }

  /// Returns what the keywords of one block itself have against a value.
  private mutating func failures(_ visit: Visit) -> [Failure] {
    var state = state(ReportSink())
    _ = program.child(visit.block, visit.node, in: instance, &state)
    steps = state.steps
    return state.sink.failures.filter { failure in
      guard failure.block == visit.block, failure.rule.isOfOneKeyword else { return false }
      return failure.rule == .uniqueItems
        ? children(visit.node).contains { $0.value == Int(failure.node) }
        : Int(failure.node) == visit.node
    }
  }

  // MARK: The walk

  /// Walks a subschema and returns the children of the value that it has evaluated.
  mutating func visit(_ visit: Visit) -> Set<Int> {
    let block = program.blocks[Int(visit.block)]
    steps -= 1
    if steps < 0 { isCut = true }
    guard !isCut, depth < program.limits.depthMax, block.form != .always || wantsAnnotations
    else { return [] }
    let document = program.documents[Int(block.document)].document
    guard document.tape.entries[Int(block.node)].form == .object else {
      if block.form == .never { addNever(visit) }
      return []
    }
    depth += 1
    let changesScope = scope.last != block.resource
    if changesScope { scope.append(block.resource) }
    defer {
      depth -= 1
      if changesScope { scope.removeLast() }
    }
    if !visit.isValid, !wantsAnnotations {
      for failure in failures(visit) { add(failure, visit, block) }
    }
    let text = Text(
      view: SchemaObject(document, Int(block.node)),
      document: Int(block.document),
      language: source.resources[Int(block.resource)].language
    )
    var evaluated: Set<Int> = []
    if text.language.dialect == .draft07, let reference = text.view[.ref] {
      follow(reference, .ref, visit, text, &evaluated)
      return evaluated
    }
    for name in text.view.names(Int(block.node)) {
      walk(document.text(at: name), name + 1, visit, text, &evaluated)
    }
    if let rest = text[.unevaluatedProperties] {
      walkRest(.unevaluatedProperties, rest, visit, text, &evaluated)
    }
    if let rest = text[.unevaluatedItems] {
      walkRest(.unevaluatedItems, rest, visit, text, &evaluated)
    }
    return evaluated
  }

  /// Walks into a subschema for a value of the document.
  ///
  /// - Parameters:
  ///   - schema: The tape index of the subschema.
  ///   - value: The tape index of the value.
  ///   - keywords: The steps to the subschema.
  ///   - step: The step to the value, if it is a child.
  ///   - outer: Where the walk stands.
  ///   - text: The schema around the subschema.
  ///   - verdict: Whether the value is valid, where that is known.
  /// - Returns: What the subschema evaluated of the value, or nothing where it refuses the value.
  mutating func enter(
    _ schema: Int,
    _ value: Int,
    _ keywords: [String],
    _ step: String?,
    _ outer: Visit,
    _ text: Text,
    verdict: Bool? = nil
  ) -> Set<Int>? {
    let address = SchemaAddress(document: text.document, node: schema)
    guard let block = source.blockOf[address] else { return [] }
    return enter(block, value, keywords, step, outer, verdict: verdict)
  }

  /// Walks into a block for a value of the document.
  mutating func enter(
    _ block: Int32,
    _ value: Int,
    _ keywords: [String],
    _ step: String?,
    _ outer: Visit,
    verdict: Bool? = nil
  ) -> Set<Int>? {
    let isValid = verdict ?? judge(block, value)
    // A valid subschema is silent about an invalid document, but may have evaluated children.
    let isWanted = isValid ? wantsAnnotations || source.asksForRest : !wantsAnnotations
    guard isWanted, !isCut else { return isValid ? [] : nil }
    let evaluated = visit(
      Visit(
        block: block,
        node: value,
        keywords: outer.keywords + keywords,
        instance: outer.instance + (step.map { [$0] } ?? []),
        isValid: isValid
      )
    )
    return isValid ? evaluated : nil
  }

  // MARK: The document

  /// Returns the children of a value: the tokens that lead to them, and where they are.
  func children(_ node: Int) -> [(token: String, name: Int, value: Int)] {
    let entry = instance.tape.entries[node]
    guard entry.form == .array || entry.form == .object else { return [] }
    var found: [(String, Int, Int)] = []
    var cursor = node + 1
    while cursor < Int(entry.next) {
      if entry.form == .object {
        found.append((instance.text(at: cursor), cursor, cursor + 1))
        cursor = Int(instance.tape.entries[cursor + 1].next)
      } else {
        found.append((String(found.count), -1, cursor))
        cursor = Int(instance.tape.entries[cursor].next)
      }
    }
    return found
  }

  // MARK: Units

  /// Lists what a keyword says of a valid value.
  mutating func annotate(_ visit: Visit, _ keyword: String, _ text: Text, _ value: JSONNode) {
    guard wantsAnnotations, visit.isValid else { return }
    append(visit, [keyword], visit.instance, annotation: value)
  }

  /// Lists that a keyword with branches refuses a value.
  mutating func refuse(_ visit: Visit, _ keyword: Keyword, _ error: String) {
    append(visit, [keyword.rawValue], visit.instance, error: error)
  }

  private mutating func addNever(_ visit: Visit) {
    guard !wantsAnnotations else { return }
    let members: Set<String> = [
      Keyword.properties.rawValue, Keyword.patternProperties.rawValue,
      Keyword.additionalProperties.rawValue, Keyword.unevaluatedProperties.rawValue,
    ]
    let isMember = visit.keywords.suffix(2).contains { members.contains($0) }
    let name = isMember ? visit.instance.last : nil
    let error = name.map { "unexpected member '\($0)'" } ?? "expected no value"
    append(visit, [], visit.instance, error: error)
  }

  private mutating func add(_ failure: Failure, _ visit: Visit, _ block: Block) {
    let document = program.documents[Int(block.document)].document
    let pointer = TapePointer.pointer(to: Int(failure.keyword), in: document)
    let steps = Array(pointer.tokens.dropFirst(way(of: visit.block).depth))
    let wording = ViolationWording(source.shared, instance, failure)
    let violation = Violation(
      pointer: .root,
      offset: 0,
      schemaPointer: "",
      rule: failure.rule.rawValue,
      level: .error,
      expected: wording.expected,
      found: wording.found,
      suggestion: wording.suggestion
    )
    var place = visit.instance
    if failure.name >= 0 { place.append(instance.text(at: Int(failure.name))) }
    append(visit, steps, place, error: violation.message)
  }

  private mutating func append(
    _ visit: Visit,
    _ steps: [String],
    _ place: [String],
    error: String? = nil,
    annotation: JSONNode? = nil
  ) {
    guard units.count < ValidationOutput.unitsMax else {
      isCut = true
      return
    }
    let way = way(of: visit.block)
    units.append(
      ValidationOutput.Unit(
        keywordLocation: JSONPointer(tokens: visit.keywords + steps),
        absoluteKeywordLocation: way.uri + JSONPointer(tokens: way.tokens + steps).uriFragment,
        instanceLocation: JSONPointer(tokens: place),
        error: error,
        annotation: annotation
      )
    )
  }

  private mutating func way(of index: Int32) -> SchemaWay {
    if let known = places[index] { return known }
    let block = program.blocks[Int(index)]
    let resource = source.resources[Int(block.resource)]
    let document = program.documents[Int(block.document)].document
    let root = TapePointer.pointer(to: resource.node, in: document).tokens.count
    let tokens = TapePointer.pointer(to: Int(block.node), in: document).tokens
    let way = SchemaWay(
      uri: resource.uri.withoutFragment,
      tokens: Array(tokens.dropFirst(root)),
      depth: tokens.count
    )
    places[index] = way
    return way
  }

  /// Returns the block that a reference means on the way that the walk came.
  func target(of keyword: Int, in block: Block) -> Int32? {
    guard block.form == .assertions else { return nil }
    for position in block.anyStart..<block.lateStart {
      let step = program.instructions[Int(position)]
      guard Int(step.node) == keyword else { continue }
      if step.operation == .reference { return step.a }
      guard step.operation == .dynamicReference else { continue }
      let plan = program.dynamics[Int(step.a)]
      let pairs = (0..<Int(plan.candidateCount)).map { Int(plan.candidateStart) + $0 * 2 }
      for resource in scope {
        for pair in pairs where program.links[pair] == resource { return program.links[pair + 1] }
      }
      return plan.initial
    }
    return nil
  }
}

extension Rule {
  /// Whether one keyword breaks by itself, so that no subschema has more to say.
  fileprivate var isOfOneKeyword: Bool {
    switch self {
    case .items, .additionalItems, .unevaluatedItems, .additionalProperties,
      .unevaluatedProperties, .anyOf, .oneOf, .never, .limit:
      false
    default: true
    }
  }
}
