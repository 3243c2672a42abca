import DrydockExchange
import DrydockKernel

/// Stock that is gone is off the shop window soon.
struct StockFresh: Rule {
  let description = RuleDescription(
    id: "stock-fresh",
    family: .time,
    summary: "when less can be shipped than the store shows, the store is told in time",
    reason: "every order in between is for goods that are not there",
    example: "a pallet is damaged in the morning and the store sells it until the evening",
    remedy: "publish stock every few hours, and at once when a count takes units away"
  )

  /// Without a policy that says how often stock is published: two publications a working day.
  static let usualInterval = Duration.seconds(4 * 3600)

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.stockPublished) else { return report.skip("no stock was published") }
    guard let replay = evidence.stockReplay else {
      return report.skip("the 3PLs' books at the beginning are not at hand")
    }
    let interval = evidence.policy?.publishEvery ?? Self.usualInterval
    let objective = Objective(undisturbed: interval * 2, afterTrouble: interval * 7)
    let published = Published(evidence)
    var judged = 0
    for loss in evidence.facts(.stockAdjusted)
    where evidence.kind(of: loss.fact.partner) == .threePL {
      guard let happened = loss.happened else { continue }
      for line in loss.fact.lines where line.quantity < 0 {
        let deadline = happened + objective.undisturbed
        guard deadline <= evidence.end,
          let shown = published.units(of: line.sku, at: happened)
        else { continue }
        judged += 1
        // Only while nothing came back may one ask for fewer units to be shown.
        guard let most = replay.mostAvailable(line.sku, from: happened, to: deadline),
          shown > max(0, most),
          let late = lateness(published, line.sku, happened, most, objective, evidence)
        else { continue }
        report.breach(
          at: happened + late.took,
          "the store went on showing units of '\(line.sku)' that were gone",
          expected: "at most \(max(0, most)) shown within \(late.allowed.roundedDescription)",
          found: "\(shown) shown for \(late.took.roundedDescription)",
          exchanges: loss.exchanges
        )
      }
    }
    if judged == 0 { report.skip("no published stock was lost at a 3PL") }
  }

  /// Returns how long too many units were shown, beyond the deadline.
  private func lateness(
    _ published: Published,
    _ sku: String,
    _ happened: VirtualInstant,
    _ most: Int,
    _ objective: Objective,
    _ evidence: Evidence
  ) -> (allowed: Duration, took: Duration)? {
    let mended = published.first(sku, after: happened, atMost: max(0, most)) ?? evidence.end
    return objective.lateness(from: happened, to: mended, evidence)
  }
}

/// What the store was told to show, by SKU, in order.
private struct Published {
  private var units: [String: [(at: VirtualInstant, units: Int)]] = [:]

  init(_ evidence: Evidence) {
    for observed in evidence.facts(.stockPublished) {
      for line in observed.fact.lines {
        units[line.sku, default: []].append((observed.fact.at, line.units))
      }
    }
  }

  func units(of sku: String, at instant: VirtualInstant) -> Int? {
    let all = units[sku] ?? []
    let next = all.partitionIndex { $0.at > instant }
    return next > 0 ? all[next - 1].units : nil
  }

  func first(_ sku: String, after instant: VirtualInstant, atMost most: Int) -> VirtualInstant? {
    let all = units[sku] ?? []
    let next = all.partitionIndex { $0.at > instant }
    return all[next...].first { $0.units <= most }?.at
  }
}
