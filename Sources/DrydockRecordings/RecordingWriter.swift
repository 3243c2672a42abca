public import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Writes native recordings, line by line, without the secrets in them.
public enum RecordingWriter {
  /// Returns a whole recording.
  ///
  /// - Parameters:
  ///   - recording: What is written.
  ///   - redactor: What takes secrets and people out before a byte is written.
  /// - Returns: The header line and one line for each exchange.
  /// - Complexity: Linear in the recording's bytes.
  public static func bytes(of recording: Recording, redactor: Redactor) -> [UInt8] {
    var bytes = header(of: recording)
    for exchange in recording.exchanges { bytes += line(of: exchange, redactor: redactor) }
    return bytes
  }

  /// Returns the header line: everything but the exchanges.
  public static func header(of recording: Recording) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("drydock", RecordingFormat.mark)
      writer.memberObject("names") {
        for key in recording.names.keys.sorted() {
          $0.member(key.description, recording.names[key] ?? "")
        }
      }
      writer.memberArray("partners") {
        for partner in recording.partners {
          $0.object {
            $0.member("dialect", partner.dialect)
            $0.member("host", partner.host)
            $0.member("id", partner.id.name)
            $0.member("kind", partner.kind.rawValue)
          }
        }
      }
      writer.member("title", recording.title)
      writer.member("version", RecordingFormat.version)
    }
    return writer.bytes + [0x0A]
  }

  /// Returns the line of one exchange; what the exchange does not say is left out.
  public static func line(of exchange: RecordedExchange, redactor: Redactor) -> [UInt8] {
    let (request, response) = redactor.redacted(exchange.request, exchange.response)
    var writer = JSONWriter()
    writer.object { writer in
      if let instant = exchange.answeredAt {
        writer.member("answered", instant.description(.nanoseconds))
      }
      if let attempt = exchange.attempt { writer.member("attempt", attempt) }
      if let channel = exchange.channel { writer.member("channel", channel.rawValue) }
      if let entity = exchange.entity { writer.member("entity", entity) }
      if let from = exchange.from { writer.member("from", from.name) }
      if let operation = exchange.operation { writer.member("operation", operation) }
      writer.memberObject("request") { write(request, &$0) }
      if let response { writer.memberObject("response") { write(response, &$0) } }
      if let word = exchange.result.flatMap(RecordingFormat.word(for:)) {
        writer.member("result", word)
      }
      if let instant = exchange.sentAt { writer.member("sent", instant.description(.nanoseconds)) }
      if let to = exchange.to { writer.member("to", to.name) }
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
        $0.array {
          $0.value(field.name)
          $0.value(field.value)
        }
      }
    }
  }
}
