/// What `Package.swift` says about targets, read from its text.
struct Manifest: Sendable {
  /// One target.
  struct Target: Sendable, Hashable {
    /// The name, which is also the name of its folder.
    var name: String
    /// What it depends on.
    var dependencies: [String]
    /// The folders beside its sources that hold data and are not built.
    var data: [String]
    /// Whether it is a test target.
    var isTest: Bool
  }

  /// The targets, in the order of the manifest.
  let targets: [Target]

  /// Reads the calls `module(…)`, `tests(…)` and `.executableTarget(…)` of the list of targets.
  init(_ source: SwiftSource) {
    let text = String(decoding: source.bytes, as: UTF8.self)
    guard let list = text.firstRange(of: "targets: [\n") else {
      targets = []
      return
    }
    var targets: [Target] = []
    var rest = text[list.upperBound...]
    while let (kind, arguments, end) = Self.nextCall(in: rest) {
      rest = rest[end...]
      var parts = arguments.split(separator: "data:", maxSplits: 1)
      let data = parts.count > 1 ? Self.literals(parts.removeLast()) : []
      let names = parts.first.map(Self.literals) ?? []
      guard let name = names.first else { continue }
      targets.append(
        Target(
          name: name,
          dependencies: Array(names.dropFirst()),
          data: data,
          isTest: kind == "tests"
        )
      )
    }
    self.targets = targets
  }

  /// Returns the next call that declares a target, and the text between its parentheses.
  private static func nextCall(
    in text: Substring
  ) -> (kind: String, arguments: Substring, end: Substring.Index)? {
    let found = ["module", "tests", "executableTarget"]
      .compactMap { kind in text.firstRange(of: "\(kind)(").map { (kind, $0) } }
      .min { $0.1.lowerBound < $1.1.lowerBound }
    guard let (kind, range) = found else { return nil }
    var depth = 1
    var index = range.upperBound
    while index < text.endIndex, depth > 0 {
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" { depth -= 1 }
      index = text.index(after: index)
    }
    return (kind, text[range.upperBound..<index], index)
  }

  private static func literals(_ text: Substring) -> [String] {
    text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  /// Returns the target of a name.
  func target(_ name: String) -> Target? { targets.first { $0.name == name } }
}
