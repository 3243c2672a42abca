import DrydockKernel
import Testing

@testable import DrydockReports
@testable import DrydockVerification

@Suite("Text report")
struct TextReportTests {
  @Test("tells a failure on one screen: first cause, order, fault, command")
  func details() throws {
    let run = OrderFixture.failed()
    let report = TextReport()
    try Golden.expect(report.line(of: run) + "\n" + report.details(of: run), "text-failed.txt")
  }

  @Test("says why a run is inconclusive and how to see it again")
  func inconclusive() throws {
    let run = OrderFixture.inconclusive()
    let report = TextReport()
    try Golden.expect(
      report.line(of: run) + "\n" + report.details(of: run),
      "text-inconclusive.txt"
    )
  }

  @Test("keeps to one screen however many findings there are, and counts the rest by rule")
  func manyFindings() throws {
    var run = OrderFixture.failed()
    let each = run.verdict.findings.filter { $0.level == .error }
    run.verdict.findings = (0..<40).flatMap { _ in each[..<2] } + each[2...]
    let details = TextReport().details(of: run)
    let lines = details.split(separator: "\n")
    #expect(lines.count <= TextReport.linesMax)
    for rule in each.map(\.rule) { #expect(details.contains("[\(rule)]")) }
    #expect(
      details.contains("75 more findings: 38 × refund-within-payment, 37 × contract-violation")
    )
    #expect(lines.last == "  again:    \(run.reproduce)")
  }

  @Test("one finding has the form of the house: error, expected, found, again")
  func oneFinding() {
    var run = OrderFixture.failed()
    run.title = ""
    run.verdict.findings = Array(run.verdict.findings[3...])
    run.verdict.findings[0].level = .error
    #expect(
      TextReport().details(of: run) == """
        12d 02:05:04.800 error: call 'tracker-create' was repeated [no-retry-of-refusal]
          expected: no repetition before the wait is over
          found:    1 repetition after 30 s
          order:    A (#1001)
          again:    \(run.reproduce)

        """
    )
  }

  @Test("writes control characters and direction overrides out instead of sending them")
  func hostileText() {
    var run = OrderFixture.failed()
    run.verdict.findings[0].found = "\u{1B}[2Jgone\u{202E}\r\nnext"
    let details = TextReport().details(of: run)
    #expect(details.contains("␛[2Jgone⟨U+202E⟩␍␊next"))
    #expect(!details.unicodeScalars.contains("\u{1B}"))
    #expect(!details.unicodeScalars.contains("\u{202E}"))
  }

  @Test("cuts a line from a payload that would fill the screen")
  func longLine() {
    var run = OrderFixture.failed()
    run.verdict.findings[0].found = String(repeating: "x", count: 100_000)
    #expect(TextReport().details(of: run).utf8.count < 6_000)
  }

  @Test("colours the verdict on a terminal and only there")
  func colour() {
    let run = OrderFixture.failed()
    #expect(TextReport(isColoured: true).line(of: run).hasPrefix("\u{1B}[31mfailed\u{1B}[0m "))
    #expect(TextReport().line(of: run).hasPrefix("failed Scenarios/"))
  }

  @Test(
    "counts runs in the closing line",
    arguments: [
      (24, 0, 0, "24 passed, 0 failed"), (1, 2, 3, "1 passed, 2 failed, 3 inconclusive"),
    ]
  )
  func summary(passed: Int, failed: Int, inconclusive: Int, expected: String) {
    #expect(
      TextReport.summary(passed: passed, failed: failed, inconclusive: inconclusive) == expected
    )
  }
}
