public import DrydockKernel

/// The system under test as a state machine: an input at an instant in, outputs out.
///
/// It owns no clock, socket, task or file. What must survive a crash it keeps in state that
/// `crash()` leaves alone; everything else it must forget there.
///
///     struct Middleware: Integration {
///       mutating func receive(
///         _ input: IntegrationInput, at now: VirtualInstant,
///         into outputs: inout [IntegrationOutput]
///       ) {
///         if case .webhook(let exchange, _, _) = input {
///           outputs.append(.respond(exchange, Response(200)))
///         }
///       }
///       mutating func crash() {}
///     }
public protocol Integration: Sendable {
  /// Takes one input and appends what it makes the integration do.
  ///
  /// Everything a call changes and appends is one step: a crash falls between steps, or loses the
  /// outputs of the last one.
  mutating func receive(
    _ input: IntegrationInput,
    at now: VirtualInstant,
    into outputs: inout [IntegrationOutput]
  )

  /// Forgets everything that only lived in memory; `.restarted` follows when it is up again.
  mutating func crash()
}

/// The number of a call, chosen by the integration, unique within a run.
public struct CallID: Hashable, Sendable {
  /// The number.
  public var number: Int

  /// Creates an identifier.
  public init(_ number: Int) {
    self.number = number
  }
}

/// The name of a timer, chosen by whoever sets it; setting it again moves it.
public struct TimerID: Hashable, Sendable {
  /// The name.
  public var name: String

  /// Creates an identifier.
  public init(_ name: String) {
    self.name = name
  }
}

/// What reaches an integration.
public enum IntegrationInput: Sendable {
  /// The run begins; once, and first.
  case started(IntegrationSetup)
  /// It is up again after a crash.
  case restarted
  /// A partner calls: answer with `.respond`, in time or the partner counts a failure.
  case webhook(ExchangeID, from: PartnerID, Request)
  /// A call ended.
  case result(CallID, CallResult)
  /// A timer is due.
  case timer(TimerID)
}

/// What an integration does.
public enum IntegrationOutput: Sendable {
  /// Calls a partner; exactly one `.result` follows, unless a crash comes first.
  case call(CallID, to: PartnerID, Request, timeout: Duration)
  /// Answers a webhook.
  case respond(ExchangeID, Response)
  /// Asks for a `.timer` after a while.
  ///
  /// A background timer (a poll, a nightly job) does not keep a run from becoming quiet.
  case wake(TimerID, after: Duration, background: Bool)
  /// Says what it did inside, for the trace.
  case note(IntegrationNote)
}

/// Something an integration did inside that rules and people want to see.
public struct IntegrationNote: Hashable, Sendable {
  /// The kinds of note that rules understand.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    case exceptionQueued = "exception-queued"
    case exceptionResolved = "exception-resolved"
    case deadLettered = "dead-lettered"
    case replayed = "replayed"
    case duplicateSuppressed = "duplicate-suppressed"
    case staleSuppressed = "stale-suppressed"
    case retryScheduled = "retry-scheduled"
    case circuitOpened = "circuit-opened"
    case circuitClosed = "circuit-closed"
    case deferred = "deferred"
    case rerouted = "rerouted"
    case lookedUp = "looked-up"
    case signatureRefused = "signature-refused"
    case tokenRefreshed = "token-refreshed"
    case reconciled = "reconciled"
    case crashed = "crashed"
    case restarted = "restarted"
  }

  /// What it did.
  public var kind: Kind
  /// The order it is about, by a key that some partner knows, if one.
  public var order: EntityKey?
  /// The partner it is about, if one.
  public var partner: PartnerID?
  /// Who has to act, for an exception; empty when nobody was named.
  public var owner: String
  /// A sentence for people.
  public var text: String

  /// Creates a note.
  public init(
    _ kind: Kind,
    order: EntityKey? = nil,
    partner: PartnerID? = nil,
    owner: String = "",
    text: String
  ) {
    self.kind = kind
    self.order = order
    self.partner = partner
    self.owner = owner
    self.text = text
  }
}

/// What an integration is configured with: its partners, their credentials and the master data.
public struct IntegrationSetup: Sendable {
  /// The partners and how to reach them.
  public var partners: [PartnerAccess]
  /// Products and nodes, with their identifiers on every platform.
  public var masterData: MasterData
  /// How the business wants things done.
  public var policy: IntegrationPolicy
  /// Draws of the integration's own, for the jitter of its retries.
  public var draws: KeyedDraws

  /// Creates a setup.
  public init(
    partners: [PartnerAccess],
    masterData: MasterData,
    policy: IntegrationPolicy,
    draws: KeyedDraws
  ) {
    self.partners = partners
    self.masterData = masterData
    self.policy = policy
    self.draws = draws
  }
}

/// How to reach a partner, and with which credentials.
public struct PartnerAccess: Hashable, Sendable {
  /// The partner.
  public var description: PartnerDescription
  /// The credential of calls: an access token, an API key, a client secret.
  public var credential: String
  /// The secret that signs the partner's webhooks; empty where it signs none.
  public var webhookSecret: String
  /// The nodes a 3PL ships from, best first.
  public var nodes: [String]
  /// The sales channel that owns our orders at a 3PL; empty where there is none.
  public var channel: String

  /// Creates an access.
  public init(
    description: PartnerDescription,
    credential: String,
    webhookSecret: String,
    nodes: [String] = [],
    channel: String = ""
  ) {
    self.description = description
    self.credential = credential
    self.webhookSecret = webhookSecret
    self.nodes = nodes
    self.channel = channel
  }
}

/// How the business wants orders, stock and returns handled.
public struct IntegrationPolicy: Hashable, Sendable {
  /// When a refund is due.
  public enum RefundMoment: String, CaseIterable, Hashable, Sendable {
    /// After the 3PL received and graded the goods.
    case afterReceipt = "after-receipt"
    /// When the carrier first scans the return parcel.
    case firstScan = "first-scan"
  }

  /// Units per SKU that are never offered for sale.
  public var safetyStock: Int
  /// When a refund is due.
  public var refundMoment: RefundMoment
  /// Whether an order that is short at one node may be split over several.
  public var splitsOrders: Bool
  /// How long an order waits for a 3PL that is down before another 3PL gets it.
  public var rerouteAfter: Duration
  /// How often stock is published to the store.
  public var publishEvery: Duration
  /// How often partners are reconciled.
  public var reconcileEvery: Duration

  /// Creates a policy.
  public init(
    safetyStock: Int = 0,
    refundMoment: RefundMoment = .afterReceipt,
    splitsOrders: Bool = true,
    rerouteAfter: Duration = .seconds(4 * 3600),
    publishEvery: Duration = .seconds(4 * 3600),
    reconcileEvery: Duration = .seconds(24 * 3600)
  ) {
    self.safetyStock = safetyStock
    self.refundMoment = refundMoment
    self.splitsOrders = splitsOrders
    self.rerouteAfter = rerouteAfter
    self.publishEvery = publishEvery
    self.reconcileEvery = reconcileEvery
  }
}
