import DrydockExchange
import DrydockKernel
import DrydockTesting
import Testing

@Suite("JudgedRun.expectPassed", .timeLimit(.minutes(10)))
struct ExpectPassedTests {
  @Test("records nothing for a run that passed")
  func passes() throws {
    try Drydock.play("Scenarios/orders/plain-order.json", against: ReferenceIntegration())
      .expectPassed()
  }

  @Test("records each finding at the caller's line, with its text")
  func failsAtCaller() throws {
    let run = try Drydock.play(
      "Scenarios/3pl/confirms-twice.json",
      against: ReferenceIntegration(defects: [.noDuplicateSuppression])
    )
    let expected = run.complaints
    try #require(!expected.isEmpty)
    let here = #_sourceLocation
    withKnownIssue {
      run.expectPassed()
    } matching: { issue in
      issue.sourceLocation?.fileID == here.fileID
        && issue.sourceLocation?.line == here.line + 2
        && issue.comments.contains { expected.contains($0.rawValue) }
    }
  }

  @Test("a finding's text names title, order, rule, injected fault and how to play it again")
  func text() throws {
    let run = try Drydock.play(
      "Scenarios/3pl/confirms-twice.json",
      against: ReferenceIntegration(defects: [.noDuplicateSuppression])
    )
    let complaint = try #require(run.complaints.first)
    let lines = complaint.split(separator: "\n")
    #expect(lines.first == "The 3PL confirms the same shipment twice")
    #expect(complaint.contains("A (#1001)"))
    #expect(run.verdict.errors.contains { complaint.contains("[\($0.rule)]") })
    #expect(complaint.contains("  injected: faults/0: "))
    #expect(lines.last?.hasPrefix("  again:    Drydock.play(") == true)
  }

  @Test("records at most a screen of findings and counts the rest")
  func bounded() throws {
    var run = try Drydock.play(
      "Scenarios/3pl/confirms-twice.json",
      against: AcknowledgingIntegration()
    )
    let finding = try #require(run.verdict.errors.first)
    run.verdict.findings = Array(repeating: finding, count: TextReport.findingsMax + 3)
    #expect(run.complaints.count == TextReport.findingsMax + 1)
    #expect(run.complaints.last == "\(run.title)\n… 3 more findings")
  }

  @Test("fails a run about which nothing can be said, with the reason")
  func inconclusive() throws {
    var scenario = try Drydock.scenario("Scenarios/orders/plain-order.json")
    scenario.expectations = []
    var run = try Drydock.play(scenario, against: AcknowledgingIntegration())
    run.verdict.findings = []
    run.verdict.outcome = .inconclusive
    #expect(run.complaints.count == 1)
    #expect(run.complaints[0].contains("inconclusive: nothing happened that a rule could judge"))
    withKnownIssue { run.expectPassed() }
  }

  @Test("records the findings of every run of a range of seeds")
  func manyRuns() throws {
    let runs = try Drydock.play(
      "Scenarios/3pl/confirms-twice.json",
      seeds: 1...2,
      against: ReferenceIntegration(defects: [.noDuplicateSuppression])
    )
    let recorded = runs.flatMap(\.complaints)
    #expect(recorded.contains { $0.hasSuffix("seed: 1)") })
    #expect(recorded.contains { $0.hasSuffix("seed: 2)") })
    withKnownIssue {
      runs.expectPassed()
    } matching: { issue in
      issue.comments.contains { recorded.contains($0.rawValue) }
    }
  }
}
