import DrydockJSON
import DrydockSchema

/// A pattern, a zero byte, a text: matching ends in time that follows the text.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let (first, second) = halves(copied(start, count))
  let pattern = String(decoding: first, as: UTF8.self)
  var writer = JSONWriter()
  writer.object { $0.member("pattern", pattern) }
  guard let source = try? JSONDocument.parse(writer.bytes) else { return 0 }
  let schema: Schema
  do {
    schema = try Schema.compile(source)
  } catch {
    for problem in error.problems { _ = problem.diagnostic(file: "f", source: source) }
    return 0
  }
  var text = JSONWriter()
  text.value(String(decoding: second, as: UTF8.self))
  guard let instance = try? JSONDocument.parse(text.bytes) else { return 0 }
  let isValid = schema.isValid(instance.root)
  check(isValid == schema.violations(of: instance.root).isEmpty, "verdict and violations differ")
  // The empty text may or may not match; a second look never changes the answer.
  check(isValid == schema.isValid(instance.root), "the answer changed")
  return 0
}
