package import DrydockExchange
import DrydockJSON
import DrydockKernel

extension ERPFake {
  var settings: ERPSettings { records.settings }

  // MARK: Naming

  package func describe(_ request: Request) -> OperationDescription {
    let route = NetSuiteRoute(request)
    return OperationDescription(operation: route.operation, entity: entity(route, request))
  }

  /// What a call is about: the order's reference, and for a document its own key behind it.
  private func entity(_ route: NetSuiteRoute, _ request: Request) -> String {
    switch route {
    case .token, .query, .list, .wrongMethod, .unknown: return ""
    case .upsertOrder(let reference): return reference
    case .createOrder: return externalID(in: request) ?? correlation(of: request) ?? ""
    case .read(.order, let key), .updateOrder(let key): return order(.order, key) ?? key.text
    case .read(let kind, let key):
      return joined(order(kind, key) ?? correlation(of: request), name(kind, key))
    case .updateFulfilment(let key):
      return joined(order(.fulfilment, key) ?? correlation(of: request), name(.fulfilment, key))
    case .transform(let kind, let key, _):
      return joined(
        order(kind, key) ?? correlation(of: request),
        externalID(in: request) ?? key.text
      )
    case .createCredit:
      return joined(correlation(of: request), externalID(in: request) ?? "")
    case .createAdjustment: return externalID(in: request) ?? ""
    }
  }

  private func joined(_ order: String?, _ document: String) -> String {
    guard let order, !order.isEmpty, order != document else { return document }
    return document.isEmpty ? order : "\(order) \(document)"
  }

  /// The reference of the order that a record belongs to, if the books know both.
  private func order(_ kind: ERPRecordKind, _ key: NetSuiteRoute.Key) -> String? {
    guard let address = find(kind, key), let order = records.order(of: address) else {
      return nil
    }
    return records.orders[order].head.externalID
  }

  /// The caller's key of a document where the books know it, else what the path says.
  private func name(_ kind: ERPRecordKind, _ key: NetSuiteRoute.Key) -> String {
    find(kind, key).flatMap { records.head(of: $0).externalID } ?? key.text
  }

  private func correlation(of request: Request) -> String? {
    request.headers["X-Correlation-Id"]
  }

  private func externalID(in request: Request) -> String? {
    do {
      return try JSONDocument.parse(request.body).root["externalId"]?.string
    } catch {
      return nil
    }
  }

  // MARK: Refusing before the books

  package func refusal(_ refusal: Refusal, of request: Request) -> Response {
    switch refusal {
    case .throttled: return NetSuiteError.concurrencyLimit.response(settings.generation)
    case .unauthorised: return NetSuiteError.invalidLogin.response(settings.generation)
    case .forbidden: return NetSuiteError.insufficientPermission.response(settings.generation)
    case .maintenancePage:
      return page(200, "NetSuite is undergoing scheduled maintenance.", retryAfter: nil)
    case .unavailable(500, _): return NetSuiteError.unexpected.response(settings.generation)
    case .unavailable(let status, let retryAfter):
      return page(status, "The service is temporarily unavailable.", retryAfter: retryAfter)
    }
  }

  package func decorate(_ response: inout Response, usage: LimitUsage) {
    // The platform tells nobody how many requests are in flight.
  }

  /// The edge answers for people, not for programs.
  private func page(_ status: Int, _ text: String, retryAfter: Duration?) -> Response {
    var headers: HeaderFields = ["Content-Type": "text/html; charset=UTF-8"]
    if let retryAfter {
      let seconds = (retryAfter.wholeNanoseconds + 999_999_999) / 1_000_000_000
      headers.append("Retry-After", String(seconds))
    }
    let html =
      "<!DOCTYPE html><html><head><title>\(status)</title></head><body><h1>\(text)</h1>"
      + "</body></html>"
    return Response(status, headers: headers, body: Array(html.utf8))
  }

  // MARK: Answering

  mutating func answer(
    _ request: Request,
    at now: VirtualInstant,
    draws: KeyedDraws,
    into outputs: inout [FakeOutput]
  ) -> Response {
    let route = NetSuiteRoute(request)
    if route == .token {
      return tokens.answer(
        request,
        settings: settings,
        partner: profile.description.id,
        draws: draws,
        at: now
      )
    }
    guard tokens.admits(request, at: now) else {
      return NetSuiteError.invalidLogin.response(settings.generation)
    }
    do throws(NetSuiteError) {
      return try perform(route, request, at: now, into: &outputs)
    } catch {
      if error.refusesContent, let reference = orderReference(route, request) {
        outputs.append(.fact(facts(request, now).refused(reference, code: error.code)))
      }
      return error.response(settings.generation)
    }
  }

  /// The reference of the order that a call wanted to create, if it is such a call.
  private func orderReference(_ route: NetSuiteRoute, _ request: Request) -> String? {
    switch route {
    case .upsertOrder(let reference): reference
    case .createOrder: externalID(in: request)
    default: nil
    }
  }

  private func facts(_ request: Request, _ now: VirtualInstant) -> NetSuiteFacts {
    NetSuiteFacts(
      books: records,
      partner: profile.description.id,
      now: now,
      correlation: correlation(of: request)
    )
  }

  private mutating func perform(
    _ route: NetSuiteRoute,
    _ request: Request,
    at now: VirtualInstant,
    into outputs: inout [FakeOutput]
  ) throws(NetSuiteError) -> Response {
    switch route {
    case .unknown, .token: throw .notFound(request.path)
    case .wrongMethod: throw .methodNotAllowed(request.method)
    case .query: return try query(request)
    case .list(let kind):
      let list = try NetSuiteList(request, of: kind)
      return success(
        list.body(books: records, style: style(request)),
        type: "collection"
      )
    case .read(let kind, let key):
      let address = try required(kind, key, request)
      let writer = NetSuiteRecords(books: records, style: style(request))
      return success(writer.body(of: address), type: "singular")
    default:
      if request.headers["Prefer"]?.contains("respond-async") ?? false {
        throw NetSuiteError(
          400,
          "INVALID_HEADER",
          "Asynchronous processing is not available in this account.",
          at: .header("Prefer")
        )
      }
      var body = NetSuiteBody(masterData: records.masterData)
      let root = try self.root(of: request, isOptional: route.isTransform)
      let effect = try change(route, request, root, &body, at: now)
      return try finish(effect, request, body, at: now, into: &outputs)
    }
  }

  /// What a call changed.
  private enum Effect {
    case order(ERPOrderChange)
    case created(ERPRecordAddress)
    case shipped(ERPRecordAddress)
    case changed(ERPRecordAddress)
  }

  private mutating func change(
    _ route: NetSuiteRoute,
    _ request: Request,
    _ root: JSONValue?,
    _ body: inout NetSuiteBody,
    at now: VirtualInstant
  ) throws(NetSuiteError) -> Effect {
    switch route {
    case .upsertOrder, .createOrder, .updateOrder:
      return try changeOrder(route, request, root, &body, at: now)
    case .updateFulfilment(let key):
      let address = try required(.fulfilment, key, request)
      let draft = try document(root, &body)
      try requireKnownNames(body, request)
      let stage = draft.stage ?? records.fulfilments[address.index].stage
      let isShipped = try Self.translating { () throws(ERPRefusal) in
        try records.advance(fulfilment: address.index, to: stage, at: now)
      }
      return isShipped ? .shipped(address) : .changed(address)
    case .createAdjustment:
      guard let root else { throw .malformed }
      let draft = try body.adjustment(root)
      try requireKnownNames(body, request)
      return .created(
        ERPRecordAddress(
          kind: .adjustment,
          index: try Self.translating("inventory.items") { () throws(ERPRefusal) in
            try records.adjust(draft, at: now)
          }
        )
      )
    case .createCredit:
      guard let root else { throw .malformed }
      let draft = try body.credit(root)
      try requireKnownNames(body, request)
      return .created(
        ERPRecordAddress(
          kind: .credit,
          index: try Self.translating { () throws(ERPRefusal) in try records.credit(draft, at: now)
          }
        )
      )
    case .transform(let source, let key, let target):
      guard case .id = key else { throw .noRecord(request.path) }
      let address = try required(source, key, request)
      let draft = try document(root, &body)
      try requireKnownNames(body, request)
      let index = try Self.translating { () throws(ERPRefusal) in
        try transform(address, to: target, draft, at: now)
      }
      return .created(ERPRecordAddress(kind: target, index: index))
    default: throw .notFound(request.path)
    }
  }

  private mutating func changeOrder(
    _ route: NetSuiteRoute,
    _ request: Request,
    _ root: JSONValue?,
    _ body: inout NetSuiteBody,
    at now: VirtualInstant
  ) throws(NetSuiteError) -> Effect {
    guard let root else { throw .malformed }
    let replacesLines = try replacesLines(request)
    switch route {
    case .upsertOrder(let reference):
      let draft = try body.order(root)
      try requireKnownNames(body, request)
      return .order(
        try Self.translating { () throws(ERPRefusal) in
          try records.upsertOrder(
            externalID: reference,
            draft,
            replacesLines: replacesLines,
            at: now
          )
        }
      )
    case .updateOrder(let key):
      let address = try required(.order, key, request)
      let draft = try body.order(root)
      try requireKnownNames(body, request)
      return .order(
        try Self.translating { () throws(ERPRefusal) in
          try records.updateOrder(
            address.index,
            draft,
            replacesLines: replacesLines,
            at: now
          )
        }
      )
    default:
      let draft = try body.order(root)
      try requireKnownNames(body, request)
      return .order(
        try Self.translating { () throws(ERPRefusal) in try records.createOrder(draft, at: now) }
      )
    }
  }

  private mutating func transform(
    _ source: ERPRecordAddress,
    to target: ERPRecordKind,
    _ draft: ERPDocumentDraft,
    at now: VirtualInstant
  ) throws(ERPRefusal) -> Int {
    switch (source.kind, target) {
    case (.order, .fulfilment): try records.fulfil(order: source.index, draft, at: now)
    case (.order, .invoice): try records.bill(order: source.index, draft, at: now)
    case (.order, .authorisation): try records.authorise(order: source.index, draft, at: now)
    case (.authorisation, .receipt):
      try records.receive(authorisation: source.index, draft, at: now)
    case (.authorisation, .credit):
      try records.credit(authorisation: source.index, draft, at: now)
    case (.invoice, .credit): try records.credit(invoice: source.index, draft, at: now)
    default: throw .nothingToDo
    }
  }

  // MARK: After a change

  /// Records the facts of a change and says where the record is.
  private func finish(
    _ effect: Effect,
    _ request: Request,
    _ body: NetSuiteBody,
    at now: VirtualInstant,
    into outputs: inout [FakeOutput]
  ) throws(NetSuiteError) -> Response {
    let facts = facts(request, now)
    let address: ERPRecordAddress
    switch effect {
    case .order(let change):
      address = ERPRecordAddress(kind: .order, index: change.order)
      if change.changesLines { outputs.append(.fact(facts.accepted(change.order))) }
      if change.cancels { outputs.append(.fact(facts.cancelled(change.order))) }
    case .created(let created):
      address = created
      if let fact = fact(facts, of: created) { outputs.append(.fact(fact)) }
    case .shipped(let shipped):
      address = shipped
      outputs.append(.fact(facts.fulfilled(shipped.index)))
    case .changed(let changed): address = changed
    }
    let id = records.head(of: address).id
    var headers: HeaderFields = [
      "Location":
        "https://\(settings.host)\(NetSuiteRoute.recordBase)\(address.kind.netSuiteType)/\(id)"
    ]
    if !body.unknown.isEmpty, validation(request) == .warning {
      headers.append(
        "Warning",
        "299 - \"Unknown reference or field name: \(body.unknown.joined(separator: ", "))\""
      )
    }
    return Response(204, headers: headers)
  }

  private func fact(_ facts: NetSuiteFacts, of address: ERPRecordAddress) -> Fact? {
    switch address.kind {
    case .fulfilment:
      records.fulfilments[address.index].stage == .shipped ? facts.fulfilled(address.index) : nil
    case .invoice: facts.invoiced(address.index)
    case .authorisation: facts.authorised(address.index)
    case .receipt: facts.received(address.index)
    case .credit: facts.credited(address.index)
    case .adjustment: facts.adjusted(address.index)
    case .order: nil
    }
  }
}

extension NetSuiteRoute {
  /// Whether this makes a document from another one, for which a body may be empty.
  var isTransform: Bool {
    if case .transform = self { true } else { false }
  }
}
