import DrydockJSON
import DrydockSchema

/// A schema, a zero byte, an instance: the verdict, the violations and the output agree.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let (first, second) = halves(copied(start, count))
  guard let source = try? JSONDocument.parse(first) else { return 0 }
  var options = SchemaOptions(assertsFormat: true, assertsContent: true)
  options.limits.stepsMin = 20_000
  options.limits.stepsPerValueMax = 100
  options.undeclaredMembers = UndeclaredPolicy.allCases[count % 3]
  let schema: Schema
  do {
    schema = try Schema.compile(source, options: options)
  } catch {
    for problem in error.problems { _ = problem.diagnostic(file: "f", source: source) }
    return 0
  }
  let instance = (try? JSONDocument.parse(second)) ?? source
  let isValid = schema.isValid(instance.root)
  let violations = schema.violations(of: instance.root)
  let errors = violations.filter { $0.level == .error }
  check(isValid == errors.isEmpty, "verdict \(isValid), violations \(errors.map(\.message))")
  for violation in violations { _ = (violation.message, violation.fingerprint) }
  if let evaluator = try? OutputEvaluator(source, options: options) {
    let output = evaluator.output(of: instance.root)
    check(output.isValid == isValid, "verdict \(isValid), output \(output.isValid)")
    check(isValid || output.units.contains { $0.error != nil }, "output without an error")
    _ = output.text(.basic)
  }
  return 0
}
