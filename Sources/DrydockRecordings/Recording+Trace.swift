public import DrydockExchange
import DrydockKernel

extension Recording {
  /// Creates the recording of a trace: what went over the wire, no books, no facts, no faults.
  ///
  /// - Parameters:
  ///   - trace: What happened.
  ///   - title: What people call it.
  ///   - partner: The one partner whose exchanges are kept; all unless given.
  /// - Complexity: Linear in the trace.
  public init(_ trace: Trace, title: String, partner: PartnerID? = nil) {
    self.init(title: title, partners: trace.partners, names: trace.names)
    var kept = Self.exchanges(of: trace)
    if let partner {
      kept.removeAll { $0.attempt.partner != partner }
      partners.removeAll { $0.id != partner }
      let dialects = partners.map { $0.dialect + "." }
      names = names.filter { name in
        dialects.contains { name.key.namespace.hasPrefix($0) }
      }
    }
    exchanges = kept.enumerated().map { RecordedExchange($0.element, record: $0.offset + 1) }
  }

  private static func exchanges(of trace: Trace) -> [Exchange] {
    var exchanges: [Exchange] = []
    var positions: [Int: Int] = [:]
    for event in trace.events {
      switch event.content {
      case .sent(let attempt, let request):
        positions[attempt.exchange.number] = exchanges.count
        exchanges.append(Exchange(attempt: attempt, request: request, sentAt: event.at))
      case .answered(let id, let response):
        guard let position = positions[id.number] else { continue }
        exchanges[position].response = response
        exchanges[position].answeredAt = event.at
      case .concluded(let id, let result):
        if let position = positions[id.number] { exchanges[position].result = result }
      default: continue
      }
    }
    return exchanges
  }
}

extension RecordedExchange {
  /// Creates what a recording keeps of an exchange.
  public init(_ exchange: Exchange, record: Int) {
    self.init(record: record, request: exchange.request, response: exchange.response)
    sentAt = exchange.sentAt
    answeredAt = exchange.answeredAt
    let attempt = exchange.attempt
    (from, to) = (attempt.from, attempt.to)
    channel = attempt.channel
    operation = attempt.operation.isEmpty ? nil : attempt.operation
    entity = attempt.entity.isEmpty ? nil : attempt.entity
    self.attempt = attempt.number
    switch exchange.result {
    case .connectionRefused, .timedOut, .connectionReset: result = exchange.result
    case .response, nil: result = nil
    }
  }
}
