import DrydockJSON
import DrydockSchema
import Foundation

/// Evaluation alone, over documents parsed beforehand, by real schemas with real instances.
///
/// The schemas lie in folders of `schema.json` and `instances.jsonl`, beside the package or where
/// the variable `SCHEMAS` says. As Blaze's own measurement does, every instance is judged several
/// times in a row, and the means are added up to what one pass takes. Blaze is measured in turns
/// with it where the variable `PEERS` names a Python environment that has `sourcemeta-jsonschema`.
enum EvaluationBenchmark {
  static let benchmark = Benchmark(
    name: "evaluation",
    summary: "real schemas over parsed instances: verdict and all violations, beside Blaze"
  ) {
    run(loops: 10, repeats: 3)
  }

  /// What a pass over the instances of one schema takes.
  private struct Timing {
    var verdict = Duration.seconds(1_000_000)
    var violations = Duration.seconds(1_000_000)
    var peer: Duration?

    mutating func keepBest(of other: Timing) {
      verdict = min(verdict, other.verdict)
      violations = min(violations, other.violations)
      if let time = other.peer { peer = min(peer ?? time, time) }
    }

    mutating func add(_ other: Timing) {
      verdict += other.verdict
      violations += other.violations
      if let time = other.peer { peer = (peer ?? .zero) + time }
    }
  }

  static func run(loops: Int, repeats: Int) {
    let folder = schemaFolder
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let cases = names.sorted().compactMap { Case(folder.appending(path: $0)) }
    guard !cases.isEmpty else {
      print("  skipped: no schemas with instances in \(folder.path)")
      return
    }
    let peer = ProcessInfo.processInfo.environment["PEERS"].map { "\($0)/bin/jsonschema" }
    if peer == nil { print("  skipped: Blaze (PEERS names no Python environment)") }
    print("  µs a pass             instances   verdict  violations     Blaze")
    var sum = Timing(verdict: .zero, violations: .zero, peer: peer == nil ? nil : .zero)
    for one in cases {
      var best = Timing()
      for _ in 0..<repeats { best.keepBest(of: one.timed(loops: loops, peer: peer)) }
      print(row(one.name, one.documents.count, best))
      sum.add(best)
    }
    print(row("all", cases.reduce(0) { $0 + $1.documents.count }, sum))
    let ratio = Benchmark.percent(sum.violations, of: sum.verdict)
    print(
      "  all violations take \(Benchmark.decimal(ratio)) times the verdict's time"
        + Benchmark.goal("at most 3.00", isReached: ratio <= 300)
    )
    guard let peer = sum.peer else { return }
    let speed = Benchmark.percent(peer, of: sum.verdict)
    print(
      "  the verdict is \(Benchmark.decimal(speed)) times as fast as Blaze's"
        + Benchmark.goal("1.00", isReached: speed >= 100)
    )
  }

  private static var schemaFolder: URL {
    if let named = ProcessInfo.processInfo.environment["SCHEMAS"] { return URL(filePath: named) }
    var folder = URL(filePath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    return folder.appending(path: "shared/suites/jsonschema-benchmark")
  }

  private static func row(_ name: String, _ count: Int, _ timing: Timing) -> String {
    var line = "  " + name.padded(to: 22) + "\(count)".leftPadded(to: 9)
    line += "\(Int(timing.verdict / .microseconds(1)))".leftPadded(to: 10)
    line += "\(Int(timing.violations / .microseconds(1)))".leftPadded(to: 12)
    guard let peer = timing.peer else { return line }
    line += "\(Int(peer / .microseconds(1)))".leftPadded(to: 10)
    return line + "   \(Benchmark.decimal(Benchmark.percent(peer, of: timing.verdict)))×"
  }

  // MARK: Cases

  /// A schema with its instances.
  private struct Case {
    var name: String
    var schema: Schema
    var documents: [JSONDocument]
    var schemaPath: String
    var instancesPath: String

    init?(_ folder: URL) {
      name = folder.lastPathComponent
      schemaPath = folder.appending(path: "schema.json").path
      instancesPath = folder.appending(path: "instances.jsonl").path
      guard let text = FileManager.default.contents(atPath: schemaPath),
        let lines = FileManager.default.contents(atPath: instancesPath)
      else { return nil }
      do {
        schema = try Schema.compile(try JSONDocument.parse(Array(text)))
        documents = try Array(lines).split(separator: UInt8(ascii: "\n")).map {
          try JSONDocument.parse(Array($0))
        }
      } catch {
        print("  \(name): \(error)")
        return nil
      }
    }

    func timed(loops: Int, peer: String?) -> Timing {
      Timing(
        verdict: mean(loops) { schema.isValid($0) },
        violations: mean(loops) { schema.violations(of: $0.root).isEmpty },
        peer: peer.flatMap { peerTime($0, loops: loops) }
      )
    }

    /// Judges every instance several times in a row.
    private func mean(_ loops: Int, _ judge: (JSONDocument) -> Bool) -> Duration {
      let clock = ContinuousClock()
      var valid = 0
      let start = clock.now
      for document in documents {
        for _ in 0..<loops where judge(document) { valid += 1 }
      }
      let took = (clock.now - start) / loops
      if valid != documents.count * loops { print("  \(name): not all instances are valid") }
      return took
    }

    /// Adds up what Blaze says that each instance took.
    private func peerTime(_ tool: String, loops: Int) -> Duration? {
      let words = ["validate", "--fast", "--benchmark", "--loop", "\(loops)"]
      guard let ended = ToolRun(tool, words + [schemaPath, instancesPath]), ended.status == 0
      else { return nil }
      // instances.jsonl[7]: PASS 2.345 +- 0.012 us (2.301)
      var microseconds = 0.0
      for line in ended.output.split(separator: "\n") {
        let words = line.split(separator: " ")
        guard let verdict = words.firstIndex(of: "PASS"), verdict + 1 < words.count else {
          continue
        }
        microseconds += Double(words[verdict + 1]) ?? 0
      }
      return .nanoseconds(Int(microseconds * 1000))
    }
  }
}
