public import DrydockJSON

/// A compiled schema that says of every keyword what came of it.
///
///     let evaluator = try OutputEvaluator(schema)
///     let output = evaluator.output(of: payload.root)
///     print(output.text(.basic))
///
/// It takes several times as long as `Schema`, whose verdict it shares. Compiled once, it serves
/// any number of documents and threads.
public struct OutputEvaluator: Sendable {
  let shared: SharedProgram
  /// The resources that blocks belong to.
  let resources: [SchemaResource]
  /// The block of each subschema.
  let blockOf: [SchemaAddress: Int32]
  /// Whether some keyword is about children that nothing else has evaluated.
  let asksForRest: Bool

  /// Compiles a schema.
  ///
  /// - Parameters:
  ///   - document: The schema.
  ///   - options: The dialect, other documents, and what is asserted beyond the schema.
  /// - Throws: Everything that is wrong with the schema, within bounds.
  public init(
    _ document: JSONDocument,
    options: SchemaOptions = SchemaOptions()
  ) throws(SchemaError) {
    var options = options
    options.keepsReferences = true
    var compiler = SchemaCompiler(document, options: options)
    let program = try compiler.compile()
    shared = SharedProgram(program)
    resources = compiler.registry.resources
    var known: [SchemaAddress: Int32] = [:]
    for (index, block) in program.blocks.enumerated() {
      let address = SchemaAddress(document: Int(block.document), node: Int(block.node))
      if known[address] == nil { known[address] = Int32(index) }
    }
    blockOf = known
    asksForRest = program.blocks.contains { $0.lateStart < $0.end }
  }

  /// Returns what comes of a value.
  ///
  /// - Complexity: O(values × depth) beside what `Schema` takes.
  public func output(of value: JSONValue) -> ValidationOutput {
    var tracer = OutputTracer(self, value.document)
    return tracer.trace(value.index)
  }

  /// Returns whether a value is valid.
  public func isValid(_ value: JSONValue) -> Bool {
    shared.program.verdict(of: value.index, in: value.document)
  }
}
