import Testing

@testable import DrydockReports
@testable import DrydockVerification

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
