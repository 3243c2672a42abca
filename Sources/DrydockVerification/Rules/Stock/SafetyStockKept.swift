import DrydockExchange
import DrydockKernel

/// The units that policy keeps back are not offered.
struct SafetyStockKept: Rule {
  let description = RuleDescription(
    id: "safety-stock-kept",
    family: .stock,
    summary: "the store shows available units less the safety stock that policy keeps back",
    reason: "the safety stock covers counting errors and the minutes until stock is read again",
    example: "10 units are available, policy keeps 2, and 10 are published",
    remedy: "take the safety stock off once per SKU, after adding up the nodes"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard let policy = evidence.policy else { return report.skip("the policy is not known") }
    guard policy.safetyStock > 0 else { return report.skip("policy keeps no safety stock") }
    guard evidence.has(.stockPublished) else { return report.skip("no stock was published") }
    guard let replay = evidence.stockReplay else {
      return report.skip("the 3PLs' books at the beginning are not at hand")
    }
    let safety = policy.safetyStock
    evidence.judgePublications(replay, keeping: safety) { published, sku, units, most in
      // More than there is at all is another rule's finding.
      guard units <= max(0, most) else { return }
      report.breach(
        at: published.fact.at,
        "units of '\(sku)' were published that policy keeps back",
        expected: "at most \(max(0, most - safety)): \(most) available less \(safety) kept back",
        found: "\(units)",
        exchanges: published.exchanges
      )
    }
  }
}
