public import DrydockKernel

/// The number of an event within one trace, from 0.
public typealias TraceIndex = Int

/// One entry of a trace: something that happened at an instant, and what caused it.
public struct TraceEvent: Hashable, Sendable {
  /// When it happened.
  public var at: VirtualInstant
  /// The event that led to this one, where the trace knows it.
  public var cause: TraceIndex?
  /// What happened.
  public var content: Content

  /// Creates an event.
  public init(at: VirtualInstant, cause: TraceIndex? = nil, _ content: Content) {
    self.at = at
    self.cause = cause
    self.content = content
  }

  /// What an event says.
  ///
  ///     sent ─▶ arrived ─▶ answered ─▶ concluded        an exchange that went well
  ///     sent ─────────────────────────▶ concluded        refused, or lost on the way
  ///     sent ─▶ arrived ─▶ answered      concluded        answer lost: applied, but timed out
  public enum Content: Hashable, Sendable {
    /// A step of the story was played.
    case step(String)
    /// A request left its sender.
    case sent(Attempt, Request)
    /// A request reached its receiver.
    case arrived(ExchangeID)
    /// The receiver answered.
    case answered(ExchangeID, Response)
    /// The sender learned how it ended.
    case concluded(ExchangeID, CallResult)
    /// A fault had an effect.
    case fault(FaultEffect)
    /// A partner's books changed.
    case fact(Fact)
    /// The integration said what it did inside.
    case note(IntegrationNote)
    /// A partner's books at this instant.
    case books(BooksSnapshot)
    /// Nothing is left to happen.
    case quiet
    /// The run reached a limit before it became quiet.
    case stopped(String)
  }
}

/// The ordered record of what happened, whoever recorded it.
///
/// A trace comes from a simulation, a recording or the gateway; what judges it cannot tell which.
public struct Trace: Sendable {
  /// The partners that take part, by name.
  public var partners: [PartnerDescription]
  /// What people call products and nodes, by their identifiers on the platforms.
  ///
  /// For example `shopify.inventory-item:808950811` is `SKU-1`.
  public var names: [EntityKey: String]
  /// The events, in order of instant and of insertion.
  public var events: [TraceEvent]
  /// Folds every event in; equal digests mean equal traces.
  public private(set) var digest: RollingDigest

  /// Creates an empty trace.
  public init(partners: [PartnerDescription] = [], names: [EntityKey: String] = [:]) {
    self.partners = partners
    self.names = names
    events = []
    digest = RollingDigest()
  }

  /// Appends an event and returns its index.
  ///
  /// - Complexity: O(1) in the trace, linear in the event's bytes.
  @discardableResult
  public mutating func append(_ event: TraceEvent) -> TraceIndex {
    event.fold(into: &digest)
    events.append(event)
    return events.count - 1
  }

  /// Appends a whole recorded exchange as the events it stands for.
  public mutating func append(_ exchange: Exchange) {
    let sent = append(
      TraceEvent(at: exchange.sentAt, .sent(exchange.attempt, exchange.request))
    )
    let end = exchange.answeredAt ?? exchange.sentAt
    if exchange.arrived {
      append(TraceEvent(at: exchange.sentAt, cause: sent, .arrived(exchange.attempt.exchange)))
    }
    if let response = exchange.response {
      append(
        TraceEvent(at: end, cause: sent, .answered(exchange.attempt.exchange, response))
      )
    }
    if let result = exchange.result {
      append(
        TraceEvent(at: end, cause: sent, .concluded(exchange.attempt.exchange, result))
      )
    }
  }
}

/// What a trace says about a partner that takes part in it.
public struct PartnerDescription: Hashable, Sendable {
  /// The partner's name in this trace.
  public var id: PartnerID
  /// Its role.
  public var kind: PartnerKind
  /// The platform it speaks as, such as `shopify`.
  public var dialect: String
  /// The host that it answers on.
  public var host: String

  /// Creates a description.
  public init(id: PartnerID, kind: PartnerKind, dialect: String, host: String) {
    self.id = id
    self.kind = kind
    self.dialect = dialect
    self.host = host
  }
}

/// What a fault did to one attempt or partner: every effect is marked as injected.
public struct FaultEffect: Hashable, Sendable {
  /// The fault's name in its plan, such as `faults/0`.
  public var fault: String
  /// What it did, in a few words: `response lost after effect`.
  public var effect: String
  /// The exchange it befell, if one.
  public var exchange: ExchangeID?
  /// The partner it befell.
  public var partner: PartnerID
  /// False when the fault was eligible but did not fire.
  public var fired: Bool

  /// Whether it only wrote a message in another version, which stands in nobody's way.
  public var isVersion: Bool { fault.hasPrefix("versions/") }

  /// Creates an effect.
  public init(
    fault: String,
    effect: String,
    exchange: ExchangeID?,
    partner: PartnerID,
    fired: Bool = true
  ) {
    self.fault = fault
    self.effect = effect
    self.exchange = exchange
    self.partner = partner
    self.fired = fired
  }
}
