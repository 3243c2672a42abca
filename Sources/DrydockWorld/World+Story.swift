import DrydockExchange
import DrydockFakes
import DrydockKernel

/// The partners' side of the world: story steps, timers, and what passes between fakes.
extension World {
  mutating func play(_ step: StoryStep) {
    let cause = trace.append(TraceEvent(at: now, .step(step.text)))
    guard let partner = partnerIndex[step.partner] else { return }
    feed(.command(step.command), to: partner, cause: cause)
  }

  mutating func fireFakeTimer(partner: Int, _ timer: TimerID, _ generation: Int) {
    let key = FakeTimerKey(partner: partner, timer: timer)
    guard let armed = fakeTimers[key], armed.generation == generation else { return }
    fakeTimers[key] = nil
    if !armed.background { countDown() }
    feed(.timer(timer), to: partner, cause: nil)
  }

  /// Hands an input to a fake and does what it says, and what follows at other fakes, at once.
  mutating func feed(_ input: FakeInput, to partner: Int, cause: TraceIndex?) {
    var relayed: [Relay] = []
    give(input, to: partner, cause, &relayed)
    var taken = 1
    while taken <= relayed.count, taken < World.relayMax {
      let relay = relayed[taken - 1]
      taken += 1
      give(.world(relay.event), to: relay.receiver, cause, &relayed)
    }
    if taken == World.relayMax { stop("partners relayed more than \(taken) events at once") }
  }

  /// What one fake tells another.
  private struct Relay {
    var event: WorldEvent
    var receiver: Int
  }

  /// Hands an input to one fake, does what it says and appends what others are to hear of it.
  private mutating func give(
    _ input: FakeInput,
    to partner: Int,
    _ cause: TraceIndex?,
    _ relayed: inout [Relay]
  ) {
    var outputs: [FakeOutput] = []
    swap(&outputs, &fakeOutputs)
    fakes[partner].receive(input, at: now, draws: draws[partner], into: &outputs)
    for output in outputs {
      guard case .world(let event) = output else {
        perform(output, of: partner, cause: cause)
        continue
      }
      for receiver in fakes.indices
      where receiver != partner
        && event.receivers.contains(profiles[receiver].description.kind)
      {
        relayed.append(Relay(event: event, receiver: receiver))
      }
    }
    outputs.removeAll(keepingCapacity: true)
    swap(&outputs, &fakeOutputs)
  }

  /// How many events partners may pass among themselves at one instant.
  static let relayMax = 1_000

  private mutating func perform(_ output: FakeOutput, of partner: Int, cause: TraceIndex?) {
    switch output {
    case .reply(_, let response): reply = response
    case .webhook(let webhook): startDelivery(webhook, partner: partner, cause: cause)
    case .wake(let timer, let after, let background):
      disarm(timer, of: partner)
      generation += 1
      fakeTimers[FakeTimerKey(partner: partner, timer: timer)] = ArmedTimer(
        generation: generation,
        background: background
      )
      if !background { foreground += 1 }
      enqueue(
        .fakeTimer(partner: partner, timer, generation: generation),
        at: now + max(after, .zero)
      )
    case .cancel(let timer): disarm(timer, of: partner)
    case .fact(let fact): trace.append(TraceEvent(at: now, cause: cause, .fact(fact)))
    case .world: break
    }
  }

  private mutating func disarm(_ timer: TimerID, of partner: Int) {
    let key = FakeTimerKey(partner: partner, timer: timer)
    if let armed = fakeTimers.removeValue(forKey: key), !armed.background { foreground -= 1 }
  }
}
