public import DrydockContracts
public import DrydockExchange
import DrydockKernel

/// Judges traces: contracts on every message, rules on every order, expectations on the scenario.
///
///     let verifier = Verifier(catalog: catalog)
///     let verdict = verifier.judge(trace)
public struct Verifier: Sendable {
  /// The contracts.
  public var catalog: ContractCatalog
  /// The rules, in the order in which they are judged.
  public var rules: [any Rule]

  /// Creates a verifier.
  ///
  /// - Parameters:
  ///   - catalog: The contracts.
  ///   - rules: The rules; all there are unless said otherwise.
  public init(catalog: ContractCatalog, rules: [any Rule] = RuleCatalog.all) {
    self.catalog = catalog
    self.rules = rules
  }

  /// Judges a trace.
  ///
  /// - Parameters:
  ///   - trace: What happened.
  ///   - expectations: What must hold in this scenario besides the rules.
  ///   - policy: How the business wants things done; rules that need it are skipped without.
  ///   - allowed: Ids of rules whose breach this scenario is about; their findings become warnings.
  /// - Returns: The verdict, with every finding and what could not be judged.
  /// - Complexity: Linear in the trace for reading, then about linear in its facts for each rule.
  public func judge(
    _ trace: Trace,
    expectations: [Expectation] = [],
    policy: IntegrationPolicy? = nil,
    allowing allowed: Set<String> = []
  ) -> Verdict {
    let (evidence, contractFindings) = Evidence.read(
      trace,
      catalog: catalog,
      policy: policy
    )
    var findings = contractFindings
    var notJudged: [Verdict.NotJudged] = []
    var judged = RuleCatalog.contractRules.map(\.id)
    for rule in rules {
      var report = RuleReport(rule: rule.description.id)
      rule.judge(evidence, into: &report)
      findings += report.findings
      if let reason = report.skipReason, report.findings.isEmpty {
        notJudged.append(Verdict.NotJudged(rule: report.rule, reason: reason))
      } else {
        judged.append(report.rule)
      }
    }
    let results = expectations.map { $0.judge(evidence, into: &findings) }
    for index in findings.indices {
      findings[index].causes = causes(of: findings[index], in: evidence)
      if allowed.contains(findings[index].rule) { findings[index].level = .warning }
    }
    findings.sort { ($0.at, $0.rule, $0.message) < ($1.at, $1.rule, $1.message) }
    return Verdict(
      outcome: outcome(findings, evidence),
      findings: findings,
      notJudged: notJudged,
      judged: judged,
      expectations: results,
      orders: endings(evidence, findings),
      indicators: Indicator.all(of: evidence),
      messages: evidence.messages,
      digest: trace.digest.hex,
      stories: evidence.stories(of: findings)
    )
  }

  /// Returns what a trace shows, put in order, without judging it.
  package func evidence(of trace: Trace) -> Evidence {
    Evidence.read(trace, catalog: catalog, policy: nil).0
  }

  private func outcome(_ findings: [Finding], _ evidence: Evidence) -> Verdict.Outcome {
    if findings.contains(where: { $0.level == .error }) { return .failed }
    if case .stopped = evidence.ending { return .inconclusive }
    return evidence.facts.isEmpty ? .inconclusive : .passed
  }

  /// Returns the injected faults behind a finding: on its exchanges, else on its order before it.
  private func causes(of finding: Finding, in evidence: Evidence) -> [FaultEffect] {
    let fired = evidence.faults.filter { $0.effect.fired && $0.at <= finding.at }
    let direct = fired.filter { fault in
      fault.effect.exchange.map { finding.exchanges.contains($0) } ?? false
    }
    var chosen = direct
    if direct.isEmpty, let name = finding.order,
      let order = evidence.orders.first(where: { $0.name == name })
    {
      let own = Set(order.exchanges.map { evidence.exchanges[$0].exchange.attempt.exchange })
      chosen = fired.filter { $0.effect.exchange.map { own.contains($0) } ?? true }
    } else if direct.isEmpty, finding.order == nil {
      chosen = fired
    }
    var causes: [FaultEffect] = []
    for fault in chosen.reversed() where causes.count < 5 {
      let isKnown = causes.contains {
        $0.fault == fault.effect.fault && $0.effect == fault.effect.effect
      }
      if !isKnown { causes.append(fault.effect) }
    }
    return causes
  }

  private func endings(_ evidence: Evidence, _ findings: [Finding]) -> [Verdict.OrderResult] {
    evidence.orders.map { order in
      Verdict.OrderResult(
        name: order.name,
        ending: evidence.ending(of: order),
        findings: findings.count { $0.order == order.name && $0.level == .error }
      )
    }
  }
}

extension Evidence {
  /// Returns how an order ended, in words.
  func ending(of order: OrderStory) -> String {
    let kinds: [(FactKind, String)] = [
      (.creditPosted, "credited"), (.refundIssued, "refunded"), (.returnReceived, "returned"),
      (.orderCancelled, "cancelled"), (.shipmentFailed, "not delivered"),
      (.shipmentDelivered, "delivered"), (.shipmentCreated, "shipped"),
      (.orderReleased, "released"), (.orderHeld, "held"), (.orderAccepted, "accepted"),
      (.orderRefused, "refused"), (.orderPlaced, "placed"),
      // What is left where a trace shows only a part of the partners.
      (.returnClosed, "return closed"), (.returnGraded, "return graded"),
      (.returnAuthorised, "return authorised"), (.returnExpected, "return expected"),
      (.returnRequested, "return requested"), (.invoicePosted, "invoiced"),
      (.fulfilmentPosted, "fulfilled"), (.shipmentNotified, "fulfilled"),
      (.shipmentScanned, "on its way"), (.shipmentTracked, "tracked"),
      (.paymentCaptured, "paid"),
    ]
    let exceptions = notes(.exceptionQueued, of: order)
    let queued = exceptions.last.map { " and in the exception queue of '\($0.note.owner)'" } ?? ""
    for (kind, word) in kinds where first(kind, of: order) != nil { return word + queued }
    return "unknown" + queued
  }
}
