public import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Writes traces as native recordings, line by line.
public enum RecordingWriter {
  /// Returns the whole recording of a trace's exchanges.
  ///
  /// Only what went over the wire is kept: no books, no facts, no faults. Header fields that carry
  /// credentials are redacted.
  /// - Complexity: Linear in the trace's bytes.
  public static func bytes(of trace: Trace, title: String) -> [UInt8] {
    var bytes = header(of: trace, title: title)
    for exchange in exchanges(of: trace) { bytes += line(of: exchange) }
    return bytes
  }

  /// Returns a recording that was read, in the native form.
  public static func bytes(of recording: Recording) -> [UInt8] {
    var trace = Trace(partners: recording.partners, names: recording.names)
    var last = VirtualInstant.epoch
    for (position, recorded) in recording.exchanges.enumerated() {
      last = recorded.sentAt ?? last
      trace.append(exchange(recorded, at: last, number: position + 1))
    }
    return bytes(of: trace, title: recording.title)
  }

  private static func exchange(
    _ recorded: RecordedExchange,
    at instant: VirtualInstant,
    number: Int
  ) -> Exchange {
    let attempt = Attempt(
      exchange: ExchangeID(number),
      from: recorded.from ?? PartnerID(""),
      to: recorded.to ?? PartnerID(""),
      kind: .store,
      channel: recorded.channel ?? .http,
      operation: recorded.operation ?? "",
      entity: recorded.entity ?? "",
      number: recorded.attempt ?? 1
    )
    var exchange = Exchange(attempt: attempt, request: recorded.request, sentAt: instant)
    exchange.response = recorded.response
    exchange.answeredAt = recorded.answeredAt
    exchange.result = recorded.result
    return exchange
  }

  /// Returns the header line.
  public static func header(of trace: Trace, title: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("drydock", RecordingFormat.mark)
      writer.memberObject("names") {
        for key in trace.names.keys.sorted() {
          $0.member(key.description, trace.names[key] ?? "")
        }
      }
      writer.memberArray("partners") {
        for partner in trace.partners {
          $0.object {
            $0.member("dialect", partner.dialect)
            $0.member("host", partner.host)
            $0.member("id", partner.id.name)
            $0.member("kind", partner.kind.rawValue)
          }
        }
      }
      writer.member("title", title)
      writer.member("version", RecordingFormat.version)
    }
    return writer.bytes + [0x0A]
  }

  /// Returns the line of one exchange.
  public static func line(of exchange: Exchange) -> [UInt8] {
    let attempt = exchange.attempt
    var writer = JSONWriter()
    writer.object { writer in
      if let answered = exchange.answeredAt {
        writer.member("answered", answered.description(.nanoseconds))
      }
      writer.member("attempt", attempt.number)
      writer.member("channel", attempt.channel.rawValue)
      writer.member("entity", attempt.entity)
      writer.member("from", attempt.from.name)
      writer.member("operation", attempt.operation)
      writer.memberObject("request") { write(exchange.request, &$0) }
      if let response = exchange.response {
        writer.memberObject("response") { write(response, &$0) }
      }
      if let result = exchange.result, let word = word(for: result) {
        writer.member("result", word)
      }
      writer.member("sent", exchange.sentAt.description(.nanoseconds))
      writer.member("to", attempt.to.name)
    }
    return writer.bytes + [0x0A]
  }

  private static func write(_ request: Request, _ writer: inout JSONWriter) {
    write(body: request.body, &writer)
    write(request.headers, &writer)
    writer.member("host", request.host)
    writer.member("method", request.method)
    writer.member("target", request.target)
  }

  private static func write(_ response: Response, _ writer: inout JSONWriter) {
    write(body: response.body, &writer)
    write(response.headers, &writer)
    writer.member("status", response.status)
  }

  private static func write(body: [UInt8], _ writer: inout JSONWriter) {
    guard !body.isEmpty else { return }
    if let text = String(validating: body, as: UTF8.self) {
      writer.member("body", text)
    } else {
      writer.member("bodyBase64", Base64.encode(body))
    }
  }

  private static func write(_ headers: HeaderFields, _ writer: inout JSONWriter) {
    writer.memberArray("headers") {
      for field in headers.fields {
        let value = Redaction.isSecret(header: field.name) ? Redaction.mark : field.value
        $0.array {
          $0.value(field.name)
          $0.value(value)
        }
      }
    }
  }

  static func word(for result: CallResult) -> String? {
    switch result {
    case .response: nil
    case .connectionRefused: "connection-refused"
    case .timedOut: "timed-out"
    case .connectionReset: "connection-reset"
    }
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
