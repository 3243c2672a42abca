import DrydockExchange
import DrydockFakes
import DrydockFaults
import DrydockKernel

/// Webhooks of the partners: at least once, until the platform gives up.
///
///     fake ─▶ delivery ─▶ attempt ─▶ fate ─▶ integration ─▶ 2xx in time ─▶ done
///                 ▲                               │
///                 └──── next wait of the policy ◀─┴─ anything else; after the last wait: given up
extension World {
  mutating func startDelivery(_ webhook: Webhook, partner: Int, cause: TraceIndex?) {
    guard !disabledPartners[partner] else { return }
    var webhook = webhook
    // Written once: what is delivered again was rendered before, and keeps its version.
    let version = write(&webhook, partner: partner)
    webhookDeliveries.append(
      WebhookDelivery(
        webhook: webhook,
        partner: partner,
        attempts: 0,
        cause: cause,
        injected: false,
        version: version
      )
    )
    schedule(.webhookAttempt(delivery: webhookDeliveries.count - 1), at: now)
  }

  mutating func sendWebhook(_ position: Int) {
    guard !disabledPartners[webhookDeliveries[position].partner] else { return }
    webhookDeliveries[position].attempts += 1
    let delivery = webhookDeliveries[position]
    let profile = profiles[delivery.partner]
    let attempt = Attempt(
      exchange: nextExchange(),
      from: profile.description.id,
      to: .integration,
      kind: profile.description.kind,
      channel: .webhook,
      operation: delivery.webhook.operation,
      entity: delivery.webhook.entity,
      number: delivery.attempts
    )
    let fate =
      delivery.injected
      ? Fate(requestDelay: .milliseconds(20), responseDelay: .milliseconds(20))
      : faults.fate(of: attempt, at: now, latency: World.webhookLatency)
    var request = delivery.webhook.request
    for change in fate.tampering {
      change.apply(to: &request, signatureHeader: profile.signatureHeader)
    }
    let sent = trace.append(
      TraceEvent(at: now, cause: delivery.cause, .sent(attempt, request))
    )
    record(fate.effects, cause: sent)
    if let version = delivery.version { record(version, attempt, cause: sent) }
    if delivery.injected {
      let effect = FaultEffect(
        fault: "duplicate",
        effect: "injected copy of the webhook",
        exchange: attempt.exchange,
        partner: attempt.from
      )
      trace.append(TraceEvent(at: now, cause: sent, .fault(effect)))
    }
    copy(delivery, as: fate.copies, behind: fate.requestDelay, cause: sent)
    let deadline = now + fate.requestDelay + profile.webhookPolicy.deadline
    webhooks[attempt.exchange.number] = PendingWebhook(
      delivery: position,
      attempt,
      request,
      fate: fate,
      event: sent
    )
    switch fate.reception {
    case .delivered: schedule(.webhookArrives(attempt.exchange), at: now + fate.requestDelay)
    case .connectionRefused, .refused:
      schedule(.webhookEnds(attempt.exchange, .connectionRefused), at: now + fate.requestDelay)
    case .hangs: break
    }
    schedule(.webhookTimesOut(attempt.exchange), at: deadline)
  }

  /// The time a webhook travels when nothing is wrong.
  static let webhookLatency = Duration.milliseconds(30)...Duration.milliseconds(400)

  private mutating func copy(
    _ delivery: WebhookDelivery,
    as copies: [Fate.Copy],
    behind delay: Duration,
    cause: TraceIndex
  ) {
    for copy in copies {
      let webhook =
        copy.asNewDelivery
        ? fakes[delivery.partner].reissued(delivery.webhook, copy: copy.ordinal)
        : delivery.webhook
      webhookDeliveries.append(
        WebhookDelivery(
          webhook: webhook,
          partner: delivery.partner,
          attempts: 0,
          cause: cause,
          injected: true,
          version: delivery.version
        )
      )
      schedule(
        .webhookAttempt(delivery: webhookDeliveries.count - 1),
        at: now + copy.after
      )
    }
  }

  mutating func receiveWebhook(_ exchange: ExchangeID) {
    countDown()
    guard let pending = webhooks[exchange.number] else { return }
    guard integrationIsUp else {
      schedule(.webhookEnds(exchange, .connectionRefused), at: now)
      return
    }
    trace.append(TraceEvent(at: now, cause: pending.event, .arrived(exchange)))
    crashPending = crashTriggered(by: pending.attempt)
    deliver(.webhook(exchange, from: pending.attempt.from, pending.request))
  }

  /// Takes the integration's answer to a webhook.
  mutating func respond(_ exchange: ExchangeID, _ response: Response) {
    guard let pending = webhooks[exchange.number] else { return }
    trace.append(TraceEvent(at: now, cause: pending.event, .answered(exchange, response)))
    let fate = pending.fate
    if fate.resetsResponse {
      schedule(.webhookEnds(exchange, .connectionReset), at: now + fate.responseDelay)
    } else if !fate.losesResponse {
      schedule(.webhookEnds(exchange, .response(response)), at: now + fate.responseDelay)
    }
  }

  mutating func endWebhook(_ exchange: ExchangeID, _ result: CallResult) {
    countDown()
    guard let pending = webhooks.removeValue(forKey: exchange.number) else { return }
    trace.append(TraceEvent(at: now, cause: pending.event, .concluded(exchange, result)))
    let partner = webhookDeliveries[pending.delivery].partner
    if case .response(let response) = result, response.isSuccess {
      consecutiveFailures[partner] = 0
      return
    }
    consecutiveFailures[partner] += 1
    let policy = profiles[partner].webhookPolicy
    if let limit = policy.disabledAfter, consecutiveFailures[partner] >= limit {
      disabledPartners[partner] = true
      let effect = FaultEffect(
        fault: "webhook-policy",
        effect: "the platform removed the subscription after \(limit) failures in a row",
        exchange: exchange,
        partner: profiles[partner].description.id
      )
      trace.append(TraceEvent(at: now, cause: pending.event, .fault(effect)))
      return
    }
    let tries = webhookDeliveries[pending.delivery].attempts
    if tries <= policy.retries.count, !webhookDeliveries[pending.delivery].injected {
      schedule(
        .webhookAttempt(delivery: pending.delivery),
        at: now + policy.retries[tries - 1]
      )
    }
  }
}
