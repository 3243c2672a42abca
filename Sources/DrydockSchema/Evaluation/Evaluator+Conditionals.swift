import DrydockJSON

/// `if`, `then` and `else`, where the value that decides may itself be wrong.
///
/// Chains of conditions tell kinds of documents apart by a member such as `type`. Where its value
/// is none that anybody knows, that is one defect and is reported once; what else is wrong is then
/// found under the branch that fits the rest of the document best.
extension SchemaProgram {
  /// How many trials deep a chain of conditions is followed where nothing decides.
  private static var doubtsMax: Int { 10 }

  func conditional<S: Sink>(
    _ plan: ConditionalPlan,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let holds = attempt(plan.condition, place, in: instance, &state)
    if S.reports, !holds, plan.then >= 0,
      let doubted = doubts(about: plan.condition, place, instance, &state)
    {
      return judgeAlternatives(plan, doubted, place, instance, &state)
    }
    let branch = holds ? plan.then : plan.otherwise
    if branch < 0 { return true }
    return inPlace(branch, place, in: instance, &state)
  }

  /// Returns the values that a condition fails for, where all of them have been found wrong before.
  private func doubts<S: Sink>(
    about condition: Int32,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> [Int32]? {
    guard state.trials < SchemaProgram.doubtsMax, let known = state.sink as? ReportSink else {
      return nil
    }
    let wrong = known.failures.filter(\.isUnknownConstant).map(\.node) + state.doubted
    guard !wrong.isEmpty else { return nil }
    let trial = trial(of: condition, place, instance, &state)
    let causes = trial.sink.failures.map(\.node)
    return !causes.isEmpty && causes.allSatisfy(wrong.contains) ? causes : nil
  }

  /// Judges by the branch that fits the rest best, leaving out what is wrong with the doubted.
  private func judgeAlternatives<S: Sink>(
    _ plan: ConditionalPlan,
    _ doubted: [Int32],
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> Bool {
    let before = state.doubted
    state.doubted += doubted
    defer { state.doubted = before }
    let branches = [plan.then, plan.otherwise].filter { $0 >= 0 && !isVacuous($0, depth: 0) }
    var best: EvaluationState<ReportSink>?
    for branch in branches {
      var trial = trial(of: branch, place, instance, &state)
      trial.sink.keep { !doubted.contains($0.node) }
      if let best, best.sink.failures.count <= trial.sink.failures.count { continue }
      best = trial
    }
    guard let best, var report = state.sink as? ReportSink else { return true }
    state.rejoin(best)
    report.take(best.sink, choice: nil)
    if let sink = report as? S { state.sink = sink }
    return best.sink.failures.isEmpty
  }

  private func trial<S: Sink>(
    of block: Int32,
    _ place: Place,
    _ instance: JSONDocument,
    _ state: inout EvaluationState<S>
  ) -> EvaluationState<ReportSink> {
    var trial = EvaluationState(sink: ReportSink(), continuing: state)
    trial.trials += 1
    _ = evaluate(block, place.node, Frame.inPlace(place.frame), in: instance, &trial)
    state.steps = trial.steps
    return trial
  }

  /// Whether a block accepts everything, as far as a look at it tells.
  private func isVacuous(_ block: Int32, depth: Int) -> Bool {
    let block = blocks[Int(block)]
    guard block.form == .assertions else { return block.form == .always }
    guard depth < 8, block.types == .any, block.stringStart == block.objectStart,
      block.lateStart == block.end
    else { return false }
    return (block.objectStart..<block.lateStart).allSatisfy { position in
      let step = instructions[Int(position)]
      switch step.operation {
      case .members:
        let plan = objects[Int(step.a)]
        return plan.table < 0 && plan.patternCount == 0 && plan.propertyNames < 0
          && (plan.additional < 0 || isVacuous(plan.additional, depth: depth + 1))
      case .conditional:
        let plan = conditionals[Int(step.a)]
        return [plan.then, plan.otherwise].allSatisfy { $0 < 0 || isVacuous($0, depth: depth + 1) }
      default: return false
      }
    }
  }
}

extension Failure {
  /// Whether a value is none of those that are known.
  fileprivate var isUnknownConstant: Bool { rule == .enumeration || rule == .constant }
}
