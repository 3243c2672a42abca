public import DrydockExchange
package import DrydockKernel
import DrydockJSON

/// The part of a contract that maps a payload to one kind of fact.
public struct Meaning: Hashable, Sendable {
  /// The fact.
  public var fact: FactKind
  /// What must hold for the message to carry it.
  public var conditions: [Condition]
  /// The array of which each element carries the fact; nothing for the message as a whole.
  public var each: ValueSource.Place?
  /// What came into being or changed.
  public var subject: KeySource
  /// The partner's key of the order.
  public var order: KeySource?
  /// Further keys of the same order.
  public var links: [KeySource]
  /// What the fact belongs to.
  public var parent: KeySource?
  /// When it happened; nothing for the instant of the message.
  public var at: ValueSource?
  /// The lines.
  public var lines: LineSource?
  /// The money.
  public var amount: AmountSource?
  /// The neutral word that refines the kind.
  public var detail: ValueSource?

  /// Something that must hold.
  public struct Condition: Hashable, Sendable {
    /// The value.
    public var value: ValueSource
    /// The texts it may have; none when it must only be present.
    public var texts: [String]
    /// Whether it must be present or absent.
    public var isPresent: Bool
  }

  /// A key: a namespace and where its value is.
  public struct KeySource: Hashable, Sendable {
    /// The namespace.
    public var namespace: String
    /// The parts of the value, joined by `/`.
    public var parts: [ValueSource]
  }

  /// Lines: where they are and what is in each.
  public struct LineSource: Hashable, Sendable {
    /// The array.
    public var each: ValueSource.Place
    /// What must hold for an element to count.
    public var conditions: [Condition]
    /// The stock keeping unit.
    public var sku: ValueSource
    /// The number of units.
    public var quantity: ValueSource
    /// The node.
    public var node: ValueSource?
    /// The amount, in the fact's currency.
    public var amount: ValueSource?
    /// A neutral word.
    public var detail: ValueSource?
  }

  /// Money: one value or a sum, and its currency.
  public struct AmountSource: Hashable, Sendable {
    /// The value, or with `*` every value that is added up.
    public var value: ValueSource
    /// The currency.
    public var currency: ValueSource
  }
}

/// A value that a meaning needs and a message that satisfies its schema does not have.
public struct MeaningGap: Hashable, Sendable {
  /// The contract.
  public var contract: String
  /// The fact.
  public var fact: FactKind
  /// What is missing.
  public var missing: String
}

extension Meaning {
  /// Returns the facts that a message carries by this meaning, and what was missing.
  package func facts(
    in message: MessageView,
    partner: PartnerID,
    at instant: VirtualInstant,
    gaps: inout [MeaningGap]
  ) -> [Fact] {
    var facts: [Fact] = []
    appendFacts(in: message, partner: partner, at: instant, to: &facts, gaps: &gaps)
    return facts
  }

  /// Appends the facts that a message carries by this meaning, and what was missing.
  func appendFacts(
    in message: MessageView,
    partner: PartnerID,
    at instant: VirtualInstant,
    to facts: inout [Fact],
    gaps: inout [MeaningGap]
  ) {
    func append(_ element: JSONValue?) {
      guard holds(in: message, element: element),
        let fact = fact(in: message, element: element, partner: partner, at: instant, &gaps)
      else { return }
      facts.append(fact)
    }
    guard let each else { return append(nil) }
    for found in message.items(each, element: nil) { append(found.item) }
  }

  /// Tells whether the message, or an element of it, carries the fact at all.
  private func holds(in message: MessageView, element: JSONValue?) -> Bool {
    let conditions = conditions.span
    for index in conditions.indices {
      if !conditions[index].holds(in: message, element: element) { return false }
    }
    return true
  }

  private func fact(
    in message: MessageView,
    element: JSONValue?,
    partner: PartnerID,
    at instant: VirtualInstant,
    _ gaps: inout [MeaningGap]
  ) -> Fact? {
    func gap(_ missing: String) {
      gaps.append(MeaningGap(contract: message.contract.id, fact: self.fact, missing: missing))
    }
    guard let identity = subject.key(in: message, element: element) else {
      gap("subject '\(subject.namespace)'")
      return nil
    }
    var fact = Fact(self.fact, by: partner, at: instant, subject: identity)
    fact.order = order?.key(in: message, element: element)
    fact.links = links.compactMap { $0.key(in: message, element: element) }
    fact.parent = parent?.key(in: message, element: element)
    if let at, let text = message.text(at, element: element) {
      if let moment = VirtualInstant(parsing: text) {
        fact.at = moment
      } else {
        gap("an instant in '\(text)'")
      }
    }
    var currency: CurrencyCode?
    if let amount {
      currency = message.text(amount.currency, element: element).flatMap { CurrencyCode($0) }
      if let currency {
        fact.amount = amount.money(in: message, element: element, currency: currency)
      }
      if fact.amount == nil { gap("an amount") }
    }
    if let lines {
      fact.lines = lines.lines(in: message, element: element, currency: currency) { gap($0) }
    }
    fact.detail = detail.flatMap { message.text($0, element: element) }
    return fact
  }
}

extension Meaning.Condition {
  func holds(in message: MessageView, element: JSONValue?) -> Bool {
    let text = message.text(value, element: element)
    if texts.isEmpty {
      let isThere =
        text != nil
        || message.values(value.place, element: element).contains {
          $0.kind == .object || ($0.kind == .array && $0.count > 0)
        }
      return isThere == isPresent
    }
    return text.map { texts.contains($0) == isPresent } ?? !isPresent
  }
}

extension Meaning.KeySource {
  func key(in message: MessageView, element: JSONValue?) -> EntityKey? {
    if parts.count == 1 {
      return message.text(parts[0], element: element).map { EntityKey(namespace, $0) }
    }
    var texts: [String] = []
    for part in parts {
      guard let text = message.text(part, element: element) else { return nil }
      texts.append(text)
    }
    return EntityKey(namespace, texts.joined(separator: "/"))
  }
}

extension Meaning.AmountSource {
  func money(in message: MessageView, element: JSONValue?, currency: CurrencyCode) -> Money? {
    let found = message.values(value.place, element: element)
    if found.isEmpty {
      return message.text(value, element: element)
        .flatMap { Money(parsing: $0, currency: currency) }
    }
    var sum = Money.zero(currency)
    for value in found {
      guard let text = value.scalarText, let money = Money(parsing: text, currency: currency)
      else { return nil }
      sum = sum + money
    }
    return sum
  }
}

extension Meaning.LineSource {
  func lines(
    in message: MessageView,
    element: JSONValue?,
    currency: CurrencyCode?,
    gap: (String) -> Void
  ) -> [FactLine] {
    var lines: [FactLine] = []
    for (line, around) in message.items(each, element: element) {
      guard conditions.allSatisfy({ $0.holds(in: message, element: line) }) else { continue }
      func text(_ source: ValueSource) -> String? { message.text(source, element: line, around) }
      guard let sku = text(sku) else {
        gap("a line's SKU")
        continue
      }
      guard let quantity = text(quantity).flatMap({ JSONNumber(parsing: $0) })?.int64,
        let quantity = Int(exactly: quantity)
      else {
        gap("a line's quantity")
        continue
      }
      lines.append(
        FactLine(
          sku: sku,
          quantity: quantity,
          node: node.flatMap(text),
          amount: currency.flatMap { currency in
            amount.flatMap(text).flatMap { Money(parsing: $0, currency: currency) }
          },
          detail: detail.flatMap(text)
        )
      )
    }
    return lines
  }
}
