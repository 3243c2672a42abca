package import DrydockExchange
package import DrydockKernel

/// Our stand-in for a carrier that speaks as EasyPost.
///
///     calls ─▶ dialect ─▶ books ─▶ effects ─▶ dialect ─▶ replies, events
///     timers, parcels ────▲              └────▶ facts, parcels, timers
package struct CarrierFake: PartnerFake {
  package let profile: PartnerProfile
  let dialect: EasyPostDialect
  package private(set) var books: CarrierBooks
  private var eventCount = 0
  /// Pushes that the next push of the same tracker overtakes.
  private var overtaken: [(tracker: Int, webhook: Webhook)] = []

  package init(id: PartnerID, settings: CarrierSettings, masterData: MasterData) {
    dialect = EasyPostDialect(id: id, settings: settings)
    books = CarrierBooks(partner: id, names: EasyPostDialect.names, settings: settings)
    profile = PartnerProfile(
      description: PartnerDescription(
        id: id,
        kind: .carrier,
        dialect: "easypost",
        host: settings.host
      ),
      credential: settings.credential,
      webhookSecret: settings.webhookSecret,
      signatureHeader: "X-Hmac-Signature",
      webhookPolicy: EasyPostDialect.webhookPolicy,
      limits: settings.limits,
      latency: .milliseconds(80)...(.milliseconds(350))
    )
  }

  package mutating func receive(
    _ input: FakeInput,
    at now: VirtualInstant,
    draws: KeyedDraws,
    into outputs: inout [FakeOutput]
  ) {
    switch input {
    case .started: break
    case .request(let exchange, let request):
      outputs.append(.reply(exchange, dialect.answer(request, with: &books, at: now)))
    case .timer(let timer):
      let parts = timer.name.split(separator: " ")
      if parts.count == 2, parts[0] == "parcel", let position = Int(parts[1]) {
        books.advanceParcel(position, at: now)
      }
    // An API key does not expire, and nobody at a carrier does anything else.
    case .command: break
    case .world(let event): notice(event, at: now, draws: draws)
    }
    perform(at: now, into: &outputs)
  }

  private mutating func notice(_ event: WorldEvent, at now: VirtualInstant, draws: KeyedDraws) {
    switch event {
    case .parcelTendered(let parcel):
      books.register(parcel, at: now)
      books.tender(parcel.tracking, at: now, draws: draws)
    case .returnLabelIssued(let parcel): books.register(parcel, at: now)
    case .returnTendered(let tracking): books.tender(tracking, at: now, draws: draws)
    case .orderPlaced, .orderFulfilled, .parcelEnded, .returnScanned, .parcelAtDock,
      .exchangeAccepted:
      break
    }
  }

  private mutating func perform(at now: VirtualInstant, into outputs: inout [FakeOutput]) {
    for effect in books.takeEffects() {
      switch effect {
      case .fact(let fact): outputs.append(.fact(fact))
      case .wake(let timer, let after): outputs.append(.wake(timer, after: after))
      case .world(let event): outputs.append(.world(event))
      case .trackerCreated(let tracker):
        eventCount += 1
        outputs.append(
          .webhook(
            dialect.event(.created, tracker: tracker, in: books, number: eventCount, at: now)
          )
        )
      case .trackerUpdated(let tracker, let before, let isOvertaken):
        eventCount += 1
        let webhook = dialect.event(
          .updated(from: before),
          tracker: tracker,
          in: books,
          number: eventCount,
          at: now
        )
        if isOvertaken {
          overtaken.append((tracker, webhook))
        } else {
          outputs.append(.webhook(webhook))
          for late in overtaken where late.tracker == tracker {
            outputs.append(.webhook(late.webhook))
          }
          overtaken.removeAll { $0.tracker == tracker }
        }
      }
    }
  }

  package func describe(_ request: Request) -> OperationDescription { dialect.describe(request) }

  package func refusal(_ refusal: Refusal, of request: Request) -> Response {
    dialect.refusal(refusal)
  }

  /// Says nothing: the platform has no headers about its limits.
  package func decorate(_ response: inout Response, usage: LimitUsage) {}

  package func reissued(_ webhook: Webhook, copy: Int) -> Webhook {
    dialect.reissued(webhook, copy: copy)
  }

  package func signed(_ webhook: Webhook) -> Webhook { dialect.signed(webhook) }

  package func books(at now: VirtualInstant) -> BooksSnapshot { books.snapshot() }
}
