package import DrydockExchange
package import DrydockKernel

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
    _ input: FakeInput,
    at now: VirtualInstant,
    draws: KeyedDraws,
    into outputs: inout [FakeOutput]
  )

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

  /// Returns the webhook with the signature of the body that it has now.
  ///
  /// Identifiers stay; the body is written as the platform writes JSON, and signed as it is sent.
  func signed(_ webhook: Webhook) -> Webhook

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
    description: PartnerDescription,
    credential: String,
    webhookSecret: String = "",
    signatureHeader: String? = nil,
    webhookPolicy: WebhookPolicy = .init(),
    limits: [CallLimit] = [],
    latency: ClosedRange<Duration>
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
    deadline: Duration = .seconds(5),
    retries: [Duration] = [],
    disabledAfter: Int? = nil
  ) {
    self.deadline = deadline
    self.retries = retries
    self.disabledAfter = disabledAfter
  }
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
  ///
  /// A background timer (an expiry in four weeks) does not keep a run from becoming quiet.
  case wake(TimerID, after: Duration, background: Bool = false)
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
