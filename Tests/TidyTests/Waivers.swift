/// What stands against a rule, and why.
///
/// Homes have no count: they are where the thing belongs. Everything else is a ratchet: a count may
/// fall, and the test then asks for the lower number.
enum Waivers {
  /// The homes of what is banned elsewhere.
  static let homes: [Waiver] = [
    Waiver(
      path: "Sources/benchmarks/",
      rule: "print(",
      reason: "a benchmark's output is what it is for"
    ),
    Waiver(
      path: "Sources/benchmarks/",
      rule: "wall clock",
      reason: "a benchmark measures real time"
    ),
    Waiver(
      path: "Sources/benchmarks/",
      rule: "binary float",
      reason: "ratios of measured times are printed, never compared with money"
    ),
    Waiver(
      path: "Sources/DrydockJSON/",
      rule: "binary float",
      reason: "canonical form writes numbers as ECMAScript does: binary64 is its definition"
    ),
    Waiver(
      path: "Sources/drydock/",
      rule: "exit(",
      reason: "the executable hands its exit code to the system"
    ),
  ]

  /// Single breaches that stand.
  static let ratchet: [Waiver] = []
}
