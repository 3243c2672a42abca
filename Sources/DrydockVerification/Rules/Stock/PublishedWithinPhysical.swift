import DrydockExchange
import DrydockKernel

/// The store offers what can be shipped.
struct PublishedWithinPhysical: Rule {
  let description = RuleDescription(
    id: "published-within-physical",
    family: .stock,
    summary: "the store never shows more units of a SKU than the 3PLs could still ship",
    reason: "whatever is shown is sold: units on hold or promised to others are sold twice",
    example: "all 10 units on the shelf are published, 4 of them are promised, 2 are damaged",
    remedy: "publish what is fulfillable, less what open orders need, and not what is on hand"
  )

  /// How old the reading may be that a publication is made of.
  static let readingAge = Duration.seconds(1800)

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.stockPublished) else { return report.skip("no stock was published") }
    guard let replay = evidence.stockReplay else {
      return report.skip("the 3PLs' books at the beginning are not at hand")
    }
    evidence.judgePublications(replay, keeping: 0) { published, sku, units, most in
      report.breach(
        at: published.fact.at,
        "more units of '\(sku)' were published than could be shipped",
        expected: "at most \(max(0, most)), which the 3PLs had neither promised nor held",
        found: "\(units)",
        exchanges: published.exchanges
      )
    }
  }
}

extension Evidence {
  /// Calls back for every publication of more units than were available, less those to keep.
  func judgePublications(
    _ replay: StockReplay,
    keeping safety: Int,
    breach: (_ published: ObservedFact, _ sku: String, _ units: Int, _ most: Int) -> Void
  ) {
    for published in facts(.stockPublished) {
      guard let at = asked(published) ?? published.happened else { continue }
      // After a fault, a publication may be the repetition of an older one.
      let trouble = lastTrouble(notAfter: at)
      let isDisturbed = trouble.map { at - $0 < .seconds(86_400) } ?? false
      let age = isDisturbed ? Duration.seconds(90_000) : PublishedWithinPhysical.readingAge
      for (sku, units) in published.fact.lines.unitsBySKU {
        guard let most = replay.mostAvailable(sku, from: at - age, to: at),
          units > max(0, most - safety)
        else { continue }
        breach(published, sku, units, most)
      }
    }
  }
}
