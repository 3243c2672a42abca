public import DrydockExchange
public import DrydockKernel

/// A small, readable, correct middleware between a store, an ERP, 3PLs, a carrier and returns.
///
///     webhooks ─▶ inbox ─▶ flows ─▶ outbox ─▶ lines ─▶ calls
///                            ▲                           │
///                            └──────── answers ──────────┘
///
/// - **Connectors** know one platform each: they build requests from canonical values and read
///   canonical values from answers and webhooks. They know nothing of the flow.
/// - **The journal** is what survives: orders and returns as we know them, webhooks not yet
///   processed, work not yet done. It is written before anything is sent.
/// - **Flows** look at a record and ask for the work that is due. Asking twice is asking once, so a
///   flow need not know what happened before.
/// - **Lines** carry work to partners: paced, retried with growing waits, stopped while a partner
///   is down. An attempt whose outcome nobody knows is looked up before it is repeated.
public struct ReferenceIntegration: Integration {
  let defects: Set<ReferenceDefect>
  /// How it is deployed; a crash does not change that.
  var configuration: Configuration?
  var journal = Journal()
  var memory = Memory()
  /// The number of the last call; no two calls of a run share one.
  var lastCall = 0
  /// The present step's instant.
  var now = VirtualInstant.epoch

  /// Creates an integration without defects, or with those that a test wants to see caught.
  public init(defects: Set<ReferenceDefect> = []) {
    self.defects = defects
  }

  /// Takes one input and appends what it makes the integration do.
  public mutating func receive(
    _ input: IntegrationInput,
    at now: VirtualInstant,
    into outputs: inout [IntegrationOutput]
  ) {
    self.now = now
    switch input {
    case .started(let setup): start(setup)
    case .restarted: restart()
    case .webhook(let exchange, let partner, let request): take(exchange, from: partner, request)
    case .result(let call, let result): conclude(call, result)
    case .timer(let timer): fire(timer)
    }
    sendWhatMayGo()
    outputs.append(contentsOf: memory.outputs)
    memory.outputs.removeAll(keepingCapacity: true)
  }

  /// Forgets everything but the journal.
  public mutating func crash() {
    memory = Memory()
    if defects.contains(.forgetsOnRestart) { journal = Journal() }
  }

  /// Whether a defect is switched on.
  func has(_ defect: ReferenceDefect) -> Bool { defects.contains(defect) }

  // MARK: Up and up again

  private mutating func start(_ setup: IntegrationSetup) {
    let configuration = Configuration(setup, defects: defects)
    self.configuration = configuration
    journal.reconciledUntil = now
    openLines()
    wake(Self.publishTimer, after: configuration.policy.publishEvery, background: true)
    wake(Self.reconcileTimer, after: configuration.policy.reconcileEvery, background: true)
  }

  /// Finds everything again that the crash cut short.
  private mutating func restart() {
    guard let configuration else { return }
    openLines()
    journal.outbox.forgetCalls()
    journal.outbox.forgetPolls()
    for errand in journal.outbox.inOrder { wait(for: errand) }
    note(.restarted, text: "\(journal.outbox.count) errands are taken up again")
    for key in journal.openOrders { advance(key) }
    for key in journal.openReturns { advance(key) }
    if !journal.inbox.waiting.isEmpty { wake(Self.inboxTimer, after: .zero) }
    wake(Self.publishTimer, after: configuration.policy.publishEvery, background: true)
    wake(Self.reconcileTimer, after: untilReconciliation(configuration), background: true)
  }

  private func untilReconciliation(_ configuration: Configuration) -> Duration {
    let last = journal.reconciledUntil ?? now
    return max(.zero, last + configuration.policy.reconcileEvery - now)
  }

  private mutating func openLines() {
    guard let configuration else { return }
    memory.lines = PartnerLines(configuration.partners.map { configuration.line(to: $0) })
  }

  // MARK: Timers

  static let inboxTimer = TimerID("inbox")
  static let publishTimer = TimerID("publish")
  static let reconcileTimer = TimerID("reconcile")

  /// The timer of the way to a partner.
  static func lineTimer(_ partner: PartnerID) -> TimerID { TimerID("line/\(partner)") }

  /// The timer after which an order goes to another 3PL.
  static func rerouteTimer(_ order: OrderKey) -> TimerID { TimerID("reroute/\(order.number)") }

  private mutating func fire(_ timer: TimerID) {
    switch timer {
    case Self.inboxTimer: processInbox()
    case Self.publishTimer: publishStock()
    case Self.reconcileTimer: reconcile()
    default:
      let parts = timer.name.split(separator: "/", maxSplits: 1)
      guard parts.count == 2 else { return }
      if parts[0] == "line" { memory.looks[PartnerID(String(parts[1]))] = nil }
      if parts[0] == "reroute", let number = Int(parts[1]) { advance(OrderKey(number: number)) }
    }
  }

  /// Asks for a timer.
  mutating func wake(_ timer: TimerID, after: Duration, background: Bool = false) {
    memory.outputs.append(.wake(timer, after: after, background: background))
  }
}
