import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockReports
@testable import DrydockVerification

@Suite("JSON report")
struct JSONReportTests {
  @Test("writes one object a line, each with its version")
  func lines() throws {
    for run in OrderFixture.campaign() {
      let line = JSONReport.line(of: run)
      #expect(line.last == 0x0A)
      #expect(!line.dropLast().contains(0x0A))
      let root = try JSONDocument.parse(Array(line.dropLast())).root
      #expect(root["version"]?.int == Int64(JSONReport.version))
      #expect(root["verdict"]?.string == run.verdict.outcome.rawValue)
      #expect(root["digest"]?.string == run.verdict.digest)
    }
  }

  @Test("says everything about a failed run")
  func failed() throws {
    let line = JSONReport.line(of: OrderFixture.failed())
    let document = try JSONDocument.parse(Array(line.dropLast()))
    var writer = JSONWriter(pretty: true)
    writer.value(document.root)
    try Golden.expect(writer.text + "\n", "report.json")
  }

  @Test("keeps a seed beyond what a double holds")
  func largeSeed() throws {
    var run = OrderFixture.failed()
    run.seed = .max
    let line = String(decoding: JSONReport.line(of: run), as: UTF8.self)
    #expect(line.contains("\"seed\":18446744073709551615,"))
  }

  @Test("leaves out the seed of a recording")
  func noSeed() throws {
    var run = OrderFixture.failed()
    run.seed = nil
    let root = try JSONDocument.parse(Array(JSONReport.line(of: run).dropLast())).root
    #expect(root["seed"] == nil)
  }
}

@Suite("JUnit report")
struct JUnitReportTests {
  @Test("is well-formed, with one test case a run")
  func wellFormed() {
    let runs = OrderFixture.campaign()
    let scanner = MarkupScanner(JUnitReport.bytes(of: runs), isHTML: false)
    #expect(scanner.mistakes == [])
    #expect(scanner.tags.count { $0.name == "testcase" } == runs.count)
    #expect(scanner.tags.count { $0.name == "failure" } == 1)
    #expect(scanner.tags.count { $0.name == "skipped" } == 1)
    let suite = scanner.tags.first { $0.name == "testsuite" }
    #expect(suite?["tests"] == "\(runs.count)")
    #expect(suite?["failures"] == "1")
    #expect(suite?["skipped"] == "1")
  }

  @Test("names the first finding in the failure and has the details in it")
  func failure() throws {
    let runs = [OrderFixture.failed(), OrderFixture.inconclusive()]
    try Golden.expect(String(decoding: JUnitReport.bytes(of: runs), as: UTF8.self), "junit.xml")
  }

  @Test("gives every run a name of its own")
  func names() {
    let scanner = MarkupScanner(JUnitReport.bytes(of: OrderFixture.campaign()), isHTML: false)
    let names = scanner.tags.filter { $0.name == "testcase" }.map { $0["name"] ?? "" }
    #expect(Set(names).count == names.count)
  }

  @Test("holds nothing that XML cannot hold")
  func hostileText() {
    var run = OrderFixture.failed()
    run.title = "a\u{0}b\u{1B}[31m <&\"'> \u{FFFE}\nnext"
    run.verdict.findings[0].message = "]]> \u{8} </failure>\nsecond"
    let bytes = JUnitReport.bytes(of: [run])
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(MarkupScanner(bytes, isHTML: false).mistakes == [])
    #expect(
      !text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0xFFFE }
    )
  }

  @Test("is a suite of nothing where nothing was judged")
  func empty() {
    let text = String(decoding: JUnitReport.bytes(of: []), as: UTF8.self)
    #expect(text.contains("tests=\"0\" failures=\"0\" skipped=\"0\""))
  }
}

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
