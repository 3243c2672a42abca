package import DrydockJSON

extension Schema {
  /// Returns a small value that is valid, checked by the evaluator; nothing where none was found.
  ///
  /// The work is bounded.
  package func anyValidValue() -> JSONNode? {
    var solver = ExampleSolver([program])
    solver.limits.stepsMax = 50_000
    guard case .found(let value) = solver.ask([.block(0, program.root, true)]),
      let document = try? JSONDocument.parse(value.bytes()), isValid(document)
    else { return nil }
    return value
  }
}
