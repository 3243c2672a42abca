/// The numbers of a contract's version: major, minor, patch.
///
///     "1" = 1.0.0    "1.2" = 1.2.0    10.0 is later than 9.0
struct VersionNumbers: Hashable, Comparable, Sendable {
  /// Changed where a reader or writer of the version before breaks.
  var major: Int
  /// Changed where something was added.
  var minor: Int
  /// Changed where only words were.
  var patch: Int

  /// Creates the numbers of a version as it is written; nothing where they are none.
  init?(parsing version: String) {
    let parts = version.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...3).contains(parts.count) else { return nil }
    let numbers = parts.compactMap { $0 }
    guard numbers.count == parts.count else { return nil }
    major = numbers[0]
    minor = numbers.count > 1 ? numbers[1] : 0
    patch = numbers.count > 2 ? numbers[2] : 0
  }

  /// Orders by major, then minor, then patch.
  static func < (left: VersionNumbers, right: VersionNumbers) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}
