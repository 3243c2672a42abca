package import DrydockExchange
package import DrydockKernel

/// What a partner's fake starts with: its kind, its books and its behaviour.
package enum PartnerSettings: Sendable {
  case store(StoreSettings)
  case erp(ERPSettings)
  case threePL(ThreePLSettings)
  case carrier(CarrierSettings)
  case returns(ReturnsSettings)

  /// The partner's role.
  package var kind: PartnerKind {
    switch self {
    case .store: .store
    case .erp: .erp
    case .threePL: .threePL
    case .carrier: .carrier
    case .returns: .returns
    }
  }

  /// The nodes it ships from, best first; only a 3PL has any.
  package var nodes: [String] {
    if case .threePL(let settings) = self { settings.nodes } else { [] }
  }

  /// The sales channel that owns the orders; only a 3PL has one.
  package var channel: String {
    if case .threePL(let settings) = self { String(settings.channel) } else { "" }
  }
}

/// One of our own fakes, or a user's.
///
/// Our own are a closed set with one `switch`; only the last case pays for being open.
package enum AnyFake: Sendable {
  case store(StoreFake)
  case erp(ERPFake)
  case threePL(ThreePLFake)
  case carrier(CarrierFake)
  case returns(ReturnsFake)
  case custom(any PartnerFake)

  /// Creates the fake of a partner from what it starts with.
  package init(_ id: PartnerID, settings: PartnerSettings, masterData: MasterData) {
    switch settings {
    case .store(let settings):
      self = .store(StoreFake(id: id, settings: settings, masterData: masterData))
    case .erp(let settings):
      self = .erp(ERPFake(id: id, settings: settings, masterData: masterData))
    case .threePL(let settings):
      self = .threePL(ThreePLFake(id: id, settings: settings, masterData: masterData))
    case .carrier(let settings):
      self = .carrier(CarrierFake(id: id, settings: settings, masterData: masterData))
    case .returns(let settings):
      self = .returns(ReturnsFake(id: id, settings: settings, masterData: masterData))
    }
  }
}

extension AnyFake: PartnerFake {
  package var profile: PartnerProfile {
    switch self {
    case .store(let fake): fake.profile
    case .erp(let fake): fake.profile
    case .threePL(let fake): fake.profile
    case .carrier(let fake): fake.profile
    case .returns(let fake): fake.profile
    case .custom(let fake): fake.profile
    }
  }

  package mutating func receive(
    _ input: FakeInput,
    at now: VirtualInstant,
    draws: KeyedDraws,
    into outputs: inout [FakeOutput]
  ) {
    switch consume self {
    case .store(var fake):
      fake.receive(input, at: now, draws: draws, into: &outputs)
      self = .store(fake)
    case .erp(var fake):
      fake.receive(input, at: now, draws: draws, into: &outputs)
      self = .erp(fake)
    case .threePL(var fake):
      fake.receive(input, at: now, draws: draws, into: &outputs)
      self = .threePL(fake)
    case .carrier(var fake):
      fake.receive(input, at: now, draws: draws, into: &outputs)
      self = .carrier(fake)
    case .returns(var fake):
      fake.receive(input, at: now, draws: draws, into: &outputs)
      self = .returns(fake)
    case .custom(var fake):
      fake.receive(input, at: now, draws: draws, into: &outputs)
      self = .custom(fake)
    }
  }

  package func describe(_ request: Request) -> OperationDescription {
    switch self {
    case .store(let fake): fake.describe(request)
    case .erp(let fake): fake.describe(request)
    case .threePL(let fake): fake.describe(request)
    case .carrier(let fake): fake.describe(request)
    case .returns(let fake): fake.describe(request)
    case .custom(let fake): fake.describe(request)
    }
  }

  package func refusal(_ refusal: Refusal, of request: Request) -> Response {
    switch self {
    case .store(let fake): fake.refusal(refusal, of: request)
    case .erp(let fake): fake.refusal(refusal, of: request)
    case .threePL(let fake): fake.refusal(refusal, of: request)
    case .carrier(let fake): fake.refusal(refusal, of: request)
    case .returns(let fake): fake.refusal(refusal, of: request)
    case .custom(let fake): fake.refusal(refusal, of: request)
    }
  }

  package func decorate(_ response: inout Response, usage: LimitUsage) {
    switch self {
    case .store(let fake): fake.decorate(&response, usage: usage)
    case .erp(let fake): fake.decorate(&response, usage: usage)
    case .threePL(let fake): fake.decorate(&response, usage: usage)
    case .carrier(let fake): fake.decorate(&response, usage: usage)
    case .returns(let fake): fake.decorate(&response, usage: usage)
    case .custom(let fake): fake.decorate(&response, usage: usage)
    }
  }

  package func reissued(_ webhook: Webhook, copy: Int) -> Webhook {
    switch self {
    case .store(let fake): fake.reissued(webhook, copy: copy)
    case .erp(let fake): fake.reissued(webhook, copy: copy)
    case .threePL(let fake): fake.reissued(webhook, copy: copy)
    case .carrier(let fake): fake.reissued(webhook, copy: copy)
    case .returns(let fake): fake.reissued(webhook, copy: copy)
    case .custom(let fake): fake.reissued(webhook, copy: copy)
    }
  }

  package func signed(_ webhook: Webhook) -> Webhook {
    switch self {
    case .store(let fake): fake.signed(webhook)
    case .erp(let fake): fake.signed(webhook)
    case .threePL(let fake): fake.signed(webhook)
    case .carrier(let fake): fake.signed(webhook)
    case .returns(let fake): fake.signed(webhook)
    case .custom(let fake): fake.signed(webhook)
    }
  }

  package func books(at now: VirtualInstant) -> BooksSnapshot {
    switch self {
    case .store(let fake): fake.books(at: now)
    case .erp(let fake): fake.books(at: now)
    case .threePL(let fake): fake.books(at: now)
    case .carrier(let fake): fake.books(at: now)
    case .returns(let fake): fake.books(at: now)
    case .custom(let fake): fake.books(at: now)
    }
  }
}
