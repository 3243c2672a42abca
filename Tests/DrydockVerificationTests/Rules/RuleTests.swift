import DrydockExchange
import DrydockKernel
import DrydockVerification
import Testing

@Suite("Rules")
struct RuleTests {
  @Test("each rule says of each story what it must", arguments: RuleCase.all)
  func judges(_ ruleCase: RuleCase) {
    let verdict = ruleCase.judge()
    #expect(verdict.findings.map(\.text) == ruleCase.findings)
    #expect(verdict.notJudged.isEmpty, "the story is too small to judge")
    #expect(verdict.findings.allSatisfy { $0.rule == ruleCase.rule })
  }

  @Test("every rule has a breach, a clean and a strange but legal story")
  func hasCases() {
    for rule in RuleCatalog.all {
      let id = rule.description.id
      let roles = RuleCase.all.filter { $0.rule == id }.map(\.role)
      #expect(Set(roles) == Set(RuleCase.Role.allCases), "of rule '\(id)'")
    }
    let known = Set(RuleCatalog.all.map(\.description.id))
    for ruleCase in RuleCase.all {
      #expect(known.contains(ruleCase.rule), "'\(ruleCase)' names no rule")
    }
  }

  @Test("ids are kebab-case, unique, and every rule is explained")
  func isDescribed() {
    #expect(Set(RuleCatalog.ids).count == RuleCatalog.ids.count)
    for description in RuleCatalog.descriptions {
      #expect(description.id.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D })
      for text in [
        description.summary, description.reason, description.example, description.remedy,
      ] {
        #expect(text.utf8.count > 20 && !text.hasSuffix("."), "of rule '\(description.id)'")
      }
    }
  }

  @Test("a trace of nothing breaches nothing", arguments: RuleCatalog.all.map(\.description.id))
  func passesNothing(_ id: String) {
    let ruleCase = RuleCase.clean(id, "nothing happens") { $0.quiet() }
    #expect(ruleCase.judge().findings.isEmpty)
  }

  @Test("an order and its return that go as they should breach no rule")
  func passesPlainStory() {
    var story = Story()
    story.stock(shown: 10)
    story.plainOrder()
    story.plainReturn()
    story.note(.reconciled, order: nil)
    story.closingBooks(
      store: .atStore(returned: 10.dollars),
      erp: .inERP(returned: 10.dollars)
    )
    story.quiet()
    let verdict = Verifier(catalog: TestCatalog.catalog).judge(story.trace)
    #expect(verdict.findings.map(\.text) == [])
    #expect(verdict.outcome == .passed)
  }

  @Test("a recording of calls alone breaches no rule that needs more")
  func passesHalfARecording() {
    var story = Story()
    story.trace.partners = [Story.describe(.erp, .erp)]
    story.call(
      "sales-order-upsert",
      at: .erp,
      "PUT",
      headers: [:],
      telling: [.accepted("so1", "SHOP-1001", [2.of()], 20.dollars)],
      isInBooks: false
    )
    story.call(
      "invoice-create",
      at: .erp,
      headers: [:],
      telling: [.invoiced("i1", [2.of()], 20.dollars)],
      isInBooks: false
    )
    let verdict = Verifier(catalog: TestCatalog.catalog).judge(story.trace)
    #expect(verdict.findings.map(\.text) == [])
  }
}
