import DrydockExchange
import DrydockKernel

/// Does what a test tells it and writes down what reaches it.
struct ScriptedIntegration: Integration {
  /// A call to be made.
  struct PlannedCall: Sendable {
    var after: Duration
    var partner: PartnerID
    var request: Request
    var timeout: Duration = .seconds(30)
    /// Whether a background timer makes it.
    var background = false
  }

  /// What reached it.
  struct Entry: Hashable, Sendable, CustomStringConvertible {
    /// Since the first input.
    var after: Duration
    var text: String

    var description: String { "\(after.shortDescription) \(text)" }
  }

  /// The calls; made after a start, and not again after a restart.
  var calls: [PlannedCall] = []
  /// Timers that only ring: name, wait, whether they ring in the background.
  var timers: [(name: String, after: Duration, background: Bool)] = []
  /// A timer that is set again whenever it rings.
  var poll: (every: Duration, background: Bool)?
  /// Statuses of the answers to webhooks, in order of arrival; the last one stays, 0 is no answer.
  var answers = [200]
  /// A call that each webhook makes before it is answered.
  var onWebhook: (@Sendable (Int) -> PlannedCall)?

  // What survives a crash, for the test to look at.
  private(set) var log: [Entry] = []
  private(set) var setup: IntegrationSetup?
  private(set) var webhooks: [Request] = []
  private var begin: VirtualInstant?
  private var lastCall = 0

  mutating func receive(
    _ input: IntegrationInput,
    at now: VirtualInstant,
    into outputs: inout [IntegrationOutput]
  ) {
    let start = begin ?? now
    begin = start
    log.append(Entry(after: now - start, text: words(of: input)))
    switch input {
    case .started(let setup):
      self.setup = setup
      for (number, call) in calls.enumerated() {
        let timer = TimerID("call/\(number)")
        outputs.append(.wake(timer, after: call.after, background: call.background))
      }
      for timer in timers {
        outputs.append(
          .wake(TimerID(timer.name), after: timer.after, background: timer.background)
        )
      }
      setPoll(&outputs)
    case .timer(let timer):
      if timer.name == "poll" { setPoll(&outputs) }
      if timer.name.hasPrefix("call/"), let number = Int(timer.name.dropFirst(5)) {
        make(calls[number], number + 1, &outputs)
      }
    case .webhook(let exchange, _, let request): answer(exchange, request, &outputs)
    case .restarted, .result: break
    }
  }

  mutating func crash() {
    log.append(Entry(after: log.last?.after ?? .zero, text: "crash"))
  }

  private func setPoll(_ outputs: inout [IntegrationOutput]) {
    guard let poll else { return }
    outputs.append(.wake(TimerID("poll"), after: poll.every, background: poll.background))
  }

  private mutating func answer(
    _ exchange: ExchangeID,
    _ request: Request,
    _ outputs: inout [IntegrationOutput]
  ) {
    webhooks.append(request)
    if let call = onWebhook?(webhooks.count) { make(call, 100 + webhooks.count, &outputs) }
    let status = answers.count > 1 ? answers.removeFirst() : answers[0]
    if status != 0 { outputs.append(.respond(exchange, Response(status))) }
  }

  private func make(
    _ call: PlannedCall,
    _ number: Int,
    _ outputs: inout [IntegrationOutput]
  ) {
    outputs.append(
      .call(CallID(number), to: call.partner, call.request, timeout: call.timeout)
    )
  }

  private func words(of input: IntegrationInput) -> String {
    switch input {
    case .started: "started"
    case .restarted: "restarted"
    case .timer(let timer): "timer \(timer.name)"
    case .webhook(_, let partner, _): "webhook of \(partner)"
    case .result(let call, .response(let response)): "call \(call.number): \(response.status)"
    case .result(let call, .connectionRefused): "call \(call.number): refused"
    case .result(let call, .timedOut): "call \(call.number): timed out"
    case .result(let call, .connectionReset): "call \(call.number): reset"
    }
  }
}
