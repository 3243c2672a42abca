import DrydockPlayer
import DrydockReference
import DrydockReports
import DrydockScenarios
import DrydockVerification
import Testing

/// The harness can fail: a defect of the integration is found, named and traced to its fault.
@Suite("Defects", .timeLimit(.minutes(10)))
struct DefectTests {
  /// A defect, a story that shows it, and a rule that names it.
  struct Catch: Sendable, CustomTestStringConvertible {
    var defect: ReferenceDefect
    var story: String
    var rule: String
    /// Whether an injected fault is behind it; some defects need none.
    var hasFault = true
    var testDescription: String { "\(defect.rawValue) in \(story)" }
  }

  static let catches: [Catch] = [
    Catch(
      defect: .noIdempotencyKey,
      story: "erp/posts-and-answer-is-lost",
      rule: "unknown-outcome-looked-up"
    ),
    Catch(
      defect: .timeoutIsFailure,
      story: "3pl/release-answer-lost",
      rule: "unknown-outcome-looked-up"
    ),
    Catch(
      defect: .noDuplicateSuppression,
      story: "3pl/confirms-twice",
      rule: "write-accepted-once"
    ),
    Catch(
      defect: .readsOneVersion,
      story: "3pl/pages-of-orders-change-form",
      rule: "nothing-pending"
    ),
    Catch(
      defect: .refundOnEveryReceipt,
      story: "returns/receipt-webhook-duplicated",
      rule: "return-refunded-once"
    ),
    Catch(
      defect: .lastEventWins,
      story: "carrier/scans-late-twice-and-out-of-order",
      rule: "write-accepted-once"
    ),
    Catch(
      defect: .noReconciliation,
      story: "integration/lost-order-webhook",
      rule: "no-order-lost"
    ),
    Catch(
      defect: .trustsUnsignedWebhooks,
      story: "security/wrong-webhook-signature",
      rule: "bad-signature-refused"
    ),
    Catch(
      defect: .forgetsOnRestart,
      story: "integration/crash-between-effect-and-acknowledgement",
      rule: "no-order-lost",
      hasFault: false
    ),
    Catch(
      defect: .refundsExchanges,
      story: "returns/exchange-instead-of-refund",
      rule: "exchange-not-refunded",
      hasFault: false
    ),
    Catch(
      defect: .refundsShipping,
      story: "returns/restocked",
      rule: "credit-equals-refund",
      hasFault: false
    ),
  ]

  @Test("is caught by its rule, with the order and the injected fault", arguments: catches)
  func isCaught(_ expected: Catch) throws {
    let player = ScenarioPlayer(catalog: PackageFiles.catalog)
    let scenario = try PackageFiles.scenario("Scenarios/\(expected.story).json")
    let run = player.play(
      scenario,
      against: ReferenceIntegration(defects: [expected.defect]),
      defects: [expected.defect.rawValue]
    )
    #expect(run.verdict.outcome == .failed)
    let finding = try #require(
      run.verdict.errors.first { $0.rule == expected.rule },
      "\(TextReport().details(of: run))"
    )
    #expect(finding.order != nil || finding.message.contains("#1001"))
    if expected.hasFault { #expect(!finding.causes.isEmpty) }
    #expect(run.reproduce.hasSuffix("--seed 1 --defect \(expected.defect.rawValue)"))
  }
}
