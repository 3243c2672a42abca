import DrydockJSON

/// What is said about a value that no branch of `anyOf` or `oneOf` accepts.
///
/// Saying why each branch refuses it buries the one true reason, so a branch is chosen first, by
/// what its author meant to tell branches apart with: the type of the value, then members that are
/// constant in each branch, then the names that are there. Only that branch is then judged.
extension SchemaProgram {
  /// Records the failures of the branch that the value was most likely meant for.
  func reportBranches<S: Sink>(
    _ step: Instruction,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) {
    let branches = (0..<Int(step.b)).map { links[Int(step.a) + $0] }
    let entry = instance.tape.entries[place.node]
    var candidates = branches.indices.filter { index in
      hasType(acceptedTypes(of: branches[index]), entry, place.node, in: instance)
    }
    guard !candidates.isEmpty else {
      let accepted = branches.reduce(into: TypeSet()) { $0.formUnion(acceptedTypes(of: $1)) }
      fail(.type, step, place, detail: Int32(accepted.rawValue), &state)
      markAll(place, instance, &state)
      return
    }
    var discriminator: String?
    if entry.form == .object {
      switch discriminate(candidates, branches, place.node, instance) {
      case .none: break
      case .chosen(let chosen, let name): (candidates, discriminator) = (chosen, name)
      case .unknown(let name, let value):
        fail(
          step.operation.rule,
          step,
          place,
          name: name,
          detail: -2,
          other: Int32(value),
          &state
        )
        judgeCommon(candidates, branches, besides: value, place, instance, &state)
        markAll(place, instance, &state)
        return
      }
    }
    if candidates.count > 1, candidates.allSatisfy({ isEnumeration(branches[$0]) }) {
      fail(step.operation.rule, step, place, detail: -3, &state)
      return
    }
    judgeBest(candidates, branches, discriminator, step, place, instance, &state)
  }

  /// Tries the candidates and keeps the failures of the one that fails least.
  private func judgeBest<S: Sink>(
    _ candidates: [Int],
    _ branches: [Int32],
    _ discriminator: String?,
    _ step: Instruction,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) {
    var best: (index: Int, score: BranchScore, trial: EvaluationState<ReportSink>)?
    var isMissingOnly = true
    // Trials within trials multiply; beyond a few levels the first candidate has to do.
    let count = state.trials < 3 ? min(candidates.count, 64) : 1
    for index in candidates.prefix(count) {
      var trial = EvaluationState(sink: ReportSink(), continuing: state)
      trial.trials += 1
      _ = evaluate(
        branches[index],
        place.node,
        Frame.inPlace(place.frame),
        in: instance,
        &trial
      )
      state.steps = trial.steps
      isMissingOnly = isMissingOnly && trial.sink.failures.isOneMissingMember(of: place.node)
      let score = BranchScore(trial.sink.failures, at: place.node, in: instance)
      if let known = best, !(score < known.score) { continue }
      best = (index, score, trial)
    }
    guard let best else { return }
    state.rejoin(best.trial)
    if isMissingOnly, count == branches.count, count > 1 {
      fail(step.operation.rule, step, place, detail: -4, &state)
      return
    }
    guard var report = state.sink as? ReportSink else { return }
    let choice = BranchChoice(
      rule: step.operation.rule,
      branch: best.index,
      count: branches.count,
      discriminator: discriminator,
      isOnly: candidates.count == 1
    )
    report.take(best.trial.sink, choice: branches.count > 1 ? choice : nil)
    if let sink = report as? S { state.sink = sink }
  }

  /// Keeps the failures that all candidates agree on: they are defects whichever was meant.
  private func judgeCommon<S: Sink>(
    _ candidates: [Int],
    _ branches: [Int32],
    besides discriminator: Int,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) {
    guard state.trials < 2, candidates.count <= 16 else { return }
    var common: ReportSink?
    for index in candidates {
      var trial = EvaluationState(sink: ReportSink(), continuing: state)
      trial.trials += 1
      _ = evaluate(
        branches[index],
        place.node,
        Frame.inPlace(place.frame),
        in: instance,
        &trial
      )
      state.steps = trial.steps
      guard var kept = common else {
        trial.sink.keep { Int($0.node) != discriminator }
        common = trial.sink
        continue
      }
      let others = Set(trial.sink.failures.map(\.topic))
      kept.keep { others.contains($0.topic) }
      common = kept
    }
    guard let common, var report = state.sink as? ReportSink else { return }
    report.take(common, choice: nil)
    if let sink = report as? S { state.sink = sink }
  }

  /// Counts all children of a container as evaluated, where somebody asks.
  func markAll<S: Sink>(
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) {
    guard place.frame >= 0 else { return }
    for word in place.frame..<state.marks.count { state.marks[word] = .max }
  }

  /// Records that a value has none of the accepted types, or that nothing is accepted.
  @inline(never)
  func reportTypes<S: Sink>(
    _ index: Int32,
    _ node: Int,
    _ frame: Int,
    _ state: inout EvaluationState<S>
  ) {
    let block = blocks[Int(index)]
    state.sink.add(
      Failure(
        rule: block.form == .never ? .never : .type,
        node: Int32(node),
        block: index,
        keyword: block.typeNode >= 0 ? block.typeNode : block.node,
        detail: Int32(block.types.rawValue)
      )
    )
    if frame >= 0 {
      for word in frame..<state.marks.count { state.marks[word] = .max }
    }
  }
}

extension [Failure] {
  /// Whether all that is wrong is that an object lacks one member.
  fileprivate func isOneMissingMember(of node: Int) -> Bool {
    guard count == 1, let only = first else { return false }
    return only.rule == .required && Int(only.node) == node
  }
}

/// How badly a value fits a branch; the lesser the better.
private struct BranchScore: Comparable {
  /// Failures of the value itself that say it has another shape.
  var shape = 0
  /// All failures.
  var count = 0

  init(_ failures: [Failure], at node: Int, in instance: JSONDocument) {
    count = failures.count
    for failure in failures where Int(failure.node) == node {
      switch failure.rule {
      case .required, .additionalProperties, .unevaluatedProperties, .never: shape += 1
      case .type, .enumeration, .constant, .not, .anyOf, .oneOf: shape += 2
      default: break
      }
    }
  }

  static func < (left: BranchScore, right: BranchScore) -> Bool {
    left.shape == right.shape ? left.count < right.count : left.shape < right.shape
  }
}
