/// The mark of a rare path, by name.
///
///     static let cancelLost = Probe("cancel loses the race")
///     log.mark(.cancelLost)
///
/// A sweep lists the probes that no run reached: a path never taken is not tested.
public struct Probe: Hashable, Sendable {
  /// The name, unique among the probes of a log.
  public let name: String

  /// Creates the probe of a name.
  public init(_ name: String) {
    self.name = name
  }
}

/// How often each probe was reached.
///
/// A value that is handed along, never shared: each run has its own, and they are merged.
public struct ProbeLog: Hashable, Sendable {
  private var counts: [String: UInt64] = [:]

  /// Creates a log that expects probes, so that it can say which were never reached.
  public init(expecting probes: [Probe] = []) {
    for probe in probes { counts[probe.name] = 0 }
  }

  /// Counts that a probe was reached.
  public mutating func mark(_ probe: Probe) {
    counts[probe.name, default: 0] += 1
  }

  /// Returns how often a probe was reached.
  public func count(of probe: Probe) -> UInt64 { counts[probe.name] ?? 0 }

  /// Adds the counts of another log; any order of merging gives the same.
  public mutating func merge(_ other: ProbeLog) {
    counts.merge(other.counts) { $0 + $1 }
  }

  /// The probes and their counts, sorted by name.
  public var all: [(probe: Probe, count: UInt64)] {
    counts.keys.sorted().map { (Probe($0), counts[$0] ?? 0) }
  }

  /// The expected probes that were never reached, sorted by name.
  public var neverReached: [Probe] { all.filter { $0.count == 0 }.map(\.probe) }
}
