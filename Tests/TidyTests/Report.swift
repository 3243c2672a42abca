import Testing

/// Shows breaches as a compiler shows errors: one line each, bounded.
enum Report {
  /// The breaches that are shown; those after are counted only.
  static let breachesMax = 300

  /// Records an issue of the running test for every breach.
  static func record(_ breaches: [Breach]) {
    let sorted = breaches.sorted { ($0.file, $0.line ?? 0) < ($1.file, $1.line ?? 0) }
    for breach in sorted.prefix(breachesMax) {
      Issue.record(Comment(rawValue: breach.description))
    }
    if sorted.count > breachesMax {
      Issue.record("… and \(sorted.count - breachesMax) more")
    }
  }

  /// Records what no waiver covers, and waivers of these rules that allow too much.
  static func record(_ breaches: [Breach], waiving rules: Set<String>) {
    let waivers = (Waivers.homes + Waivers.ratchet).filter { rules.contains($0.rule) }
    record(Ratchet.remaining(breaches, waivers))
  }
}
