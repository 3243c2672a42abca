import DrydockJSON
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
