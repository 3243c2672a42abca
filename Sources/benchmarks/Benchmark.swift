/// One benchmark: fixed inputs and seeds, best of several, ratios to a baseline of the same process.
struct Benchmark: Sendable {
  var name: String
  var summary: String
  var run: @Sendable () -> Void

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

  /// Returns the fastest of several runs of each of some ways to do the same work, taken in turns.
  ///
  /// Each body returns the units of work that it did and a digest; digests have to agree.
  static func compare(
    repeats: Int,
    _ ways: [(label: String, body: () -> (units: Int, digest: String))]
  ) -> [Measurement] {
    var best: [Measurement] = []
    var digests: Set<String> = []
    for turn in 0..<repeats {
      for (index, way) in ways.enumerated() {
        let clock = ContinuousClock()
        let start = clock.now
        let (units, digest) = way.body()
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

  /// Prints rates and, for all but the last, the ratio to the last, which is the baseline.
  static func report(_ measurements: [Measurement], unit: String) {
    guard let baseline = measurements.last else { return }
    for measurement in measurements {
      let ratio = measurement.rate * 100 / max(baseline.rate, 1)
      let decimals = ratio % 100 < 10 ? "0\(ratio % 100)" : "\(ratio % 100)"
      let name = measurement.label.padded(to: 34)
      let rate = "\(measurement.rate / 1_000)".leftPadded(to: 8)
      print("  \(name)\(rate) thousand \(unit)/s   \(ratio / 100).\(decimals)×")
    }
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
