import DrydockExchange
import DrydockKernel

/// What an answer means for the work it was for.
enum Conclusion: Hashable, Sendable {
  /// The work is done.
  case done
  /// The write was taken; what became of it is to be read back.
  case written
  /// A look-up found that nothing had happened.
  case absent
  /// What the write needs was read.
  case prepared([PreparedLine])
  /// The partner answered politely and did not do it.
  case refused(String)
  /// It cannot be done yet.
  case later(Duration)
}

/// From the wire back: every way in which a call can end.
extension ReferenceIntegration {
  /// Takes the end of a call.
  mutating func conclude(_ call: CallID, _ result: CallResult) {
    guard let configuration, let pending = memory.calls.removeValue(forKey: call) else { return }
    guard case .errand(let number) = pending else {
      return concludeToken(result, configuration)
    }
    guard var errand = journal.outbox[number] else { return }
    memory.lines.change(errand.partner) { $0.ended() }
    errand.isUnderWay = false
    journal.outbox[number] = errand
    let answer = configuration.answer(result, from: errand.partner)
    listen(to: answer, from: errand.partner)
    heedLimits(result, from: errand.partner)
    if case .throttled = answer {} else { memory.lines.change(errand.partner) { $0.wasAdmitted() } }
    take(answer, of: errand, configuration)
  }

  private mutating func take(
    _ answer: Answer,
    of errand: Errand,
    _ configuration: Configuration
  ) {
    switch answer {
    case .success(let response): succeed(errand, response, configuration)
    case .notFound(let reason):
      if errand.step == .look {
        goOn(errand, .absent)
      } else {
        refuse(errand, reason)
      }
    case .refused(let reason): refuse(errand, reason)
    case .exists: look(errand, "\(errand.partner) has it already")
    case .unauthorised(let reason): reauthorise(errand, reason, configuration)
    case .throttled(let wait):
      if !has(.ignoresRetryAfter), !has(.ignoresLimits) {
        let sentAt = errand.lastTriedAt ?? now
        let now = now
        memory.lines.change(errand.partner) { $0.wasRefused(sentAt: sentAt, wait: wait, at: now) }
      }
      retry(errand, "throttled", notBefore: has(.ignoresRetryAfter) ? nil : wait)
    case .conflict: retry(errand, "somebody else was changing it")
    case .unavailable(let wait):
      if has(.dropsWhileDown) { return forget(errand) }
      retry(errand, "\(errand.partner) is down", notBefore: has(.ignoresRetryAfter) ? nil : wait)
    case .unknown(let why):
      if has(.dropsWhileDown), memory.lines[errand.partner]?.breaker.isOpen == true {
        return forget(errand)
      }
      look(errand, why)
    }
  }

  private mutating func succeed(
    _ errand: Errand,
    _ response: Response,
    _ configuration: Configuration
  ) {
    do {
      goOn(errand, try conclude(errand, response, configuration))
    } catch {
      // A page for people with status 200, or half an answer: nobody knows what happened.
      look(errand, "the answer makes no sense at '\(error.member)'")
    }
  }

  private mutating func goOn(_ errand: Errand, _ conclusion: Conclusion) {
    if errand.isUncertain, errand.step == .look {
      let found = conclusion == .absent ? "had not happened" : "had happened"
      note(
        .lookedUp,
        order: errand.order,
        partner: errand.partner,
        text: "'\(errand.work.name)' \(found)"
      )
    }
    var errand = errand
    switch conclusion {
    case .done:
      drop(errand)
      finished(errand.work)
    case .written:
      errand.step = .look
      errand.isUncertain = false
      wait(errand, until: now)
    case .absent:
      errand.step = errand.work.firstStep
      errand.isUncertain = false
      wait(errand, until: now)
    case .prepared(let lines):
      errand.prepared = lines
      errand.step = .act
      wait(errand, until: now)
    case .refused(let reason): refuse(errand, reason)
    case .later(let delay): wait(errand, until: now + delay)
    }
  }

  /// Ends an errand that the partner will never do as it is.
  private mutating func refuse(_ errand: Errand, _ reason: String) {
    if has(.retriesRefusals) { return retry(errand, reason) }
    drop(errand)
    journal.giveUp(errand.work)
    refused(errand, reason)
  }

  /// Finds out whether an attempt had its effect, after a wait.
  private mutating func look(_ errand: Errand, _ why: String) {
    var errand = errand
    let isBlind = has(.timeoutIsFailure) || has(.noIdempotencyKey)
    if errand.step == .act, !errand.work.isRead, !isBlind {
      errand.step = .look
      errand.isUncertain = true
    }
    if memory.lines[errand.partner]?.breaker.isOpen != true { errand.strikes += 1 }
    retry(errand, why)
  }

  private mutating func reauthorise(
    _ errand: Errand,
    _ reason: String,
    _ configuration: Configuration
  ) {
    let isERP = configuration.erp?.access.partner == errand.partner
    guard isERP, errand.strikes < configuration.retries.attemptsMax, !has(.noTokenRefresh) else {
      return bury(errand, "\(errand.partner) refuses the credential: \(reason)")
    }
    // Another errand's answer may have brought a new token since this call was made.
    if memory.tokenSince <= errand.lastTriedAt ?? now { memory.token = nil }
    var errand = errand
    errand.strikes += 1
    wait(errand, until: now)
  }

  // MARK: Trying again

  /// Lets an errand wait before it is tried again, or gives it up.
  private mutating func retry(_ errand: Errand, _ why: String, notBefore pause: Duration? = nil) {
    guard let configuration else { return }
    if errand.work.isPoll || isIdleRead(errand.work) { return drop(errand) }
    let policy = configuration.retries
    let triedFor = now - (errand.firstTriedAt ?? now)
    if errand.strikes >= policy.attemptsMax || triedFor > policy.triedFor {
      return bury(errand, why)
    }
    let stretch = policy.stretch(for: errand.work.name, draws: configuration.draws)
    let delay = max(policy.wait(after: errand.attempts, stretch: stretch), pause ?? .zero)
    note(
      .retryScheduled,
      order: errand.order,
      partner: errand.partner,
      text: "'\(errand.work.name)' again in \(delay.shortDescription): \(why)"
    )
    wait(errand, until: now + delay)
    delayed(errand.work)
  }

  private mutating func wait(_ errand: Errand, until due: VirtualInstant) {
    var errand = errand
    errand.due = due
    journal.outbox[errand.number] = errand
    wait(for: errand)
  }

  /// Takes an errand out.
  mutating func drop(_ errand: Errand) {
    journal.outbox[errand.number] = nil
  }

  /// Gives an errand up, keeping it to be replayed.
  private mutating func bury(_ errand: Errand, _ reason: String) {
    drop(errand)
    guard !has(.noDeadLetters) else { return journal.giveUp(errand.work) }
    journal.bury(
      DeadLetter(
        work: errand.work,
        partner: errand.partner,
        order: errand.order,
        reason: reason,
        isUncertain: errand.mayHaveHappened,
        replays: 0
      )
    )
    note(
      .deadLettered,
      order: errand.order,
      partner: errand.partner,
      owner: .integration,
      text: "'\(errand.work.name)' was given up: \(reason)"
    )
    raise(
      "dead/\(errand.work.name)",
      order: errand.order,
      partner: errand.partner,
      owner: .integration,
      "'\(errand.work.name)' was given up: \(reason)"
    )
  }

  /// Slows down where the platform says how full its bucket is.
  private mutating func heedLimits(_ result: CallResult, from partner: PartnerID) {
    guard case .response(let response) = result, !has(.ignoresLimits),
      let text = response.headers["X-Shopify-Shop-Api-Call-Limit"]
    else { return }
    let parts = text.split(separator: "/").compactMap { Int($0) }
    guard parts.count == 2, parts[0] <= parts[1] else { return }
    let now = now
    memory.lines.change(partner) { $0.pacer.fill(to: min(parts[0], 40), at: now) }
  }
}
