public import DrydockJSON

/// A compiled JSON Schema.
///
///     let schema = try Schema.compile(document)
///     schema.isValid(payload)                      // the verdict, and nothing else
///     for violation in schema.violations(of: payload.root) { report(violation.message) }
///
/// Compiled once, it serves any number of documents and threads.
///
/// - Source: JSON Schema 2020-12 and draft-07.
public struct Schema: Sendable {
  /// The program, shared by copies.
  private let storage: SharedProgram

  /// The compiled form.
  var program: SchemaProgram { storage.program }

  /// Compiles a schema.
  ///
  /// - Parameters:
  ///   - document: The schema.
  ///   - options: The dialect, other documents, and what is asserted beyond the schema.
  /// - Returns: The compiled schema.
  /// - Throws: Everything that is wrong with the schema, within bounds.
  /// - Complexity: O(bytes), patterns apart.
  public static func compile(
    _ document: JSONDocument,
    options: SchemaOptions = SchemaOptions()
  ) throws(SchemaError) -> Schema {
    var compiler = SchemaCompiler(document, options: options)
    return Schema(storage: SharedProgram(try compiler.compile()))
  }

  /// Returns whether a value is valid.
  ///
  /// A value that takes more depth or work than the limits allow is not.
  public func isValid(_ value: JSONValue) -> Bool {
    storage.program.verdict(of: value.index, in: value.document)
  }

  /// Returns whether the value that a whole document is is valid.
  public func isValid(_ document: JSONDocument) -> Bool {
    storage.program.verdict(of: 0, in: document)
  }

  /// Returns what is wrong with a value: one violation for each defect, in document order.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - max: How many violations are wanted at most.
  /// - Returns: The violations; empty where the value is valid and nothing is to be noted.
  public func violations(of value: JSONValue, max: Int = 100) -> [Violation] {
    var state = EvaluationState(
      sink: ReportSink(),
      depthMax: storage.program.limits.depthMax,
      steps: storage.program.stepsMax(for: value.document)
    )
    _ = storage.program.child(storage.program.root, value.index, in: value.document, &state)
    if state.sink.failures.isEmpty, !state.isExhausted { return [] }
    var report = ViolationReport(storage, value.document)
    if state.isExhausted { report.addLimit(at: value.index, depthExceeded: state.steps >= 0) }
    report.add(state.sink)
    return report.violations(max: max)
  }
}
