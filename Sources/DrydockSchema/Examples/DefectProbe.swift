import DrydockJSON

/// Documents to try where a search for a defect gave up: valid ones, and ones close to them.
///
///     {"foo": 1}  →  {}   {"foo": null}   {"foo": 1, "undeclared": 0}   …
///
/// What comes of it is checked by the evaluator, like all else.
struct DefectProbe {
  /// How many documents are tried.
  private static let triesMax = 4_000

  /// Values that stand for all of their type.
  private static let plain: [JSONNode] = [
    .null, .boolean(true), .boolean(false), 0, 1, -1, "a", "", "{}", .array([]), .object([]),
  ]

  /// Documents that the schema without the keyword accepts.
  let starts: [JSONNode]
  /// What the keyword says, which is often what just breaks it.
  let keyword: JSONNode?

  /// Returns the first document that breaks the keyword and nothing else.
  func first(where isRight: (JSONNode) -> Bool) -> JSONNode? {
    var tries = 0
    func fits(_ node: JSONNode) -> Bool {
      tries += 1
      return tries <= Self.triesMax && isRight(node)
    }
    if let keyword, fits(keyword) { return keyword }
    for node in Self.plain + starts where fits(node) { return node }
    for start in starts {
      if let found = near(start, where: fits) { return found }
    }
    return nil
  }

  /// Looks among documents that differ from one in one place.
  private func near(_ node: JSONNode, where fits: (JSONNode) -> Bool) -> JSONNode? {
    switch node {
    case .object(let members):
      for (place, member) in members.enumerated() {
        var others = members
        others.remove(at: place)
        if fits(.object(others)) { return .object(others) }
        if let found = replaced(
          member.value,
          where: fits,
          { value in
            var others = members
            others[place].value = value
            return .object(others)
          }
        ) {
          return found
        }
      }
      for value in Self.plain {
        let more = JSONNode.object(members + [.init("undeclared", value)])
        if fits(more) { return more }
      }
    case .array(let elements):
      for value in Self.plain {
        if fits(.array(elements + [value])) { return .array(elements + [value]) }
        if fits(.array([value] + elements)) { return .array([value] + elements) }
      }
      for (place, element) in elements.enumerated() {
        var others = elements
        others.remove(at: place)
        if fits(.array(others)) { return .array(others) }
        if fits(.array(elements + [element])) { return .array(elements + [element]) }
        if let found = replaced(
          element,
          where: fits,
          { value in
            var others = elements
            others[place] = value
            return .array(others)
          }
        ) {
          return found
        }
      }
    case .null, .boolean, .number, .string: break
    }
    return nil
  }

  /// Looks among plain values and neighbours of a child.
  private func replaced(
    _ child: JSONNode,
    where fits: (JSONNode) -> Bool,
    _ whole: (JSONNode) -> JSONNode
  ) -> JSONNode? {
    for value in Self.plain where fits(whole(value)) { return whole(value) }
    return near(child) { fits(whole($0)) }.map(whole)
  }
}
