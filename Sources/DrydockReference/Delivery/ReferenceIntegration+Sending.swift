import DrydockExchange
import DrydockKernel

/// From the outbox to the wire: which errand may go, and with what.
extension ReferenceIntegration {
  /// Asks for work to be done; asking again while it waits or runs changes nothing.
  ///
  /// - Parameters:
  ///   - work: What is to be achieved.
  ///   - delay: How long it may wait.
  ///   - looksFirst: Whether an attempt was made before whose outcome nobody knows.
  mutating func ask(_ work: Work, after delay: Duration = .zero, looksFirst: Bool = false) {
    guard let partner = partner(for: work), !journal.isGivenUp(work),
      var errand = journal.outbox.add(
        work,
        at: partner,
        order: order(of: work),
        due: now + delay
      )
    else { return }
    if looksFirst {
      errand.step = .look
      errand.isUncertain = true
      journal.outbox[errand.number] = errand
    }
    wait(for: errand)
    guard memory.lines[partner]?.breaker.isOpen == true else { return }
    noteDeferred(errand)
    if has(.dropsWhileDown) { dropWork(for: partner) }
  }

  /// Says that work waits because its partner is down.
  private mutating func noteDeferred(_ errand: Errand) {
    guard !errand.work.isPoll, !isIdleRead(errand.work) else { return }
    note(
      .deferred,
      order: errand.order,
      partner: errand.partner,
      text: "'\(errand.work.name)' waits until \(errand.partner) is back"
    )
  }

  /// Lets an errand wait on the way to its partner.
  mutating func wait(for errand: Errand) {
    let isPoll = errand.work.isPoll || isIdleRead(errand.work)
    let now = now
    memory.lines.change(errand.partner) {
      $0.wait(errand.number, until: errand.due, isPoll: isPoll, now: now)
    }
  }

  /// Sends every errand whose turn it is, and asks to be woken for the next.
  mutating func sendWhatMayGo() {
    guard let configuration else { return }
    for position in memory.lines.all.indices where !memory.lines.all[position].isIdle {
      let partner = memory.lines.all[position].partner
      guard hasCredential(for: partner, configuration) else { continue }
      while let number = memory.lines.all[position].next(at: now) { send(number, configuration) }
    }
    for position in memory.lines.all.indices where !memory.lines.all[position].isIdle {
      wakeForNext(position)
    }
  }

  private mutating func wakeForNext(_ position: Int) {
    guard let instant = memory.lines.all[position].nextLook(after: now), instant > now else {
      return
    }
    let partner = memory.lines.all[position].partner
    let look = Memory.Look(
      at: instant,
      isBackground: memory.lines.all[position].hasOnlyPolls
    )
    guard memory.looks[partner] != look else { return }
    memory.looks[partner] = look
    wake(Self.lineTimer(partner), after: instant - now, background: look.isBackground)
  }

  private mutating func send(_ number: ErrandNumber, _ configuration: Configuration) {
    guard var errand = journal.outbox[number], !errand.isUnderWay else { return }
    guard var request = request(for: errand, configuration) else {
      journal.outbox[number] = nil  // what it was for has happened otherwise, or need not happen
      return
    }
    if let order = errand.order, !has(.losesCorrelation) {
      request.headers["X-Correlation-Id"] = order.reference
    }
    errand.isUnderWay = true
    errand.attempts += 1
    errand.firstTriedAt = errand.firstTriedAt ?? now
    errand.lastTriedAt = now
    journal.outbox[number] = errand
    call(.errand(number), to: errand.partner, request, configuration)
  }

  private mutating func call(
    _ call: Memory.Call,
    to partner: PartnerID,
    _ request: Request,
    _ configuration: Configuration
  ) {
    lastCall += 1
    let id = CallID(lastCall)
    memory.calls[id] = call
    let now = now
    memory.lines.change(partner) { $0.called(at: now) }
    memory.outputs.append(
      .call(id, to: partner, request, timeout: configuration.timeout(of: partner))
    )
  }

  // MARK: The ERP's access token

  /// Whether calls to a partner may be made; asks for an access token where one is missing.
  private mutating func hasCredential(
    for partner: PartnerID,
    _ configuration: Configuration
  ) -> Bool {
    guard let erp = configuration.erp, erp.access.partner == partner else { return true }
    let isGood = memory.token.map { now + .seconds(60) < $0.endsAt } ?? false
    if isGood || (memory.token != nil && has(.noTokenRefresh)) { return true }
    guard memory.lines[partner]?.isIdle == false, !memory.isTokenUnderWay,
      memory.lines[partner]?.mayCall(at: now) == true
    else { return false }
    memory.isTokenUnderWay = true
    call(.token, to: partner, erp.requestToken(), configuration)
    return false
  }

  /// Takes the end of a call for an access token.
  mutating func concludeToken(_ result: CallResult, _ configuration: Configuration) {
    guard let erp = configuration.erp else { return }
    let partner = erp.access.partner
    memory.isTokenUnderWay = false
    memory.lines.change(partner) { $0.ended() }
    let answer = erp.answer(result)
    listen(to: answer, from: partner)
    if case .success(let response) = answer, let token = try? erp.token(in: response, at: now) {
      memory.token = token
      memory.tokenFailures = 0
      memory.tokenSince = now
      resolve("token", "the ERP gives access again")
      note(.tokenRefreshed, partner: partner, text: "access until \(token.endsAt)")
      return
    }
    memory.tokenFailures += 1
    switch answer {
    case .refused(let reason), .unauthorised(let reason), .notFound(let reason):
      raise(
        "token",
        order: nil,
        partner: partner,
        owner: .integration,
        "the ERP gives no access: \(reason)"
      )
    default: break
    }
    var wait = configuration.retries.wait(after: memory.tokenFailures, stretch: 0)
    if case .throttled(let asked?) = answer, !has(.ignoresRetryAfter) { wait = max(wait, asked) }
    let now = now
    memory.lines.change(partner) { $0.pause(until: now + wait) }
  }

  /// Learns from an answer whether a partner is up.
  mutating func listen(to answer: Answer, from partner: PartnerID) {
    if answer.isPartnerTrouble {
      let now = now
      guard memory.lines.change(partner, { $0.breaker.failed(at: now) }) == true else { return }
      note(.circuitOpened, partner: partner, text: "\(partner) does not answer")
      for errand in journal.outbox.inOrder where errand.partner == partner { noteDeferred(errand) }
      if has(.dropsWhileDown) { dropWork(for: partner) }
    } else if memory.lines.change(partner, { $0.breaker.succeeded() }) == true {
      note(.circuitClosed, partner: partner, text: "\(partner) answers again")
    }
  }
}
