package import DrydockExchange
package import DrydockKernel

/// Our stand-in for a 3PL that speaks as ShipBob.
///
///     calls ─▶ dialect ─▶ books ─▶ effects ─▶ dialect ─▶ replies, webhooks
///     timers, commands, parcels ───▲              └────▶ facts, parcels, timers
package struct ThreePLFake: PartnerFake {
  package let profile: PartnerProfile
  let dialect: ShipBobDialect
  package private(set) var books: ThreePLBooks
  private var webhookCount = 0

  package init(id: PartnerID, settings: ThreePLSettings, masterData: MasterData) {
    dialect = ShipBobDialect(id: id, settings: settings)
    books = ThreePLBooks(
      partner: id,
      names: ShipBobDialect.names,
      settings: settings,
      masterData: masterData
    )
    profile = PartnerProfile(
      description: PartnerDescription(
        id: id,
        kind: .threePL,
        dialect: "shipbob",
        host: settings.host
      ),
      credential: settings.credential,
      webhookSecret: settings.webhookSecret,
      signatureHeader: "webhook-signature",
      webhookPolicy: ShipBobDialect.webhookPolicy(disabledAfter: settings.webhooksDisabledAfter),
      limits: settings.limits,
      latency: .milliseconds(60)...(.milliseconds(240))
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
      let response = dialect.answer(request, with: &books, at: now)
      outputs.append(.reply(exchange, response))
    case .timer(let timer): fire(timer, at: now)
    case .command(let command): obey(command, at: now)
    case .world(let event): notice(event, at: now)
    }
    perform(at: now, into: &outputs)
  }

  private mutating func fire(_ timer: TimerID, at now: VirtualInstant) {
    let parts = timer.name.split(separator: " ")
    guard parts.count == 2, let position = Int(parts[1]) else { return }
    switch parts[0] {
    case "shipment": books.advanceShipment(position, at: now)
    case "return": books.advanceReturn(position, at: now)
    default: break
    }
  }

  /// Does what people at a 3PL do; a personal access token does not expire.
  private mutating func obey(_ command: StoryCommand, at now: VirtualInstant) {
    switch command {
    case .adjustStock(let sku, let node, let units, let reason):
      books.adjust(sku: sku, node: node, by: units, reason: reason, at: now)
    case .confirmAgain(let order): books.confirmAgain(order: order)
    case .receiveAgain(let number): books.receiveAgain(return: number)
    case .placeOrder, .requestCancel, .resendOrder, .requestReturn, .shipReturn, .cancelReturn,
      .setCreditHold, .approveOrder, .refuseCredits, .expireToken:
      break
    }
  }

  private mutating func notice(_ event: WorldEvent, at now: VirtualInstant) {
    switch event {
    case .parcelEnded(let tracking, let ending):
      books.parcelEnded(tracking, ending, at: now)
    case .parcelAtDock(let parcel): books.parcelAtDock(parcel, at: now)
    case .orderPlaced, .orderFulfilled, .parcelTendered, .returnLabelIssued, .returnTendered,
      .returnScanned, .exchangeAccepted:
      break
    }
  }

  private mutating func perform(at now: VirtualInstant, into outputs: inout [FakeOutput]) {
    for effect in books.takeEffects() {
      switch effect {
      case .fact(let fact): outputs.append(.fact(fact))
      case .wake(let timer, let after): outputs.append(.wake(timer, after: after))
      case .cancel(let timer): outputs.append(.cancel(timer))
      case .tendered(let parcel): outputs.append(.world(.parcelTendered(parcel)))
      case .shipment(let news, let position):
        webhookCount += 1
        outputs.append(
          .webhook(
            dialect.webhook(news, shipment: position, in: books, number: webhookCount, at: now)
          )
        )
      case .returned(let news, let position):
        webhookCount += 1
        outputs.append(
          .webhook(
            dialect.webhook(news, returned: position, in: books, number: webhookCount, at: now)
          )
        )
      }
    }
  }

  package func describe(_ request: Request) -> OperationDescription { dialect.describe(request) }

  package func refusal(_ refusal: Refusal, of request: Request) -> Response {
    dialect.refusal(refusal)
  }

  package func decorate(_ response: inout Response, usage: LimitUsage) {
    dialect.decorate(&response, usage: usage)
  }

  package func reissued(_ webhook: Webhook, copy: Int) -> Webhook {
    dialect.reissued(webhook, copy: copy)
  }

  package func signed(_ webhook: Webhook) -> Webhook { dialect.signed(webhook) }

  package func books(at now: VirtualInstant) -> BooksSnapshot { books.snapshot() }
}
