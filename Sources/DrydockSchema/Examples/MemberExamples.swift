package import DrydockJSON

/// Small valid values for the members that one schema declares, found by one search.
///
///     {"properties": {"0": …, "1": …}, "$defs": {…}}     what is found for "0" serves "1" as well
///
/// Every value is checked by the evaluator.
package struct MemberExamples {
  private let schema: Schema
  private var solver: ExampleSolver
  /// The subschemas of members, by name.
  private var blocks: [String: Int32] = [:]

  /// Takes the members that the schema itself declares, not those of what it refers to.
  package init(_ schema: Schema) {
    self.schema = schema
    solver = ExampleSolver([schema.program])
    solver.limits.stepsMax = 50_000
    let root = schema.program.blocks[Int(schema.program.root)]
    for position in schema.program.steps(of: root, about: .object) {
      let step = schema.program.instructions[Int(position)]
      guard step.operation == .members else { continue }
      for entry in schema.program.entries(of: schema.program.objects[Int(step.a)]) {
        blocks[entry.name] = entry.block
      }
    }
  }

  /// Returns a value of a member; nothing where none was found.
  ///
  /// The work is bounded.
  package mutating func value(of name: String) -> JSONNode? {
    guard let block = blocks[name], case .found(let value) = solver.ask([.block(0, block, true)])
    else { return nil }
    let whole = JSONNode.object([.init(name, value)])
    guard let document = try? JSONDocument.parse(whole.bytes()), schema.isValid(document)
    else { return nil }
    return value
  }
}
