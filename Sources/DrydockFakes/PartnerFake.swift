public import DrydockExchange
public import DrydockKernel

/// Our stand-in for a partner: a state machine that keeps books and performs no effects.
///
/// It owns no clock, socket, random source or file; whoever drives it hands it time and bytes.
/// A fake is one kind (books and commands) and one dialect (their wire form).
package protocol PartnerFake: Sendable {
  /// Who it is and how it behaves on the wire.
  var profile: PartnerProfile { get }

  /// Takes one input and appends what follows from it.
  ///
  /// - Parameters:
  ///   - input: What reaches the fake.
  ///   - now: The instant; never before an earlier call's.
  ///   - draws: This fake's own draws, keyed by what each is for.
  ///   - outputs: Where replies, webhooks, timers, parcels and facts are appended.
  mutating func receive(
    _ input: FakeInput, at now: VirtualInstant, draws: KeyedDraws, into outputs: inout [FakeOutput])

  /// Names what a call asks for and what it is about, without changing anything.
  func describe(_ request: Request) -> OperationDescription

  /// Returns how this platform says that it refuses a call that never reached its books.
  func refusal(_ refusal: Refusal, of request: Request) -> Response

  /// Adds the headers that tell a caller how much of a limit is used.
  func decorate(_ response: inout Response, usage: LimitUsage)

  /// Returns the webhook as it looks when the platform sends it again as a new delivery.
  ///
  /// The body stays; delivery identifiers and, where they cover those, signatures are new.
  func reissued(_ webhook: Webhook, copy: Int) -> Webhook

  /// Returns what the books say, in neutral words.
  func books(at now: VirtualInstant) -> BooksSnapshot
}

/// Who a fake is and how it behaves on the wire.
package struct PartnerProfile: Hashable, Sendable {
  /// Name, role, dialect and host.
  package var description: PartnerDescription
  /// The credential that calls must carry.
  package var credential: String
  /// The secret that signs webhooks; empty where the platform signs none.
  package var webhookSecret: String
  /// The header that carries a webhook's signature, if any.
  package var signatureHeader: String?
  /// How webhooks are delivered and given up.
  package var webhookPolicy: WebhookPolicy
  /// The limits the platform enforces on calls.
  package var limits: [CallLimit]
  /// The bounds of the time a call takes when nothing is wrong.
  package var latency: ClosedRange<Duration>

  package init(
    description: PartnerDescription, credential: String, webhookSecret: String = "",
    signatureHeader: String? = nil, webhookPolicy: WebhookPolicy = .init(),
    limits: [CallLimit] = [], latency: ClosedRange<Duration>
  ) {
    self.description = description
    self.credential = credential
    self.webhookSecret = webhookSecret
    self.signatureHeader = signatureHeader
    self.webhookPolicy = webhookPolicy
    self.limits = limits
    self.latency = latency
  }
}

/// How a platform delivers webhooks: at least once, until it gives up.
package struct WebhookPolicy: Hashable, Sendable {
  /// How long the receiver may take to answer.
  package var deadline: Duration
  /// The waits before the second, third, … attempt; after the last one the delivery is given up.
  package var retries: [Duration]
  /// After how many consecutive failed attempts the subscription is removed, if ever.
  package var disabledAfter: Int?

  package init(
    deadline: Duration = .seconds(5), retries: [Duration] = [], disabledAfter: Int? = nil
  ) {
    self.deadline = deadline
    self.retries = retries
    self.disabledAfter = disabledAfter
  }
}

/// One limit a platform enforces on calls.
package enum CallLimit: Hashable, Sendable {
  /// A bucket that fills by one a call and leaks at a rate; refuses when full.
  case leakyBucket(capacity: Int, leaksPerSecond: Ratio)
  /// A bucket of tokens that refills at a rate; refuses when empty.
  case tokenBucket(capacity: Int, refillsPerSecond: Ratio)
  /// At most so many calls in each window that starts with a first call.
  case fixedWindow(limit: Int, per: Duration)
  /// At most so many calls in any interval of this length.
  case slidingWindow(limit: Int, per: Duration)
  /// At most so many calls at the same time.
  case concurrency(limit: Int)
}

/// How much of a limit is used after a call, for the headers that say so.
package struct LimitUsage: Hashable, Sendable {
  /// The limit: calls in a window, capacity of a bucket, calls at a time.
  package var limit: Int
  /// How much of it is used.
  package var used: Int
  /// When the next call would be admitted, from now; zero when it would be now.
  package var wait: Duration

  package init(limit: Int, used: Int, wait: Duration) {
    self.limit = limit
    self.used = used
    self.wait = wait
  }
}

/// Why a call is refused before it reaches the books.
package enum Refusal: Hashable, Sendable {
  /// A limit is reached.
  case throttled(LimitUsage)
  /// The platform is down: its edge answers with this status.
  case unavailable(status: Int, retryAfter: Duration?)
  /// The platform is down and answers 200 with a page for people.
  case maintenancePage
  /// The credential is expired, revoked or wrong.
  case unauthorised
  /// The credential is right and lacks the scope.
  case forbidden
}

/// What a call asks for, in the dialect's words.
package struct OperationDescription: Hashable, Sendable {
  /// The operation, kebab-case: `sales-order-upsert`; `unknown` where no route matches.
  package var operation: String
  /// The entity, as the message names it: an order reference, an identifier; empty if none.
  package var entity: String

  package init(operation: String, entity: String) {
    self.operation = operation
    self.entity = entity
  }
}

/// What reaches a fake.
package enum FakeInput: Sendable {
  /// The run begins; once, and first.
  case started
  /// A call, already past throttles, outages and authentication faults.
  case request(ExchangeID, Request)
  /// A timer that the fake set is due.
  case timer(TimerID)
  /// A step of the story: what people do.
  case command(StoryCommand)
  /// Goods moved, or people told a partner something, without the integration.
  case world(WorldEvent)
}

/// What a fake does.
package enum FakeOutput: Sendable {
  /// Answers a call.
  case reply(ExchangeID, Response)
  /// Hands a webhook to delivery, which retries and gives up as the policy says.
  case webhook(Webhook)
  /// Asks for a `.timer` after a while; setting a timer again moves it.
  case wake(TimerID, after: Duration)
  /// Takes a timer back.
  case cancel(TimerID)
  /// Tells other partners what happened in the physical world.
  case world(WorldEvent)
  /// Records what happened in the books.
  case fact(Fact)
}

/// A message that a partner sends by itself.
package struct Webhook: Hashable, Sendable {
  /// What it says, in kebab-case: `orders-create`, `order-shipped`; faults match by it.
  package var operation: String
  /// What it is about, as in `OperationDescription`.
  package var entity: String
  /// The platform's identifier of the delivery, which stays the same on retries.
  package var delivery: String
  /// The request with all headers and the signature; host and path are the receiver's.
  package var request: Request

  package init(operation: String, entity: String, delivery: String, request: Request) {
    self.operation = operation
    self.entity = entity
    self.delivery = delivery
    self.request = request
  }

  /// The host that the integration receives webhooks on.
  package static let receiverHost = "integration.example"
}
