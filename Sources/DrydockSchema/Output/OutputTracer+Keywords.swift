import DrydockJSON

extension OutputTracer {
  /// Walks one keyword of a subschema.
  mutating func walk(
    _ name: String,
    _ value: Int,
    _ visit: Visit,
    _ text: Text,
    _ evaluated: inout Set<Int>
  ) {
    guard let keyword = Keyword.byName[name], keyword.isKnown(in: text.language) else {
      if name != "$comment" { annotate(name, value, visit, text) }
      return
    }
    guard text.view[keyword] == value else { return }
    switch keyword {
    case .ref, .dynamicRef, .recursiveRef: follow(value, keyword, visit, text, &evaluated)
    case .format, .contentEncoding, .contentMediaType: annotate(name, value, visit, text)
    case .properties, .patternProperties, .additionalProperties:
      walkMembers(keyword, value, visit, text, &evaluated)
    case .propertyNames: walkNames(value, visit, text)
    case .prefixItems, .items, .additionalItems:
      walkElements(keyword, value, visit, text, &evaluated)
    case .contains: walkContains(value, visit, text, &evaluated)
    case .allOf: walkBranches(keyword, value, visit, text, &evaluated)
    case .anyOf, .oneOf: walkChoice(keyword, value, visit, text, &evaluated)
    case .condition: walkConditional(value, visit, text, &evaluated)
    case .dependentSchemas, .dependencies:
      walkDependents(keyword, value, visit, text, &evaluated)
    default: break
    }
  }

  /// Takes a keyword's value over as an annotation.
  private mutating func annotate(_ name: String, _ value: Int, _ visit: Visit, _ text: Text) {
    let isString = instance.tape.entries[visit.node].form == .string
    if name.hasPrefix("content"), ["contentEncoding", "contentMediaType"].contains(name), !isString
    {
      return
    }
    if name == "contentSchema" {
      let names = text.view.names(text.view.node).map { text.view.document.text(at: $0) }
      guard isString, names.contains("contentMediaType") else { return }
    }
    let node = JSONNode(JSONValue(document: text.view.document, index: value))
    annotate(visit, name, text, node)
  }

  /// Follows a reference.
  mutating func follow(
    _ value: Int,
    _ keyword: Keyword,
    _ visit: Visit,
    _ text: Text,
    _ evaluated: inout Set<Int>
  ) {
    guard let target = target(of: value, in: program.blocks[Int(visit.block)]) else { return }
    let verdict: Bool? = visit.isValid ? true : nil
    let found = enter(target, visit.node, [keyword.rawValue], nil, visit, verdict: verdict)
    evaluated.formUnion(found ?? [])
  }

  // MARK: Objects

  private mutating func walkMembers(
    _ keyword: Keyword,
    _ value: Int,
    _ visit: Visit,
    _ text: Text,
    _ evaluated: inout Set<Int>
  ) {
    guard instance.tape.entries[visit.node].form == .object else { return }
    var matched: [String] = []
    for child in children(visit.node) {
      var isMatched = false
      for (steps, schema) in subschemas(keyword, value, child.token, text) {
        isMatched = true
        let verdict: Bool? = visit.isValid ? true : nil
        _ = enter(schema, child.value, steps, child.token, visit, text, verdict: verdict)
      }
      guard isMatched else { continue }
      evaluated.insert(child.value)
      matched.append(child.token)
    }
    annotateApplicator(visit, keyword, text, .array(matched.map { .string($0) }))
  }

  /// Returns the subschemas that a keyword has for a member.
  private mutating func subschemas(
    _ keyword: Keyword,
    _ value: Int,
    _ member: String,
    _ text: Text
  ) -> [(steps: [String], schema: Int)] {
    switch keyword {
    case .properties:
      return text.view.names(value).last { text.view.document.text(at: $0) == member }
        .map { [([keyword.rawValue, member], $0 + 1)] } ?? []
    case .patternProperties:
      var found: [(steps: [String], schema: Int)] = []
      for name in text.view.names(value) {
        let pattern = text.view.document.text(at: name)
        if matches(pattern, member) { found.append(([keyword.rawValue, pattern], name + 1)) }
      }
      return found
    default:
      for other in [Keyword.properties, .patternProperties] {
        guard let known = text[other] else { continue }
        if !subschemas(other, known, member, text).isEmpty { return [] }
      }
      return [([keyword.rawValue], value)]
    }
  }

  /// Returns whether a name matches a pattern, which the compiler has accepted.
  private mutating func matches(_ pattern: String, _ name: String) -> Bool {
    if let known = patterns[pattern] { return known.matches(name) }
    guard let made = try? Pattern(pattern) else { return false }
    patterns[pattern] = made
    return made.matches(name)
  }

  private mutating func walkNames(_ value: Int, _ visit: Visit, _ text: Text) {
    guard !wantsAnnotations, !visit.isValid,
      instance.tape.entries[visit.node].form == .object
    else { return }
    for child in children(visit.node) {
      _ = enter(value, child.name, [Keyword.propertyNames.rawValue], child.token, visit, text)
    }
  }

  private mutating func walkDependents(
    _ keyword: Keyword,
    _ value: Int,
    _ visit: Visit,
    _ text: Text,
    _ evaluated: inout Set<Int>
  ) {
    let members = Set(children(visit.node).map(\.token))
    guard instance.tape.entries[visit.node].form == .object else { return }
    for name in text.view.names(value)
    where text.view.document.tape.entries[name + 1].form != .array {
      let member = text.view.document.text(at: name)
      guard members.contains(member) else { continue }
      let steps = [keyword.rawValue, member]
      evaluated.formUnion(enter(name + 1, visit.node, steps, nil, visit, text) ?? [])
    }
  }

  // MARK: Arrays

  private mutating func walkElements(
    _ keyword: Keyword,
    _ value: Int,
    _ visit: Visit,
    _ text: Text,
    _ evaluated: inout Set<Int>
  ) {
    guard instance.tape.entries[visit.node].form == .array else { return }
    let elements = children(visit.node)
    let listed = text.view.document.tape.entries[value].form == .array
    let schemas = listed ? text.view.elements(value) : []
    let before = keyword == .prefixItems || listed ? 0 : prefixCount(text, keyword)
    var last: Int?
    for (position, element) in elements.enumerated().dropFirst(before) {
      if listed, position >= schemas.count { break }
      let schema = listed ? schemas[position] : value
      let steps = [keyword.rawValue] + (listed ? [String(position)] : [])
      let verdict: Bool? = visit.isValid ? true : nil
      _ = enter(schema, element.value, steps, element.token, visit, text, verdict: verdict)
      evaluated.insert(element.value)
      last = position
    }
    guard let last else { return }
    let isWhole = !listed || last == elements.count - 1
    annotateApplicator(visit, keyword, text, isWhole ? true : JSONNode(Int64(last)))
  }

  /// Returns how many elements another keyword has by their place; all where this one says nothing.
  private func prefixCount(_ text: Text, _ keyword: Keyword) -> Int {
    if keyword == .items { return text[.prefixItems].map { text.view.elements($0).count } ?? 0 }
    guard let items = text[.items], text.view.document.tape.entries[items].form == .array else {
      return .max
    }
    return text.view.elements(items).count
  }

  private mutating func walkContains(
    _ value: Int,
    _ visit: Visit,
    _ text: Text,
    _ evaluated: inout Set<Int>
  ) {
    guard wantsAnnotations || source.asksForRest,
      instance.tape.entries[visit.node].form == .array
    else { return }
    let address = SchemaAddress(document: text.document, node: value)
    guard let block = source.blockOf[address] else { return }
    let elements = children(visit.node)
    var found: [Int64] = []
    for (position, element) in elements.enumerated() where judge(block, element.value) {
      found.append(Int64(position))
      if text.language.dialect == .draft202012 { evaluated.insert(element.value) }
      let steps = [Keyword.contains.rawValue]
      _ = enter(block, element.value, steps, element.token, visit, verdict: true)
    }
    let isWhole = !elements.isEmpty && found.count == elements.count
    annotateApplicator(
      visit,
      .contains,
      text,
      isWhole ? true : .array(found.map { JSONNode($0) })
    )
  }

  // MARK: The same value

  private mutating func walkBranches(
    _ keyword: Keyword,
    _ value: Int,
    _ visit: Visit,
    _ text: Text,
    _ evaluated: inout Set<Int>
  ) {
    for (position, schema) in text.view.elements(value).enumerated() {
      let steps = [keyword.rawValue, String(position)]
      let verdict: Bool? = visit.isValid ? true : nil
      let found = enter(schema, visit.node, steps, nil, visit, text, verdict: verdict)
      evaluated.formUnion(found ?? [])
    }
  }

  private mutating func walkChoice(
    _ keyword: Keyword,
    _ value: Int,
    _ visit: Visit,
    _ text: Text,
    _ evaluated: inout Set<Int>
  ) {
    let branches = text.view.elements(value)
    let valid = branches.indices.filter { position in
      let address = SchemaAddress(document: text.document, node: branches[position])
      return source.blockOf[address].map { judge($0, visit.node) } ?? true
    }
    let holds = keyword == .anyOf ? !valid.isEmpty : valid.count == 1
    if !holds, !wantsAnnotations {
      let numbers = valid.map { String($0 + 1) }.joined(separator: ", ")
      let error =
        valid.isEmpty
        ? "expected a match of one of \(branches.count) branches, found none"
        : "expected a match of one branch, found matches of branches \(numbers)"
      refuse(visit, keyword, error)
    }
    for (position, schema) in branches.enumerated() {
      let isValid = valid.contains(position)
      // What a branch lacks matters only where the choice fails for want of a branch.
      if !isValid, !valid.isEmpty { continue }
      let steps = [keyword.rawValue, String(position)]
      let found = enter(schema, visit.node, steps, nil, visit, text, verdict: isValid)
      evaluated.formUnion(found ?? [])
    }
  }

  private mutating func walkConditional(
    _ value: Int,
    _ visit: Visit,
    _ text: Text,
    _ evaluated: inout Set<Int>
  ) {
    let address = SchemaAddress(document: text.document, node: value)
    guard let condition = source.blockOf[address] else { return }
    let holds = judge(condition, visit.node)
    if holds {
      let steps = [Keyword.condition.rawValue]
      evaluated.formUnion(
        enter(condition, visit.node, steps, nil, visit, verdict: true) ?? []
      )
    }
    let branch: Keyword = holds ? .then : .otherwise
    guard let schema = text[branch] else { return }
    let verdict: Bool? = visit.isValid ? true : nil
    let steps = [branch.rawValue]
    let found = enter(schema, visit.node, steps, nil, visit, text, verdict: verdict)
    evaluated.formUnion(found ?? [])
  }

  /// Walks a keyword about the children that nothing else has evaluated.
  mutating func walkRest(
    _ keyword: Keyword,
    _ value: Int,
    _ visit: Visit,
    _ text: Text,
    _ evaluated: inout Set<Int>
  ) {
    let isAboutMembers = keyword == .unevaluatedProperties
    let form = instance.tape.entries[visit.node].form
    guard form == (isAboutMembers ? .object : .array) else { return }
    var names: [JSONNode] = []
    for child in children(visit.node) where !evaluated.contains(child.value) {
      let verdict: Bool? = visit.isValid ? true : nil
      let steps = [keyword.rawValue]
      _ = enter(value, child.value, steps, child.token, visit, text, verdict: verdict)
      evaluated.insert(child.value)
      names.append(.string(child.token))
    }
    if isAboutMembers {
      annotateApplicator(visit, keyword, text, .array(names))
    } else if !names.isEmpty {
      annotateApplicator(visit, keyword, text, true)
    }
  }

  /// Lists what an applicator did, where the dialect makes that an annotation.
  private mutating func annotateApplicator(
    _ visit: Visit,
    _ keyword: Keyword,
    _ text: Text,
    _ value: JSONNode
  ) {
    guard text.language.dialect != .draft07 else { return }
    if keyword == .contains, text.language.dialect != .draft202012 { return }
    annotate(visit, keyword.rawValue, text, value)
  }
}
