/// One benchmark: fixed inputs and seeds, best of several, ratios to a baseline measured beside it.
struct Benchmark: Sendable {
  var name: String
  var summary: String
  var run: @Sendable () async -> Void

  /// What one way of doing the work took.
  struct Measurement {
    var label: String
    var best: Duration
    var units: Int

    /// Units of work in a second.
    var rate: Int {
      let nanoseconds = best / .nanoseconds(1)
      return nanoseconds > 0 ? Int(Double(units) / nanoseconds * 1e9) : 0
    }
  }

  /// One way of doing the work: a label, and a body that returns units done and a digest.
  typealias Way = (label: String, body: () async -> (units: Int, digest: String))

  /// Returns the fastest of several runs of each of some ways to do the same work, taken in turns.
  ///
  /// Each body returns the units of work that it did and a digest; digests have to agree.
  static func compare(repeats: Int, _ ways: [Way]) async -> [Measurement] {
    var best: [Measurement] = []
    var digests: Set<String> = []
    for turn in 0..<repeats {
      for (index, way) in ways.enumerated() {
        let clock = ContinuousClock()
        let start = clock.now
        let (units, digest) = await way.body()
        let elapsed = clock.now - start
        digests.insert(digest)
        if turn == 0 {
          best.append(Measurement(label: way.label, best: elapsed, units: units))
        } else if elapsed < best[index].best {
          best[index].best = elapsed
        }
      }
    }
    if digests.count > 1 { print("  the digests differ: \(digests.sorted())") }
    return best
  }

  /// Prints rates and ratios to the last measurement, which is the baseline.
  ///
  /// Says whether the first one reaches a threshold, in hundredths of the baseline's rate.
  static func report(_ measurements: [Measurement], unit: String, thresholdPercent: Int) {
    guard let baseline = measurements.last else { return }
    for measurement in measurements {
      let ratio = decimal(measurement.rate * 100 / max(baseline.rate, 1))
      let name = measurement.label.padded(to: 34)
      let rate = "\(measurement.rate / 1_000)".leftPadded(to: 8)
      print("  \(name)\(rate) thousand \(unit)/s   \(ratio)×")
    }
    let isReached = measurements[0].rate * 100 >= baseline.rate * thresholdPercent
    print("  threshold \(thresholdPercent) % of the baseline: \(isReached ? "reached" : "MISSED")")
  }

  /// Returns one duration in hundredths of another.
  static func percent(_ part: Duration, of whole: Duration) -> Int {
    whole > .zero ? Int(part / whole * 100) : 0
  }

  /// Returns hundredths as a decimal: `133` is `1.33`.
  static func decimal(_ percent: Int) -> String {
    "\(percent / 100).\(percent % 100 < 10 ? "0" : "")\(percent % 100)"
  }

  /// Returns the words that say whether a goal is reached.
  static func goal(_ goal: String, isReached: Bool) -> String {
    " (goal \(goal): \(isReached ? "reached" : "MISSED"))"
  }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(width - count, 0))
  }

  func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(width - count, 0)) + self
  }
}
