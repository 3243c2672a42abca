public import DrydockExchange
public import DrydockKernel

/// One breach of a rule: what, when, about which order, and what led to it.
public struct Finding: Hashable, Sendable {
  /// How much it matters.
  public enum Level: String, CaseIterable, Hashable, Sendable {
    /// The verdict is failed.
    case error
    /// Worth a look; the verdict stands.
    case warning
  }

  /// The id of the rule, such as `shipped-once`.
  public var rule: String
  /// How much it matters.
  public var level: Level
  /// When it became true.
  public var at: VirtualInstant
  /// The order, as people call it; nothing for findings about no order.
  public var order: String?
  /// One line: lower case, names in single quotes.
  public var message: String
  /// What should be.
  public var expected: String
  /// What is.
  public var found: String
  /// The exchanges that show it.
  public var exchanges: [ExchangeID]
  /// Where in the payload, for findings about one.
  public var place: Place?
  /// The injected faults that led to it, nearest first.
  public var causes: [FaultEffect]

  /// A place in a payload.
  public struct Place: Hashable, Sendable {
    /// The exchange.
    public var exchange: ExchangeID
    /// The contract.
    public var contract: String
    /// The JSON pointer into the payload.
    public var pointer: String
    /// The line in the payload, from 1.
    public var line: Int
    /// The column in the payload, from 1.
    public var column: Int
    /// The place in the contract's schema.
    public var schemaPointer: String
  }

  /// Creates a finding; its causes are filled in by the verifier.
  public init(
    rule: String,
    level: Level = .error,
    at: VirtualInstant,
    order: String? = nil,
    message: String,
    expected: String,
    found: String,
    exchanges: [ExchangeID] = [],
    place: Place? = nil
  ) {
    self.rule = rule
    self.level = level
    self.at = at
    self.order = order
    self.message = message
    self.expected = expected
    self.found = found
    self.exchanges = exchanges
    self.place = place
    causes = []
  }
}
