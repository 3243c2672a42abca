import DrydockExchange
import DrydockKernel

/// What the integration is deployed with: its partners' connectors, its policy, its defects.
struct Configuration: Sendable {
  let partners: [PartnerID]
  let store: ShopifyConnector?
  let erp: NetSuiteConnector?
  let warehouses: [ShipBobConnector]
  let carrier: EasyPostConnector?
  let returns: LoopConnector?
  let masterData: MasterData
  let policy: IntegrationPolicy
  let draws: KeyedDraws
  let retries: RetryPolicy
  let pricing: Pricing
  let defects: Set<ReferenceDefect>

  init(_ setup: IntegrationSetup, defects: Set<ReferenceDefect>) {
    func first(_ kind: PartnerKind) -> Access? {
      setup.partners.first { $0.description.kind == kind }.map { Access($0) }
    }
    let masterData = setup.masterData
    partners = setup.partners.map(\.description.id)
    store = first(.store).map {
      ShopifyConnector(
        access: $0,
        masterData: masterData,
        ignoresOffsets: defects.contains(.localTimeAsUTC)
      )
    }
    erp = first(.erp).map {
      NetSuiteConnector(
        access: $0,
        masterData: masterData,
        omitsKeys: defects.contains(.noIdempotencyKey)
      )
    }
    warehouses = setup.partners.filter { $0.description.kind == .threePL }.map {
      ShipBobConnector(
        access: Access($0),
        masterData: masterData,
        nodes: $0.nodes,
        channel: $0.channel,
        readsBareListsOnly: defects.contains(.readsOneVersion)
      )
    }
    carrier = first(.carrier).map { EasyPostConnector(access: $0) }
    returns = first(.returns).map { LoopConnector(access: $0) }
    self.masterData = masterData
    policy = setup.policy
    draws = setup.draws
    var retries = RetryPolicy()
    if defects.contains(.noBackoff) { retries.constant = .seconds(5) }
    self.retries = retries
    pricing = Pricing(
      masterData: masterData,
      usesFloatingPoint: defects.contains(.floatingPointMoney)
    )
    self.defects = defects
  }

  /// Whether a defect is switched on.
  func has(_ defect: ReferenceDefect) -> Bool { defects.contains(defect) }

  /// The connector of a 3PL.
  func warehouse(_ partner: PartnerID) -> ShipBobConnector? {
    warehouses.first { $0.access.partner == partner }
  }

  /// All nodes with the 3PL that runs each, best first.
  var nodes: [(partner: PartnerID, node: String)] {
    warehouses.flatMap { warehouse in
      warehouse.nodes.map { (warehouse.access.partner, $0) }
    }
  }

  /// Reads the end of a call in the words of its partner.
  func answer(_ result: CallResult, from partner: PartnerID) -> Answer {
    if let erp, erp.access.partner == partner { return erp.answer(result) }
    if let store, store.access.partner == partner {
      return Answer(result, reason: store.reason)
    }
    if let carrier, carrier.access.partner == partner {
      return Answer(result, reason: carrier.reason)
    }
    if let returns, returns.access.partner == partner { return returns.answer(result) }
    if let warehouse = warehouse(partner) { return warehouse.answer(result) }
    return Answer(result) { "status \($0.status)" }
  }

  /// Returns the way to a partner, as wide as its platform allows and a little less.
  func line(to partner: PartnerID) -> PartnerLine {
    var line = width(of: partner)
    if let constant = retries.constant { line.breaker = CircuitBreaker(always: constant) }
    return line
  }

  private func width(of partner: PartnerID) -> PartnerLine {
    if has(.ignoresLimits) {
      return PartnerLine(
        partner: partner,
        slots: 1_000_000,
        pacer: Pacer(burst: 1_000_000, interval: .nanoseconds(1))
      )
    }
    if erp?.access.partner == partner {
      // Five calls at a time; one is left to whoever else uses the account.
      return PartnerLine(
        partner: partner,
        slots: 4,
        pacer: Pacer(burst: 100, interval: .milliseconds(10))
      )
    }
    if store?.access.partner == partner {
      // A bucket of 40 that leaks two a second.
      return PartnerLine(
        partner: partner,
        slots: 8,
        pacer: Pacer(burst: 30, interval: .milliseconds(500))
      )
    }
    if warehouse(partner) != nil {
      // 150 a minute, in any minute.
      return PartnerLine(
        partner: partner,
        slots: 8,
        pacer: Pacer(burst: 15, interval: .milliseconds(450))
      )
    }
    if carrier?.access.partner == partner {
      return PartnerLine(
        partner: partner,
        slots: 4,
        pacer: Pacer(burst: 5, interval: .milliseconds(250))
      )
    }
    return PartnerLine(
      partner: partner,
      slots: 4,
      pacer: Pacer(burst: 20, interval: .milliseconds(220))
    )
  }

  /// How long a partner may take to answer.
  func timeout(of partner: PartnerID) -> Duration {
    erp?.access.partner == partner ? .seconds(30) : .seconds(10)
  }
}
