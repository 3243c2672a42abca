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
    if run.verdict.outcome == .inconclusive { lines.append(TextReport.reasonWhyInconclusive(run)) }
    let findings =
      run.verdict.errors + run.verdict.findings.filter { $0.level != .error }
    let shown = showsAll ? findings[...] : findings.prefix(TextReport.findingsMax)
    for finding in shown { lines += text.lines(of: finding, run: run) }
    if let rest = TextReport.remainder(Array(findings.dropFirst(shown.count))) {
      lines.append("\(rest); '--all' shows them")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Returns the closing line.
  public func closing(of run: JudgedRun) -> String {
    let verdict = run.verdict
    let errors = verdict.errors.count
    let warnings = verdict.findings.count - errors
    let counts = [
      Counted.words(verdict.orders.count, "order"),
      Counted.words(verdict.messages.recognised, "message") + " recognised",
      Counted.words(errors, "error"), Counted.words(warnings, "warning"),
    ]
    return "\(verdict.outcome.rawValue): \(counts.joined(separator: ", "))"
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
      messages.unrecognised.map { "  \($0.count) × \(VisibleText.line($0.what))" },
      head: "not recognised:"
    )
    lines += list(
      strangers.map { "  \($0.count) × \(VisibleText.line($0.host))" },
      head: "left out, hosts that no contract knows:"
    )
    return lines
  }

  private func list(_ entries: [String], head: String, max: Int = 8) -> [String] {
    guard !entries.isEmpty else { return [] }
    let shown = showsAll ? entries[...] : entries.prefix(max)
    let rest = entries.count - shown.count
    return [head] + shown + (rest > 0 ? ["  … \(rest) more"] : [])
  }

  private func orders(_ run: JudgedRun) -> [String] {
    list(
      run.verdict.ordersByFindings.map { order in
        let findings =
          order.findings == 0 ? "no findings" : Counted.words(order.findings, "finding")
        let word = order.findings == 0 ? "passed" : "failed"
        return "  \(word) \(VisibleText.line(order.name)): \(order.ending), \(findings)"
      },
      head: "orders:",
      max: 40
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
