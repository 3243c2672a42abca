import DrydockJSON

/// Makes violations of failures: in document order, one for each defect.
struct ViolationReport {
  let shared: SharedProgram
  let instance: JSONDocument
  private var failures: [Failure] = []
  private(set) var choices: [BranchChoice] = []

  init(_ shared: SharedProgram, _ instance: JSONDocument) {
    self.shared = shared
    self.instance = instance
  }

  /// Takes over the failures of an evaluation.
  mutating func add(_ sink: ReportSink) {
    failures += sink.failures
    choices = sink.choices
  }

  /// Takes note that the evaluation was cut short.
  mutating func addLimit(at node: Int, depthExceeded: Bool) {
    let root = shared.program.blocks[Int(shared.program.root)]
    failures.append(
      Failure(
        rule: .limit,
        node: Int32(node),
        block: shared.program.root,
        keyword: root.node,
        detail: depthExceeded ? 1 : 0
      )
    )
  }

  /// Returns the violations.
  func violations(max: Int) -> [Violation] {
    let kept = withoutEchoes(ordered())
    let misspelt = misspeltMembers(kept)
    let taken = Set(misspelt.compactMap { $0 })
    var result: [Violation] = []
    var walker = TapeWalker(instance)
    for (failure, meant) in zip(kept, misspelt) {
      if failure.isUnexpectedMember, taken.contains(failure.name) { continue }
      if result.count == max { break }
      result.append(violation(of: failure, misspelt: meant, &walker))
    }
    return result
  }

  private func ordered() -> [Failure] {
    failures.enumerated().sorted { left, right in
      let leftOffset = offset(of: left.element)
      let rightOffset = offset(of: right.element)
      return leftOffset == rightOffset ? left.offset < right.offset : leftOffset < rightOffset
    }.map(\.element)
  }

  private func offset(of failure: Failure) -> UInt32 {
    instance.tape.entries[Int(failure.name >= 0 ? failure.name : failure.node)].offset
  }

  /// What two failures have in common that speak of one defect.
  private struct Defect: Hashable {
    var node: Int32
    var name: Int32
    var topic: String
  }

  /// Leaves out failures that another one already stands for.
  ///
  /// A value of the wrong type is only that; a scalar has one defect; a member is missing or
  /// unexpected once, however many subschemas say so.
  private func withoutEchoes(_ ordered: [Failure]) -> [Failure] {
    var mistyped: Set<Int32> = []
    for failure in ordered where failure.rule == .type { mistyped.insert(failure.node) }
    var best: [Defect: Int] = [:]
    var kept: [Failure] = []
    for failure in ordered {
      let isOnValue = !failure.isUnexpectedMember
      if isOnValue, failure.rule != .type, mistyped.contains(failure.node) { continue }
      let defect = Defect(node: failure.node, name: failure.name, topic: topic(of: failure))
      if let known = best[defect] {
        if failure.rule.precedence < kept[known].rule.precedence { kept[known] = failure }
        continue
      }
      best[defect] = kept.count
      kept.append(failure)
    }
    return kept
  }

  private func topic(of failure: Failure) -> String {
    if failure.isUnexpectedMember { return "unexpected" }
    if failure.isMissingMember {
      return "missing " + shared.program.text(ofName: Int(failure.detail))
    }
    let form = instance.tape.entries[Int(failure.node)].form
    if form == .array || form == .object { return failure.rule.rawValue }
    return "value"
  }

  /// Returns for each failure that is a missing member the one whose name is nearly its name.
  private func misspeltMembers(_ failures: [Failure]) -> [Int32?] {
    var used: Set<Int32> = []
    return failures.map { failure in
      guard failure.isMissingMember else { return nil }
      let declared = Set(shared.program.declaredNames(of: failure.block))
      var names: [String] = []
      var nodes: [Int32] = []
      var cursor = Int(failure.node) + 1
      while cursor < Int(instance.tape.entries[Int(failure.node)].next) {
        let name = instance.text(at: cursor)
        if !declared.contains(name), !used.contains(Int32(cursor)) {
          names.append(name)
          nodes.append(Int32(cursor))
        }
        cursor = Int(instance.tape.entries[cursor + 1].next)
      }
      let missing = shared.program.text(ofName: Int(failure.detail))
      guard let nearest = NameSuggestion.nearest(to: missing, among: names),
        let position = names.firstIndex(of: nearest)
      else { return nil }
      used.insert(nodes[position])
      return nodes[position]
    }
  }

  private func violation(
    of failure: Failure,
    misspelt: Int32?,
    _ walker: inout TapeWalker
  ) -> Violation {
    let wording = ViolationWording(shared, instance, failure)
    let place = wording.place
    return Violation(
      pointer: walker.pointer(to: place),
      offset: Int(instance.tape.entries[place].offset),
      schemaPointer: schemaPointer(of: failure),
      rule: failure.rule.rawValue,
      level: failure.rule == .undeclaredMember ? level : .error,
      expected: wording.expected,
      found: wording.found,
      suggestion: misspelt.map { instance.text(at: Int($0)) } ?? wording.suggestion,
      branch: failure.choice >= 0 ? choices[Int(failure.choice)].text : nil
    )
  }

  private var level: Violation.Level {
    shared.program.undeclared == .forbidden ? .error : .notice
  }

  private func schemaPointer(of failure: Failure) -> String {
    let index = Int(shared.program.blocks[Int(failure.block)].document)
    let source = shared.program.documents[index]
    let pointer = TapePointer.pointer(to: Int(failure.keyword), in: source.document)
    return index == 0 ? pointer.description : source.uri + "#" + pointer.description
  }
}
