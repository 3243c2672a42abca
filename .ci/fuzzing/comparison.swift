import DrydockJSON
import DrydockSchema

/// Two schemas with a zero byte between: a witness is accepted by its writer and refused by its
/// reader, and what is compatible is refuted by no document that either accepts.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let (first, second) = halves(copied(start, count))
  var options = SchemaOptions()
  options.limits.stepsMin = 20_000
  options.limits.stepsPerValueMax = 100
  guard let source = try? JSONDocument.parse(first),
    let old = try? Schema.compile(SchemaComparison.modernised(source), options: options),
    let other = try? JSONDocument.parse(second),
    let new = try? Schema.compile(SchemaComparison.modernised(other), options: options)
  else { return 0 }
  let direction = CompatibilityDirection.allCases[count % 2]
  let comparison = SchemaComparison(
    old: old,
    new: new,
    direction: direction,
    options: ComparisonOptions(isStrict: true, workMax: 20_000)
  )
  let (writer, reader) = direction == .backward ? (old, new) : (new, old)
  for finding in comparison.findings {
    check(!finding.fingerprint.isEmpty, "a finding without a fingerprint")
    guard finding.level == .error, let witness = finding.witness,
      let document = try? JSONDocument.parse(witness.bytes())
    else { continue }
    check(writer.isValid(document.root), "the writer never writes \(witness)")
    check(!reader.isValid(document.root), "the reader accepts \(witness)")
  }
  if comparison.verdict == .compatible {
    for document in [source, other] where writer.isValid(document.root) {
      check(reader.isValid(document.root), "compatible, and yet a document is refused")
    }
  }
  return 0
}
