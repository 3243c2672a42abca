public import DrydockContracts
public import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Makes a trace of a recording: says who spoke to whom, by what the contracts recognise.
///
/// A call to a host that a contract names is the integration's call to that platform. A request
/// that a webhook's contract recognises, wherever it went, is that platform's message to the
/// integration. Anything else stays out of the trace and is counted. Where the recording does not
/// name the operation, the contract's message does.
public struct TraceAssembler: Sendable {
  private let catalog: ContractCatalog

  /// Creates an assembler over a catalogue.
  public init(catalog: ContractCatalog) {
    self.catalog = catalog
  }

  /// A trace and what had to stay out of it.
  public struct Assembly: Sendable {
    /// What the recording shows of the partners.
    public var trace: Trace
    /// Hosts that no contract knows, with the number of exchanges, sorted by host.
    public var strangers: [(host: String, count: Int)]
  }

  /// Assembles recordings into one trace, in order of instant.
  ///
  /// An exchange without an instant keeps its place behind the one before it.
  /// - Complexity: O(n log n) in the exchanges.
  public func assemble(_ recordings: [Recording]) -> Assembly {
    var partners: [PartnerDescription] = []
    var names: [EntityKey: String] = [:]
    for recording in recordings {
      for partner in recording.partners where !partners.contains(where: { $0.id == partner.id }) {
        partners.append(partner)
      }
      names.merge(recording.names) { first, _ in first }
    }
    var strangers: [String: Int] = [:]
    var placed: [(at: VirtualInstant, exchange: RecordedExchange, party: Party)] = []
    for recording in recordings {
      var last = VirtualInstant.epoch
      for exchange in recording.exchanges {
        guard let party = party(of: exchange, partners) else {
          strangers[exchange.request.host, default: 0] += 1
          continue
        }
        last = exchange.sentAt ?? last
        placed.append((last, exchange, party))
      }
    }
    let ordered = placed.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }.map(\.element)
    for entry in ordered where !partners.contains(where: { $0.id == entry.party.id }) {
      partners.append(entry.party.description)
    }
    var trace = Trace(partners: partners, names: names)
    for (position, entry) in ordered.enumerated() {
      trace.append(exchange(entry.exchange, entry.party, at: entry.at, number: position + 1))
    }
    return Assembly(
      trace: trace,
      strangers: strangers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    )
  }

  /// The partner on one side of an exchange, and which side that is.
  private struct Party {
    var description: PartnerDescription
    var isSender: Bool
    var id: PartnerID { description.id }
  }

  private func party(
    of exchange: RecordedExchange,
    _ partners: [PartnerDescription]
  ) -> Party? {
    if let from = exchange.from, let known = partners.first(where: { $0.id == from }) {
      return Party(description: known, isSender: true)
    }
    if let to = exchange.to, let known = partners.first(where: { $0.id == to }) {
      return Party(description: known, isSender: false)
    }
    let host = exchange.request.host
    if let platform = catalog.platform(ofHost: host) {
      return Party(description: describe(platform.name, platform.kind, host), isSender: false)
    }
    let body = Self.document(exchange.request.body)
    guard let contract = catalog.contract(ofRequest: exchange.request, body: body),
      contract.channel == .webhook
    else { return nil }
    return Party(
      description: describe(contract.platform, contract.kind, ""),
      isSender: true
    )
  }

  /// Returns what the contracts call the operation of an exchange; empty where none knows it.
  private func operation(of exchange: RecordedExchange) -> String {
    let request = exchange.request
    if let contract = catalog.contract(ofRequest: request, body: Self.document(request.body)) {
      return Self.name(contract.message, without: "-request")
    }
    guard let response = exchange.response, response.isSuccess,
      let contract = catalog.contract(
        of: response,
        to: request,
        body: Self.document(response.body)
      )
    else { return "" }
    return Self.name(contract.message, without: "-response")
  }

  private static func name(_ message: String, without ending: String) -> String {
    message.hasSuffix(ending) ? String(message.dropLast(ending.count)) : message
  }

  private static func document(_ body: [UInt8]) -> JSONDocument? {
    // What is no JSON has no members to tell contracts apart by.
    body.isEmpty ? nil : try? JSONDocument.parse(body)
  }

  private func describe(
    _ platform: String,
    _ kind: PartnerKind,
    _ host: String
  ) -> PartnerDescription {
    PartnerDescription(id: PartnerID(platform), kind: kind, dialect: platform, host: host)
  }

  private func exchange(
    _ recorded: RecordedExchange,
    _ party: Party,
    at instant: VirtualInstant,
    number: Int
  ) -> Exchange {
    let attempt = Attempt(
      exchange: ExchangeID(number),
      from: party.isSender ? party.id : .integration,
      to: party.isSender ? .integration : party.id,
      kind: party.description.kind,
      channel: recorded.channel ?? (party.isSender ? .webhook : .http),
      operation: recorded.operation ?? operation(of: recorded),
      entity: recorded.entity ?? "",
      number: recorded.attempt ?? 1
    )
    var exchange = Exchange(attempt: attempt, request: recorded.request, sentAt: instant)
    exchange.arrived = recorded.response != nil || recorded.result == nil
    exchange.response = recorded.response
    exchange.answeredAt = recorded.answeredAt ?? instant
    exchange.result = recorded.result ?? recorded.response.map { .response($0) }
    return exchange
  }
}
