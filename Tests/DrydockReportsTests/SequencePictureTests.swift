import DrydockExchange
import DrydockKernel
import Testing

@testable import DrydockReports
@testable import DrydockVerification

@Suite("Sequence picture")
struct SequencePictureTests {
  private func picture(
    of trace: Trace,
    findings: [(number: Int, finding: Finding)] = [],
    max: Int = 80
  ) -> SequencePicture {
    let story = OrderFixture.story(of: trace)
    return SequencePicture(
      of: story,
      messages: RunMessages(trace, wanted: Set(story.exchanges), stories: [story]),
      partners: trace.partners,
      findings: findings,
      exchangesMax: max
    )
  }

  @Test("tells an order row by row: faults, crash, gaps, facts, findings")
  func rows() throws {
    let trace = OrderFixture.failed().trace
    let findings = OrderFixture.findings(of: trace).enumerated().map { ($0 + 1, $1) }
    try Golden.expect(picture(of: trace, findings: findings).outline, "sequence.txt")
  }

  @Test("stands the store and the ERP left of the integration and the others right of it")
  func lanes() {
    let lanes = picture(of: OrderFixture.failed().trace).lanes.map(\.id.name)
    #expect(lanes == ["store", "erp", "integration", "3pl", "carrier", "returns"])
  }

  @Test("has lanes only for those who take part")
  func fewLanes() {
    var builder = TraceBuilder()
    let call = builder.call("carrier", "tracker-create")
    builder.finish(call)
    #expect(picture(of: builder.trace).lanes.map(\.id.name) == ["integration", "carrier"])
  }

  @Test("keeps what findings and faults are about when there is no room for all")
  func chosen() {
    let trace = OrderFixture.failed().trace
    let findings = OrderFixture.findings(of: trace).enumerated().map { ($0 + 1, $1) }
    let picture = picture(of: trace, findings: findings, max: 10)
    #expect(picture.shown.map(\.number) == [2, 5, 6, 10, 18, 20, 21, 22, 23, 24])
    #expect(picture.leftOut == 14)
    #expect(picture.outline.contains("… 2 not shown"))
  }

  @Test("draws a request that never arrived as lost, and one that was turned away as refused")
  func reaches() {
    var builder = TraceBuilder()
    let lost = builder.call("erp", "invoice-create")
    builder.fault("faults/0", "request lost", on: lost, "erp")
    builder.pass(30_000)
    builder.conclude(lost, .timedOut)
    let refused = builder.call("erp", "invoice-create", attempt: 2)
    builder.pass(10)
    builder.conclude(refused, .connectionRefused)
    #expect(
      picture(of: builder.trace).outline == """
        00:00:00.000 integration ──✕ erp #1 invoice-create
        00:00:00.000   injected: faults/0: request lost
        00:00:30.000 integration #1 timed out after 30 s: may have happened
        00:00:30.000 integration ──┤ erp #2 invoice-create (try 2)
        00:00:30.010 integration #2 connection refused: did not happen

        """
    )
  }

  @Test("draws request and answer apart when the answer takes long")
  func slow() {
    var builder = TraceBuilder()
    let call = builder.call("erp", "invoice-create")
    builder.arrive(call, after: 12_000)
    let response = builder.answer(call, 204)
    builder.pass(500)
    builder.conclude(call, .response(response))
    #expect(
      picture(of: builder.trace).outline == """
        00:00:00.000 integration ──▶ erp #1 invoice-create
        00:00:12.500 erp ──▶ integration #1 answer 204 after 12 s

        """
    )
  }

  @Test("leaves an exchange open that the trace does not end")
  func openEnd() {
    var builder = TraceBuilder()
    _ = builder.call("erp", "invoice-create")
    #expect(
      picture(of: builder.trace).outline
        == "00:00:00.000 integration ──▶ erp #1 invoice-create\n"
    )
  }

  @Test("has no label that leaves the picture, however long its words are")
  func longWords() throws {
    let long = String(repeating: "Donaudampfschiff", count: 30)
    var builder = TraceBuilder()
    let call = builder.call("erp", long)
    builder.fault("faults/0", long, on: call, "erp")
    builder.note(.deferred, long)
    builder.finish(call, 200)
    let svg = picture(of: builder.trace).svg(id: "p", run: "r", hasDetails: false)
    let scanner = MarkupScanner(svg.bytes, isHTML: true)
    #expect(scanner.mistakes == [])
    let width = try #require(scanner.tags.first { $0.name == "svg" }?["width"].flatMap { Int($0) })
    for tag in scanner.tags where tag.name == "rect" {
      let left = try #require(tag["x"].flatMap { Int($0) })
      let wide = try #require(tag["width"].flatMap { Int($0) })
      #expect(left >= 0 && left + wide <= width)
    }
  }
}
