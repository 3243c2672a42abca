import DrydockExchange
import DrydockKernel

/// No more units are in the hands of 3PLs than the order has.
struct OrderReleasedOnce: Rule {
  let description = RuleDescription(
    id: "order-released-once",
    family: .once,
    summary: "no more units of an order are released to 3PLs than were ordered",
    reason: "whatever is released is picked: two releases become two parcels",
    example: "a 3PL is slow to answer, the order goes to another one, and both ship",
    remedy: "take a release back, and see it cancelled, before the same units go anywhere else"
  )

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    guard evidence.has(.orderReleased) else { return report.skip("no 3PL took an order") }
    for order in evidence.orders { judge(order, evidence, &report) }
  }

  private func judge(_ order: OrderStory, _ evidence: Evidence, _ report: inout RuleReport) {
    let placed = evidence.first(.orderPlaced, of: order)
    var left = UnitAllowance(placed?.fact.lines ?? [])
    var released: [ObservedFact] = []
    for position in order.facts {
      let observed = evidence.facts[position]
      switch observed.fact.kind {
      case .orderReleased:
        let excess = left.take(observed.fact.lines)
        let same = released.first {
          $0.fact.partner == observed.fact.partner && $0.fact.reference == observed.fact.reference
        }
        released.append(observed)
        guard placed == nil ? same != nil : excess != nil else { continue }
        report.breach(
          at: observed.fact.at,
          order: order,
          "order '\(order.name)' was released more than once",
          expected: placed == nil
            ? "one release of '\(observed.fact.reference?.value ?? "")'"
            : "at most the ordered units of '\(excess?.sku ?? "")'",
          found: "releases \(released.map { "'\($0.fact.subject)'" }.joined(separator: " and "))",
          exchanges: released.flatMap(\.exchanges)
        )
        return
      case .orderCancelled:
        guard let index = released.firstIndex(where: { $0.fact.subject == observed.fact.subject })
        else { continue }
        let gone = released.remove(at: index)
        left.add(gone.fact.lines)
        left.take(shipped(of: gone, order, evidence))
      case .shipmentFailed: left.add(evidence.unitsThatFailed(observed, of: order))
      default: continue
      }
    }
  }

  /// What left the warehouse under a release before it was cancelled stays used up.
  private func shipped(
    of release: ObservedFact,
    _ order: OrderStory,
    _ evidence: Evidence
  ) -> [FactLine] {
    evidence.facts(.shipmentCreated, of: order).filter {
      $0.fact.order == release.fact.subject
    }.flatMap(\.fact.lines)
  }
}
