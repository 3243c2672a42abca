public import DrydockExchange
public import DrydockKernel

extension Verifier {
  /// What must hold in one scenario.
  public struct Expectation: Hashable, Sendable {
    /// What is expected.
    public var content: Content
    /// The expectation as the scenario says it.
    public var text: String

    /// Creates an expectation.
    public init(_ content: Content, text: String) {
      self.content = content
      self.text = text
    }

    /// A bound on a count.
    public struct Bound: Hashable, Sendable {
      /// The least number that holds.
      public var atLeast: Int
      /// The greatest number that holds.
      public var atMost: Int

      /// Creates a bound.
      public init(atLeast: Int = 0, atMost: Int = .max) {
        self.atLeast = atLeast
        self.atMost = atMost
      }

      /// The bound in words.
      public var words: String {
        if atLeast == atMost { return "exactly \(atLeast)" }
        if atMost == .max { return "at least \(atLeast)" }
        return atLeast == 0 ? "at most \(atMost)" : "\(atLeast) to \(atMost)"
      }
    }

    /// The forms an expectation takes.
    ///
    /// Orders are named by the scenario's word.
    public enum Content: Hashable, Sendable {
      /// A fact about the order is stated, within a while after the order was placed.
      case reaches(order: String, FactKind, detail: String?, within: Duration?)
      /// A fact is stated so many times.
      case count(FactKind, order: String?, Bound)
      /// The amounts of all facts of a kind about an order add up to this.
      case amount(FactKind, order: String, Money)
      /// The order waits in an exception queue of this owner.
      case exception(order: String, owner: String?)
      /// The integration said this so many times.
      case noted(IntegrationNote.Kind, order: String?, Bound)
      /// A partner's books end with so many units.
      case stock(PartnerID, sku: String, node: String?, onHand: Int?, available: Int?)
    }
  }
}

extension Verifier.Expectation {
  /// The id under which a broken expectation is reported.
  public static let rule = "scenario-expectation"

  func judge(
    _ evidence: Evidence,
    into findings: inout [Finding]
  ) -> Verdict.ExpectationResult {
    let (expected, found, order) = outcome(in: evidence)
    if let found {
      findings.append(
        Finding(
          rule: Self.rule,
          at: evidence.end,
          order: order,
          message: "expectation '\(text)' failed",
          expected: expected,
          found: found
        )
      )
    }
    return Verdict.ExpectationResult(text: text, holds: found == nil)
  }

  /// Returns what was expected, and what was found where that differs.
  private func outcome(
    in evidence: Evidence
  ) -> (expected: String, found: String?, order: String?) {
    switch content {
    case .reaches(let label, let kind, let detail, let within):
      return reaches(label, kind, detail, within, evidence)
    case .count(let kind, let label, let bound):
      let order = label.flatMap { evidence.order(labelled: $0) }
      guard label == nil || order != nil else { return missing(label ?? "") }
      let count = order.map { evidence.facts(kind, of: $0).count } ?? evidence.facts(kind).count
      return bounded(count, bound, "'\(kind.rawValue)'", order)
    case .amount(let kind, let label, let amount):
      guard let order = evidence.order(labelled: label) else { return missing(label) }
      let sum = evidence.total(kind, of: order, in: amount.currency)
      return (
        "'\(kind.rawValue)' of \(amount.decimalString) in all",
        sum == amount ? nil : sum.decimalString, order.name
      )
    case .exception(let label, let owner):
      guard let order = evidence.order(labelled: label) else { return missing(label) }
      let queued = evidence.notes(.exceptionQueued, of: order)
      let holds = queued.contains { owner == nil || $0.note.owner == owner }
      let owners = queued.map { "'\($0.note.owner)'" }.joined(separator: ", ")
      return (
        "an exception\(owner.map { " for '\($0)'" } ?? "")",
        holds ? nil : owners.isEmpty ? "none" : "exceptions for \(owners)", order.name
      )
    case .noted(let kind, let label, let bound):
      let order = label.flatMap { evidence.order(labelled: $0) }
      guard label == nil || order != nil else { return missing(label ?? "") }
      let count =
        order.map { evidence.notes(kind, of: $0).count }
        ?? evidence.notes.count { $0.note.kind == kind }
      return bounded(count, bound, "'\(kind.rawValue)' by the integration", order)
    case .stock(let partner, let sku, let node, let onHand, let available):
      return stock(partner, sku, node, onHand, available, evidence)
    }
  }

  private func missing(_ label: String) -> (String, String?, String?) {
    ("an order '\(label)'", "no order of that name was placed", label)
  }

  private func bounded(
    _ count: Int,
    _ bound: Bound,
    _ what: String,
    _ order: OrderStory?
  ) -> (String, String?, String?) {
    let holds = count >= bound.atLeast && count <= bound.atMost
    return ("\(bound.words) \(what)", holds ? nil : String(count), order?.name)
  }

  private func reaches(
    _ label: String,
    _ kind: FactKind,
    _ detail: String?,
    _ within: Duration?,
    _ evidence: Evidence
  ) -> (String, String?, String?) {
    guard let order = evidence.order(labelled: label) else { return missing(label) }
    let reached = evidence.facts(kind, of: order).first {
      detail == nil || $0.fact.detail == detail
    }
    let what = "'\(kind.rawValue)'\(detail.map { " (\($0))" } ?? "")"
    let limit = within.map { " within \($0.roundedDescription)" } ?? ""
    guard let reached else {
      return ("\(what)\(limit)", "it ended \(evidence.ending(of: order))", order.name)
    }
    guard let within, let placed = evidence.first(.orderPlaced, of: order) else {
      return (what, nil, order.name)
    }
    let took = reached.fact.at - placed.fact.at
    return (
      "\(what)\(limit)", took <= within ? nil : "after \(took.roundedDescription)", order.name
    )
  }

  private func stock(
    _ partner: PartnerID,
    _ sku: String,
    _ node: String?,
    _ onHand: Int?,
    _ available: Int?,
    _ evidence: Evidence
  ) -> (String, String?, String?) {
    let entries = (evidence.books.first { $0.partner == partner })?.stock.filter {
      $0.sku == sku && (node == nil || $0.node == node)
    }
    let place = "\(partner)\(node.map { "/\($0)" } ?? "") of '\(sku)'"
    guard let entries, !entries.isEmpty else { return ("stock at \(place)", "none", nil) }
    let physical = entries.reduce(0) { $0 + $1.onHand }
    let sellable = entries.reduce(0) { $0 + $1.available }
    var expected: [String] = []
    if let onHand { expected.append("\(onHand) on hand") }
    if let available { expected.append("\(available) available") }
    let holds =
      (onHand == nil || onHand == physical) && (available == nil || available == sellable)
    return (
      "\(expected.joined(separator: " and ")) at \(place)",
      holds ? nil : "\(physical) on hand and \(sellable) available", nil
    )
  }
}

extension Evidence {
  /// Returns the order that a scenario calls by a word.
  public func order(labelled label: String) -> OrderStory? {
    let key = EntityKey("source", label)
    return orders.first { $0.keys.contains(key) }
  }
}
