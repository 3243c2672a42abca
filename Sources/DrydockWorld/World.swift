package import DrydockExchange
import DrydockFakes
import DrydockFaults
package import DrydockKernel

/// The fakes, the faults and the queue between them: one run, driven from outside.
///
///     driver ──accept(outputs)──▶ ┌───────── world ─────────┐
///                                 │ faults ─▶ limits ─▶ fake │
///     driver ◀──takeDelivery()─── └──────────queue──────────┘
///
/// A driver hands the world the integration's outputs, lets it take one step at a time, and hands
/// the integration what the world delivers. The simulator jumps to `nextInstant`; a gateway waits
/// for it.
package struct World: ~Copyable {
  let plan: Plan
  var fakes: [AnyFake]
  let profiles: [PartnerProfile]
  let partnerIndex: [PartnerID: Int]
  let draws: [KeyedDraws]
  var faults: FaultSet
  var versions: VersionSwitches
  var limiters: [CallLimiter]
  var queue: EventQueue<Happening>

  /// The record of everything that happened.
  package internal(set) var trace: Trace
  /// The present instant.
  package internal(set) var now: VirtualInstant
  /// How many queue events were taken.
  package internal(set) var steps = 0

  var deliveries: [Delivery] = []
  /// What the fake that is being fed does; kept for its room.
  var fakeOutputs: [FakeOutput] = []
  var deliveriesTaken = 0
  var lastExchange = 0
  var calls: [Int: PendingCall] = [:]
  /// Calls that ended for the integration before their request reached the partner.
  var orphans: [Int: SentCall] = [:]
  /// What the fake replied to the request that it is being fed.
  var reply: Response?
  var webhooks: [Int: PendingWebhook] = [:]
  var webhookDeliveries: [WebhookDelivery] = []
  var attemptCounts: [AttemptKey: Int] = [:]
  var fakeTimers: [FakeTimerKey: ArmedTimer] = [:]
  var integrationTimers: [TimerID: ArmedTimer] = [:]
  var generation = 0
  var consecutiveFailures: [Int]
  var disabledPartners: [Bool]
  var crashCounts: [Int]
  var integrationIsUp = true
  var crashPending: Int?
  /// Queue entries and pending calls that keep the run from becoming quiet.
  var foreground = 0
  /// The instant of the last foreground event.
  var lastForeground: VirtualInstant
  var healed = false
  var isInBackground = false
  var stopReason: String?

  /// Creates the world of one run, before anything happened.
  package init(plan: Plan, seed: Seed) {
    self.plan = plan
    fakes = plan.partners.map { AnyFake($0.id, settings: $0.settings, masterData: plan.masterData) }
    let profiles = fakes.map(\.profile)
    self.profiles = profiles
    var index: [PartnerID: Int] = [:]
    for (position, profile) in profiles.enumerated() { index[profile.description.id] = position }
    partnerIndex = index
    let partnerDraws = seed.draws(for: "partners")
    draws = profiles.map { partnerDraws.derived($0.description.id.name) }
    faults = FaultSet(plan.faults, draws: seed.draws(for: "faults"))
    versions = VersionSwitches(plan.versions, draws: seed.draws(for: "versions"))
    limiters = profiles.map { CallLimiter($0.limits) }
    queue = EventQueue()
    trace = Trace(partners: profiles.map(\.description), names: plan.masterData.names)
    trace.events.reserveCapacity(256)
    now = plan.start
    lastForeground = plan.start
    consecutiveFailures = Array(repeating: 0, count: profiles.count)
    disabledPartners = Array(repeating: false, count: profiles.count)
    crashCounts = Array(repeating: 0, count: plan.crashes.count)
    begin(seed: seed)
  }

  /// What reaches the integration next.
  package enum Delivery: Sendable {
    /// An input, and whether it was caused by a background timer.
    case input(IntegrationInput, background: Bool)
    /// The integration loses its memory; nothing reaches it until `.restarted`.
    case crash
  }

  struct AttemptKey: Hashable {
    var partner: Int
    var operation: String
    var entity: String
  }

  struct FakeTimerKey: Hashable {
    var partner: Int
    var timer: TimerID
  }

  private mutating func begin(seed: Seed) {
    for (position, step) in plan.story.enumerated() {
      schedule(.step(position), at: max(step.at, plan.start))
    }
    for (position, crash) in plan.crashes.enumerated() {
      if case .at(let instant) = crash.trigger { schedule(.crash(position), at: instant) }
    }
    for position in fakes.indices { feed(.started, to: position, cause: nil) }
    let setup = IntegrationSetup(
      partners: zip(plan.partners, profiles).map { partner, profile in
        PartnerAccess(
          description: profile.description,
          credential: profile.credential,
          webhookSecret: profile.webhookSecret,
          nodes: partner.settings.nodes,
          channel: partner.settings.channel
        )
      },
      masterData: plan.masterData,
      policy: plan.policy,
      draws: seed.draws(for: "integration")
    )
    deliver(.started(setup))
  }

  /// When the next event is due; nothing when the run is over.
  package var nextInstant: VirtualInstant? {
    guard stopReason == nil, let next = queue.nextInstant else { return nil }
    return next
  }

  /// Takes everything that is due up to an instant, in order, until something must be delivered.
  ///
  /// Call it again after the deliveries were handled, until `nextInstant` lies behind `instant`.
  package mutating func advance(to instant: VirtualInstant) {
    while deliveriesTaken == deliveries.count, let next = nextInstant, next <= instant { step() }
  }

  /// Takes the next event.
  package mutating func step() {
    guard stopReason == nil else { return }
    guard steps < plan.limits.eventsMax, trace.events.count < plan.limits.traceMax else {
      return stop("the run took \(steps) events without becoming quiet")
    }
    guard let (instant, happening) = queue.pop() else { return }
    guard instant - plan.start <= plan.limits.lasts else {
      return stop("the run lasted longer than \(plan.limits.lasts.shortDescription)")
    }
    steps += 1
    now = instant
    take(happening)
  }

  /// Returns what the integration must be given now, oldest first.
  package mutating func takeDelivery() -> Delivery? {
    guard deliveriesTaken < deliveries.count else {
      deliveries.removeAll(keepingCapacity: true)
      deliveriesTaken = 0
      return nil
    }
    defer { deliveriesTaken += 1 }
    return deliveries[deliveriesTaken]
  }

  private mutating func take(_ happening: Happening) {
    switch happening {
    case .step(let position):
      countDown()
      play(plan.story[position])
    case .requestArrives(let exchange): receiveCall(exchange)
    case .copyArrives(let attempt, let request):
      countDown()
      receiveCopy(attempt, request)
    case .callFinishes(let exchange, let partner, let background):
      countDown(inBackground: background)
      limiters[partner].finished(exchange, at: now)
      faults.finished(exchange, at: now)
    case .callEnds(let exchange, let result): endCall(exchange, result)
    case .callTimesOut(let exchange): endCall(exchange, .timedOut)
    case .fakeTimer(let partner, let timer, let generation):
      fireFakeTimer(partner: partner, timer, generation)
    case .webhookAttempt(let delivery):
      countDown()
      sendWebhook(delivery)
    case .webhookArrives(let exchange): receiveWebhook(exchange)
    case .webhookEnds(let exchange, let result): endWebhook(exchange, result)
    case .webhookTimesOut(let exchange): endWebhook(exchange, .timedOut)
    case .integrationTimer(let timer, let generation): fireIntegrationTimer(timer, generation)
    case .crash(let position):
      countDown()
      crash(position)
    case .restart:
      countDown()
      restart()
    }
  }

  // MARK: Queue

  mutating func schedule(_ happening: Happening, at instant: VirtualInstant) {
    foreground += 1
    enqueue(happening, at: instant)
  }

  mutating func enqueue(_ happening: Happening, at instant: VirtualInstant) {
    if !queue.push(happening, at: max(instant, now)) {
      stop("more than \(queue.limit) events wait in the queue")
    }
  }

  /// Notes that an entry was taken that kept the run from becoming quiet.
  ///
  /// What a background timer caused is waited for, and does not make the run go on settling.
  mutating func countDown(inBackground: Bool = false) {
    foreground -= 1
    if !inBackground { lastForeground = now }
  }

  mutating func stop(_ reason: String) {
    guard stopReason == nil else { return }
    stopReason = reason
    trace.append(TraceEvent(at: now, .stopped(reason)))
  }

  mutating func nextExchange() -> ExchangeID {
    lastExchange += 1
    return ExchangeID(lastExchange)
  }

  mutating func deliver(_ input: IntegrationInput, background: Bool = false) {
    deliveries.append(.input(input, background: background))
  }

  // MARK: Quiet

  /// Whether nothing is left to happen but background timers, for as long as the plan settles.
  package var isQuiet: Bool {
    foreground == 0 && calls.isEmpty && deliveriesTaken == deliveries.count
      && (queue.nextInstant.map { $0 > lastForeground + plan.settle } ?? true)
  }

  /// Ends every fault once nothing but background work is left.
  ///
  /// Rules about the end are judged on partners that work.
  package mutating func healWhenCalm() {
    guard !healed, foreground == 0, calls.isEmpty else { return }
    healed = true
    faults.heal()
    for position in disabledPartners.indices { disabledPartners[position] = false }
  }

  /// Records the partners' books and the end of the run.
  package mutating func conclude() {
    for position in fakes.indices {
      trace.append(TraceEvent(at: now, .books(fakes[position].books(at: now))))
    }
    if stopReason == nil { trace.append(TraceEvent(at: now, .quiet)) }
  }

  /// The faults of the plan whose match never met an attempt.
  package var staleFaults: [String] { faults.staleFaults.map(\.id) }

  /// The switches of the plan after which no message was written, by name.
  package var staleVersions: [String] { versions.stale }

  /// What became of switches whose upgrades did not apply to a message.
  package var failedVersions: [VersionSwitches.Failure] { versions.failures }

  /// The crashes of the plan that never came.
  package var staleCrashes: [String] {
    zip(plan.crashes, crashCounts).filter { $0.1 >= 0 }.map(\.0.id)
  }
}
