import DrydockExchange
import DrydockKernel
public import DrydockVerification

/// Verdicts as text for people: one line a run, one screen a failure.
public struct TextReport: Sendable {
  /// How many findings of one run are shown; the rest is counted.
  public static let findingsMax = 6

  /// Whether words are coloured, for a terminal.
  public var isColoured: Bool

  /// Creates a report.
  public init(isColoured: Bool = false) {
    self.isColoured = isColoured
  }

  /// Returns the line of a run: verdict, file, title, digest.
  public func line(of run: JudgedRun) -> String {
    let word = run.verdict.outcome.rawValue
    let seed = run.seed.map { " seed \($0)" } ?? ""
    return "\(coloured(word, run.verdict.outcome)) \(run.file)\(seed) \(run.verdict.digest)"
  }

  /// Returns the findings of a run that did not pass, on one screen.
  public func details(of run: JudgedRun) -> String {
    var lines: [String] = []
    let errors = run.verdict.errors
    let shown = errors.prefix(Self.findingsMax)
    for finding in shown { lines += self.lines(of: finding, run: run) }
    if errors.count > shown.count {
      lines.append("… \(errors.count - shown.count) more findings")
    }
    if errors.isEmpty, run.verdict.outcome == .inconclusive {
      lines.append(Self.reasonWhyInconclusive(run))
      lines.append("  again:    \(run.reproduce)")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Returns a finding with what was expected, found, what led to it and how to see it again.
  public func lines(of finding: Finding, run: JudgedRun) -> [String] {
    let start = run.begin?.at ?? finding.at
    var lines = [
      "\(RunClock.text(finding.at - start)) \(finding.level.rawValue): \(finding.message) [\(finding.rule)]",
      "  expected: \(finding.expected)", "  found:    \(finding.found)",
    ]
    if let order = finding.order, !finding.message.contains(order) {
      lines.append("  order:    \(order)")
    }
    if let place = finding.place, place.line > 0 {
      lines.append(
        "  payload:  exchange \(place.exchange), line \(place.line), column \(place.column)"
      )
    }
    for cause in finding.causes.prefix(3) {
      lines.append("  injected: \(words(of: cause, run: run))")
    }
    lines.append("  again:    \(run.reproduce)")
    return lines
  }

  /// Returns the closing line: how many runs passed and failed.
  public static func summary(passed: Int, failed: Int, inconclusive: Int) -> String {
    let rest = inconclusive > 0 ? ", \(inconclusive) inconclusive" : ""
    return "\(passed) passed, \(failed) failed\(rest)"
  }

  /// Words an injected effect: the fault, what it did, to which message.
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
