import DrydockJSON

extension ContractUpgrade.Change {
  /// Returns the operations that this change comes to on a payload, the last place first.
  ///
  /// The last place goes first, so that taking an element away moves no other one of them.
  func operations(
    on root: JSONNode
  ) throws(UpgradeFailure) -> [JSONPatch.Operation] {
    guard let source else { return [] }
    var operations: [JSONPatch.Operation] = []
    for match in PlaceMatch.all(of: source, in: root).reversed() {
      let place = JSONPointer(tokens: match.tokens)
      if isOptional, !isThere(place, in: root) { continue }
      if let operation = try operation(at: place, match, in: root) { operations.append(operation) }
    }
    return operations
  }

  /// The place with stars that decides how often the change is made; none for a header.
  private var source: [String]? {
    switch action {
    case .add(let place, _), .remove(let place), .replace(let place, _), .test(let place, _),
      .nest(let place, _), .retype(let place, _), .translate(let place, _):
      place.tokens
    case .move(let from, _), .copy(let from, _): from.tokens
    case .header: nil
    }
  }

  /// Tells whether there is something to change; for an addition, something to add it to.
  private func isThere(_ place: JSONPointer, in root: JSONNode) -> Bool {
    guard case .add = action, let parent = place.parent else { return root.at(place) != nil }
    switch root.at(parent) {
    case .object, .array: return true
    default: return false
    }
  }

  private func operation(
    at place: JSONPointer,
    _ match: PlaceMatch,
    in root: JSONNode
  ) throws(UpgradeFailure) -> JSONPatch.Operation? {
    switch action {
    case .header: return nil
    case .add(_, let value): return .add(place, value)
    case .remove: return .remove(place)
    case .replace(_, let value): return .replace(place, value)
    case .test(_, let value): return .test(place, value)
    case .move(_, let target): return .move(from: place, match.filled(target))
    case .copy(_, let target): return .copy(from: place, match.filled(target))
    case .nest(_, let name):
      return .replace(place, .object([.init(name, try value(at: place, in: root))]))
    case .retype(_, let scalar):
      return .replace(place, try scalar.written(value(at: place, in: root), at: place))
    case .translate(_, let words):
      let found = try value(at: place, in: root)
      guard case .string(let text) = found, let word = words.first(where: { $0.old == text })
      else { return .replace(place, found) }
      return .replace(place, .string(word.new))
    }
  }

  private func value(
    at place: JSONPointer,
    in root: JSONNode
  ) throws(UpgradeFailure) -> JSONNode {
    guard let value = root.at(place) else {
      throw UpgradeFailure(file: "", line: line, reason: root.nothing(at: place))
    }
    return value
  }
}

extension ContractUpgrade.Scalar {
  /// Returns a value written the other way; null stays null.
  fileprivate func written(
    _ value: JSONNode,
    at place: JSONPointer
  ) throws(UpgradeFailure) -> JSONNode {
    switch (self, value) {
    case (_, .null), (.string, .string), (.number, .number): return value
    case (.string, .number(let number)): return .string(number.text)
    case (.string, .boolean(let flag)): return .string(flag ? "true" : "false")
    case (.number, .string(let text)):
      if let document = try? JSONDocument.parse(Array(text.utf8)),
        let number = document.root.number
      {
        return .number(number)
      }
      throw UpgradeFailure(file: "", line: 1, reason: "'\(text)' at '\(place)' is no number")
    default:
      throw UpgradeFailure(
        file: "",
        line: 1,
        reason: "the value at '\(place)' cannot be written as \(rawValue)"
      )
    }
  }
}

/// A place of a payload that a pointer with stars means.
struct PlaceMatch: Hashable, Sendable {
  /// The names and positions to follow.
  var tokens: [String]
  /// What stands for each star, in order.
  var stars: [String]

  /// Returns every place that a pointer means: one where it has no star, whatever is there.
  static func all(of pattern: [String], in root: JSONNode) -> [PlaceMatch] {
    var found: [PlaceMatch] = []
    find(pattern[...], root, PlaceMatch(tokens: [], stars: []), &found)
    return found
  }

  private static func find(
    _ rest: ArraySlice<String>,
    _ node: JSONNode?,
    _ taken: PlaceMatch,
    _ found: inout [PlaceMatch]
  ) {
    guard rest.contains("*"), let token = rest.first else {
      found.append(PlaceMatch(tokens: taken.tokens + rest, stars: taken.stars))
      return
    }
    let names = token == "*" ? (node?.childNames ?? []) : [token]
    for name in names {
      var next = taken
      next.tokens.append(name)
      if token == "*" { next.stars.append(name) }
      find(rest.dropFirst(), node?.at(JSONPointer(tokens: [name])), next, &found)
    }
  }

  /// Returns a pointer with each star replaced by what the same star of this place stands for.
  func filled(_ pattern: JSONPointer) -> JSONPointer {
    var rest = stars[...]
    return JSONPointer(tokens: pattern.tokens.map { $0 == "*" ? rest.popFirst() ?? $0 : $0 })
  }
}

extension JSONNode {
  /// The names of the members, or the positions of the elements.
  fileprivate var childNames: [String] {
    switch self {
    case .object(let members): members.map(\.name)
    case .array(let elements): elements.indices.map { String($0) }
    default: []
    }
  }
}
