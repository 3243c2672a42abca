import DrydockExchange
import DrydockFakes
import DrydockKernel

/// The version that a partner writes a message in.
extension World {
  /// Writes a webhook in the version that its partner speaks now, and signs it.
  mutating func write(_ webhook: inout Webhook, partner: Int) -> VersionSwitch.Mark? {
    guard !versions.isEmpty,
      let position = versions.turn(
        of: profiles[partner].description.id,
        .webhook,
        webhook.operation,
        key: (webhook.delivery, 1),
        at: now
      ), let written = versions.write(webhook.request.body, position, at: now)
    else { return nil }
    webhook.request.body = written.payload
    for header in written.headers { webhook.request.headers[header.name] = header.value }
    webhook = fakes[partner].signed(webhook)
    return written.mark
  }

  /// Writes a partner's answer in the version that it speaks now; a refusal has none.
  mutating func write(_ response: inout Response, to attempt: Attempt) -> VersionSwitch.Mark? {
    guard !versions.isEmpty, response.isSuccess, !response.body.isEmpty,
      let position = versions.turn(
        of: attempt.to,
        attempt.channel,
        attempt.operation,
        key: (attempt.entity, attempt.number),
        at: now
      ), let written = versions.write(response.body, position, at: now)
    else { return nil }
    response.body = written.payload
    for header in written.headers { response.headers[header.name] = header.value }
    return written.mark
  }

  /// Marks an exchange whose message is written in another version than the fake's own.
  mutating func record(_ version: VersionSwitch.Mark, _ attempt: Attempt, cause: TraceIndex) {
    let effect = FaultEffect(
      fault: version.id,
      effect: "in version \(version.version)",
      exchange: attempt.exchange,
      partner: attempt.partner
    )
    trace.append(TraceEvent(at: now, cause: cause, .fault(effect)))
  }
}
