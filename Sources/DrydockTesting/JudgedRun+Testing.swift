public import DrydockReports
import DrydockVerification
public import Testing

extension JudgedRun {
  /// Whether everything that was judged held.
  public var hasPassed: Bool { verdict.outcome == .passed }

  /// Records an issue for each finding that fails the run, with the finding as text.
  ///
  /// A run about which nothing could be said fails with the reason. A failed run attaches its
  /// report, for people (`report.html`) and for programs (`report.jsonl`).
  /// - Parameter sourceLocation: Where issues are recorded; the caller's line unless given.
  public func expectPassed(sourceLocation: SourceLocation = #_sourceLocation) {
    let complaints = complaints
    guard !complaints.isEmpty else { return }
    for complaint in complaints {
      Issue.record(Comment(rawValue: complaint), sourceLocation: sourceLocation)
    }
    Attachment.record(
      HTMLReport.bytes(of: [self]),
      named: "report.html",
      sourceLocation: sourceLocation
    )
    Attachment.record(
      JSONReport.line(of: self),
      named: "report.jsonl",
      sourceLocation: sourceLocation
    )
  }

  /// What fails the run, finding by finding, as text; nothing where it passed.
  ///
  /// At most as many findings as a text report shows, then the number of the others.
  public var complaints: [String] {
    if hasPassed { return [] }
    let report = TextReport()
    let errors = verdict.errors
    guard !errors.isEmpty else { return ["\(title)\n\(report.details(of: self))"] }
    var complaints = errors.prefix(TextReport.findingsMax).map { finding in
      ([title] + report.lines(of: finding, run: self) + ["  again:    \(reproduce)"])
        .joined(separator: "\n")
    }
    if errors.count > complaints.count {
      complaints.append("\(title)\n… \(errors.count - complaints.count) more findings")
    }
    return complaints
  }
}

extension Sequence<JudgedRun> {
  /// Records an issue for each finding that fails any of the runs, with the finding as text.
  ///
  /// - Parameter sourceLocation: Where issues are recorded; the caller's line unless given.
  public func expectPassed(sourceLocation: SourceLocation = #_sourceLocation) {
    for run in self { run.expectPassed(sourceLocation: sourceLocation) }
  }
}
