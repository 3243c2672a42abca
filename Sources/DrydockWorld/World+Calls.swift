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
    var pending = PendingCall(
      call: call,
      attempt: attempt,
      request: request,
      partner: partner,
      responseDelay: fate.responseDelay,
      losesResponse: fate.losesResponse,
      resetsResponse: fate.resetsResponse,
      tampering: fate.tampering,
      sent: sent,
      background: isInBackground
    )
    let exchange = attempt.exchange
    schedule(.callEnds(exchange, .timedOut), at: now + timeout)
    switch fate.reception {
    case .connectionRefused:
      schedule(.callEnds(exchange, .connectionRefused), at: now + fate.requestDelay)
    case .hangs: pending.hasArrived = true
    case .refused(let refusal):
      pending.edgeAnswer = fakes[partner].refusal(refusal, of: request)
      schedule(.requestArrives(exchange), at: now + fate.requestDelay)
    case .delivered:
      schedule(.requestArrives(exchange), at: now + fate.requestDelay)
      for copy in fate.copies {
        var copied = attempt
        copied.exchange = nextExchange()
        schedule(.copyArrives(copied, request), at: now + fate.requestDelay + copy.after)
      }
    }
    calls[exchange.number] = pending
  }

  mutating func receiveCall(_ exchange: ExchangeID) {
    countDown(inBackground: calls[exchange.number]?.background ?? false)
    guard var pending = calls[exchange.number] else { return receiveOrphan(exchange) }
    pending.hasArrived = true
    calls[exchange.number] = pending
    var response: Response
    if let edgeAnswer = pending.edgeAnswer {
      response = edgeAnswer
      trace.append(TraceEvent(at: now, cause: pending.sent, .answered(exchange, response)))
    } else {
      let arrived = trace.append(TraceEvent(at: now, cause: pending.sent, .arrived(exchange)))
      response = answer(
        exchange,
        pending.request,
        partner: pending.partner,
        cause: arrived,
        holdsFor: pending.responseDelay,
        inBackground: pending.background
      )
    }
    for change in pending.tampering { change.apply(to: &response) }
    if pending.resetsResponse {
      schedule(.callEnds(exchange, .connectionReset), at: now + pending.responseDelay)
    } else if !pending.losesResponse {
      schedule(.callEnds(exchange, .response(response)), at: now + pending.responseDelay)
    }
    crashAfterEffect(of: pending.attempt)
  }

  /// A request whose caller gave up, or died, while it was on its way: it is applied all the same.
  private mutating func receiveOrphan(_ exchange: ExchangeID) {
    guard let orphan = orphans.removeValue(forKey: exchange.number), orphan.edgeAnswer == nil
    else { return }
    let arrived = trace.append(TraceEvent(at: now, cause: orphan.sent, .arrived(exchange)))
    _ = answer(
      exchange,
      orphan.request,
      partner: orphan.partner,
      cause: arrived,
      holdsFor: orphan.responseDelay,
      inBackground: orphan.background
    )
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
      attempt.exchange,
      request,
      partner: partner,
      cause: arrived,
      holdsFor: .zero,
      inBackground: false
    )
  }

  /// Returns the platform's answer: its limits first, then its books.
  private mutating func answer(
    _ exchange: ExchangeID,
    _ request: Request,
    partner: Int,
    cause: TraceIndex,
    holdsFor hold: Duration,
    inBackground: Bool
  ) -> Response {
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
    }
    trace.append(TraceEvent(at: now, cause: cause, .answered(exchange, response)))
    return response
  }

  mutating func endCall(_ exchange: ExchangeID, _ result: CallResult) {
    foreground -= 1
    guard let pending = calls.removeValue(forKey: exchange.number) else { return }
    if !pending.background { lastForeground = now }
    if !pending.hasArrived, result != .connectionRefused { orphans[exchange.number] = pending }
    faults.finished(exchange, at: now)
    trace.append(TraceEvent(at: now, cause: pending.sent, .concluded(exchange, result)))
    deliver(.result(pending.call, result), background: pending.background)
  }

  mutating func record(_ effects: [FaultEffect], cause: TraceIndex) {
    for effect in effects { trace.append(TraceEvent(at: now, cause: cause, .fault(effect))) }
  }
}
