import DrydockJSON

/// The matching rules of one body, by the places they are about.
///
///     $.lines[*].sku   →   lines, any index, sku
///
/// A rule holds for what lies below its place too, unless a rule with more weight says otherwise.
///
/// - Source: Pact specification 2 to 4, "Matching Rules".
struct PactRules {
  /// One step of a place.
  enum Step: Hashable {
    case name(String)
    case index(Int)
    case anyIndex
    case any

    /// Whether this step of a rule means a step of a document.
    func matches(_ step: Step) -> Bool {
      switch (self, step) {
      case (.any, _): true
      case (.anyIndex, .index): true
      default: self == step
      }
    }

    var weight: Int { self == .any || self == .anyIndex ? 1 : 2 }
  }

  /// What has to hold at a place.
  struct Rule {
    var steps: [Step]
    var matchers: [Matcher]
    var isAny = false

    /// How well the rule fits a place; nothing where it does not.
    func weight(at place: [Step]) -> Int? {
      guard steps.count <= place.count,
        zip(steps, place).allSatisfy({ $0.matches($1) })
      else { return nil }
      return steps.reduce(2) { $0 * $1.weight }
    }
  }

  /// One matcher and where it is in the file.
  struct Matcher {
    var node: JSONNode
    var place: JSONPointer

    var word: String {
      if case .string(let word) = node["match"] { return word }
      return node["regex"] != nil ? "regex" : "type"
    }

    func text(_ name: String) -> String? {
      if case .string(let text) = node[name] { text } else { nil }
    }
  }

  private(set) var rules: [Rule] = []

  init() {}

  /// Reads a map of rules by place; the places of version 2 begin with `$.body`.
  init(_ place: ImportSource.Place?, dropping prefix: [Step] = [], _ source: inout ImportSource) {
    for member in place?.members ?? [] {
      guard var steps = PactRules.steps(member.name) else {
        source.leaveOut(
          "'\(member.name)' is no place that is understood here",
          "import-pact-rule",
          at: member.place.pointer
        )
        continue
      }
      if !prefix.isEmpty {
        guard steps.starts(with: prefix) else { continue }
        steps.removeFirst(prefix.count)
      }
      var rule = Rule(steps: steps, matchers: [])
      if let list = member.place["matchers"] {
        rule.isAny = member.place["combine"]?.string == "OR"
        rule.matchers = list.elements.map(Matcher.init)
      } else {
        rule.matchers = [Matcher(member.place)]
      }
      if !rule.matchers.isEmpty { rules.append(rule) }
    }
  }

  /// Returns the rule with most weight at a place, and whether it is about that place itself.
  func best(at place: [Step]) -> (rule: Rule, isDirect: Bool)? {
    var best: (rule: Rule, weight: Int)?
    for rule in rules {
      guard let weight = rule.weight(at: place) else { continue }
      let isBetter = best.map { known in
        (weight, rule.steps.count) > (known.weight, known.rule.steps.count)
      }
      if isBetter ?? true { best = (rule, weight) }
    }
    return best.map { ($0.rule, $0.rule.steps.count == place.count) }
  }

  /// Whether a rule is about every member of an object, so that names do not matter.
  func hasWildcard(below place: [Step]) -> Bool {
    rules.contains { rule in
      rule.steps.count == place.count + 1 && rule.steps.last == .any
        && rule.weight(at: place + [.any]) != nil
    }
  }

  // MARK: Places

  /// Reads a place such as `$.lines[*]['sku']`; nothing where it cannot be read.
  static func steps(_ text: String) -> [Step]? {
    let bytes = Array(text.utf8)
    guard bytes.first == 0x24 else { return nil }
    var steps: [Step] = []
    var index = 1
    while index < bytes.count {
      if bytes[index] == 0x2E {
        let end = bytes[(index + 1)...].firstIndex { $0 == 0x2E || $0 == 0x5B } ?? bytes.count
        guard end > index + 1 else { return nil }
        let name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
        steps.append(name == "*" ? .any : .name(name))
        index = end
      } else if bytes[index] == 0x5B, index + 1 < bytes.count {
        guard let step = bracket(bytes, &index) else { return nil }
        steps.append(step)
      } else {
        return nil
      }
    }
    return steps
  }

  private static func bracket(_ bytes: [UInt8], _ index: inout Int) -> Step? {
    let quote = bytes[index + 1]
    if quote == 0x27 || quote == 0x22 {
      guard let end = bytes[(index + 2)...].firstIndex(of: quote), end + 1 < bytes.count,
        bytes[end + 1] == 0x5D
      else { return nil }
      let name = String(decoding: bytes[(index + 2)..<end], as: UTF8.self)
      index = end + 2
      return .name(name)
    }
    guard let end = bytes[index...].firstIndex(of: 0x5D) else { return nil }
    let inner = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
    index = end + 1
    if inner == "*" { return .anyIndex }
    return Int(inner).map { .index($0) }
  }
}

extension PactRules.Matcher {
  init(_ place: ImportSource.Place) {
    self.init(node: JSONNode(place.value), place: place.pointer)
  }
}
