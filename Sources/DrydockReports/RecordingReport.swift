import DrydockExchange
import DrydockKernel
import DrydockVerification

/// The account of a judged recording: what was recognised, how each order ended, what broke.
public struct RecordingReport: Sendable {
  private let text: TextReport
  private let showsAll: Bool

  /// Creates a report.
  ///
  /// - Parameters:
  ///   - isColoured: Whether words are coloured, for a terminal.
  ///   - showsAll: Whether every finding and every rule that was not judged is shown.
  public init(isColoured: Bool = false, showsAll: Bool = false) {
    text = TextReport(isColoured: isColoured)
    self.showsAll = showsAll
  }

  /// Returns the account, section by section.
  public func account(of run: JudgedRun, strangers: [(host: String, count: Int)]) -> String {
    var lines: [String] = []
    lines += recognition(run, strangers)
    lines += orders(run)
    lines += rules(run)
    let findings = run.verdict.findings
    let shown = showsAll ? findings[...] : findings.prefix(TextReport.findingsMax)
    for finding in shown { lines += text.lines(of: finding, run: run) }
    if findings.count > shown.count {
      lines.append("… \(findings.count - shown.count) more findings; '--all' shows them")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Returns the closing line.
  public func closing(of run: JudgedRun) -> String {
    let verdict = run.verdict
    let errors = verdict.errors.count
    let warnings = verdict.findings.count - errors
    return "\(verdict.outcome.rawValue): \(verdict.orders.count) orders, "
      + "\(verdict.messages.recognised) messages recognised, \(errors) errors, "
      + "\(warnings) warnings"
  }

  private func recognition(
    _ run: JudgedRun,
    _ strangers: [(host: String, count: Int)]
  ) -> [String] {
    let messages = run.verdict.messages
    var lines = [
      "messages: \(messages.recognised) recognised, \(messages.violating) with violations"
    ]
    let kinds = run.trace.partners.map { "\($0.id) (\($0.dialect))" }
    if !kinds.isEmpty { lines.append("partners: \(kinds.joined(separator: ", "))") }
    lines += list(
      messages.unrecognised.map { "  \($0.count) × \($0.what)" },
      head: "not recognised:"
    )
    lines += list(
      strangers.map { "  \($0.count) × \($0.host)" },
      head: "left out, hosts that no contract knows:"
    )
    return lines
  }

  private func list(_ entries: [String], head: String) -> [String] {
    guard !entries.isEmpty else { return [] }
    let shown = showsAll ? entries[...] : entries.prefix(8)
    let rest = entries.count - shown.count
    return [head] + shown + (rest > 0 ? ["  … \(rest) more"] : [])
  }

  private func orders(_ run: JudgedRun) -> [String] {
    list(
      run.verdict.orders.map { order in
        let findings = order.findings == 0 ? "no findings" : "\(order.findings) findings"
        let word = order.findings == 0 ? "passed" : "failed"
        return "  \(word) \(order.name): \(order.ending), \(findings)"
      },
      head: "orders:"
    )
  }

  private func rules(_ run: JudgedRun) -> [String] {
    let skipped = run.verdict.notJudged
    guard !skipped.isEmpty else { return [] }
    guard showsAll else {
      return [
        "rules: \(run.verdict.judged.count) judged, \(skipped.count) not judged for want of "
          + "evidence; '--all' names them"
      ]
    }
    return ["not judged:"] + skipped.map { "  \($0.rule): \($0.reason)" }
  }
}
