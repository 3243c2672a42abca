public import DrydockExchange
public import DrydockKernel

extension Verdict {
  /// What happened to one order, by number in the trace: enough to draw it, no payload twice.
  public struct Story: Hashable, Sendable {
    /// The order, as people call it.
    public var order: String
    /// Its exchanges, in order of sending.
    public var exchanges: [ExchangeID]
    /// Its facts, in order of first statement.
    public var facts: [StatedFact]
    /// What the integration said about it, in order.
    public var notes: [StatedNote]

    /// Creates a story.
    public init(
      order: String,
      exchanges: [ExchangeID] = [],
      facts: [StatedFact] = [],
      notes: [StatedNote] = []
    ) {
      self.order = order
      self.exchanges = exchanges
      self.facts = facts
      self.notes = notes
    }
  }

  /// A fact and where the trace stated it first.
  public struct StatedFact: Hashable, Sendable {
    /// When, by the trace's clock.
    public var at: VirtualInstant
    /// The exchange that carried it; nothing when the books stated it.
    public var exchange: ExchangeID?
    /// The fact.
    public var fact: Fact

    /// Creates a stated fact.
    public init(at: VirtualInstant, exchange: ExchangeID? = nil, fact: Fact) {
      self.at = at
      self.exchange = exchange
      self.fact = fact
    }
  }

  /// A note of the integration and when it was made.
  public struct StatedNote: Hashable, Sendable {
    /// When.
    public var at: VirtualInstant
    /// What was said.
    public var note: IntegrationNote

    /// Creates a stated note.
    public init(at: VirtualInstant, note: IntegrationNote) {
      self.at = at
      self.note = note
    }
  }

  /// How many stories a verdict keeps.
  static let storiesMax = 64
}

extension Evidence {
  /// Returns the stories of orders that findings are about; without any, of the first few orders.
  ///
  /// Orders with errors come first, so that a bound never hides one behind a warning.
  func stories(of findings: [Finding]) -> [Verdict.Story] {
    var isError: [String: Bool] = [:]
    for finding in findings {
      guard let order = finding.order else { continue }
      isError[order] = isError[order] == true || finding.level == .error
    }
    guard !isError.isEmpty else { return orders.prefix(3).map { story(of: $0) } }
    let failing = orders.filter { isError[$0.name] == true }
    let doubtful = orders.filter { isError[$0.name] == false }
    return (failing + doubtful).prefix(Verdict.storiesMax).map { story(of: $0) }
  }

  private func story(of order: OrderStory) -> Verdict.Story {
    Verdict.Story(
      order: order.name,
      exchanges: order.exchanges.map { exchanges[$0].exchange.attempt.exchange },
      facts: order.facts.map { position in
        let observed = facts[position]
        return Verdict.StatedFact(
          at: observed.firstStated,
          exchange: observed.statements[0].exchange,
          fact: observed.fact
        )
      },
      notes: order.notes.map { Verdict.StatedNote(at: notes[$0].at, note: notes[$0].note) }
    )
  }
}
