import DrydockExchange
import DrydockFakes
import DrydockFaults
import DrydockKernel

/// One entry of the world's queue: what becomes due at an instant.
enum Happening: Sendable {
  /// A step of the story is played.
  case step(Int)
  /// A call reaches its partner.
  case requestArrives(ExchangeID)
  /// An injected copy of a call reaches its partner; nobody waits for the answer.
  case copyArrives(Attempt, Request)
  /// A partner frees what a call occupied.
  case callFinishes(ExchangeID, partner: Int, background: Bool)
  /// A call ends for the integration.
  case callEnds(ExchangeID, CallResult)
  /// A partner's timer is due, unless it was moved since.
  case fakeTimer(partner: Int, TimerID, generation: Int)
  /// The next attempt of a webhook delivery begins.
  case webhookAttempt(delivery: Int)
  /// A webhook reaches the integration.
  case webhookArrives(ExchangeID)
  /// A webhook attempt ends for its partner.
  case webhookEnds(ExchangeID, CallResult)
  /// A timer of the integration is due, unless it was moved since.
  case integrationTimer(TimerID, generation: Int)
  /// The integration dies.
  case crash(Int)
  /// The integration comes up again.
  case restart
}

/// A call of the integration that is under way.
struct PendingCall: Sendable {
  /// The integration's number for it.
  var call: CallID
  var attempt: Attempt
  var request: Request
  /// The receiver's position in the world's list of partners.
  var partner: Int
  /// What the faults decided.
  var responseDelay: Duration
  var losesResponse: Bool
  var resetsResponse: Bool
  var tampering: [Tampering]
  /// The answer of the platform's edge, when the call never reaches the books.
  var edgeAnswer: Response?
  /// Whether the request reached the partner, or never will.
  var hasArrived = false
  /// The trace event of its sending.
  var sent: TraceIndex
  /// Whether it was caused by a background timer.
  var background: Bool
}

/// A webhook on its way: one delivery, one or more attempts.
struct WebhookDelivery: Sendable {
  var webhook: Webhook
  var partner: Int
  /// Attempts begun so far.
  var attempts: Int
  /// The trace event that led to it.
  var cause: TraceIndex?
  /// The fault that made this delivery, when it is an injected copy.
  var injected: Bool
}

/// One attempt of a webhook delivery that is under way.
struct PendingWebhook: Sendable {
  var delivery: Int
  var attempt: Attempt
  var request: Request
  var responseDelay: Duration
  var losesResponse: Bool
  var resetsResponse: Bool
  var sent: TraceIndex
  /// The instant after which an answer comes too late.
  var deadline: VirtualInstant
}

/// A timer that may have been moved or taken back since it was queued.
struct ArmedTimer: Sendable {
  var generation: Int
  var background: Bool
}
