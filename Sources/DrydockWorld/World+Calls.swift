import DrydockExchange
import DrydockFakes
import DrydockFaults
import DrydockKernel

/// Calls of the integration: through the faults and the platform's limits to a fake, and back.
///
///     sent ─▶ fate ─┬▶ connection refused ─────────────────────────▶ ends
///                   ├▶ hangs ───────────────────────────time-out───▶ ends
///                   ├▶ refused by the edge ─────────────────────────▶ ends
///                   └▶ arrives ─▶ limits ─▶ fake ─▶ answer ─┬───────▶ ends
///                                                           └▶ lost ─ time-out ▶ ends
extension World {
  mutating func send(
    _ call: CallID,
    to partnerID: PartnerID,
    _ request: Request,
    timeout: Duration
  ) {
    guard let partner = partnerIndex[partnerID] else {
      deliver(.result(call, .connectionRefused), background: isInBackground)
      return
    }
    let described = fakes[partner].describe(request)
    let key = AttemptKey(
      partner: partner,
      operation: described.operation,
      entity: described.entity
    )
    let number = attemptCounts[key, default: 0] + 1
    attemptCounts[key] = number
    let attempt = Attempt(
      exchange: nextExchange(),
      from: .integration,
      to: partnerID,
      kind: profiles[partner].description.kind,
      channel: .http,
      operation: described.operation,
      entity: described.entity,
      number: number
    )
    let fate = faults.fate(of: attempt, at: now, latency: profiles[partner].latency)
    let sent = trace.append(TraceEvent(at: now, .sent(attempt, request)))
    record(fate.effects, cause: sent)
    let exchange = attempt.exchange
    schedule(.callTimesOut(exchange), at: now + timeout)
    var edgeAnswer: Response?
    if case .refused(let refusal) = fate.reception {
      edgeAnswer = fakes[partner].refusal(refusal, of: request)
    }
    calls[exchange.number] = PendingCall(
      sent: SentCall(
        call,
        attempt,
        request,
        partner: partner,
        fate: fate,
        edgeAnswer: edgeAnswer,
        event: sent,
        isInBackground: isInBackground
      ),
      hasArrived: fate.reception == .hangs
    )
    switch fate.reception {
    case .connectionRefused:
      schedule(.callEnds(exchange, .connectionRefused), at: now + fate.requestDelay)
    case .hangs: break
    case .refused: schedule(.requestArrives(exchange), at: now + fate.requestDelay)
    case .delivered:
      schedule(.requestArrives(exchange), at: now + fate.requestDelay)
      for copy in fate.copies {
        var copied = attempt
        copied.exchange = nextExchange()
        schedule(.copyArrives(copied, request), at: now + fate.requestDelay + copy.after)
      }
    }
  }

  mutating func receiveCall(_ exchange: ExchangeID) {
    let pending = calls[exchange.number]?.sent
    countDown(inBackground: pending?.isInBackground ?? false)
    guard let pending else { return receiveOrphan(exchange) }
    calls[exchange.number] = PendingCall(sent: pending, hasArrived: true)
    var response: Response
    if let edgeAnswer = pending.edgeAnswer {
      response = edgeAnswer
      trace.append(TraceEvent(at: now, cause: pending.event, .answered(exchange, response)))
    } else {
      response = answer(pending)
    }
    let fate = pending.fate
    for change in fate.tampering { change.apply(to: &response) }
    if fate.resetsResponse {
      schedule(.callEnds(exchange, .connectionReset), at: now + fate.responseDelay)
    } else if !fate.losesResponse {
      schedule(.callEnds(exchange, .response(response)), at: now + fate.responseDelay)
    }
    crashAfterEffect(of: pending.attempt)
  }

  /// Returns the partner's answer to a call that reaches it.
  private mutating func answer(_ call: SentCall) -> Response {
    let arrived = trace.append(
      TraceEvent(at: now, cause: call.event, .arrived(call.attempt.exchange))
    )
    return answer(
      call.attempt,
      call.request,
      partner: call.partner,
      cause: arrived,
      holdsFor: call.fate.responseDelay,
      inBackground: call.isInBackground
    )
  }

  /// A request whose caller gave up, or died, while it was on its way: it is applied all the same.
  private mutating func receiveOrphan(_ exchange: ExchangeID) {
    guard let orphan = orphans.removeValue(forKey: exchange.number), orphan.edgeAnswer == nil
    else { return }
    _ = answer(orphan)
  }

  mutating func receiveCopy(_ attempt: Attempt, _ request: Request) {
    guard let partner = partnerIndex[attempt.to] else { return }
    let sent = trace.append(TraceEvent(at: now, .sent(attempt, request)))
    let effect = FaultEffect(
      fault: "duplicate",
      effect: "injected copy of the request",
      exchange: attempt.exchange,
      partner: attempt.to
    )
    trace.append(TraceEvent(at: now, cause: sent, .fault(effect)))
    let arrived = trace.append(TraceEvent(at: now, cause: sent, .arrived(attempt.exchange)))
    _ = answer(
      attempt,
      request,
      partner: partner,
      cause: arrived,
      holdsFor: .zero,
      inBackground: false
    )
  }

  /// Returns the platform's answer: its limits first, then its books.
  private mutating func answer(
    _ attempt: Attempt,
    _ request: Request,
    partner: Int,
    cause: TraceIndex,
    holdsFor hold: Duration,
    inBackground: Bool
  ) -> Response {
    let exchange = attempt.exchange
    var response: Response
    switch limiters[partner].admit(exchange, at: now) {
    case .throttled(let usage):
      response = fakes[partner].refusal(.throttled(usage), of: request)
      fakes[partner].decorate(&response, usage: usage)
    case .admitted(let usage):
      schedule(
        .callFinishes(exchange, partner: partner, background: inBackground),
        at: now + hold
      )
      reply = nil
      feed(.request(exchange, request), to: partner, cause: cause)
      response = reply ?? Response(500)
      reply = nil
      fakes[partner].decorate(&response, usage: usage)
      if let version = write(&response, to: attempt) { record(version, attempt, cause: cause) }
    }
    trace.append(TraceEvent(at: now, cause: cause, .answered(exchange, response)))
    return response
  }

  mutating func endCall(_ exchange: ExchangeID, _ result: CallResult) {
    foreground -= 1
    guard let pending = calls.removeValue(forKey: exchange.number) else { return }
    let sent = pending.sent
    if !sent.isInBackground { lastForeground = now }
    if !pending.hasArrived, result != .connectionRefused { orphans[exchange.number] = sent }
    faults.finished(exchange, at: now)
    trace.append(TraceEvent(at: now, cause: sent.event, .concluded(exchange, result)))
    deliver(.result(sent.call, result), background: sent.isInBackground)
  }

  mutating func record(_ effects: [FaultEffect], cause: TraceIndex) {
    for effect in effects { trace.append(TraceEvent(at: now, cause: cause, .fault(effect))) }
  }
}
