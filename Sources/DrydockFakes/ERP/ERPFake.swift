package import DrydockExchange
package import DrydockKernel

/// Our stand-in for an ERP that speaks as NetSuite's REST web services.
///
///     var erp = ERPFake(id: PartnerID("erp"), settings: .init(), masterData: masterData)
///     erp.receive(.request(exchange, request), at: now, draws: draws, into: &outputs)
///
/// It sends nothing by itself: the platform has no webhooks, integrations poll.
package struct ERPFake: PartnerFake {
  /// Who it is and how it behaves on the wire.
  package let profile: PartnerProfile
  /// What it keeps.
  package internal(set) var records: ERPBooks
  var tokens = NetSuiteTokens()

  /// Creates an ERP from what it starts with.
  package init(id: PartnerID, settings: ERPSettings, masterData: MasterData) {
    profile = PartnerProfile(
      description: PartnerDescription(
        id: id,
        kind: .erp,
        dialect: "netsuite",
        host: settings.host
      ),
      credential: settings.credential,
      limits: [.concurrency(limit: settings.concurrencyMax)],
      latency: settings.latency
    )
    records = ERPBooks(settings: settings, masterData: masterData)
  }

  package mutating func receive(
    _ input: FakeInput,
    at now: VirtualInstant,
    draws: KeyedDraws,
    into outputs: inout [FakeOutput]
  ) {
    switch input {
    case .request(let exchange, let request):
      let response = answer(request, at: now, draws: draws, into: &outputs)
      outputs.append(.reply(exchange, response))
    case .command(let command): receive(command, at: now)
    case .started, .timer, .world: break
    }
  }

  private mutating func receive(_ command: StoryCommand, at now: VirtualInstant) {
    switch command {
    case .setCreditHold(let customer, let isHeld):
      records.setCreditHold(email: customer, isHeld: isHeld)
    case .approveOrder(let number): records.approveOrders(named: number, at: now)
    case .refuseCredits(let count): records.creditsToRefuse += max(0, count)
    case .expireToken: tokens.revoke()
    default: break
    }
  }

  package func reissued(_ webhook: Webhook, copy: Int) -> Webhook {
    webhook
  }

  /// Returns it as it is: the platform signs nothing.
  package func signed(_ webhook: Webhook) -> Webhook { webhook }

  package func books(at now: VirtualInstant) -> BooksSnapshot {
    records.snapshot(
      of: profile.description.id,
      orderNamespace: ERPRecordKind.order.netSuiteNamespace,
      authorisationNamespace: ERPRecordKind.authorisation.netSuiteNamespace
    )
  }
}
