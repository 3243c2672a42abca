public import DrydockJSON

/// A compiled JSON Schema.
///
///     let schema = try Schema.compile(document)
///     schema.isValid(payload.root)                 // the verdict, and nothing else
///     for violation in schema.violations(of: payload.root) { report(violation.message) }
///
/// Compiled once, it serves any number of documents and threads.
///
/// - Source: JSON Schema 2020-12 and draft-07.
public struct Schema: Sendable {
  /// The program, shared by copies.
  private let storage: Storage

  private final class Storage: Sendable {
    let program: SchemaProgram

    init(_ program: SchemaProgram) {
      self.program = program
    }
  }

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
    return Schema(storage: Storage(try compiler.compile()))
  }

  /// Returns whether a value is valid.
  ///
  /// A value that takes more depth or work than the limits allow is not.
  public func isValid(_ value: JSONValue) -> Bool {
    storage.program.verdict(of: value.index, in: value.document)
  }

  /// Returns what is wrong with a value: one violation for each defect, in document order.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - max: How many violations are wanted at most.
  /// - Returns: The violations; empty where the value is valid and nothing is to be noted.
  public func violations(of value: JSONValue, max: Int = 100) -> [Violation] {
    let program = storage.program
    if program.undeclared != .reported, program.verdict(of: value.index, in: value.document) {
      return []
    }
    var state = EvaluationState(
      sink: ReportSink(),
      depthMax: program.limits.depthMax,
      steps: program.stepsMax(for: value.document)
    )
    _ = program.child(program.root, value.index, in: value.document, &state)
    var report = ViolationReport(program, value.document)
    if state.isExhausted { report.addLimit(at: value.index, depthExceeded: state.steps >= 0) }
    report.add(state.sink)
    return report.violations(max: max)
  }
}
