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
    var waiting: [(FakeInput, Int)] = [(input, partner)]
    var position = 0
    var outputs: [FakeOutput] = []
    while position < waiting.count, position < World.relayMax {
      let (input, partner) = waiting[position]
      position += 1
      outputs.removeAll(keepingCapacity: true)
      fakes[partner].receive(input, at: now, draws: draws[partner], into: &outputs)
      for output in outputs {
        if case .world(let event) = output {
          for receiver in fakes.indices
          where receiver != partner
            && event.receivers.contains(profiles[receiver].description.kind)
          {
            waiting.append((.world(event), receiver))
          }
        } else {
          perform(output, of: partner, cause: cause)
        }
      }
    }
    if position == World.relayMax { stop("partners relayed more than \(position) events at once") }
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
