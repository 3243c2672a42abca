public import DrydockExchange
public import DrydockKernel

/// A fact, once, with every statement of it.
///
/// Immutable, and shared by reference: every rule looks at every fact.
public final class ObservedFact: Sendable {
  /// The fact; what one statement leaves out, another fills in.
  public let fact: Fact
  /// Where it was stated, in order.
  public let statements: [Statement]
  /// The position of the order it is about, if known.
  public let order: Int?

  init(fact: Fact, statements: [Statement], order: Int? = nil) {
    self.fact = fact
    self.statements = statements
    self.order = order
  }

  /// One statement of a fact.
  public struct Statement: Hashable, Sendable {
    /// When it was made, by the trace's clock.
    public var at: VirtualInstant
    /// The exchange that carried it; nothing for the books themselves.
    public var exchange: ExchangeID?
  }

  /// When the fact was first stated.
  public var firstStated: VirtualInstant { statements[0].at }
  /// The exchanges that carried it.
  public var exchanges: [ExchangeID] { statements.compactMap(\.exchange) }
}
