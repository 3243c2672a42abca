/// Runs the benchmarks that are named, or lists them.
///
///     swift run -c release benchmarks engine
@main
struct Main {
  /// Every benchmark by name; a new one is one line here and one file beside this one.
  static let all: [Benchmark] = [
    EngineBenchmark.benchmark,
    JSONBenchmark.benchmark,
    SchemaBenchmark.benchmark,
    EvaluationBenchmark.benchmark,
    ValidateBenchmark.benchmark,
    ScenarioBenchmark.benchmark,
    ScenarioBenchmark.few,
  ]

  static func main() async {
    let names = CommandLine.arguments.dropFirst()
    guard !names.isEmpty else {
      print("usage: benchmarks NAME…\n")
      for benchmark in all { print("  \(benchmark.name)\t\(benchmark.summary)") }
      return
    }
    for name in names {
      guard let benchmark = all.first(where: { $0.name == name }) else {
        print("unknown benchmark '\(name)'")
        continue
      }
      print("\(benchmark.name): \(benchmark.summary)")
      await benchmark.run()
    }
  }
}
