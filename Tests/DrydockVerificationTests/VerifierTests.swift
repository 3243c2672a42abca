import DrydockExchange
import DrydockKernel
@testable import DrydockVerification
import Testing

@Suite("Verifier")
struct VerifierTests {
  private func judge(
    _ expectations: [Verifier.Expectation.Content] = [],
    rules: [String] = [],
    allowing allowed: Set<String> = [],
    _ tell: (inout Story) -> Void
  ) -> Verdict {
    var story = Story()
    tell(&story)
    let chosen = RuleCatalog.all.filter { rules.contains($0.description.id) }
    return Verifier(catalog: TestCatalog.catalog, rules: chosen).judge(
      story.trace,
      expectations: expectations.map { Verifier.Expectation($0, text: "what we hope for") },
      allowing: allowed
    )
  }

  @Test("nothing recognised is inconclusive, a limit reached as well, and a breach fails")
  func decidesOutcome() {
    #expect(judge { $0.call("a", at: .erp) }.outcome == .inconclusive)
    #expect(judge { $0.plainOrder() }.outcome == .passed)
    let stopped = judge { story in
      story.plainOrder()
      story.trace.append(TraceEvent(at: story.now, .stopped("too long")))
    }
    #expect(stopped.outcome == .inconclusive)
    let broken = judge(rules: ["exception-has-owner"]) { $0.exception(owner: "") }
    #expect(broken.outcome == .failed)
  }

  @Test("an allowed breach is a warning, and the verdict stands")
  func allows() {
    let verdict = judge(rules: ["exception-has-owner"], allowing: ["exception-has-owner"]) {
      $0.plainOrder()
      $0.exception(owner: "")
    }
    #expect(verdict.outcome == .passed)
    #expect(verdict.findings.map(\.level) == [.warning])
  }

  @Test("names the faults on the finding's own exchanges, else those of its order")
  func findsCauses() throws {
    let direct = judge(rules: ["bad-signature-refused"]) { story in
      story.fault("outage", at: .erp, named: "faults/9")
      story.webhook(from: .store, effect: "wrong signature")
    }
    #expect(direct.findings.map { $0.causes.map(\.fault) } == [["faults/0"]])
    let ofOrder = judge(rules: ["no-order-lost"]) { story in
      story.place("1001")
      story.call("a", at: .erp, about: "1001", ends: .refused, effect: "outage")
      story.place("1002")
      story.call("a", at: .erp, about: "1002", ends: .refused)
      story.quiet()
    }
    try #require(ofOrder.findings.count == 2)
    #expect(ofOrder.findings[0].causes.map(\.effect) == ["outage"])
    #expect(ofOrder.findings[1].causes.isEmpty)
  }

  @Test("a refund on the first scan is worth a look where nobody says what policy is")
  func warnsWithoutPolicy() {
    let verdict = judge(rules: ["received-before-refunded"]) { story in
      story.plainOrder()
      story.webhook(from: .returns, telling: [.requested("r1", [1.of()], label: "B1")])
      story.webhook(from: .carrier, telling: [.scanned("B1")])
      story.call("refund-create", at: .store, telling: [.refunded("rf1", for: "r1", 10.dollars)])
      story.after("3 days")
      story.happens(.received("wr1"))
    }
    #expect(verdict.findings.map(\.level) == [.warning])
  }

  @Test("a refund needs no cause where the trace shows the store alone")
  func skipsCauses() {
    let verdict = judge(rules: ["refund-has-cause"]) { story in
      story.trace.partners.removeAll { $0.id != .store }
      story.place()
      story.call("refund-create", at: .store, telling: [.refunded("rf1", 10.dollars)])
    }
    #expect(
      verdict.notJudged.map(\.reason) == ["the trace does not show what refunds could be for"]
    )
  }

  @Test("a rule that could not be judged says why")
  func saysWhy() {
    let verdict = judge(rules: ["order-shipped-once"]) { $0.place() }
    #expect(
      verdict.notJudged
        == [Verdict.NotJudged(rule: "order-shipped-once", reason: "nothing shipped")]
    )
  }

  @Test("a rule reports so many findings, and counts the rest")
  func boundsFindings() {
    var report = RuleReport(rule: "any")
    for _ in 0..<(RuleReport.findingsMax + 7) {
      report.breach(at: Story.start, "m", expected: "e", found: "f")
    }
    #expect(report.findings.count == RuleReport.findingsMax)
    #expect(report.dropped == 7)
  }

  @Test("says how each order ended")
  func saysEndings() {
    let verdict = judge { story in
      story.plainOrder()
      story.place("1002")
      story.exception(order: "1002", owner: "finance")
    }
    #expect(verdict.orders.map(\.name) == ["1001", "1002"])
    #expect(
      verdict.orders.map(\.ending)
        == ["delivered", "placed and in the exception queue of 'finance'"]
    )
  }

  @Test(
    "says how an order ended of which only one partner's messages are known",
    arguments: [
      ([Fact.tracked("tr1", "T1")], "parcel T1", "tracked"),
      ([.tracked("tr1", "T1"), .scanned("T1")], "parcel T1", "on its way"),
      ([.scanned("T1"), .delivered("T1")], "parcel T1", "delivered"),
      ([.requested("r1", [1.of()])], "returns:r1", "return requested"),
      ([.requested("r1", [1.of()]), .closed("r1")], "returns:r1", "return closed"),
      ([.expected("wr1", [1.of()])], "RMA-r1-1001", "return expected"),
      ([.graded("wr1", [1.of()])], "RMA-r1-1001", "return graded"),
      ([.authorised("ra1", [1.of()])], "erp:ra1", "return authorised"),
      ([.fulfilled("1", [1.of()])], "IF-1", "fulfilled"),
      ([.invoiced("1", [1.of()]), .fulfilled("1", [1.of()])], "IF-1", "invoiced"),
      ([.told("f1", "T1", [1.of()])], "parcel T1", "fulfilled"),
      ([.captured("1001", 10.dollars)], "store:1001", "paid"),
    ] as [([Fact], String, String)]
  )
  func endsPartialTraces(facts: [Fact], name: String, ending: String) {
    let verdict = judge { story in
      for fact in facts { story.happens(fact) }
    }
    #expect(verdict.orders.map(\.name) == [name])
    #expect(verdict.orders.map(\.ending) == [ending])
  }
}

@Suite("Expectations")
struct ExpectationTests {
  private func findings(
    _ content: Verifier.Expectation.Content,
    _ tell: (inout Story) -> Void = { $0.plainOrder() }
  ) -> [String] {
    var story = Story()
    tell(&story)
    let verdict = Verifier(catalog: TestCatalog.catalog, rules: []).judge(
      story.trace,
      expectations: [Verifier.Expectation(content, text: "hope")]
    )
    #expect(verdict.expectations.map(\.holds) == [verdict.findings.isEmpty])
    return verdict.findings.map { "\($0.expected) | \($0.found)" }
  }

  @Test("an order reaches a state, in a form, in time")
  func reaches() {
    let order = "order 1001"
    #expect(
      findings(.reaches(order: order, .shipmentDelivered, detail: nil, within: .seconds(999_999)))
        == []
    )
    #expect(
      findings(.reaches(order: order, .shipmentDelivered, detail: nil, within: .seconds(3600)))
        == ["'shipment.delivered' within 1 h | after 2 days 2 h"]
    )
    #expect(
      findings(.reaches(order: order, .shipmentFailed, detail: "lost", within: nil))
        == ["'shipment.failed' (lost) | it ended delivered"]
    )
    #expect(
      findings(.reaches(order: "nobody", .orderPlaced, detail: nil, within: nil))
        == ["an order 'nobody' | no order of that name was placed"]
    )
  }

  @Test("facts, notes and amounts are counted")
  func counts() {
    typealias Bound = Verifier.Expectation.Bound
    let order = "order 1001"
    #expect(
      findings(.count(.invoicePosted, order: order, Bound(atLeast: 1, atMost: 1))) == []
    )
    #expect(
      findings(.count(.invoicePosted, order: nil, Bound(atLeast: 2, atMost: 3)))
        == ["2 to 3 'invoice.posted' | 1"]
    )
    #expect(
      findings(.amount(.invoicePosted, order: order, 25.dollars))
        == ["'invoice.posted' of 25.00 in all | 20.00"]
    )
    #expect(
      findings(.noted(.replayed, order: order, Bound(atLeast: 1)))
        == ["at least 1 'replayed' by the integration | 0"]
    )
  }

  @Test("exceptions and stock are found, or what is there instead is said")
  func findsExceptionsAndStock() {
    #expect(
      findings(.exception(order: "order 1001", owner: "finance")) { story in
        story.place()
        story.exception(owner: "claims")
      } == ["an exception for 'finance' | exceptions for 'claims'"]
    )
    #expect(
      findings(.stock(.threePL, sku: "SKU-1", node: nil, onHand: 9, available: nil)) {
        $0.stock(onHand: 10)
      } == ["9 on hand at 3pl of 'SKU-1' | 10 on hand and 10 available"]
    )
    #expect(
      findings(.stock(.threePL, sku: "SKU-9", node: "east", onHand: 1, available: nil)) {
        $0.stock()
      } == ["stock at 3pl/east of 'SKU-9' | none"]
    )
  }
}
