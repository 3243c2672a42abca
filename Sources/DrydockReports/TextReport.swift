import DrydockExchange
import DrydockKernel
public import DrydockVerification

/// Verdicts as text for people: one line a run, one screen a failure.
///
///     failed Scenarios/3pl/duplicate-ack.json seed 7 5c1f09ab77e3d210
///       The 3PL confirms the same shipment twice
///     00:03:12.500 error: order 'A (#1001)' was shipped twice [order-shipped-once]
///       expected: one 'shipment.created' per order line
///       found:    2, in attempts 87 and 91
///       injected: faults/0: delivered once more on '3pl.webhook.order-shipped' (exchange 9, …)
///       again:    drydock run Scenarios/3pl/duplicate-ack.json --seed 7
///
/// What came from payloads is written on one line with its control characters made visible, so that
/// no message can repaint a terminal.
public struct TextReport: Sendable {
  /// How many findings of one run are shown; the rest is counted by rule.
  public static let findingsMax = 6
  /// How many lines the details of one run have at most, so that they fit on a screen.
  public static let linesMax = 40

  /// How much of one line from a payload is shown.
  private static let charactersMax = 400

  /// Whether words are coloured, for a terminal.
  public var isColoured: Bool

  /// Creates a report.
  public init(isColoured: Bool = false) {
    self.isColoured = isColoured
  }

  /// Returns the line of a run: verdict, file, seed, defects, digest.
  public func line(of run: JudgedRun) -> String {
    let word = run.verdict.outcome.rawValue
    let seed = run.seed.map { " seed \($0)" } ?? ""
    let defects = run.defects.map { " defect \($0)" }.joined()
    return
      "\(coloured(word, run.verdict.outcome)) \(run.file)\(seed)\(defects) \(run.verdict.digest)"
  }

  /// Returns the findings of a run that did not pass, on one screen.
  ///
  /// Each rule's first finding goes before a second one of any rule; shown, they stand in order of
  /// instant, so that the first cause comes first.
  public func details(of run: JudgedRun) -> String {
    var lines: [String] = []
    if !run.title.isEmpty, run.title != run.file { lines.append("  \(shown(run.title))") }
    let errors = run.verdict.errors
    var room = Self.linesMax - lines.count - 2
    var kept: Set<Int> = []
    for position in Self.positionsByWeight(errors).prefix(Self.findingsMax) {
      room -= self.lines(of: errors[position], run: run).count
      guard room >= 0 else { break }
      kept.insert(position)
    }
    var before: [FaultEffect] = []
    for position in kept.sorted() {
      let finding = errors[position]
      let isAsAbove = !before.isEmpty && finding.causes == before
      lines += self.lines(of: finding, run: run, causesAsAbove: isAsAbove)
      before = finding.causes
    }
    if let rest = Self.remainder(errors.indices.filter { !kept.contains($0) }.map { errors[$0] }) {
      lines.append(rest)
    }
    if errors.isEmpty, run.verdict.outcome == .inconclusive {
      lines.append(Self.reasonWhyInconclusive(run))
    }
    if !run.reproduce.isEmpty { lines.append("  again:    \(shown(run.reproduce))") }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Returns a finding with what was expected, what was found and what led to it.
  public func lines(of finding: Finding, run: JudgedRun) -> [String] {
    lines(of: finding, run: run, causesAsAbove: false)
  }

  private func lines(of finding: Finding, run: JudgedRun, causesAsAbove: Bool) -> [String] {
    let start = run.begin?.at ?? finding.at
    let clock = RunClock.text(finding.at - start)
    var lines = [
      "\(clock) \(finding.level.rawValue): \(shown(finding.message)) [\(finding.rule)]",
      "  expected: \(shown(finding.expected))", "  found:    \(shown(finding.found))",
    ]
    if let order = finding.order, !finding.message.contains(order) {
      lines.append("  order:    \(shown(order))")
    }
    if let place = finding.place, place.line > 0 {
      lines.append(
        "  payload:  exchange \(place.exchange), line \(place.line), column \(place.column)"
      )
    }
    if causesAsAbove { return lines + ["  injected: as above"] }
    let causes = finding.causes.prefix(3).map { shown(words(of: $0, run: run)) }
    for cause in causes { lines.append("  injected: \(cause)") }
    if finding.causes.count > causes.count {
      lines.append("  injected: … \(finding.causes.count - causes.count) more")
    }
    return lines
  }

  private func shown(_ text: String) -> String {
    VisibleText.cut(VisibleText.line(text), to: Self.charactersMax)
  }

  /// Positions of findings: the first of each rule, then the others.
  private static func positionsByWeight(_ findings: [Finding]) -> [Int] {
    var seen: Set<String> = []
    var first: [Int] = []
    var others: [Int] = []
    for (position, finding) in findings.enumerated() {
      if seen.insert(finding.rule).inserted {
        first.append(position)
      } else {
        others.append(position)
      }
    }
    return first + others
  }

  /// Words for findings that are not shown, by rule in order of first appearance.
  static func remainder(_ findings: [Finding]) -> String? {
    guard !findings.isEmpty else { return nil }
    var rules: [(rule: String, count: Int)] = []
    var positions: [String: Int] = [:]
    for finding in findings {
      if let position = positions[finding.rule] {
        rules[position].count += 1
      } else {
        positions[finding.rule] = rules.count
        rules.append((finding.rule, 1))
      }
    }
    var words = rules.prefix(5).map { "\($0.count) × \($0.rule)" }.joined(separator: ", ")
    if rules.count > 5 { words += ", …" }
    let noun = Counted.words(findings.count, "more finding")
    return "… \(noun): \(words)"
  }

  /// Returns the closing line: how many runs passed and failed.
  public static func summary(passed: Int, failed: Int, inconclusive: Int) -> String {
    let rest = inconclusive > 0 ? ", \(inconclusive) inconclusive" : ""
    return "\(passed) passed, \(failed) failed\(rest)"
  }

  /// Returns words for an injected effect: the fault, what it did, to which message.
  func words(of effect: FaultEffect, run: JudgedRun) -> String {
    var text = "\(effect.fault): \(effect.effect)"
    guard let exchange = effect.exchange else { return text + " at '\(effect.partner)'" }
    for event in run.trace.events {
      guard case .sent(let attempt, _) = event.content, attempt.exchange == exchange else {
        continue
      }
      let start = run.begin?.at ?? event.at
      text += " on '\(attempt.partner).\(attempt.channel.rawValue).\(attempt.operation)'"
      text += " (exchange \(exchange), \(RunClock.text(event.at - start)))"
      break
    }
    return text
  }

  /// Returns why a run is inconclusive.
  static func reasonWhyInconclusive(_ run: JudgedRun) -> String {
    for event in run.trace.events.reversed() {
      if case .stopped(let reason) = event.content { return "inconclusive: \(reason)" }
    }
    return "inconclusive: nothing happened that a rule could judge"
  }

  private func coloured(_ word: String, _ outcome: Verdict.Outcome) -> String {
    guard isColoured else { return word }
    let code =
      switch outcome {
      case .passed: 32
      case .failed: 31
      case .inconclusive: 33
      }
    return "\u{1B}[\(code)m\(word)\u{1B}[0m"
  }
}
