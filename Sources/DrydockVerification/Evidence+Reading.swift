import DrydockContracts
import DrydockExchange
import DrydockJSON
import DrydockKernel
import DrydockSchema

extension Evidence {
  /// Puts a trace in order, recognises and checks its messages and extracts their facts.
  ///
  /// - Returns: The evidence and the findings of the contract family.
  /// - Complexity: Linear in the trace's bytes, plus O(f log f) in its facts.
  static func read(
    _ trace: Trace,
    catalog: ContractCatalog,
    policy: IntegrationPolicy? = nil
  ) -> (Evidence, [Finding]) {
    var reader = EvidenceReader(trace: trace, catalog: catalog)
    reader.evidence.policy = policy
    reader.readEvents()
    reader.readMessages()
    reader.evidence.correlate(reader.ledger.entries, reader.drafts)
    reader.evidence.noteFailedCalls()
    reader.nameOrdersInFindings()
    reader.evidence.repeatedCalls = CallSeries.repeated(in: reader.evidence)
    reader.evidence.stockReplay = StockReplay(reader.evidence)
    return (reader.evidence, reader.findings)
  }
}

/// Walks a trace twice: once for what happened, once for what the messages say.
private struct EvidenceReader {
  let trace: Trace
  let catalog: ContractCatalog
  var evidence: Evidence
  var ledger = FactLedger()
  var drafts: [ObservedExchange.Draft] = []
  var findings: [Finding] = []
  private var unrecognised: [String: Int] = [:]
  private var outgoing = OutgoingVersions()

  init(trace: Trace, catalog: ContractCatalog) {
    self.trace = trace
    self.catalog = catalog
    evidence = Evidence(
      partners: trace.partners,
      end: trace.events.last?.at ?? VirtualInstant.epoch
    )
  }

  mutating func readEvents() {
    evidence.exchangePositions.reserveCapacity(trace.events.count / 3)
    drafts.reserveCapacity(trace.events.count / 4)
    let all = trace.events
    let events = all.span
    for index in events.indices {
      let at = events[index].at
      switch events[index].content {
      case .sent(let attempt, let request):
        evidence.exchangePositions[attempt.exchange.number] = drafts.count
        drafts.append(
          ObservedExchange.Draft(Exchange(attempt: attempt, request: request, sentAt: at))
        )
      case .arrived(let exchange):
        change(exchange) {
          $0.exchange.arrived = true
          $0.arrivedAt = at
        }
      case .answered(let exchange, let response):
        change(exchange) {
          $0.exchange.response = response
          $0.exchange.answeredAt = at
        }
      case .concluded(let exchange, let result):
        change(exchange) {
          $0.exchange.result = result
          $0.concludedAt = at
        }
      case .fault(let effect):
        evidence.faults.append(Evidence.ObservedFault(at: at, effect: effect))
        if effect.fired, !effect.isVersion { evidence.troubles.append(at) }
        if effect.fired, let exchange = effect.exchange {
          change(exchange) { $0.faults.append(effect) }
        }
      case .fact(let fact): ledger.state(fact, at: at, exchange: nil)
      case .note(let note):
        evidence.notes.append(Evidence.ObservedNote(at: at, note: note))
        if note.kind == .restarted { evidence.restarts.append(at) }
        if note.kind == .crashed || note.kind == .restarted { evidence.troubles.append(at) }
      case .books(let books): keep(books)
      case .quiet: evidence.ending = .quiet
      case .stopped(let reason): evidence.ending = .stopped(reason)
      case .step: break
      }
    }
  }

  /// Keeps the first and the last snapshot of each partner.
  private mutating func keep(_ books: BooksSnapshot) {
    guard let position = evidence.books.firstIndex(where: { $0.partner == books.partner }) else {
      return evidence.books.append(books)
    }
    if !evidence.openingBooks.contains(where: { $0.partner == books.partner }) {
      evidence.openingBooks.append(evidence.books[position])
    }
    evidence.books[position] = books
  }

  private mutating func change(
    _ exchange: ExchangeID,
    _ body: (inout ObservedExchange.Draft) -> Void
  ) {
    guard let position = evidence.exchangePositions[exchange.number] else { return }
    body(&drafts[position])
  }

  mutating func readMessages() {
    for position in drafts.indices { readExchange(position) }
    findings += outgoing.findings
    evidence.messages.unrecognised = unrecognised.sorted { $0.key < $1.key }.map {
      Verdict.MessageCount.Unrecognised(what: $0.key, count: $0.value)
    }
  }

  private mutating func readExchange(_ position: Int) {
    let observed = drafts[position]
    let request = observed.exchange.request
    let partner = observed.exchange.attempt.partner
    let requestBody = Payload(request.body)
    if let contract = catalog.contract(ofRequest: request, body: requestBody.document) {
      drafts[position].requestContract = contract.id
      evidence.messages.recognised += 1
      drafts[position].delivery = deliveryID(
        contract,
        request: request,
        body: requestBody.document
      )
      drafts[position].isUnsigned =
        contract.delivery?.signatureHeader.map { request.headers[$0] == nil } ?? false
      let isDamaged = observed.faults.contains { $0.effect.contains("body") }
      if !isDamaged {
        check(requestBody, of: contract, exchange: observed.exchange, at: observed.exchange.sentAt)
      }
      let counts =
        contract.writtenBy == .partner || observed.exchange.response?.isSuccess == true
      if counts, !isDamaged {
        let view = MessageView(
          contract: contract,
          request: request,
          response: observed.exchange.response,
          body: requestBody.document?.root,
          requestBody: nil,
          names: trace.names
        )
        state(view, partner, at: observed.exchange.sentAt, observed.exchange.attempt.exchange)
      }
    } else {
      note(unrecognised: "\(request.host) \(request.method) \(request.path)")
    }
    guard let response = observed.exchange.response, observed.isCall else { return }
    readResponse(position, response, requestBody: requestBody.document)
  }

  private mutating func readResponse(
    _ position: Int,
    _ response: Response,
    requestBody: JSONDocument?
  ) {
    let observed = drafts[position]
    let request = observed.exchange.request
    let body = Payload(response.body)
    guard let contract = catalog.contract(of: response, to: request, body: body.document) else {
      if !response.body.isEmpty {
        note(
          unrecognised: "\(response.status) to \(request.host) \(request.method) \(request.path)"
        )
      }
      return
    }
    drafts[position].responseContract = contract.id
    evidence.messages.recognised += 1
    let at = observed.exchange.answeredAt ?? observed.exchange.sentAt
    check(body, of: contract, exchange: observed.exchange, at: at)
    let view = MessageView(
      contract: contract,
      request: request,
      response: response,
      body: body.document?.root,
      requestBody: requestBody?.root,
      names: trace.names
    )
    state(view, observed.exchange.attempt.partner, at: at, observed.exchange.attempt.exchange)
  }

  private mutating func state(
    _ view: MessageView,
    _ partner: PartnerID,
    at instant: VirtualInstant,
    _ exchange: ExchangeID
  ) {
    for fact in view.facts(partner: partner, at: instant, gaps: &evidence.gaps) {
      ledger.state(fact, at: instant, exchange: exchange)
    }
  }

  private mutating func note(unrecognised what: String) {
    unrecognised[what, default: 0] += 1
  }

  private func deliveryID(
    _ contract: Contract,
    request: Request,
    body: JSONDocument?
  ) -> String? {
    guard let id = contract.delivery?.id else { return nil }
    if id.hasPrefix("header:") { return request.headers[String(id.dropFirst("header:".count))] }
    guard let pointer = try? JSONPointer(parsing: id) else { return nil }
    return body?.root.at(pointer)?.scalarText
  }

  // MARK: Contract family

  private mutating func check(
    _ payload: Payload,
    of contract: Contract,
    exchange: Exchange,
    at instant: VirtualInstant
  ) {
    outgoing.note(contract, exchange.attempt.exchange, at: instant)
    guard contract.format == .json, let schema = contract.schema else { return }
    if let error = payload.error {
      let location = JSONLocation(ofOffset: error.offset, in: payload.bytes)
      evidence.messages.violating += 1
      findings.append(
        Finding(
          rule: "contract-unreadable",
          at: instant,
          message: "message of contract '\(contract.id)' is no JSON",
          expected: "a JSON document",
          found: error.message,
          exchanges: [exchange.attempt.exchange],
          place: place(location, in: contract, exchange)
        )
      )
      return
    }
    guard let document = payload.document, !schema.isValid(document) else { return }
    evidence.messages.violating += 1
    for violation in schema.violations(of: document.root, max: 20) {
      findings.append(
        finding(violation, in: document, of: contract, exchange: exchange, at: instant)
      )
    }
  }

  private func finding(
    _ violation: Violation,
    in document: JSONDocument,
    of contract: Contract,
    exchange: Exchange,
    at instant: VirtualInstant
  ) -> Finding {
    let suggestion = violation.suggestion.map { ", did you mean '\($0)'?" } ?? ""
    let pointer = violation.pointer.description
    return Finding(
      rule: violation.rule == "undeclared-member"
        ? "contract-undeclared-member" : "contract-violation",
      level: violation.level == .error ? .error : .warning,
      at: instant,
      message: "message breaks contract '\(contract.id)' at '\(pointer)'",
      expected: "\(violation.expected) (schema \(violation.schemaPointer))",
      found: contract.hides(violation.pointer) ? "<redacted>" : violation.found + suggestion,
      exchanges: [exchange.attempt.exchange],
      place: place(
        document.location(ofOffset: violation.offset),
        in: contract,
        exchange,
        pointer: pointer,
        schemaPointer: violation.schemaPointer
      )
    )
  }

  private func place(
    _ location: JSONLocation,
    in contract: Contract,
    _ exchange: Exchange,
    pointer: String = "",
    schemaPointer: String = ""
  ) -> Finding.Place {
    Finding.Place(
      exchange: exchange.attempt.exchange,
      contract: contract.id,
      pointer: pointer,
      line: location.line,
      column: location.column,
      schemaPointer: schemaPointer
    )
  }

  /// Gives every contract finding the name of the order that its exchange is about.
  mutating func nameOrdersInFindings() {
    for index in findings.indices where findings[index].order == nil {
      guard let exchange = findings[index].exchanges.first,
        let position = evidence.exchangePositions[exchange.number],
        let order = evidence.exchanges[position].order
      else { continue }
      findings[index].order = evidence.orders[order].name
    }
  }
}

/// A payload parsed once.
private struct Payload {
  let bytes: [UInt8]
  private(set) var document: JSONDocument?
  private(set) var error: JSONError?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    guard !bytes.isEmpty else { return }
    do {
      document = try JSONDocument.parse(bytes)
    } catch {
      self.error = error
    }
  }
}
