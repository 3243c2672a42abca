import DrydockJSON
import DrydockSchema
import Foundation

/// Judging order payloads of about 1.3 KB, parsed beforehand, against a contract's schema.
///
/// The payloads differ in numbers and identifiers; one in ten has a defect in the invalid run. The
/// baseline is parsing the same payloads. Where the real schemas of the validators' own benchmark
/// lie beside the package, one pass over their instances is timed as well.
enum SchemaBenchmark {
  static let benchmark = Benchmark(
    name: "schema",
    summary: "payloads a second: verdict, all violations, parsing as baseline"
  ) {
    await run(payloads: 2_000, repeats: 9)
    await runRealSchemas(repeats: 9)
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

  /// Times one pass over each real schema's instances, as the validators' benchmark does.
  static func runRealSchemas(repeats: Int) async {
    var folder = URL(filePath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    folder.append(path: "shared/suites/jsonschema-benchmark")
    let manager = FileManager.default
    guard let names = try? manager.contentsOfDirectory(atPath: folder.path) else {
      print("  skipped: real schemas are not beside the package")
      return
    }
    var total = Duration.zero
    for name in names.sorted() {
      let place = folder.appending(path: name)
      guard let text = try? Data(contentsOf: place.appending(path: "schema.json")),
        let lines = try? Data(contentsOf: place.appending(path: "instances.jsonl"))
      else { continue }
      let schema = compiled(String(decoding: text, as: UTF8.self))
      let documents = lines.split(separator: UInt8(ascii: "\n")).map { parsed(Array($0)) }
      let measurements = await Benchmark.compare(
        repeats: repeats,
        [
          (
            "\(name), verdict",
            { (documents.count, "\(documents.count { schema.isValid($0.root) })") }
          )
        ]
      )
      for measurement in measurements {
        total += measurement.best
        let microseconds = Int(measurement.best / .microseconds(1))
        let valid = documents.count { schema.isValid($0.root) }
        print(
          "  \(measurement.label.padded(to: 28))\("\(microseconds)".leftPadded(to: 8)) µs a pass"
            + "   \(valid) of \(documents.count) valid"
        )
      }
    }
    print("  all: \(Int(total / .microseconds(1))) µs")
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
