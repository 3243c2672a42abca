import DrydockExchange
import DrydockFaults
import DrydockKernel

extension VirtualInstant {
  /// Monday 2026-03-02T00:00:00Z, when runs begin.
  static let start = VirtualInstant(secondsSinceEpoch: 1_772_409_600)
}

extension Attempt {
  /// Returns a call of the integration.
  static func call(
    _ exchange: Int,
    to partner: String = "erp",
    _ operation: String = "sales-order-upsert",
    entity: String = "SHOP-1001",
    number: Int = 1
  ) -> Attempt {
    Attempt(
      exchange: ExchangeID(exchange),
      from: .integration,
      to: PartnerID(partner),
      kind: .erp,
      channel: .http,
      operation: operation,
      entity: entity,
      number: number
    )
  }

  /// Returns a webhook of a partner.
  static func webhook(
    _ exchange: Int,
    from partner: String = "3pl",
    _ operation: String = "order-shipped",
    entity: String = "SHOP-1001",
    number: Int = 1
  ) -> Attempt {
    Attempt(
      exchange: ExchangeID(exchange),
      from: PartnerID(partner),
      to: .integration,
      kind: .threePL,
      channel: .webhook,
      operation: operation,
      entity: entity,
      number: number
    )
  }
}

extension FaultSet {
  /// Creates a set of one fault.
  init(_ action: FaultAction, gates: Gates = Gates(), seed: UInt64 = 7) {
    self.init(
      [Fault(id: "faults/0", gates: gates, action: action)],
      draws: Seed(seed).draws(for: "faults")
    )
  }

  /// Returns the fate of an attempt some time after the start, without any travel time of its own.
  mutating func fate(_ attempt: Attempt, after time: Duration = .zero) -> Fate {
    fate(of: attempt, at: .start + time, latency: .zero ... .zero)
  }
}

extension Fate {
  /// Whether anything was injected.
  var isTouched: Bool { effects.contains(where: \.fired) }
}
