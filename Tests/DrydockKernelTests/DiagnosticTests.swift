import DrydockKernel
import Testing

@Suite("Diagnostic")
struct DiagnosticTests {
  private func diagnostic(_ severity: Diagnostic.Severity = .error) -> Diagnostic {
    Diagnostic(
      file: "Scenarios/returns/late-refund.json",
      line: 14,
      column: 9,
      severity: severity,
      message: "unknown fault 'latancy' for partner 'carrier'; did you mean 'latency'?",
      id: "scenario-unknown-fault"
    )
  }

  @Test("is one line: place, severity, message and id")
  func oneLine() {
    #expect(
      diagnostic().description
        == "Scenarios/returns/late-refund.json:14:9: error: unknown fault 'latancy' for partner "
        + "'carrier'; did you mean 'latency'? [scenario-unknown-fault]"
    )
  }

  @Test("is followed by its notes, indented line by line")
  func notes() {
    var diagnostic = diagnostic(.warning)
    diagnostic.file = "a.json"
    diagnostic.message = "m"
    diagnostic.id = "i"
    diagnostic.notes = ["expected: one\nfound:    two", "", "again"]
    #expect(
      diagnostic.description
        == "a.json:14:9: warning: m [i]\n  expected: one\n  found:    two\n\n  again"
    )
  }

  @Test("leaves out the parts of the place that are unknown")
  func places() {
    var diagnostic = Diagnostic(file: "a.json", severity: .note, message: "m", id: "i")
    #expect(diagnostic.description == "a.json: note: m [i]")
    diagnostic.line = 3
    #expect(diagnostic.description == "a.json:3: note: m [i]")
    diagnostic.file = ""
    diagnostic.line = nil
    #expect(diagnostic.description == "note: m [i]")
  }

  @Test("is kept in a list up to its bound, and counted beyond")
  func list() {
    var list = DiagnosticList(limit: 2)
    #expect(list.isEmpty)
    list.append(Diagnostic(file: "a", severity: .warning, message: "m", id: "i"))
    #expect(!list.hasErrors)
    for _ in 0..<3 { list.append(Diagnostic(file: "b", message: "m", id: "i")) }
    #expect(list.all.count == 2)
    #expect(list.omittedCount == 2)
    #expect(list.errorCount == 3)
    #expect(list.description == "a: warning: m [i]\nb: error: m [i]\n… 2 more")
    var joined = DiagnosticList(limit: 3)
    joined.append(contentsOf: list)
    joined.append(contentsOf: list)
    #expect(joined.all.count == 3)
    #expect(joined.omittedCount == 5)
    #expect(joined.errorCount == 6)
  }
}

@Suite("Suggestion")
struct SuggestionTests {
  @Test(
    "finds the name that was meant",
    arguments: [
      ("latancy", "latency"), ("outgae", "outage"), ("LATENCY", "latency"), ("throtle", "throttle"),
      ("duplicates", "duplicate"), ("erp2", "erp"), ("carier", "carrier"),
    ]
  )
  func finds(word: String, expected: String) {
    let names = ["latency", "outage", "throttle", "duplicate", "erp", "carrier", "3pl"]
    #expect(Suggestion.nearest(to: word, among: names) == expected)
  }

  @Test("suggests nothing where nothing is near", arguments: ["", "x", "weather", "la", "zzzzzzz"])
  func findsNothing(word: String) {
    #expect(Suggestion.nearest(to: word, among: ["latency", "outage", "", "y"]) == nil)
  }

  @Test("prefers the nearest, and the first of equally near ones")
  func prefers() {
    #expect(Suggestion.nearest(to: "status", among: ["statue", "stats", "status2"]) == "statue")
    #expect(Suggestion.nearest(to: "order", among: ["orders", "border", "order"]) == "order")
    #expect(Suggestion.nearest(to: "anything", among: []) == nil)
  }

  @Test("asks whether the near one was meant")
  func asks() {
    #expect(Suggestion.question(for: "latancy", among: ["latency"]) == "; did you mean 'latency'?")
    #expect(Suggestion.question(for: "latancy", among: ["outage"]).isEmpty)
  }

  @Test("does not compare words beyond its bound")
  func bounded() {
    let long = String(repeating: "a", count: 65)
    #expect(Suggestion.nearest(to: long, among: [long]) == nil)
    #expect(Suggestion.nearest(to: "latancy", among: [long, "latency"]) == "latency")
  }
}

@Suite("Probe log")
struct ProbeLogTests {
  private let lost = Probe("cancel loses the race")
  private let won = Probe("cancel wins the race")

  @Test("counts what was reached and lists what never was")
  func counts() {
    var log = ProbeLog(expecting: [won, lost])
    log.mark(lost)
    log.mark(lost)
    #expect(log.count(of: lost) == 2)
    #expect(log.neverReached == [won])
    #expect(log.all.map(\.probe) == [lost, won])
    #expect(log.all.map(\.count) == [2, 0])
  }

  @Test("merges in any order")
  func merges() {
    var left = ProbeLog(expecting: [won, lost])
    var right = ProbeLog()
    left.mark(lost)
    right.mark(lost)
    right.mark(won)
    var forth = left
    forth.merge(right)
    var back = right
    back.merge(left)
    #expect(forth == back)
    #expect(forth.count(of: lost) == 2)
    #expect(forth.neverReached.isEmpty)
  }
}
