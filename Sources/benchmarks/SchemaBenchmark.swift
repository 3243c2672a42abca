import DrydockJSON
import DrydockSchema

/// Judging order payloads of about 1.3 KB, parsed beforehand, against a contract's schema.
///
/// The payloads differ in numbers and identifiers; one in ten has a defect in the invalid run. The
/// baseline is parsing the same payloads.
enum SchemaBenchmark {
  static let benchmark = Benchmark(
    name: "schema",
    summary: "payloads a second: verdict, all violations, parsing as baseline"
  ) {
    await run(payloads: 2_000, repeats: 9)
  }

  static func run(payloads count: Int, repeats: Int) async {
    let schema = compiled(OrderPayload.schema)
    let texts = (0..<count).map { OrderPayload.bytes($0, hasDefect: false) }
    let documents = texts.map(parsed)
    let broken = (0..<count).map { parsed(OrderPayload.bytes($0, hasDefect: true)) }
    let bytes = texts.reduce(0) { $0 + $1.count } / count
    print("  payloads of \(bytes) bytes")
    let measurements = await Benchmark.compare(
      repeats: repeats,
      [
        ("verdict", { (count, "\(documents.count { schema.isValid($0.root) })") }),
        (
          "all violations, valid payloads",
          { (count, "\(documents.count { schema.violations(of: $0.root).isEmpty })") }
        ),
        (
          "all violations, one defect each",
          { (count, "\(broken.count { schema.violations(of: $0.root).count == 1 })") }
        ),
        (
          "parse (baseline)",
          { (count, "\(texts.count { parsed($0).root.kind == .object })") }
        ),
      ]
    )
    Benchmark.report(measurements, unit: "payloads", thresholdPercent: 40)
  }

  private static func parsed(_ bytes: [UInt8]) -> JSONDocument {
    do {
      return try JSONDocument.parse(bytes)
    } catch {
      preconditionFailure("the payload is refused: \(error)")
    }
  }

  private static func compiled(_ text: String) -> Schema {
    do {
      return try Schema.compile(try JSONDocument.parse(text))
    } catch {
      preconditionFailure("the schema is refused: \(error)")
    }
  }
}
