public import DrydockContracts
public import DrydockExchange
public import DrydockKernel

/// Everything that a trace shows, put in order: exchanges, facts, orders, notes and books.
///
/// Rules see this and nothing else, so a simulated flow and a recorded one are judged alike.
public struct Evidence: Sendable {
  /// The partners that take part.
  public let partners: [PartnerDescription]
  /// The exchanges, in order of sending.
  public internal(set) var exchanges: [ObservedExchange] = []
  /// The facts, each once, in order of first statement.
  public internal(set) var facts: [ObservedFact] = []
  /// The orders, in order of first mention.
  public internal(set) var orders: [OrderStory] = []
  /// What the integration said about itself.
  public internal(set) var notes: [ObservedNote] = []
  /// The partners' books at the end, where the trace has them: the last snapshot of each partner.
  public internal(set) var books: [BooksSnapshot] = []
  /// The partners' books at the beginning: the first snapshot of each partner that has a later one.
  public internal(set) var openingBooks: [BooksSnapshot] = []
  /// Every fault that had an effect.
  public internal(set) var faults: [ObservedFault] = []
  /// The instant of the last event.
  public internal(set) var end: VirtualInstant
  /// How the trace ends.
  public internal(set) var ending = Ending.open
  /// How many messages were recognised.
  public internal(set) var messages = Verdict.MessageCount()
  /// Places where a message satisfied its schema and lacked what its meaning needs.
  public internal(set) var gaps: [MeaningGap] = []

  /// How the business wants things done, where whoever asks for the judgement says so.
  public internal(set) var policy: IntegrationPolicy?
  /// The kinds of `facts`, one for one: most questions are about these alone.
  var factKinds: [FactKind] = []
  /// Positions in `exchanges`, by the number of the exchange.
  var exchangePositions: [Int: Int] = [:]
  /// Positions in `orders`, by every key of an order.
  var orderPositions: [EntityKey: Int] = [:]
  /// When faults fired, calls failed and the integration crashed or came back, in order.
  var troubles: [VirtualInstant] = []
  /// Requests that the integration made more than once.
  var repeatedCalls: [CallSeries] = []
  /// The 3PLs' stock over time; nothing where their books at the beginning are not all at hand.
  var stockReplay: StockReplay?
  /// When the integration came back from a crash, in order.
  var restarts: [VirtualInstant] = []

  /// How a trace ends.
  public enum Ending: Hashable, Sendable {
    /// It just stops, as recordings do.
    case open
    /// Nothing was left to happen.
    case quiet
    /// A limit was reached.
    case stopped(String)
  }

  /// A note and when it was made.
  public struct ObservedNote: Sendable {
    /// When.
    public var at: VirtualInstant
    /// What was said.
    public var note: IntegrationNote
    /// The position in `orders` of the order it is about, if one.
    public internal(set) var order: Int?
  }

  /// A fault's effect and when it came.
  public struct ObservedFault: Sendable {
    /// When.
    public var at: VirtualInstant
    /// What it did.
    public var effect: FaultEffect
  }

  /// Returns the first partner of a kind, if the trace has one.
  public func hasPartner(_ kind: PartnerKind) -> Bool {
    partners.contains { $0.kind == kind }
  }

  /// Returns the final books of partners of a kind.
  public func books(of kind: PartnerKind) -> [BooksSnapshot] {
    books.filter { $0.kind == kind }
  }

  /// Returns the facts of a kind, in order.
  public func facts(_ kind: FactKind) -> [ObservedFact] {
    var found: [ObservedFact] = []
    for position in facts.indices where factKinds[position] == kind {
      found.append(facts[position])
    }
    return found
  }
}

/// One order, from placement to refund, over all partners.
public struct OrderStory: Sendable {
  /// The order, as people call it: the scenario's word and the store's name.
  public internal(set) var name: String
  /// Every key that some partner knows it by, sorted.
  public internal(set) var keys: [EntityKey]
  /// Positions in `Evidence.facts`, in order.
  public internal(set) var facts: [Int] = []
  /// The kinds of `facts`, one for one.
  var factKinds: [FactKind] = []
  /// Positions in `Evidence.exchanges`, in order.
  public internal(set) var exchanges: [Int] = []
  /// Positions in `Evidence.notes`, in order.
  public internal(set) var notes: [Int] = []
}

extension Evidence {
  /// Returns the facts of one kind about an order, in order.
  public func facts(_ kind: FactKind, of order: OrderStory) -> [ObservedFact] {
    var found: [ObservedFact] = []
    for (index, known) in order.factKinds.enumerated() where known == kind {
      found.append(facts[order.facts[index]])
    }
    return found
  }

  /// Returns the first fact of a kind about an order.
  public func first(_ kind: FactKind, of order: OrderStory) -> ObservedFact? {
    order.factKinds.firstIndex(of: kind).map { facts[order.facts[$0]] }
  }

  /// Returns the notes of one kind about an order.
  public func notes(_ kind: IntegrationNote.Kind, of order: OrderStory) -> [ObservedNote] {
    order.notes.lazy.map { notes[$0] }.filter { $0.note.kind == kind }
  }
}
