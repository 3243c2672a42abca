import DrydockExchange
import Testing

@testable import DrydockReports
@testable import DrydockVerification

@Suite("Recording report")
struct RecordingReportTests {
  private let strangers = [(host: "tracking.example", count: 3)]

  private func recording() -> JudgedRun {
    var run = OrderFixture.failed()
    run.file = "Recordings/shopify/planted.jsonl"
    run.seed = nil
    run.defects = []
    run.reproduce = "drydock verify Recordings/shopify/planted.jsonl"
    run.verdict.messages.unrecognised = [
      Verdict.MessageCount.Unrecognised(what: "api.shipbob.com GET /2026-01/ping", count: 2)
    ]
    run.verdict.orders.insert(
      Verdict.OrderResult(name: "#1002", ending: "delivered", findings: 0),
      at: 0
    )
    return run
  }

  @Test("says what was recognised, how each order ended and what broke")
  func account() throws {
    let run = recording()
    let report = RecordingReport()
    try Golden.expect(
      report.account(of: run, strangers: strangers) + report.closing(of: run) + "\n",
      "recording.txt"
    )
  }

  @Test("names every rule that was not judged, when asked for all")
  func all() {
    let text = RecordingReport(showsAll: true).account(of: recording(), strangers: strangers)
    #expect(text.contains("not judged:\n  stock-conserved: no books at the end\n"))
  }

  @Test("counts further findings by rule")
  func bounded() {
    var run = recording()
    let violation = run.verdict.findings[0]
    run.verdict.findings += Array(repeating: violation, count: 30)
    let text = RecordingReport().account(of: run, strangers: [])
    #expect(
      text.contains("more findings: 27 × contract-violation, 1 × no-retry-of-refusal; '--all'")
    )
  }

  @Test("says why nothing could be judged")
  func inconclusive() {
    var run = recording()
    run.trace = Trace()
    run.verdict.outcome = .inconclusive
    run.verdict.findings = []
    let text = RecordingReport().account(of: run, strangers: strangers)
    #expect(text.hasSuffix("inconclusive: nothing happened that a rule could judge\n"))
  }
}
