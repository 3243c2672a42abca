import DrydockExchange
import DrydockFakes
import DrydockFaults
import DrydockKernel

/// One entry of the world's queue: what becomes due at an instant.
///
/// Entries move about in the queue, so they are kept small: what is large lies behind a reference.
enum Happening: Sendable {
  /// A step of the story is played.
  case step(Int)
  /// A call reaches its partner.
  case requestArrives(ExchangeID)
  /// An injected copy of a call reaches its partner; nobody waits for the answer.
  indirect case copyArrives(Attempt, Request)
  /// A partner frees what a call occupied.
  case callFinishes(ExchangeID, partner: Int, background: Bool)
  /// A call ends for the integration.
  indirect case callEnds(ExchangeID, CallResult)
  /// The integration waits no longer for a call.
  case callTimesOut(ExchangeID)
  /// A partner's timer is due, unless it was moved since.
  indirect case fakeTimer(partner: Int, TimerID, generation: Int)
  /// The next attempt of a webhook delivery begins.
  case webhookAttempt(delivery: Int)
  /// A webhook reaches the integration.
  case webhookArrives(ExchangeID)
  /// A webhook attempt ends for its partner.
  indirect case webhookEnds(ExchangeID, CallResult)
  /// A partner waits no longer for the answer to a webhook.
  case webhookTimesOut(ExchangeID)
  /// A timer of the integration is due, unless it was moved since.
  indirect case integrationTimer(TimerID, generation: Int)
  /// The integration dies.
  case crash(Int)
  /// The integration comes up again.
  case restart
}

/// A call of the integration that is under way.
struct PendingCall: Sendable {
  /// What was known when it was sent.
  let sent: SentCall
  /// Whether the request reached the partner, or never will.
  var hasArrived = false
}

/// A call of the integration as it was sent, and what the faults decided about it.
final class SentCall: Sendable {
  /// The integration's number for it.
  let call: CallID
  let attempt: Attempt
  let request: Request
  /// The receiver's position in the world's list of partners.
  let partner: Int
  /// What the faults decided.
  let fate: Fate
  /// The answer of the platform's edge, when the call never reaches the books.
  let edgeAnswer: Response?
  /// The trace event of its sending.
  let event: TraceIndex
  /// Whether it was caused by a background timer.
  let isInBackground: Bool

  init(
    _ call: CallID,
    _ attempt: Attempt,
    _ request: Request,
    partner: Int,
    fate: Fate,
    edgeAnswer: Response?,
    event: TraceIndex,
    isInBackground: Bool
  ) {
    self.call = call
    self.attempt = attempt
    self.request = request
    self.partner = partner
    self.fate = fate
    self.edgeAnswer = edgeAnswer
    self.event = event
    self.isInBackground = isInBackground
  }
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
  /// The switch whose version it is written in, if any; retries and copies keep it.
  var version: VersionSwitch.Mark?
}

/// One attempt of a webhook delivery that is under way.
final class PendingWebhook: Sendable {
  let delivery: Int
  let attempt: Attempt
  let request: Request
  /// What the faults decided.
  let fate: Fate
  /// The trace event of its sending.
  let event: TraceIndex

  init(
    delivery: Int,
    _ attempt: Attempt,
    _ request: Request,
    fate: Fate,
    event: TraceIndex
  ) {
    self.delivery = delivery
    self.attempt = attempt
    self.request = request
    self.fate = fate
    self.event = event
  }
}

/// A timer that may have been moved or taken back since it was queued.
struct ArmedTimer: Sendable {
  var generation: Int
  var background: Bool
}
