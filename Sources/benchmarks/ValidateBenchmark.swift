import Foundation

/// `drydock schema validate` as a whole process, beside other validators where they are at hand.
///
/// All read the same JSON Lines file of order payloads, in turns; the best of several counts. Other
/// validators come from a Python environment that the variable `PEERS` names, with the packages
/// `sourcemeta-jsonschema`, `jsonschema-rs` and `orjson`; simdjson's parser is built with `c++`
/// where its header is installed. What is missing is said and left out.
enum ValidateBenchmark {
  static let benchmark = Benchmark(
    name: "validate",
    summary: "200,000 orders as JSON Lines: whole process, beside other validators"
  ) {
    run(orders: 200_000, repeats: 3)
  }

  static func run(orders: Int, repeats: Int) {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "drydock-validate-\(ProcessInfo.processInfo.processIdentifier)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let bytes = try write(orders, into: folder)
      print("  \(orders) orders, \(bytes) bytes")
      let contestants = contestants(folder)
      report(measure(contestants, repeats: repeats), bytes: bytes)
      if let single = contestants.first { reportMachine(single, repeats: repeats) }
    } catch {
      print("  cannot be run: \(error.localizedDescription)")
    }
  }

  private static func write(_ orders: Int, into folder: URL) throws -> Int {
    try Data(OrderPayload.schema.utf8).write(to: folder.appending(path: "schema.json"))
    var text = Data()
    for number in 0..<orders {
      text.append(contentsOf: OrderPayload.bytes(number, hasDefect: false, lines: 5))
      text.append(0x0A)
    }
    try text.write(to: folder.appending(path: "orders.jsonl"))
    return text.count
  }

  // MARK: Contestants

  private struct Contestant {
    var name: String
    var tool: String
    var words: [String]
    /// How many times faster than it `drydock` with one thread is to be, in hundredths.
    var goalPercent: Int?
    /// Whether it prints the rate that counts, in megabytes a second.
    var printsRate = false
  }

  private static let oneThread = "drydock, 1 thread"
  private static let twoThreads = "drydock, 2 threads"

  private static func contestants(_ folder: URL) -> [Contestant] {
    let schema = folder.appending(path: "schema.json").path
    let orders = folder.appending(path: "orders.jsonl").path
    let drydock = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "drydock").path
    let words = ["schema", "validate", schema, orders, "--quiet", "--jobs"]
    var list = [
      Contestant(name: oneThread, tool: drydock, words: words + ["1"]),
      Contestant(name: twoThreads, tool: drydock, words: words + ["2"]),
    ]
    if let peers = ProcessInfo.processInfo.environment["PEERS"] {
      list.append(
        Contestant(
          name: "Blaze, jsonschema validate --fast",
          tool: "\(peers)/bin/jsonschema",
          words: ["validate", "--fast", schema, orders],
          goalPercent: 500
        )
      )
      list.append(
        Contestant(
          name: "orjson and jsonschema-rs in a loop",
          tool: "\(peers)/bin/python",
          words: ["-c", pythonLoop, schema, orders],
          goalPercent: 300
        )
      )
    } else {
      print("  skipped: other validators (PEERS names no Python environment)")
    }
    if let parser = parser(in: folder) {
      list.append(
        Contestant(
          name: "simdjson, parsing only",
          tool: parser,
          words: [orders],
          goalPercent: 25,
          printsRate: true
        )
      )
    } else {
      print("  skipped: simdjson (no header, or no compiler)")
    }
    return list
  }

  private static let pythonLoop = """
    import sys, orjson, jsonschema_rs
    schema = jsonschema_rs.validator_for(orjson.loads(open(sys.argv[1], "rb").read()))
    print(sum(schema.is_valid(orjson.loads(line)) for line in open(sys.argv[2], "rb")))
    """

  /// Builds a program that prints how fast simdjson parses the lines of a file held in memory.
  private static func parser(in folder: URL) -> String? {
    let source = folder.appending(path: "parse.cpp")
    let tool = folder.appending(path: "parse").path
    let text = #"""
      #include <chrono>
      #include <cstdio>
      #include <cstring>
      #include <simdjson.h>
      int main(int, char **words) {
        simdjson::dom::parser parser;
        auto text = simdjson::padded_string::load(words[1]);
        const char *end = text.value_unsafe().data() + text.value_unsafe().size();
        auto start = std::chrono::steady_clock::now();
        size_t count = 0;
        for (const char *line = text.value_unsafe().data(); line < end;) {
          auto stop = static_cast<const char *>(memchr(line, '\n', end - line));
          if (!stop) stop = end;
          if (!parser.parse(line, stop - line, false).error()) count++;
          line = stop + 1;
        }
        std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        std::printf("%.0f\n", text.value_unsafe().size() / took.count() / 1e6);
        return count == 0;
      }
      """#
    guard (try? Data(text.utf8).write(to: source)) != nil else { return nil }
    let words = ["c++", "-O3", source.path, "-o", tool, "-lsimdjson"]
    guard let built = ToolRun("/usr/bin/env", words), built.status == 0 else { return nil }
    return tool
  }

  // MARK: Measuring

  private static func measure(
    _ contestants: [Contestant],
    repeats: Int
  ) -> [(Contestant, seconds: Double)] {
    var best = [Double](repeating: .infinity, count: contestants.count)
    for _ in 0..<repeats {
      for (position, contestant) in contestants.enumerated() {
        guard let ended = ToolRun(contestant.tool, contestant.words) else { continue }
        guard ended.status == 0 else {
          print("  \(contestant.name): exit \(ended.status)")
          continue
        }
        var seconds = ended.seconds
        if contestant.printsRate, let rate = Double(ended.output), let bytes = size(contestant) {
          seconds = Double(bytes) / rate / 1e6
        }
        best[position] = min(best[position], seconds)
      }
    }
    return zip(contestants, best).filter { $1 < .infinity }.map { ($0, $1) }
  }

  private static func size(_ contestant: Contestant) -> Int? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: contestant.words[0])
    return attributes?[.size] as? Int
  }

  /// Prints how much faster two processes are together than one: what two threads can come to.
  private static func reportMachine(_ single: Contestant, repeats: Int) {
    var one = Double.infinity
    var both = Double.infinity
    let clock = ContinuousClock()
    for _ in 0..<repeats {
      one = min(one, ToolRun(single.tool, single.words)?.seconds ?? one)
      let began = clock.now
      let beside = ToolRun.started(single.tool, single.words)
      _ = ToolRun(single.tool, single.words)
      beside?.waitUntilExit()
      both = min(both, (clock.now - began) / .seconds(1))
    }
    let percent = Int(2 * one / both * 100)
    print(
      "  two processes at once do \(Benchmark.decimal(percent)) times the work of one:"
        + " what the machine gives"
    )
  }

  private static func report(_ measured: [(Contestant, seconds: Double)], bytes: Int) {
    guard let own = measured.first(where: { $0.0.name == oneThread })?.seconds else { return }
    for (contestant, seconds) in measured {
      let rate = Int(Double(bytes) / seconds / 1e6)
      var line = "  \(contestant.name.padded(to: 36))\("\(rate)".leftPadded(to: 6)) MB/s"
      line += "\(Int(seconds * 1000))".leftPadded(to: 8) + " ms"
      if contestant.name != oneThread, contestant.name != twoThreads {
        let percent = Int(seconds / own * 100)
        line += "   drydock is \(Benchmark.decimal(percent)) times as fast"
        if let goal = contestant.goalPercent {
          line += Benchmark.goal(Benchmark.decimal(goal), isReached: percent >= goal)
        }
      }
      print(line)
    }
    guard let both = measured.first(where: { $0.0.name == twoThreads })?.seconds else { return }
    let percent = Int(own / both * 100)
    print(
      "  two threads are \(Benchmark.decimal(percent)) times as fast as one"
        + Benchmark.goal("1.80", isReached: percent >= 180)
    )
  }
}
